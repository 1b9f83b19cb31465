"""The FAISS store: vectors in files, searched exactly while few, approximately when many."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from qa.stores.base import RECALL_AT, RECALL_SAMPLE, Ids, LocalStore, Vectors
from qa.stores.faiss_index import FaissIndex, IndexKind
from qa.stores.segments import Positions
from qa.stores.vector_table import SEGMENT_ROWS, VectorTable, batches_of

VECTORS_FOLDER, FACTS_FILE, INDEX_FILE = "vectors", "store.json", "base.faiss"
SMALL_SEGMENT = 4_096  # rows: a file of fewer is written anew together with what is added
MAX_STALE_SHARE = 0.05  # of the index: so many may be removed from it, or be newer than it
EXACT_SEARCH_LIMIT = 20_000  # rows that are compared one by one, without the index


@dataclass(frozen=True, slots=True, eq=False)
class VectorBuffer:
    """The vectors that are newer than the index, in memory, and their positions."""

    positions: Positions
    vectors: Vectors


class FaissStore(LocalStore):
    """Vectors in files, which are the truth, and a FAISS index of them, which can be rebuilt.

    The index never changes and only proposes candidates: they are compared again with the
    vectors themselves, together with vectors that are newer than the index, and removed ones
    are passed over. So a vector has the same score whatever the index, and whatever stands
    beside it. `save` rebuilds the index when too much has changed, and as another kind when
    there are enough vectors for it.
    """

    kind_thresholds: ClassVar[tuple[tuple[int, IndexKind], ...]] = (
        (0, IndexKind.FLAT),
        (20_000, IndexKind.FP16),  # flat takes 1 ms and 30 MB there
        (100_000, IndexKind.FAST_SCAN),  # fp16 takes 4 ms and 77 MB there, fast scan 0.4 and 6
    )
    """The number of vectors from which on each kind is used, as `qa bench scale` found."""

    def __init__(self, dim: int, folder: Path | None = None) -> None:
        """Start an empty store; with a folder, vectors are written there as they are added."""
        home = folder and folder / VECTORS_FOLDER
        if home:
            home.mkdir(exist_ok=True)
        self._table = VectorTable(dim, home)
        self._index: FaissIndex | None = None
        self._buffer: VectorBuffer | None = None
        self.recall = 1.0
        """The share of the 10 nearest that a search finds, measured after the build."""

    @classmethod
    def begin(cls, dim: int, folder: Path, address: str) -> Self:  # noqa: ARG003
        """Start an empty store whose vectors are written to a folder as they are added."""
        return cls(dim, folder)

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return self._table.dim

    @property
    def kind(self) -> IndexKind:
        """The kind of FAISS index that proposes candidates."""
        return self._index.kind if self._index else IndexKind.FLAT

    def __len__(self) -> int:
        return len(self._table)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors.

        Raises:
            ValueError: if they are not of the store's length, or not finite.
        """
        vectors = self._validate(vectors)
        if len(ids) != len(vectors) or len(np.unique(ids)) < len(ids):
            raise ValueError("Every vector needs an id, and no two the same")
        self._table.add(np.asarray(ids, np.int64), vectors)
        self._buffer = None

    def remove(self, ids: Ids) -> None:
        """Remove vectors."""
        self._table.remove(ids)
        self._buffer = None

    def of(self, ids: Ids) -> Vectors:
        """Return the vectors of some ids."""
        positions = self._table.directory.find(ids)
        if (positions < 0).any():
            raise KeyError("Unknown id")
        positions, back = np.unique(positions, return_inverse=True)
        return self._table.vectors(positions)[back]

    def search(
        self, queries: Vectors, k: int, *, within: Ids | None = None
    ) -> tuple[Ids, Vectors]:
        """Return the `k` nearest, padded with -1 and -inf.

        Within some 20,000 ids or fewer the search is exact, whatever the kind.
        """
        queries = self._validate(queries)
        is_live = self._table.directory.is_live
        if within is not None:
            positions = np.unique(self._table.directory.find(within))
            positions = positions[positions >= 0]
            if len(positions) <= EXACT_SEARCH_LIMIT:
                return self._rank(queries, self._nearest_of(positions, queries, k), k)
            is_live = np.zeros(len(is_live), bool)
            is_live[positions] = True
        return self._rank(queries, self._candidates(queries, k, is_live), k)

    def exact(self, queries: Vectors, k: int) -> tuple[Ids, Vectors]:
        """Return the `k` nearest by comparing every vector: what `search` is measured by."""
        found = [
            self._nearest_of(positions, queries, k)
            for positions in batches_of(np.flatnonzero(self._table.directory.is_live))
        ]
        return self._rank(queries, np.concatenate([_no_positions(queries), *found], axis=1), k)

    def save(self, folder: Path) -> None:
        """Write the store to a folder; files that have not changed are linked."""
        home = folder / VECTORS_FOLDER
        home.mkdir(exist_ok=True)
        if self._is_stale():
            self._table.save(home, small=SEGMENT_ROWS // 2, holes=MAX_STALE_SHARE / 2)
            self._rebuild_index()
        else:
            positions = self._index.positions if self._index else 0
            self._table.save(home, kept=positions, small=SMALL_SEGMENT, holes=0.5)
        self._buffer = None
        if self._index:
            self._index.save(home / INDEX_FILE)
        self._write_facts(home)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back.

        Raises:
            OSError, ValueError, KeyError, RuntimeError: if it cannot be read.
        """
        home = folder / VECTORS_FOLDER
        facts = json.loads((home / FACTS_FILE).read_text("utf-8"))
        store = cls(facts["dim"])
        store._table = VectorTable.open(home, facts["dim"], facts["files"])
        store.recall = facts["recall"]
        if facts["base"]:
            store._index = FaissIndex.load(
                home / INDEX_FILE, IndexKind(facts["kind"]), facts["base"]
            )
        return store

    def _validate(self, vectors: Vectors) -> Vectors:
        vectors = np.ascontiguousarray(vectors, np.float32)
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise ValueError(
                f"Vectors of shape {vectors.shape} in a store of {self.dim} numbers"
            )
        if not np.isfinite(vectors).all():
            raise ValueError("A vector holds a value that is not a number")
        return vectors

    def _candidates(self, queries: Vectors, k: int, is_live: NDArray[np.bool_]) -> Positions:
        """Return for each query the positions of the candidates."""
        recent = self._recent_vectors()
        allowed = is_live[recent.positions]
        if not allowed.all():
            recent = VectorBuffer(recent.positions[allowed], recent.vectors[allowed])
        near = _nearest(recent.positions, recent.vectors, queries, k)
        if not self._index:
            return near
        found = self._index.search(queries, k, is_live[: self._index.positions])
        return np.concatenate([found, near], axis=1)

    def _nearest_of(self, positions: Positions, queries: Vectors, k: int) -> Positions:
        """Return for each query the nearest of some positions."""
        return _nearest(positions, self._vectors(positions), queries, k)

    def _rank(self, queries: Vectors, candidates: Positions, k: int) -> tuple[Ids, Vectors]:
        """Compare the candidates with each query, and return the best `k`."""
        ids = np.full((len(queries), k), -1, np.int64)
        scores = np.full((len(queries), k), -np.inf, np.float32)
        for row, query in enumerate(queries):
            positions = np.sort(candidates[row][candidates[row] >= 0])
            # Row by row, so that equal vectors score alike, whatever stands beside them.
            cosines = np.einsum("ij,j->i", self._vectors(positions), query)
            names = self._table.directory.ids[positions]
            best = np.lexsort((names, -cosines))[:k]
            ids[row, : len(best)], scores[row, : len(best)] = names[best], cosines[best]
        return ids, scores

    def _vectors(self, positions: Positions) -> Vectors:
        """Return the vectors of positions in order, those of the buffer from memory."""
        if self._buffer is None:
            return self._table.vectors(positions)
        first = np.searchsorted(positions, self._index.positions if self._index else 0)
        there = np.searchsorted(self._buffer.positions, positions[first:])
        return np.concatenate(
            [self._table.vectors(positions[:first]), self._buffer.vectors[there]]
        )

    def _recent_vectors(self) -> VectorBuffer:
        """Return the vectors that are newer than the index."""
        if self._buffer is None:
            positions = np.flatnonzero(self._table.directory.is_live)
            positions = positions[
                np.searchsorted(positions, self._index.positions if self._index else 0) :
            ]
            self._buffer = VectorBuffer(positions, self._table.vectors(positions))
        return self._buffer

    def _is_stale(self) -> bool:
        if not self._index or self.kind is not self._wanted_kind():
            return len(self) > 0
        behind = self._table.positions - self._index.positions
        gone = self._table.holes(self._index.positions)
        return max(behind, gone) > MAX_STALE_SHARE * self._index.positions

    def _wanted_kind(self) -> IndexKind:
        """Return the kind of index for so many vectors; an empty store is flat."""
        fitting = [kind for least, kind in self.kind_thresholds if least <= len(self)]
        return fitting[-1] if len(self) else IndexKind.FLAT

    def _rebuild_index(self) -> None:
        """Build the index anew, and measure its recall."""
        kind, self._buffer = self._wanted_kind(), None
        self._index = FaissIndex.build(kind, self._table)
        self.recall = self._measure_recall()

    def _measure_recall(self) -> float:
        """Return the share of the nearest neighbours of a sample that a search finds."""
        positions = np.flatnonzero(self._table.directory.is_live)
        some = np.unique(np.linspace(0, len(positions) - 1, RECALL_SAMPLE).astype(np.intp))
        queries, k = self._table.vectors(positions[some]), min(RECALL_AT + 1, len(self))
        _, wanted = self.exact(queries, k)
        _, scores = self.search(queries, k)
        return float(np.mean(scores[:, 1:] >= wanted[:, -1:])) if k > 1 else 1.0

    def _write_facts(self, home: Path) -> None:
        facts = {
            "dim": self.dim,
            "files": self._table.names,
            "kind": self.kind,
            "base": self._index.positions if self._index else 0,
            "recall": self.recall,
        }
        (home / FACTS_FILE).write_text(json.dumps(facts) + "\n", "utf-8")


def _nearest(positions: Positions, vectors: Vectors, queries: Vectors, k: int) -> Positions:
    """Return for each query the positions of the nearest of some vectors, padded with -1."""
    import faiss

    if not len(positions):
        return _no_positions(queries)
    _, rows = faiss.knn(
        queries, vectors, min(k, len(positions)), metric=faiss.METRIC_INNER_PRODUCT
    )
    return np.where(rows >= 0, positions[rows], -1)


def _no_positions(queries: Vectors) -> Positions:
    return np.empty((len(queries), 0), np.intp)
