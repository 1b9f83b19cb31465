"""Vectors in the order they came, in files that never change: what every index is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.stores.base import Ids, Vectors
from qa.stores.segments import Chunk, Places

CHUNK = 32_768  # rows of a file: 50 MB of MiniLM's vectors
HOLES = "holes.npy"


class Directory(NamedTuple):
    """Which id stands where."""

    ids: Ids
    stands: NDArray[np.bool_]
    """By place, and not so in a hole."""
    sorted: Ids
    places: Places
    """Those that stand, by id, and their places."""

    @classmethod
    def of(cls, ids: Ids, holes: Places) -> Self:
        """Put in order what stands."""
        stands = np.ones(len(ids), bool)
        stands[holes] = False
        places = np.flatnonzero(stands)
        order = np.argsort(ids[places], kind="stable")
        return cls(ids, stands, ids[places][order], places[order])

    def find(self, ids: Ids) -> Places:
        """Return the place of each id, -1 where there is none."""
        if not len(self.sorted):
            return np.full(len(ids), -1, np.intp)
        at = np.minimum(np.searchsorted(self.sorted, ids), len(self.sorted) - 1)
        return np.where(self.sorted[at] == ids, self.places[at], -1)


class Rows:
    """Vectors under ids, each in its place; one that is removed leaves a hole.

    With a folder, what is added is written there as soon as it fills a file.
    """

    def __init__(self, dim: int, folder: Path | None = None) -> None:
        self.dim = dim
        self._folder = folder
        self._chunks: list[Chunk] = []
        self._holes: Places = np.empty(0, np.intp)
        self._directory: Directory | None = None
        self._largest = np.iinfo(np.int64).min

    @classmethod
    def open(cls, folder: Path, dim: int, names: Sequence[str]) -> Self:
        """Open files that `save` wrote.

        Raises:
            OSError, ValueError: if they cannot be read.
        """
        rows = cls(dim)
        rows._chunks = [Chunk.open(folder / name, dim) for name in names]
        rows._holes = np.load(folder / HOLES, allow_pickle=False).astype(np.intp)
        rows._largest = max((int(chunk.ids.max()) for chunk in rows._chunks), default=-1)
        return rows

    @property
    def names(self) -> list[str]:
        """The names of the files, in the order of their places."""
        return [chunk.file.name for chunk in self._chunks if chunk.file]

    @property
    def places(self) -> int:
        """How many places there are, holes included."""
        return sum(map(len, self._chunks))

    @property
    def directory(self) -> Directory:
        """Which id stands where."""
        if self._directory is None:
            ids = [np.empty(0, np.int64), *(chunk.ids for chunk in self._chunks)]
            self._directory = Directory.of(np.concatenate(ids), self._holes)
        return self._directory

    def __len__(self) -> int:
        return self.places - len(self._holes)

    def holes(self, places: int) -> int:
        """Count the holes among the first places."""
        return int(np.searchsorted(self._holes, places))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors behind the others; an id that is there already moves."""
        if not len(ids):
            return
        if ids.min() <= self._largest:
            self.remove(ids)
        self._largest = max(self._largest, int(ids.max()))
        self._chunks.append(Chunk(ids.copy(), vectors.copy()))
        self._directory = None
        if self._folder and self._unwritten() >= CHUNK:
            self.save(self._folder, kept=self.places - self._unwritten())

    def remove(self, ids: Ids) -> None:
        """Leave a hole where an id stood."""
        places = self.directory.find(ids)
        self._holes = np.union1d(self._holes, places[places >= 0])
        self._directory = None

    def vectors(self, places: Places) -> Vectors:
        """Return the vectors of places, which are in order."""
        vectors = np.empty((len(places), self.dim), np.float32)
        starts = self._starts()
        bounds = np.searchsorted(places, starts)
        for number in np.flatnonzero(np.diff(bounds)).tolist():
            mine = slice(bounds[number], bounds[number + 1])
            vectors[mine] = self._chunks[number].take(places[mine] - starts[number])
        return vectors

    def save(self, folder: Path, *, kept: int = 0, small: int = 0, holes: float = 1) -> None:
        """Write what is not yet in a folder; a file that has not changed is linked.

        Behind the first `kept` places, files of fewer than `small` rows, or with more than a
        share of `holes`, are written anew without these.
        """
        packing = _Packing(folder, 1 + max(map(int, self.names), default=0))
        stands = np.ones(self.places, bool)
        stands[self._holes] = False
        for chunk, start in zip(self._chunks, self._starts().tolist(), strict=False):
            mine = stands[start : start + len(chunk)]
            fits = len(chunk) >= small and 1 - mine.mean() <= holes
            if start < kept or (chunk.file and fits):
                packing.keep(chunk, mine)
            else:
                packing.join(chunk, np.flatnonzero(mine))
        packing.end()
        self._chunks, self._directory = packing.chunks, None
        self._holes = np.flatnonzero(~np.concatenate([np.empty(0, bool), *packing.stands]))
        np.save(folder / HOLES, self._holes)

    def _starts(self) -> Places:
        """Return the first place of every chunk, and the one behind the last."""
        return np.cumsum([0, *map(len, self._chunks)])

    def _unwritten(self) -> int:
        last = takewhile(lambda chunk: chunk.file is None, reversed(self._chunks))
        return sum(map(len, last))


class _Packing:
    """Puts chunks into a folder, some as they are and the others joined."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._number = folder, number
        self._waiting: list[Chunk] = []
        self.chunks: list[Chunk] = []
        self.stands: list[NDArray[np.bool_]] = []

    def keep(self, chunk: Chunk, stands: NDArray[np.bool_]) -> None:
        """Take a chunk as it is."""
        self.end()
        if chunk.file:
            self._put(chunk.link(self._folder), stands)
        else:
            self._write(chunk.ids, np.asarray(chunk.vectors), stands)

    def join(self, chunk: Chunk, rows: Places) -> None:
        """Take rows of a chunk together with those before and behind."""
        for block in blocks(rows):
            self._waiting.append(Chunk(chunk.ids[block], chunk.take(block)))
            if sum(map(len, self._waiting)) >= CHUNK:
                self.end()

    def end(self) -> None:
        """Write what was joined so far."""
        if not self._waiting:
            return
        ids = np.concatenate([chunk.ids for chunk in self._waiting])
        vectors = np.concatenate([np.asarray(chunk.vectors) for chunk in self._waiting])
        self._waiting = []
        self._write(ids, vectors, np.ones(len(ids), bool))

    def _write(self, ids: Ids, vectors: Vectors, stands: NDArray[np.bool_]) -> None:
        file = self._folder / f"{self._number:05}"
        self._number += 1
        self._put(Chunk.write(file, ids, vectors), stands)

    def _put(self, chunk: Chunk, stands: NDArray[np.bool_]) -> None:
        self.chunks.append(chunk)
        self.stands.append(stands)


def blocks(places: Places, rows: int = CHUNK) -> Iterator[Places]:
    """Yield places, so many at a time."""
    yield from (places[first : first + rows] for first in range(0, len(places), rows))
