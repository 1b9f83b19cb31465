"""FAISS over vectors on disk: exact while they are few, fast when they are many."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from qa.stores.base import Ids, Vectors
from qa.stores.faiss_index import Base, Kind
from qa.stores.segments import Places
from qa.stores.vector_table import CHUNK, Rows, blocks

FOLDER, FACTS, BASE = "vectors", "store.json", "base.faiss"
SMALL = 4_096  # rows: a file of fewer is written anew together with what is added
STALE = 0.05  # of the base: so many vectors may be gone from it, or stand behind it
FEW = 20_000  # rows that are compared one by one, without the base
SAMPLE, FOUND = 64, 10  # vectors that are searched for to tell the recall, and nearest of each


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Vectors in memory, and their places."""

    places: Places
    vectors: Vectors


class FaissStore:
    """Vectors in files, which are the truth, and a FAISS index of them, which can be remade.

    The index is a base that never changes. It only proposes: what it finds is compared again
    with the vectors themselves, together with those that came after it was made, and what is
    gone is passed over. So a vector has the same score whatever the index, and whatever stands
    beside it. `save` makes the base anew when too much has changed, and of another kind when
    there are enough vectors for it.
    """

    kinds: ClassVar[tuple[tuple[int, Kind], ...]] = (
        (0, Kind.FLAT),
        (20_000, Kind.FP16),  # flat takes 1 ms and 30 MB there
        (100_000, Kind.FAST_SCAN),  # fp16 takes 4 ms and 77 MB there, fast scan 0.4 and 6
    )
    """From how many vectors on each kind is used, as `qa bench scale` found."""

    def __init__(self, dim: int, folder: Path | None = None) -> None:
        """Begin a store; with a folder, what is added goes there, until `save` ends it."""
        home = folder and folder / FOLDER
        if home:
            home.mkdir(exist_ok=True)
        self._rows = Rows(dim, home)
        self._base: Base | None = None
        self._layer: Layer | None = None
        self.recall = 1.0
        """The share of the 10 nearest that a search finds, measured when the base was made."""

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return self._rows.dim

    @property
    def kind(self) -> Kind:
        """What the vectors are searched with first."""
        return self._base.kind if self._base else Kind.FLAT

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors.

        Raises:
            ValueError: if they are not of the store's length, or not finite.
        """
        vectors = self._checked(vectors)
        if len(ids) != len(vectors) or len(np.unique(ids)) < len(ids):
            raise ValueError("Every vector has one id, and no id is given twice")
        self._rows.add(np.asarray(ids, np.int64), vectors)
        self._layer = None

    def remove(self, ids: Ids) -> None:
        """Forget vectors."""
        self._rows.remove(ids)
        self._layer = None

    def of(self, ids: Ids) -> Vectors:
        """Return the vectors of some ids."""
        places = self._rows.directory.find(ids)
        if (places < 0).any():
            raise KeyError("Unknown id")
        places, back = np.unique(places, return_inverse=True)
        return self._rows.vectors(places)[back]

    def search(
        self, queries: Vectors, k: int, *, within: Ids | None = None
    ) -> tuple[Ids, Vectors]:
        """Return the `k` nearest, padded with -1 and -inf.

        Within some 20,000 ids or fewer the search is exact, whatever the kind.
        """
        queries = self._checked(queries)
        stands = self._rows.directory.stands
        if within is not None:
            places = np.unique(self._rows.directory.find(within))
            places = places[places >= 0]
            if len(places) <= FEW:
                return self._ranked(queries, self._among(places, queries, k), k)
            stands = np.zeros(len(stands), bool)
            stands[places] = True
        return self._ranked(queries, self._proposed(queries, k, stands), k)

    def exact(self, queries: Vectors, k: int) -> tuple[Ids, Vectors]:
        """Return the `k` nearest by looking at every vector, as a measure for `search`."""
        found = [
            self._among(places, queries, k)
            for places in blocks(np.flatnonzero(self._rows.directory.stands))
        ]
        return self._ranked(queries, np.concatenate([_none(queries), *found], axis=1), k)

    def save(self, folder: Path) -> None:
        """Write the store to a folder; files that have not changed are linked."""
        home = folder / FOLDER
        home.mkdir(exist_ok=True)
        if self._is_stale():
            self._rows.save(home, small=CHUNK // 2, holes=STALE / 2)
            self._renew()
        else:
            places = self._base.places if self._base else 0
            self._rows.save(home, kept=places, small=SMALL, holes=0.5)
        self._layer = None
        if self._base:
            self._base.save(home / BASE)
        self._write_facts(home)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back.

        Raises:
            OSError, ValueError, KeyError, RuntimeError: if it cannot be read.
        """
        home = folder / FOLDER
        facts = json.loads((home / FACTS).read_text("utf-8"))
        store = cls(facts["dim"])
        store._rows = Rows.open(home, facts["dim"], facts["files"])
        store.recall = facts["recall"]
        if facts["base"]:
            store._base = Base.load(home / BASE, Kind(facts["kind"]), facts["base"])
        return store

    def _checked(self, vectors: Vectors) -> Vectors:
        vectors = np.ascontiguousarray(vectors, np.float32)
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise ValueError(
                f"Vectors of shape {vectors.shape} in a store of {self.dim} numbers"
            )
        if not np.isfinite(vectors).all():
            raise ValueError("A vector holds what is no number")
        return vectors

    def _proposed(self, queries: Vectors, k: int, stands: NDArray[np.bool_]) -> Places:
        """Return for each query the places worth looking at."""
        fresh = self._fresh()
        chosen = stands[fresh.places]
        if not chosen.all():
            fresh = Layer(fresh.places[chosen], fresh.vectors[chosen])
        near = _nearest(fresh.places, fresh.vectors, queries, k)
        if not self._base:
            return near
        found = self._base.search(queries, k, stands[: self._base.places])
        return np.concatenate([found, near], axis=1)

    def _among(self, places: Places, queries: Vectors, k: int) -> Places:
        """Return for each query the nearest of some places."""
        return _nearest(places, self._vectors(places), queries, k)

    def _ranked(self, queries: Vectors, found: Places, k: int) -> tuple[Ids, Vectors]:
        """Compare what was found with each query, and return the best `k`."""
        ids = np.full((len(queries), k), -1, np.int64)
        scores = np.full((len(queries), k), -np.inf, np.float32)
        for row, query in enumerate(queries):
            places = np.sort(found[row][found[row] >= 0])
            # Row by row, so that equal vectors score alike, whatever stands beside them.
            cosines = np.einsum("ij,j->i", self._vectors(places), query)
            names = self._rows.directory.ids[places]
            best = np.lexsort((names, -cosines))[:k]
            ids[row, : len(best)], scores[row, : len(best)] = names[best], cosines[best]
        return ids, scores

    def _vectors(self, places: Places) -> Vectors:
        """Return the vectors of places in order, those of the layer from memory."""
        if self._layer is None:
            return self._rows.vectors(places)
        first = np.searchsorted(places, self._base.places if self._base else 0)
        there = np.searchsorted(self._layer.places, places[first:])
        return np.concatenate([self._rows.vectors(places[:first]), self._layer.vectors[there]])

    def _fresh(self) -> Layer:
        """Return what stands behind the base."""
        if self._layer is None:
            places = np.flatnonzero(self._rows.directory.stands)
            places = places[np.searchsorted(places, self._base.places if self._base else 0) :]
            self._layer = Layer(places, self._rows.vectors(places))
        return self._layer

    def _is_stale(self) -> bool:
        if not self._base or self.kind is not self._wanted():
            return len(self) > 0
        behind = self._rows.places - self._base.places
        gone = self._rows.holes(self._base.places)
        return max(behind, gone) > STALE * self._base.places

    def _wanted(self) -> Kind:
        """Return the kind for so many vectors; none at all are flat."""
        fitting = [kind for least, kind in self.kinds if least <= len(self)]
        return fitting[-1] if len(self) else Kind.FLAT

    def _renew(self) -> None:
        """Make the base anew, and measure it."""
        kind, self._layer = self._wanted(), None
        self._base = Base.make(kind, self._rows)
        self.recall = self._measured()

    def _measured(self) -> float:
        """Return the share of the nearest of some of its vectors that a search finds."""
        places = np.flatnonzero(self._rows.directory.stands)
        some = np.unique(np.linspace(0, len(places) - 1, SAMPLE).astype(np.intp))
        queries, k = self._rows.vectors(places[some]), min(FOUND + 1, len(self))
        _, wanted = self.exact(queries, k)
        _, scores = self.search(queries, k)
        return float(np.mean(scores[:, 1:] >= wanted[:, -1:])) if k > 1 else 1.0

    def _write_facts(self, home: Path) -> None:
        facts = {
            "dim": self.dim,
            "files": self._rows.names,
            "kind": self.kind,
            "base": self._base.places if self._base else 0,
            "recall": self.recall,
        }
        (home / FACTS).write_text(json.dumps(facts) + "\n", "utf-8")


def _nearest(places: Places, vectors: Vectors, queries: Vectors, k: int) -> Places:
    """Return for each query the places of the nearest of some vectors, -1 behind them."""
    import faiss

    if not len(places):
        return _none(queries)
    _, rows = faiss.knn(
        queries, vectors, min(k, len(places)), metric=faiss.METRIC_INNER_PRODUCT
    )
    return np.where(rows >= 0, places[rows], -1)


def _none(queries: Vectors) -> Places:
    return np.empty((len(queries), 0), np.intp)
