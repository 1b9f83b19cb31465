"""The connection to a Milvus server, or to Milvus Lite in one file, and its collections."""

from __future__ import annotations

import json
import logging
import os
import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import ceil
from pathlib import Path
from typing import Any, Self

from qa.errors import MissingExtra, StoreError
from qa.fusion import Ranking, sorted_ids

ADDRESS_FILE = "milvus.json"
TOKEN = "MILVUS_TOKEN"  # the variable that holds USER:PASSWORD or a key, where one is asked for
MAX_HITS = 16_384  # hits of one search, by Milvus's own limit
MAX_FILTER_IDS = 4_096  # ids that one filter names: 30,000 characters, read in about 50 ms
BATCH = 1_000  # rows sent or fetched at once


class MilvusConnection:
    """A connection that threads may share."""

    def __init__(self, uri: str) -> None:
        try:
            import pymilvus

            if uri.endswith(".db"):
                import milvus_lite  # noqa: F401  # which pymilvus will start
        except ImportError as missing:
            package = (missing.name or "pymilvus").replace("_", "-")
            raise MissingExtra(package, extra="milvus") from missing
        # What goes wrong is raised; pymilvus would print its traceback, too.
        logging.getLogger("pymilvus").addHandler(logging.NullHandler())
        self.uri = uri
        self._wrong: type[Exception] = pymilvus.MilvusException
        token = os.environ.get(TOKEN, "")
        self._client: Any = self._call(pymilvus.MilvusClient, uri, token=token, timeout=10)

    @property
    def is_lite(self) -> bool:
        """Whether it runs in this process, on one file."""
        return self.uri.endswith(".db")

    @cached_property
    def has_bm25(self) -> bool:
        """Whether it can search words, as servers do from 2.5 on, and Milvus Lite from 3.0."""
        version = re.search(r"(\d+)\.(\d+)", self.ask("get_server_version"))
        known = tuple(map(int, version.groups())) if version else (0, 0)
        return known >= ((3, 0) if self.is_lite else (2, 5))

    def ask(self, method: str, *given: Any, **options: Any) -> Any:
        """Call a method of pymilvus's client.

        Raises:
            StoreError: if it fails.
        """
        return self._call(getattr(self._client, method), *given, **options)

    def _call(self, call: Any, *given: Any, **options: Any) -> Any:
        try:
            return call(*given, **options)
        except self._wrong as refused:
            hint = "Is the server running? QA_STORE says where it is."
            if self.is_lite:
                hint = "Another program may have the file open: Milvus Lite serves only one."
            said = getattr(refused, "message", refused)
            raise StoreError(f"Milvus at {self.uri} refused: {said}.", hint=hint) from refused


def index_params(**tuning: Any) -> dict[str, Any]:
    """Return the parameters of an index both as servers and as Milvus Lite 3.2 read them."""
    return {**tuning, "params": tuning} if tuning else {}


def read_address(folder: Path) -> dict[str, Any]:
    """Return the address that is written in a folder, and what else is there."""
    address: dict[str, Any] = json.loads((folder / ADDRESS_FILE).read_text("utf-8"))
    return address


def uri_of(address: str) -> str:
    """Return the URI of Milvus, a file as an absolute path."""
    return str(Path(address).absolute()) if address.endswith(".db") else address


def drop_collection(folder: Path, standing: Path | None) -> None:
    """Drop the collection whose address is in a folder, if there is one.

    It stays if the folder of the version that is in use has the same.

    Raises:
        StoreError: if Milvus does not answer.
    """
    names = [
        read_address(each)["collection"]
        for each in (folder, standing)
        if each and (each / ADDRESS_FILE).exists()
    ]
    if (folder / ADDRESS_FILE).exists() and names[1:] != names[:1]:
        connect(read_address(folder)["uri"]).ask("drop_collection", names[0])


@cache
def connect(uri: str) -> MilvusConnection:
    """Return the one connection of this process to a server's URI, or to a .db file."""
    return MilvusConnection(uri)


