"""The interface of a vector store; tests/stores/test_stores.py tests every store by it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


class VectorStore(Protocol):
    """Unit vectors under integer ids, searched by cosine.

    Scores are cosine similarities, highest first; equal scores come in id order, though
    which of them survive a cut at `k` is the store's affair.
    A search for more than the store holds is padded with id -1 and score -inf.
    Adding an id again replaces its vector; removing an unknown id does nothing, and neither
    does searching within one.
    """

    @property
    def dim(self) -> int:
        """The length of every vector."""
        ...

    @property
    def kind(self) -> str:
        """The kind of index that the vectors are searched with."""
        ...

    def __len__(self) -> int: ...

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors, of shape (ids, dim)."""
        ...

    def remove(self, ids: Ids) -> None:
        """Remove vectors."""
        ...

    def of(self, ids: Ids) -> Vectors:
        """Return vectors as they were added, of shape (ids, dim).

        Raises:
            KeyError: if an id is unknown.
        """
        ...

    def search(
        self, queries: Vectors, k: int, *, within: Ids | None = None
    ) -> tuple[Ids, Vectors]:
        """Return the ids and scores of the `k` nearest, each of shape (queries, k).

        `within` are the ids that may be found; without it all may.
        """
        ...

    def save(self, folder: Path) -> None:
        """Write the store to a folder."""
        ...

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a store written by `save`."""
        ...
