"""FAISS: exact inner product over unit vectors, under our own ids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from qa.stores.base import Ids, Vectors


class FaissStore:
    """An `IndexIDMap2` over `IndexFlatIP`."""

    def __init__(self, dim: int) -> None:
        import faiss

        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors."""
        self.remove(ids)
        self._index.add_with_ids(np.ascontiguousarray(vectors), ids)

    def remove(self, ids: Ids) -> None:
        """Forget vectors."""
        if len(ids):
            self._index.remove_ids(ids)

    def of(self, ids: Ids) -> Vectors:
        """Return the vectors of some ids."""
        try:
            return np.asarray(self._index.reconstruct_batch(ids), np.float32)
        except RuntimeError as unknown:  # FAISS's own
            raise KeyError("Unknown id") from unknown

    def search(
        self, queries: Vectors, k: int, *, within: Ids | None = None
    ) -> tuple[Ids, Vectors]:
        """Return the `k` nearest, padded with -1 and -inf."""
        scores, ids = self._index.search(np.ascontiguousarray(queries), k, params=_only(within))
        scores[ids < 0] = -np.inf
        order = np.lexsort((ids, -scores))
        return np.take_along_axis(ids, order, 1), np.take_along_axis(scores, order, 1)

    def save(self, folder: Path) -> None:
        """Write one .faiss file."""
        import faiss

        try:
            faiss.write_index(self._index, str(folder / "vectors.faiss"))
        except RuntimeError as refused:  # FAISS's own, for a full disk and the like
            raise OSError(str(refused)) from refused

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back."""
        import faiss

        store = cls.__new__(cls)
        store._index = faiss.read_index(str(folder / "vectors.faiss"))
        return store


def _only(within: Ids | None) -> Any:
    """Return what tells FAISS to look at some ids only."""
    import faiss

    if within is None:
        return None
    parameters: Any = faiss.SearchParameters  # whose stub knows no arguments
    return parameters(sel=faiss.IDSelectorBatch(within))