@dataclass(frozen=True, slots=True)
class MilvusCollection:
    """One collection: rows under an integer `id`, at an address that a file can hold.

    A search sees whatever this process wrote (Milvus calls that Session), and never waits for
    others. `count` waits until all that was written or deleted anywhere can be seen (Strong,
    0.2 to 0.4 s on a server): who counts after opening sees everything that was there before.
    """

    uri: str
    name: str

    @classmethod
    def create(cls, uri: str, schema: Any, indexes: Any, *, folder: Path | None = None) -> Self:
        """Create a collection under a name that no other has, by pymilvus's own schema.

        With a folder its address is written there first, so that it is not lost by a crash.
        """
        collection = cls(uri, f"qa_{uuid.uuid4().hex}")
        if folder:
            collection.save_address(folder)
        given = {"schema": schema, "index_params": indexes}
        collection.ask("create_collection", consistency_level="Session", **given)
        return collection

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the collection whose address is in a folder.

        Raises:
            OSError: if there is no address, or nothing at it.
            StoreError: if Milvus does not answer.
        """
        address = read_address(folder)
        collection = cls(address["uri"], address["collection"])
        if not collection.ask("has_collection"):
            raise FileNotFoundError(f"{collection.uri} has no collection {collection.name}")
        collection.ask("load_collection")
        return collection

    def save_address(self, folder: Path, **more: Any) -> None:
        """Write the address to a folder, and more facts beside it."""
        address = {"uri": self.uri, "collection": self.name, **more}
        fresh = folder / f"{ADDRESS_FILE}.fresh"
        fresh.write_text(json.dumps(address) + "\n", "utf-8")
        fresh.replace(folder / ADDRESS_FILE)

    def flush(self) -> None:
        """Wait until everything is on disk and can be seen."""
        self.ask("flush")
        self.count()

    def ask(self, method: str, **options: Any) -> Any:
        """Call a method of pymilvus's client on this collection."""
        return connect(self.uri).ask(method, self.name, **options)

    def count(self, only: str = "", *, level: str = "Strong") -> int:
        """Return how many rows there are, or how many a filter lets through."""
        asked = {"filter": only, "output_fields": ["count(*)"], "consistency_level": level}
        return int(self.ask("query", **asked)[0]["count(*)"])

    def upsert(self, rows: Iterable[dict[str, Any]]) -> None:
        """Add rows, or replace those of the same id."""
        for batch in in_batches(rows):
            self.ask("upsert", data=batch)

    def drop(self) -> None:
        """Delete the whole collection."""
        self.ask("drop_collection")

    def remove(self, ids: Sequence[int]) -> None:
        """Delete rows; unknown ids are no matter."""
        for batch in in_batches(ids):
            self.ask("delete", ids=batch)
        self.count()  # Session waits for rows that were written, not for those deleted

    def remove_from(self, first: int) -> None:
        """Delete the rows of this id and of all above it."""
        self.ask("delete", filter=f"id >= {first}")
        self.count()

    def sample_ids(self, number: int) -> list[int]:
        """Return the ids of some rows, in no order of merit."""
        asked = {"filter": "id >= 0", "output_fields": ["id"], "limit": number}
        return sorted(row["id"] for row in self.ask("query", **asked))

    def fetch(self, ids: Iterable[int], fields: Sequence[str]) -> dict[int, dict[str, Any]]:
        """Return some fields of some rows, by id; an unknown id is left out."""
        found: dict[int, dict[str, Any]] = {}
        for batch in in_batches(ids):
            asked = {"filter": f"id in {batch}", "output_fields": ["id", *fields]}
            rows = self.ask("query", consistency_level="Session", **asked)
            found |= {row["id"]: row for row in rows}
        return found

    def search(
        self,
        asked: Sequence[Any],
        k: int,
        *,
        field: str,
        within: Collection[int] | None = None,
        only: str = "",
    ) -> list[Ranking]:
        """Return the best `k` of a field for each vector or text; at most 16,384 are found.

        `within` are the ids that may be found; without it, all that a filter lets through.
        """
        k = min(k, MAX_HITS)
        if within is None or not asked:
            return self._search(asked, k, field=field, only=only)
        if len(within) > MAX_FILTER_IDS:
            rankings = self._search_unfiltered(asked, k, field, within)
            if rankings:
                return rankings
        merged: list[dict[int, float]] = [{} for _ in asked]
        for batch in in_batches(sorted(within), MAX_FILTER_IDS):
            found = self._search(asked, k, field=field, only=f"id in {batch}")
            for ranking, more in zip(merged, found, strict=True):
                ranking.update(more)
        return [top_k(ranking, k) for ranking in merged]

    def _search_unfiltered(
        self, asked: Sequence[Any], k: int, field: str, within: Collection[int]
    ) -> list[Ranking]:
        """Search deeper without a filter, and keep the best `k` within; empty if too deep.

        So a filter that lets most rows through need not name them.
        """
        depth = ceil(1.5 * k * self.count(level="Session") / len(within))
        if depth > MAX_HITS:
            return []
        allowed, found = frozenset(within), self._search(asked, depth, field=field)
        kept = [{n: s for n, s in ranking.items() if n in allowed} for ranking in found]
        deep = all(
            len(few) >= k or len(whole) < depth for few, whole in zip(kept, found, strict=True)
        )
        return [top_k(ranking, k) for ranking in kept] if deep else []

    def _search(
        self, asked: Sequence[Any], k: int, *, field: str, only: str = ""
    ) -> list[Ranking]:
        if not asked:
            return []
        answers = self.ask(
            "search",
            data=list(asked),
            limit=k,
            anns_field=field,
            filter=only,
            output_fields=["id"],
            search_params={"params": {"ef": max(k, 256)}},
            consistency_level="Session",
        )
        # Milvus Lite gives the BM25 score of words with its sign turned.
        score = abs if isinstance(asked[0], str) else float
        return [{hit["id"]: score(hit["distance"]) for hit in hits} for hits in answers]


def in_batches(items: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Return the items in lists of a bounded length."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def top_k(ranking: Ranking, k: int) -> Ranking:
    """Return the best `k`, best first."""
    return {number: ranking[number] for number in sorted_ids(ranking)[:k]}
