"""Passages to vectors, batch by batch: what was encoded before is not encoded again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.callbacks import Progress
from qa.encoders import Encoder, Vectors
from qa.index.manifest import Recipe, sha256_of
from qa.index.workspace import LEFT
from qa.passages import embedded_all
from qa.stores import Ids, VectorStore
from qa.types import Passage

BATCH = 4_096  # passages: a minute or two of work to lose


@dataclass(frozen=True, slots=True)
class Known:
    """Vectors that another index has: its store, and its numbers by ours."""

    vectors: VectorStore
    numbers: Mapping[int, int]


class Encoding:
    """Encodes passages that come one after the other, and counts them."""

    def __init__(
        self, encoder: Encoder, leftovers: Leftovers, known: Known | None, progress: Progress
    ) -> None:
        self._encoder, self._leftovers, self._known = encoder, leftovers, known
        self._progress = progress

    def run(self, passages: Iterable[Passage], total: int) -> Iterator[tuple[Ids, Vectors]]:
        """Yield the ids and vectors of some thousand passages at a time."""
        left, done = iter(passages), 0
        while batch := list(islice(left, BATCH)):
            ids = np.array([passage.id for passage in batch], np.int64)
            yield ids, self._encoded(batch, done, total)
            done += len(batch)

    def _encoded(self, batch: Sequence[Passage], done: int, total: int) -> Vectors:
        encoder = self._encoder
        texts = embedded_all(batch, window=encoder.window, measure=encoder.count)
        vectors = np.empty((len(batch), encoder.dim), np.float32)
        has = self._copied(batch, vectors)
        names = [hashlib.sha256(text.encode()).digest() for text in texts]
        has |= self._leftovers.copied(names, vectors, unless=has)
        lacks = np.flatnonzero(~has).tolist()
        before = done + len(batch) - len(lacks)
        self._progress(before, total)
        fresh = [texts[n] for n in lacks]
        vectors[lacks] = encoder.passages(
            fresh, progress=lambda some, _: self._progress(before + some, total)
        )
        if done + len(batch) < total:  # the last batch is followed by the index itself
            self._leftovers.keep([names[n] for n in lacks], vectors[lacks])
        return vectors

    def _copied(self, batch: Sequence[Passage], vectors: Vectors) -> NDArray[np.bool_]:
        """Fill in the vectors that the known index has, and tell which those are."""
        numbers = self._known.numbers if self._known else {}
        has = np.array([passage.id in numbers for passage in batch], bool)
        if self._known and has.any():
            theirs = [numbers[p.id] for p in batch if p.id in numbers]
            vectors[has] = self._known.vectors.of(np.array(theirs, np.int64))
        return has


class Leftovers:
    """The batches of a build that was cut off, found again by the hashes of their texts.

    A file of them is named by the hash of its bytes: a torn one counts for nothing.
    """

    def __init__(self, home: Path, recipe: Recipe, dim: int) -> None:
        """Open what is left; what was encoded in another way is removed."""
        made = hashlib.sha256(str(recipe).encode()).hexdigest()[:12]
        self._folder = home / LEFT / made
        self._kind = np.dtype([("text", "V32"), ("vector", "<f4", (dim,))])
        for other in (home / LEFT).glob("*"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)
        files = [f for f in sorted(self._folder.glob("*.npy")) if sha256_of(f) == f.stem]
        self._files = files
        starts = [_starts(np.load(file, mmap_mode="r")["text"]) for file in files]
        sizes = list(map(len, starts))
        self._starts = np.concatenate([np.empty(0, np.uint64), *starts])
        self._file_of = np.repeat(np.arange(len(files)), sizes)
        self._row_of = np.concatenate([np.empty(0, np.intp), *map(np.arange, sizes)])
        self._order = np.argsort(self._starts, kind="stable")

    def copied(
        self, names: Sequence[bytes], vectors: Vectors, *, unless: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Fill in the vectors of the texts whose hashes are here, and tell which those are."""
        has = np.zeros(len(names), bool)
        if not len(self._starts):
            return has
        wanted = _starts(np.frombuffer(b"".join(names), "V32"))
        place = np.searchsorted(self._starts, wanted, sorter=self._order)
        at = self._order[np.minimum(place, len(self._order) - 1)]
        maybe = (self._starts[at] == wanted) & ~unless
        for number in np.unique(self._file_of[at[maybe]]).tolist():
            mine = np.flatnonzero(maybe & (self._file_of[at] == number)).tolist()
            rows = np.load(self._files[number], mmap_mode="r")[self._row_of[at[mine]]]
            for row, n in zip(rows, mine, strict=True):
                if row["text"].tobytes() == names[n]:
                    vectors[n], has[n] = row["vector"], True
        return has

    def keep(self, names: Sequence[bytes], vectors: Vectors) -> None:
        """Write a batch."""
        if not names:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        rows = np.empty(len(names), self._kind)
        rows["text"] = np.frombuffer(b"".join(names), "V32")
        rows["vector"] = vectors
        part = self._folder / "part"
        with part.open("wb") as stream:
            np.save(stream, rows)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self._folder / f"{sha256_of(part)}.npy")


def _starts(hashes: NDArray[np.void]) -> NDArray[np.uint64]:
    """Return the first eight bytes of each hash as a number."""
    return np.ascontiguousarray(hashes).view(np.uint64).reshape(-1, 4)[:, 0].copy()
