"""Milvus: the same promise kept by a server, or by Milvus Lite in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from qa.stores.milvus_client import Rows, batches, connected, facts, tuned

if TYPE_CHECKING:
    from qa.stores.base import Ids, Vectors

FLAT_MOST = 100_000  # vectors that a server compares one by one
FIELD = "vector"
SAMPLE, FOUND = 64, 10  # vectors that are searched for to tell the recall, and nearest of each


class MilvusStore:
    """The vectors of one collection; `save` keeps its address, since they live at Milvus.

    Whoever opened what was saved goes on finding just that while a newer version is made: they
    look only at ids below the `next` of their version, and what is removed from a saved store
    is deleted by `sweep`, once the newer version stands. That deletes what a writer left behind
    who never came so far, too.
    """

    def __init__(self, dim: int, uri: str, folder: Path | None = None) -> None:
        """Begin a collection; with a folder, its address is kept there before it is made."""
        connected(uri)  # which says so if pymilvus is not installed
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field(FIELD, DataType.FLOAT_VECTOR, dim=dim)
        self._dim = dim
        self._rows = Rows.make(uri, schema, _index("FLAT"), folder=folder)
        self._next, self._gone = 0, set[int]()
        self._is_saved = False
        self.recall = 1.0
        """The share of the 10 nearest that a search finds, measured when the graph was made."""

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return self._dim

    @property
    def kind(self) -> str:
        """The kind of index at Milvus."""
        described = self._rows.ask("describe_index", index_name=FIELD)
        return f"Milvus {described['index_type']}"

    def __len__(self) -> int:
        held = self._rows.count(f"id < {self._next}" if self._is_saved else "")
        for some in batches(self._gone):
            held -= self._rows.count(f"id in {some}", level="Session")
        return held

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors."""
        numbers = ids.tolist()
        pairs = zip(numbers, vectors, strict=True)
        self._rows.put({"id": number, FIELD: vector} for number, vector in pairs)
        self._gone.difference_update(numbers)
        self._next = max([self._next, *(number + 1 for number in numbers)])

    def remove(self, ids: Ids) -> None:
        """Forget vectors."""
        if self._is_saved:
            self._gone.update(ids.tolist())
        else:
            self._rows.remove(ids.tolist())

    def sweep(self) -> None:
        """Delete for good what no version holds that was saved; see the class."""
        self._rows.remove(sorted(self._gone))
        self._rows.remove_from(self._next)
        self._gone.clear()

    def drop(self) -> None:
        """Delete everything, the collection itself too."""
        self._rows.drop()

    def of(self, ids: Ids) -> Vectors:
        """Return the vectors of some ids."""
        wanted = ids.tolist()
        found = self._rows.of({*wanted} - self._gone, [FIELD])
        vectors = np.empty((len(wanted), self._dim), np.float32)
        for row, number in enumerate(wanted):
            vectors[row] = found[number][FIELD]
        return vectors

    def search(
        self, queries: Vectors, k: int, *, within: Ids | None = None
    ) -> tuple[Ids, Vectors]:
        """Return the `k` nearest, padded with -1 and -inf."""
        ids = np.full((len(queries), k), -1, np.int64)
        scores = np.full((len(queries), k), -np.inf, np.float32)
        among = None if within is None else {*within.tolist()} - self._gone
        found = self._rows.search(
            [*queries], k, field=FIELD, within=among, only=self._standing()
        )
        for row, ranking in enumerate(found):
            ids[row, : len(ranking)] = [*ranking.keys()]
            scores[row, : len(ranking)] = [*ranking.values()]
        order = np.lexsort((ids, -scores))
        return np.take_along_axis(ids, order, 1), np.take_along_axis(scores, order, 1)

    def save(self, folder: Path) -> None:
        """Write the address of the collection; a large one that is new gets its graph first."""
        self._rows.settle()
        held = len(self)
        if not self._is_saved and held > FLAT_MOST:
            self._make_graph()
        self._is_saved = True
        gone = sorted(self._gone)
        self._rows.keep(folder, next=self._next, gone=gone, held=held, recall=self.recall)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Reconnect to the address written by `save`."""
        store, kept = cls.__new__(cls), facts(folder)
        store._rows, store._is_saved = Rows.read(folder), True
        fields = store._rows.ask("describe_collection")["fields"]
        store._dim = next(f["params"]["dim"] for f in fields if f["name"] == FIELD)
        store._next, store._gone = kept["next"], set(kept["gone"])
        store.recall = kept["recall"]
        if store._rows.count(f"id < {store._next}") == kept["held"]:
            store._gone.clear()  # they were deleted since
        return store

    def _standing(self) -> str:
        """Return the filter that lets through what this version holds."""
        held = [f"id < {self._next}"] if self._is_saved else []
        return " and ".join(held + [f"id not in {sorted(self._gone)}"] * bool(self._gone))

    def _make_graph(self) -> None:
        """Put a graph in the place of exact search, and measure what it finds of that."""
        some = self.of(np.array(self._rows.some(SAMPLE), np.int64))
        exact = self.search(some, FOUND)[0]
        self._rows.ask("release_collection")
        self._rows.ask("drop_index", index_name=FIELD)
        self._rows.ask("create_index", index_params=_index("HNSW"))
        self._rows.ask("load_collection")
        found = self.search(some, FOUND)[0]
        self.recall = float(
            np.mean([np.isin(*pair).mean() for pair in zip(exact, found, strict=True)])
        )


def _index(kind: str) -> Any:
    """Return how vectors are indexed, in pymilvus's words."""
    from pymilvus import MilvusClient

    indexes = MilvusClient.prepare_index_params()
    graph = tuned(M=32, efConstruction=128) if kind == "HNSW" else {}
    indexes.add_index(FIELD, index_type=kind, metric_type="IP", params=graph)
    return indexes
