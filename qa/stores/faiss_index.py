"""The FAISS index that proposes candidates: built once from the vector table, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from qa.stores.base import Vectors
from qa.stores.segments import Positions
from qa.stores.vector_table import VectorTable, batches_of


class IndexKind(StrEnum):
    """The kind of FAISS index that proposes candidates."""

    FLAT = "flat"
    """The vectors themselves, in memory."""
    FP16 = "fp16"
    """Half precision: half the memory, half the time, and nothing lost."""
    FAST_SCAN = "fast scan"
    """Four bits for four numbers, compared in registers (André et al. 2015): an eighth of a
    byte for each number, and next to nothing lost when the best are looked at again."""

    def factory_string(self, dim: int) -> str:
        """Return the string from which FAISS makes the index.

        One inverted list is no list; but without it, FAISS lets no selector into a fast scan.
        """
        parts = next(size for size in (4, 3, 2, 1) if dim % size == 0)
        kinds = {IndexKind.FLAT: "Flat", IndexKind.FP16: "SQfp16"}
        return kinds.get(self, f"IVF1,PQ{dim // parts}x4fs")

    def candidates_for(self, k: int) -> int:
        """Return how many candidates are compared again, to find the best `k`."""
        return max(400, 6 * k) if self is IndexKind.FAST_SCAN else k + k // 4 + 16


TRAINING_ROWS = 16_384  # rows that FAISS learns its codes from: it takes 256 a centroid, of 16
MIN_TRAINING_ROWS = 39 * 16  # rows: it warns of fewer


@dataclass(frozen=True, slots=True, eq=False)
class FaissIndex:
    """A FAISS index of the first so many positions of a store.

    It is never added to or removed from: FAISS's fast scan loses what is added again after it
    was removed. What is gone is named in the search.
    """

    kind: IndexKind
    positions: int
    index: Any

    @classmethod
    def build(cls, kind: IndexKind, table: VectorTable) -> Self:
        """Build an index of all positions of a vector table, holes included."""
        import faiss

        sample = table.vectors(_spread_evenly(table.positions, TRAINING_ROWS))
        index = faiss.index_factory(
            table.dim, kind.factory_string(table.dim), faiss.METRIC_INNER_PRODUCT
        )
        # FAISS trains on no fewer: a small sample is repeated.
        index.train(np.resize(sample, (max(len(sample), MIN_TRAINING_ROWS), table.dim)))
        for positions in batches_of(np.arange(table.positions)):
            index.add(table.vectors(positions))
        return cls(kind, table.positions, index)

    def search(self, queries: Vectors, k: int, is_live: NDArray[np.bool_]) -> Positions:
        """Return the positions of the candidates for the best `k`, padded with -1.

        `is_live` tells for every position whether it may be found.
        """
        import faiss

        live, wanted = int(is_live.sum()), self.kind.candidates_for(k)
        if live <= wanted:  # of so few, a fast scan leaves some out
            return np.tile(np.flatnonzero(is_live), (len(queries), 1))
        own: Any = faiss  # whose stubs know neither arguments nor arrays
        bits = np.packbits(is_live, bitorder="little")
        given = {"sel": own.IDSelectorBitmap(bits)} if live < self.positions else {}
        fast = self.kind is IndexKind.FAST_SCAN
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
    def load(cls, file: Path, kind: IndexKind, positions: int) -> Self:
        """Read an index from a file, which is as it was written.

        Raises:
            RuntimeError, ValueError: if it is another one.
        """
        import faiss

        index = faiss.read_index(str(file))
        if index.ntotal != positions:
            raise ValueError(f"{file} holds {index.ntotal} vectors and not {positions}")
        return cls(kind, positions, index)


def _spread_evenly(positions: int, limit: int) -> Positions:
    """Return positions spread evenly over all, `limit` at the most."""
    return np.unique(np.linspace(0, positions - 1, min(positions, limit)).astype(np.intp))
