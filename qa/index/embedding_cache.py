"""The embedding cache: vectors that a killed build had made, which the next one reuses."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.encoders import Vectors
from qa.files import sha256_of
from qa.index.manifest import Recipe
from qa.index.workspace import CACHE_FOLDER


class EmbeddingCache:
    """Vectors of a build that was killed, by the hashes of their texts.

    A file of them is named by the hash of its bytes, so a truncated one is ignored.
    """

    def __init__(self, home: Path, recipe: Recipe, dim: int) -> None:
        """Open the cache; vectors made by another recipe are removed."""
        name = hashlib.sha256(str(recipe).encode()).hexdigest()[:12]
        self._folder = home / CACHE_FOLDER / name
        self._kind = np.dtype([("text", "V32"), ("vector", "<f4", (dim,))])
        for other in (home / CACHE_FOLDER).glob("*"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)
        files = [f for f in sorted(self._folder.glob("*.npy")) if sha256_of(f) == f.stem]
        self._files = files
        prefixes = [_prefixes(np.load(file, mmap_mode="r")["text"]) for file in files]
        sizes = list(map(len, prefixes))
        self._prefixes = np.concatenate([np.empty(0, np.uint64), *prefixes])
        self._file_of = np.repeat(np.arange(len(files)), sizes)
        self._row_of = np.concatenate([np.empty(0, np.intp), *map(np.arange, sizes)])
        self._order = np.argsort(self._prefixes, kind="stable")

    def fill(
        self, hashes: Sequence[bytes], vectors: Vectors, *, skip: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Fill in the vectors of cached texts, by their hashes, and tell which those are."""
        has = np.zeros(len(hashes), bool)
        if not len(self._prefixes):
            return has
        wanted = _prefixes(np.frombuffer(b"".join(hashes), "V32"))
        place = np.searchsorted(self._prefixes, wanted, sorter=self._order)
        at = self._order[np.minimum(place, len(self._order) - 1)]
        maybe = (self._prefixes[at] == wanted) & ~skip
        for number in np.unique(self._file_of[at[maybe]]).tolist():
            matches = np.flatnonzero(maybe & (self._file_of[at] == number)).tolist()
            rows = np.load(self._files[number], mmap_mode="r")[self._row_of[at[matches]]]
            for row, n in zip(rows, matches, strict=True):
                if row["text"].tobytes() == hashes[n]:
                    vectors[n], has[n] = row["vector"], True
        return has

    def save(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Write a batch."""
        if not hashes:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        rows = np.empty(len(hashes), self._kind)
        rows["text"] = np.frombuffer(b"".join(hashes), "V32")
        rows["vector"] = vectors
        part = self._folder / "part"
        with part.open("wb") as stream:
            np.save(stream, rows)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self._folder / f"{sha256_of(part)}.npy")


def _prefixes(hashes: NDArray[np.void]) -> NDArray[np.uint64]:
    """Return the first eight bytes of each hash as a number."""
    return np.ascontiguousarray(hashes).view(np.uint64).reshape(-1, 4)[:, 0].copy()
