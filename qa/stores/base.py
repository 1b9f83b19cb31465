"""The interface of a vector store; `qa.testing.StoreSuite` has what it promises as tests."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
RECALL_SAMPLE = 64  # vectors that are searched for to measure the recall
RECALL_AT = 10  # nearest neighbours of each that should be found


class VectorStore(Protocol):
    """Unit vectors under integer ids, searched by cosine.

    Scores are cosine similarities, highest first; equal scores come in id order, though
    which of them survive a cut at `k` is the store's affair.
    A search for more than the store holds is padded with id -1 and score -inf.
    Adding an id again replaces its vector; removing an unknown id does nothing, and neither
    does searching within one.

    A store belongs to a version of an index. It is kept in the version's folder, or elsewhere
    with what finds it again in the folder. Whoever loaded a version goes on finding just that
    while the next one is made of it.
    """

    @property
    def dim(self) -> int:
        """The length of every vector."""
        ...

    @property
    def kind(self) -> str:
        """The kind of index that the vectors are searched with."""
        ...

    @property
    def recall(self) -> float:
        """The share of the 10 nearest that a search finds, measured when it was saved."""
        ...

    def __len__(self) -> int: ...

    @classmethod
    def begin(cls, dim: int, folder: Path, address: str) -> Self:
        """Start an empty store of a version in its folder.

        `address` is what follows the store's name and a colon in the settings.
        """
        ...

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
        """Open a store written by `save`, to search it or to make the next version of it.

        Raises:
            OSError, ValueError, KeyError, RuntimeError: if it cannot be read.
        """
        ...

    @classmethod
    def sweep(cls, folder: Path) -> None:
        """Delete for good what is kept elsewhere, and no version from this one on holds.

        It is called before a next version is made, for what a killed one left, and when it
        stands.
        """
        ...

    @classmethod
    def forget(cls, folder: Path, standing: Path | None) -> None:
        """Delete what a version keeps elsewhere, but for what the standing one keeps there too.

        The folder may be that of a build that was killed at any time.
        """
        ...


class LocalStore:
    """The base of a store that keeps everything in the folder of its version."""

    @classmethod
    def sweep(cls, folder: Path) -> None:
        """Do nothing: an old folder is removed as a whole."""

    @classmethod
    def forget(cls, folder: Path, standing: Path | None) -> None:
        """Do nothing: nothing is kept elsewhere."""
