"""The FAISS indexes that a store may search first: made once from its rows, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from qa.stores.base import Vectors
from qa.stores.segments import Places
from qa.stores.vector_table import Rows, blocks


class Kind(StrEnum):
    """What a store's vectors are searched with first."""

    FLAT = "flat"
    """The vectors themselves, in memory."""
    FP16 = "fp16"
    """Half precision: half the memory, half the time, and nothing lost."""
    FAST_SCAN = "fast scan"
    """Four bits for four numbers, compared in registers (André et al. 2015): an eighth of a
    byte for each number, and next to nothing lost when the best are looked at again."""

    def recipe(self, dim: int) -> str:
        """Return what FAISS calls the index.

        One inverted list is no list; but without it, FAISS lets no selector into a fast scan.
        """
        parts = next(size for size in (4, 3, 2, 1) if dim % size == 0)
        kinds = {Kind.FLAT: "Flat", Kind.FP16: "SQfp16"}
        return kinds.get(self, f"IVF1,PQ{dim // parts}x4fs")

    def looks_at(self, k: int) -> int:
        """Return how many of the best are looked at again, to find the best `k`."""
        return max(400, 6 * k) if self is Kind.FAST_SCAN else k + k // 4 + 16


TRAINED = 16_384  # rows that FAISS learns its codes from: it takes 256 a centroid, of 16
LEAST = 39 * 16  # rows: it warns of fewer


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """An index of the first so many places of a store.

    It is never added to or removed from: FAISS's fast scan loses what is added again after it
    was removed. What is gone is named in the search.
    """

    kind: Kind
    places: int
    index: Any

    @classmethod
    def make(cls, kind: Kind, rows: Rows) -> Self:
        """Make an index of all the places of a store, holes included."""
        import faiss

        some = rows.vectors(_evenly(rows.places, TRAINED))
        index = faiss.index_factory(rows.dim, kind.recipe(rows.dim), faiss.METRIC_INNER_PRODUCT)
        index.train(np.resize(some, (max(len(some), LEAST), rows.dim)))  # a few, over again
        for places in blocks(np.arange(rows.places)):
            index.add(rows.vectors(places))
        return cls(kind, rows.places, index)

    def search(self, queries: Vectors, k: int, stands: NDArray[np.bool_]) -> Places:
        """Return the places to look at for the best `k`, -1 behind them.

        `stands` tells for every place whether it may be found.
        """
        import faiss

        standing, wanted = int(stands.sum()), self.kind.looks_at(k)
        if standing <= wanted:  # of so few, a fast scan leaves some out
            return np.tile(np.flatnonzero(stands), (len(queries), 1))
        own: Any = faiss  # whose stubs know neither arguments nor arrays
        bits = np.packbits(stands, bitorder="little")
        given = {"sel": own.IDSelectorBitmap(bits)} if standing < self.places else {}
        fast = self.kind is Kind.FAST_SCAN
        parameters = (own.SearchParametersIVF if fast else own.SearchParameters)(**given)
        _, found = self.index.search(queries, wanted, params=parameters)
        return np.asarray(found, np.intp)

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        import faiss

        try:
            faiss.write_index(self.index, str(file))
        except RuntimeError as refused:  # FAISS's own, for a full disk and the like
            raise OSError(str(refused)) from refused

    @classmethod
    def load(cls, file: Path, kind: Kind, places: int) -> Self:
        """Read an index from a file, which is as it was written.

        Raises:
            RuntimeError, ValueError: if it is another one.
        """
        import faiss

        index = faiss.read_index(str(file))
        if index.ntotal != places:
            raise ValueError(f"{file} holds {index.ntotal} vectors and not {places}")
        return cls(kind, places, index)


def _evenly(places: int, most: int) -> Places:
    """Return places from all over, as many as there are at the most."""
    return np.unique(np.linspace(0, places - 1, min(places, most)).astype(np.intp))
