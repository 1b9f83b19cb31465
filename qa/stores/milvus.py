"""The Milvus store: vectors in a collection of a server, or of Milvus Lite in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from qa.stores.base import RECALL_AT, RECALL_SAMPLE
from qa.stores.milvus_client import (
    MilvusCollection,
    connect,
    drop_collection,
    in_batches,
    index_params,
    read_address,
    uri_of,
)

if TYPE_CHECKING:
    from qa.stores.base import Ids, Vectors

EXACT_SEARCH_LIMIT = 100_000  # vectors that a server compares one by one
FIELD = "vector"


class MilvusStore:
    """The vectors of one Milvus collection; `save` writes only its address.

    Whoever opened what was saved goes on finding just that while a newer version is made: they
    look only at ids below the `next` of their version, and what is removed from a saved store
    is deleted by `sweep`, once the newer version stands.
    """

    def __init__(self, dim: int, uri: str, folder: Path | None = None) -> None:
        """Create a collection; with a folder, its address is written there first."""
        connect(uri)  # which says so if pymilvus is not installed
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field(FIELD, DataType.FLOAT_VECTOR, dim=dim)
        self._dim = dim
        self._collection = MilvusCollection.create(
            uri, schema, _index_settings("FLAT"), folder=folder
        )
        self._next_id, self._deleted = 0, set[int]()
        self._is_saved = False
        self.recall = 1.0
        """The share of the 10 nearest that a search finds, measured after the build."""

    @classmethod
    def begin(cls, dim: int, folder: Path, address: str) -> Self:
        """Create a collection at a server or in a file, its address written first."""
        return cls(dim, uri_of(address), folder)

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return self._dim

    @property
    def kind(self) -> str:
        """The kind of index at Milvus."""
        described = self._collection.ask("describe_index", index_name=FIELD)
        return f"Milvus {described['index_type']}"

    def __len__(self) -> int:
        held = self._collection.count(f"id < {self._next_id}" if self._is_saved else "")
        for ids in in_batches(self._deleted):
            held -= self._collection.count(f"id in {ids}", level="Session")
        return held

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors."""
        numbers = ids.tolist()
        pairs = zip(numbers, vectors, strict=True)
        self._collection.upsert({"id": number, FIELD: vector} for number, vector in pairs)
        self._deleted.difference_update(numbers)
        self._next_id = max([self._next_id, *(number + 1 for number in numbers)])

    def remove(self, ids: Ids) -> None:
        """Remove vectors; from a saved store, only `sweep` deletes them for good."""
        if self._is_saved:
            self._deleted.update(ids.tolist())
        else:
            self._collection.remove(ids.tolist())

    @classmethod
    def sweep(cls, folder: Path) -> None:
        """Delete the rows that the version in a folder does not hold."""
        store = cls.load(folder)
        store._collection.remove(sorted(store._deleted))
        store._collection.remove_from(store._next_id)

    @classmethod
    def forget(cls, folder: Path, standing: Path | None) -> None:
        """Drop the collection of a version, unless the standing one has it too."""
        drop_collection(folder, standing)

    def drop(self) -> None:
        """Delete everything, the collection itself too."""
        self._collection.drop()

    def of(self, ids: Ids) -> Vectors:
        """Return the vectors of some ids."""
        wanted = ids.tolist()
        found = self._collection.fetch({*wanted} - self._deleted, [FIELD])
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
        among = None if within is None else {*within.tolist()} - self._deleted
        found = self._collection.search(
            [*queries], k, field=FIELD, within=among, only=self._visible_filter()
        )
        for row, ranking in enumerate(found):
            ids[row, : len(ranking)] = [*ranking.keys()]
            scores[row, : len(ranking)] = [*ranking.values()]
        order = np.lexsort((ids, -scores))
        return np.take_along_axis(ids, order, 1), np.take_along_axis(scores, order, 1)

    def save(self, folder: Path) -> None:
        """Write the address of the collection; a large one that is new gets its graph first."""
        self._collection.flush()
        held = len(self)
        if not self._is_saved and held > EXACT_SEARCH_LIMIT:
            self._build_graph()
        self._is_saved = True
        gone = sorted(self._deleted)
        self._collection.save_address(
            folder, next=self._next_id, gone=gone, held=held, recall=self.recall
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Reconnect to the address written by `save`."""
        store, address = cls.__new__(cls), read_address(folder)
        store._collection, store._is_saved = MilvusCollection.open(folder), True
        fields = store._collection.ask("describe_collection")["fields"]
        store._dim = next(f["params"]["dim"] for f in fields if f["name"] == FIELD)
        store._next_id, store._deleted = address["next"], set(address["gone"])
        store.recall = address["recall"]
        if store._collection.count(f"id < {store._next_id}") == address["held"]:
            store._deleted.clear()  # they were deleted since
        return store

    def _visible_filter(self) -> str:
        """Return the filter of the rows that this version holds."""
        held = [f"id < {self._next_id}"] if self._is_saved else []
        return " and ".join(held + [f"id not in {sorted(self._deleted)}"] * bool(self._deleted))

    def _build_graph(self) -> None:
        """Replace exact search by a graph, and measure its recall."""
        some = self.of(np.array(self._collection.sample_ids(RECALL_SAMPLE), np.int64))
        exact = self.search(some, RECALL_AT)[0]
        self._collection.ask("release_collection")
        self._collection.ask("drop_index", index_name=FIELD)
        self._collection.ask("create_index", index_params=_index_settings("HNSW"))
        self._collection.ask("load_collection")
        found = self.search(some, RECALL_AT)[0]
        self.recall = float(
            np.mean([np.isin(*pair).mean() for pair in zip(exact, found, strict=True)])
        )


def _index_settings(kind: str) -> Any:
    """Return pymilvus's settings for an index of vectors."""
    from pymilvus import MilvusClient

    indexes = MilvusClient.prepare_index_params()
    graph = index_params(M=32, efConstruction=128) if kind == "HNSW" else {}
    indexes.add_index(FIELD, index_type=kind, metric_type="IP", params=graph)
    return indexes
