"""The exact store, in NumPy: the oracle that the other stores are tested against."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np

from qa.stores.base import Ids, LocalStore, Vectors


class ExactStore(LocalStore):
    """A matrix and its ids."""

    kind, recall = "exact", 1.0

    def __init__(self, dim: int) -> None:
        self._ids: Ids = np.empty(0, np.int64)
        self._vectors: Vectors = np.empty((0, dim), np.float32)

    @classmethod
    def begin(cls, dim: int, folder: Path, address: str) -> Self:  # noqa: ARG003
        """Start an empty store."""
        return cls(dim)

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return int(self._vectors.shape[1])

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors."""
        self.remove(ids)
        self._ids = np.concatenate([self._ids, ids])
        self._vectors = np.concatenate([self._vectors, vectors])

    def remove(self, ids: Ids) -> None:
        """Remove vectors."""
        keep = ~np.isin(self._ids, ids)
        self._ids, self._vectors = self._ids[keep], self._vectors[keep]

    def of(self, ids: Ids) -> Vectors:
        """Return the vectors of some ids."""
        rows = {number: row for row, number in enumerate(self._ids.tolist())}
        return self._vectors[[rows[number] for number in ids.tolist()]]

    def search(
        self, queries: Vectors, k: int, *, within: Ids | None = None
    ) -> tuple[Ids, Vectors]:
        """Return the `k` nearest, padded with -1 and -inf."""
        allowed = slice(None) if within is None else np.isin(self._ids, within)
        scores = queries @ self._vectors[allowed].T
        ids = np.broadcast_to(self._ids[allowed], scores.shape)
        order = np.lexsort((ids, -scores))[:, :k]
        found = np.take_along_axis(ids, order, 1), np.take_along_axis(scores, order, 1)
        pad = ((0, 0), (0, k - order.shape[1]))
        return np.pad(found[0], pad, constant_values=-1), np.pad(
            found[1], pad, constant_values=-np.inf
        )

    def save(self, folder: Path) -> None:
        """Write one .npz file."""
        np.savez(folder / "exact.npz", ids=self._ids, vectors=self._vectors)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back."""
        with np.load(folder / "exact.npz", allow_pickle=False) as data:
            store = cls(data["vectors"].shape[1])
            store.add(data["ids"], data["vectors"])
        return store
