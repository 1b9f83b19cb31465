"""Milvus: the same promise kept by a server, or by Milvus Lite in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from qa.milvus import Rows, connected

if TYPE_CHECKING:
    from qa.stores.base import Ids, Vectors

FLAT_MOST = 100_000  # vectors that a server compares one by one
FIELD = "vector"


class MilvusStore:
    """The vectors of one collection; `save` keeps its address, since they live at Milvus."""

    def __init__(self, dim: int, uri: str) -> None:
        connected(uri)  # which says so if pymilvus is not installed
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field(FIELD, DataType.FLOAT_VECTOR, dim=dim)
        self._dim, self._rows = dim, Rows.make(uri, schema, _index("FLAT"))

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
        return self._rows.count()

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace vectors."""
        pairs = zip(ids.tolist(), vectors, strict=True)
        self._rows.put({"id": number, FIELD: vector} for number, vector in pairs)

    def remove(self, ids: Ids) -> None:
        """Forget vectors."""
        self._rows.remove(ids.tolist())

    def drop(self) -> None:
        """Forget everything, the collection itself too."""
        self._rows.drop()

    def of(self, ids: Ids) -> Vectors:
        """Return the vectors of some ids."""
        wanted = ids.tolist()
        found = self._rows.of(dict.fromkeys(wanted), [FIELD])
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
        among = None if within is None else within.tolist()
        found = self._rows.search([*queries], k, field=FIELD, within=among)
        for row, ranking in enumerate(found):
            ids[row, : len(ranking)] = [*ranking.keys()]
            scores[row, : len(ranking)] = [*ranking.values()]
        order = np.lexsort((ids, -scores))
        return np.take_along_axis(ids, order, 1), np.take_along_axis(scores, order, 1)

    def save(self, folder: Path) -> None:
        """Write the address of the collection; a large one that is new gets its graph first."""
        self._rows.write(folder)
        if self.kind == "Milvus FLAT" and len(self) > FLAT_MOST:
            self._reindex("HNSW")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Reconnect to the address written by `save`."""
        store = cls.__new__(cls)
        store._rows = Rows.read(folder)
        fields = store._rows.ask("describe_collection")["fields"]
        store._dim = next(f["params"]["dim"] for f in fields if f["name"] == FIELD)
        return store

    def _reindex(self, kind: str) -> None:
        self._rows.ask("release_collection")
        self._rows.ask("drop_index", index_name=FIELD)
        self._rows.ask("create_index", index_params=_index(kind))
        self._rows.ask("load_collection")


def _index(kind: str) -> Any:
    """Return how vectors are indexed, in pymilvus's words."""
    from pymilvus import MilvusClient

    indexes = MilvusClient.prepare_index_params()
    graph = {"M": 32, "efConstruction": 128} if kind == "HNSW" else {}
    indexes.add_index(FIELD, index_type=kind, metric_type="IP", params=graph)
    return indexes
