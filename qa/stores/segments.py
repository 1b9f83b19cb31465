"""Segments of vectors: pairs of files that never change, verified when they are read."""

from __future__ import annotations

import os
import threading
import weakref
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexBroken
from qa.files import link
from qa.stores.base import Ids, Vectors

Positions = NDArray[np.intp]
"""Where vectors stand: among the rows of a file, or among all rows of a store."""

VECTORS, IDS = ".npy", ".ids.npy"
ID_RECORD = np.dtype([("id", "<i8"), ("check", "<u4")])
Checksums = NDArray[np.uint32]


class RowFile:
    """The rows of an .npy file, read when they are asked for.

    It is not memory-mapped, so that what was read does not stay resident and a truncated file
    is no crash. Held open, it outlives its folder.
    """

    def __init__(self, file: Path, shape: tuple[int, int]) -> None:
        """Open a file of float32 rows; ValueError if it holds anything else."""
        self._file = file.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        self._lock = threading.Lock()
        self._dim = shape[1]
        try:
            np.lib.format.read_magic(self._file)
            found, by_columns, kind = np.lib.format.read_array_header_1_0(self._file)
        except ValueError as broken:
            raise ValueError(f"{file} has no header: {broken}") from broken
        self._start = self._file.tell()
        size = self._start + 4 * shape[0] * shape[1]
        if (found, by_columns, kind.str) != (shape, False, "<f4"):
            raise ValueError(f"{file} does not hold {shape[0]} vectors of {shape[1]} numbers")
        if os.fstat(self._file.fileno()).st_size != size:
            raise ValueError(f"{file} was cut short")

    def __getitem__(self, rows: Positions) -> Vectors:
        """Read rows, neighbours in one read."""
        vectors = np.empty((len(rows), self._dim), np.float32)
        if not len(rows):
            return vectors
        firsts, size = np.flatnonzero(np.diff(rows, prepend=-2) != 1), 4 * self._dim
        offsets = (self._start + size * rows[firsts]).tolist()
        ends, room = (size * np.append(firsts, len(rows))).tolist(), vectors.data.cast("B")
        with self._lock:
            for offset, start, end in zip(offsets, ends, ends[1:], strict=False):
                self._file.seek(offset)
                if self._file.readinto(room[start:end]) != end - start:
                    raise OSError(f"{self._file.name} was cut short")
        return vectors


@dataclass(frozen=True, slots=True, eq=False)
class VectorSegment:
    """Vectors and their ids; `file` is where they are written, without its suffix."""

    ids: Ids
    vectors: Vectors | RowFile
    file: Path | None = None
    checksums: Checksums | None = None
    """The CRC-32 of every row of the file."""

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def open(cls, file: Path, dim: int) -> Self:
        """Open what `write` wrote.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        named = np.load(file.with_name(file.name + IDS), allow_pickle=False)
        if named.dtype != ID_RECORD:
            raise ValueError(f"{file} has no ids")
        vectors = RowFile(file.with_name(file.name + VECTORS), (len(named), dim))
        return cls(named["id"].copy(), vectors, file, named["check"].copy())

    def read(self, rows: Positions) -> Vectors:
        """Return the vectors of some rows, verified to be those that were written.

        Raises:
            IndexBroken: if they were changed.
        """
        try:
            vectors = self.vectors[rows]
        except OSError as damaged:
            raise IndexBroken(f"{damaged}.") from damaged
        if self.checksums is not None and (_checksums(vectors) != self.checksums[rows]).any():
            raise IndexBroken(f"{self.file}{VECTORS} was changed since it was written.")
        return vectors

    def link(self, folder: Path) -> Self:
        """Link the files into another folder, unless they lie there."""
        if not self.file or self.file.parent == folder:
            return self
        for ending in (IDS, VECTORS):
            link(self.file.with_name(self.file.name + ending), folder)
        return replace(self, file=folder / self.file.name)

    @classmethod
    def write(cls, file: Path, ids: Ids, vectors: Vectors) -> Self:
        """Write vectors to a pair of files, and open the segment."""
        named = np.empty(len(ids), ID_RECORD)
        named["id"], named["check"] = ids, _checksums(vectors)
        np.save(file.with_name(file.name + IDS), named)
        np.save(file.with_name(file.name + VECTORS), vectors)
        return cls.open(file, vectors.shape[1])


def _checksums(vectors: Vectors) -> Checksums:
    return np.fromiter(map(zlib.crc32, vectors), np.uint32, len(vectors))
