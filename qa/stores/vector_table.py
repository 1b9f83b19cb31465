"""The vector table: vectors by position, in segments that never change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.stores.base import Ids, Vectors
from qa.stores.segments import Positions, VectorSegment

SEGMENT_ROWS = 32_768  # rows of a file: 50 MB of MiniLM's vectors
HOLES_FILE = "holes.npy"


class PositionDirectory(NamedTuple):
    """The position of every id."""

    ids: Ids
    is_live: NDArray[np.bool_]
    """By position: false in a hole."""
    sorted: Ids
    positions: Positions
    """The live ids in order, and their positions."""

    @classmethod
    def of(cls, ids: Ids, holes: Positions) -> Self:
        """Sort the live ids."""
        is_live = np.ones(len(ids), bool)
        is_live[holes] = False
        positions = np.flatnonzero(is_live)
        order = np.argsort(ids[positions], kind="stable")
        return cls(ids, is_live, ids[positions][order], positions[order])

    def find(self, ids: Ids) -> Positions:
        """Return the position of each id, -1 where there is none."""
        if not len(self.sorted):
            return np.full(len(ids), -1, np.intp)
        at = np.minimum(np.searchsorted(self.sorted, ids), len(self.sorted) - 1)
        return np.where(self.sorted[at] == ids, self.positions[at], -1)


class VectorTable:
    """Vectors and their ids by position; a removed vector leaves a hole.

    With a folder, vectors are written there as soon as they fill a segment.
    """

    def __init__(self, dim: int, folder: Path | None = None) -> None:
        self.dim = dim
        self._folder = folder
        self._segments: list[VectorSegment] = []
        self._holes: Positions = np.empty(0, np.intp)
        self._directory: PositionDirectory | None = None
        self._largest_id = np.iinfo(np.int64).min

    @classmethod
    def open(cls, folder: Path, dim: int, names: Sequence[str]) -> Self:
        """Open files that `save` wrote.

        Raises:
            OSError, ValueError: if they cannot be read.
        """
        table = cls(dim)
        table._segments = [VectorSegment.open(folder / name, dim) for name in names]
        table._holes = np.load(folder / HOLES_FILE, allow_pickle=False).astype(np.intp)
        table._largest_id = max(
            (int(segment.ids.max()) for segment in table._segments), default=-1
        )
        return table

    @property
    def names(self) -> list[str]:
        """The names of the segments, in the order of their positions."""
        return [segment.file.name for segment in self._segments if segment.file]

    @property
    def positions(self) -> int:
        """The number of positions, holes included."""
        return sum(map(len, self._segments))

    @property
    def directory(self) -> PositionDirectory:
        """The position of every id."""
        if self._directory is None:
            ids = [np.empty(0, np.int64), *(segment.ids for segment in self._segments)]
            self._directory = PositionDirectory.of(np.concatenate(ids), self._holes)
        return self._directory

    def __len__(self) -> int:
        return self.positions - len(self._holes)

    def holes(self, positions: int) -> int:
        """Count the holes among the first positions."""
        return int(np.searchsorted(self._holes, positions))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Append vectors; an id that is there already moves to its new position."""
        if not len(ids):
            return
        if ids.min() <= self._largest_id:
            self.remove(ids)
        self._largest_id = max(self._largest_id, int(ids.max()))
        self._segments.append(VectorSegment(ids.copy(), vectors.copy()))
        self._directory = None
        if self._folder and self._unwritten() >= SEGMENT_ROWS:
            self.save(self._folder, kept=self.positions - self._unwritten())

    def remove(self, ids: Ids) -> None:
        """Leave holes at the positions of some ids."""
        positions = self.directory.find(ids)
        self._holes = np.union1d(self._holes, positions[positions >= 0])
        self._directory = None

    def vectors(self, positions: Positions) -> Vectors:
        """Return the vectors of positions, which are in order."""
        vectors = np.empty((len(positions), self.dim), np.float32)
        starts = self._first_positions()
        bounds = np.searchsorted(positions, starts)
        for number in np.flatnonzero(np.diff(bounds)).tolist():
            rows = slice(bounds[number], bounds[number + 1])
            vectors[rows] = self._segments[number].read(positions[rows] - starts[number])
        return vectors

    def save(self, folder: Path, *, kept: int = 0, small: int = 0, holes: float = 1) -> None:
        """Write the segments to a folder; those that have not changed are linked.

        Behind the first `kept` positions, segments of fewer than `small` rows, or with more
        than a share of `holes`, are merged into new ones without holes.
        """
        packer = _SegmentPacker(folder, 1 + max(map(int, self.names), default=0))
        is_live = np.ones(self.positions, bool)
        is_live[self._holes] = False
        for segment, start in zip(
            self._segments, self._first_positions().tolist(), strict=False
        ):
            live = is_live[start : start + len(segment)]
            fits = len(segment) >= small and 1 - live.mean() <= holes
            if start < kept or (segment.file and fits):
                packer.keep(segment, live)
            else:
                packer.merge(segment, np.flatnonzero(live))
        packer.finish()
        self._segments, self._directory = packer.segments, None
        self._holes = np.flatnonzero(~np.concatenate([np.empty(0, bool), *packer.is_live]))
        np.save(folder / HOLES_FILE, self._holes)

    def _first_positions(self) -> Positions:
        """Return the first position of every segment, and the one behind the last."""
        return np.cumsum([0, *map(len, self._segments)])

    def _unwritten(self) -> int:
        last = takewhile(lambda segment: segment.file is None, reversed(self._segments))
        return sum(map(len, last))


class _SegmentPacker:
    """Writes segments to a folder, some as they are and the others merged."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._number = folder, number
        self._buffer: list[VectorSegment] = []
        self.segments: list[VectorSegment] = []
        self.is_live: list[NDArray[np.bool_]] = []

    def keep(self, segment: VectorSegment, is_live: NDArray[np.bool_]) -> None:
        """Keep a segment as it is."""
        self.finish()
        if segment.file:
            self._put(segment.link(self._folder), is_live)
        else:
            self._write(segment.ids, np.asarray(segment.vectors), is_live)

    def merge(self, segment: VectorSegment, rows: Positions) -> None:
        """Merge rows of a segment with those before and behind."""
        for block in batches_of(rows):
            self._buffer.append(VectorSegment(segment.ids[block], segment.read(block)))
            if sum(map(len, self._buffer)) >= SEGMENT_ROWS:
                self.finish()

    def finish(self) -> None:
        """Write the rows merged so far."""
        if not self._buffer:
            return
        ids = np.concatenate([segment.ids for segment in self._buffer])
        vectors = np.concatenate([np.asarray(segment.vectors) for segment in self._buffer])
        self._buffer = []
        self._write(ids, vectors, np.ones(len(ids), bool))

    def _write(self, ids: Ids, vectors: Vectors, is_live: NDArray[np.bool_]) -> None:
        file = self._folder / f"{self._number:05}"
        self._number += 1
        self._put(VectorSegment.write(file, ids, vectors), is_live)

    def _put(self, segment: VectorSegment, is_live: NDArray[np.bool_]) -> None:
        self.segments.append(segment)
        self.is_live.append(is_live)


def batches_of(positions: Positions, rows: int = SEGMENT_ROWS) -> Iterator[Positions]:
    """Yield positions, so many at a time."""
    yield from (positions[first : first + rows] for first in range(0, len(positions), rows))
