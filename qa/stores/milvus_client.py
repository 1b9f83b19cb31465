"""A Milvus server, or Milvus Lite in one file: its collections, its errors in plain words."""

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
from qa.fusion import Ranking, ordered

ADDRESS = "milvus.json"
TOKEN = "MILVUS_TOKEN"  # the variable that holds USER:PASSWORD or a key, where one is asked for
MOST = 16_384  # hits of one search, by Milvus's own limit
LISTED = 4_096  # ids that one filter names: 30,000 characters, read in about 50 ms
BATCH = 1_000  # rows sent or fetched at once


class Milvus:
    """A connection that threads may share."""

    def __init__(self, uri: str) -> None:
        try:
            import pymilvus

            if uri.endswith(".db"):
                import milvus_lite  # noqa: F401  # which pymilvus will start
        except ImportError as missing:
            raise MissingExtra((missing.name or "pymilvus").replace("_", "-")) from missing
        # What goes wrong is raised; pymilvus would print its traceback, too.
        logging.getLogger("pymilvus").addHandler(logging.NullHandler())
        self.uri = uri
        self._wrong: type[Exception] = pymilvus.MilvusException
        token = os.environ.get(TOKEN, "")
        self._client: Any = self._tried(pymilvus.MilvusClient, uri, token=token, timeout=10)

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
        return self._tried(getattr(self._client, method), *given, **options)

    def _tried(self, call: Any, *given: Any, **options: Any) -> Any:
        try:
            return call(*given, **options)
        except self._wrong as refused:
            hint = "Is the server running? QA_STORE says where it is."
            if self.is_lite:
                hint = "Another program may have the file open: Milvus Lite serves only one."
            said = getattr(refused, "message", refused)
            raise StoreError(f"Milvus at {self.uri} refused: {said}.", hint=hint) from refused


def tuned(**tuning: Any) -> dict[str, Any]:
    """Return what tunes an index both as servers read it and as Milvus Lite 3.2 does."""
    return {**tuning, "params": tuning} if tuning else {}


def facts(folder: Path) -> dict[str, Any]:
    """Return the address that stands in a folder, and what else is kept beside it."""
    kept: dict[str, Any] = json.loads((folder / ADDRESS).read_text("utf-8"))
    return kept


def forget(folder: Path, standing: Path | None) -> None:
    """Drop every collection whose address stands under a folder, but not in what stands.

    Raises:
        StoreError: if Milvus does not answer.
    """
    kept = [facts(f.parent)["collection"] for f in standing.rglob(ADDRESS)] if standing else []
    for file in folder.rglob(ADDRESS):
        address = facts(file.parent)
        if address["collection"] not in kept:
            connected(address["uri"]).ask("drop_collection", address["collection"])


@cache
def connected(uri: str) -> Milvus:
    """Return the one connection of this process to a server's URI, or to a .db file."""
    return Milvus(uri)


@dataclass(frozen=True, slots=True)
class Rows:
    """One collection: rows under an integer `id`, at an address that can be kept in a file.

    A search sees whatever this process wrote (Milvus calls that Session), and never waits for
    others. `count` waits until all that was written or deleted anywhere can be seen (Strong,
    0.2 to 0.4 s on a server): who counts after opening sees everything that was there before.
    """

    uri: str
    name: str

    @classmethod
    def make(cls, uri: str, schema: Any, indexes: Any, *, folder: Path | None = None) -> Self:
        """Create a collection under a name that no other has, by pymilvus's own schema.

        With a folder its address is kept there first, so that it is not lost by a crash.
        """
        rows = cls(uri, f"qa_{uuid.uuid4().hex}")
        if folder:
            rows.keep(folder)
        given = {"schema": schema, "index_params": indexes}
        rows.ask("create_collection", consistency_level="Session", **given)
        return rows

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Open the collection whose address stands in a folder.

        Raises:
            OSError: if there is no address, or nothing at it.
            StoreError: if Milvus does not answer.
        """
        address = facts(folder)
        rows = cls(address["uri"], address["collection"])
        if not rows.ask("has_collection"):
            raise FileNotFoundError(f"{rows.uri} has no collection {rows.name}")
        rows.ask("load_collection")
        return rows

    def keep(self, folder: Path, **more: Any) -> None:
        """Write the address to a folder, and more that is to be known there."""
        address = {"uri": self.uri, "collection": self.name, **more}
        fresh = folder / f"{ADDRESS}.fresh"
        fresh.write_text(json.dumps(address) + "\n", "utf-8")
        fresh.replace(folder / ADDRESS)

    def settle(self) -> None:
        """Wait until everything is on disk and can be seen."""
        self.ask("flush")
        self.count()

    def ask(self, method: str, **options: Any) -> Any:
        """Call a method of pymilvus's client on this collection."""
        return connected(self.uri).ask(method, self.name, **options)

    def count(self, only: str = "", *, level: str = "Strong") -> int:
        """Return how many rows there are, or how many a filter lets through."""
        asked = {"filter": only, "output_fields": ["count(*)"], "consistency_level": level}
        return int(self.ask("query", **asked)[0]["count(*)"])

    def put(self, rows: Iterable[dict[str, Any]]) -> None:
        """Add rows, or replace those of the same id."""
        for some in batches(rows):
            self.ask("upsert", data=some)

    def drop(self) -> None:
        """Delete the whole collection."""
        self.ask("drop_collection")

    def remove(self, ids: Sequence[int]) -> None:
        """Delete rows; unknown ids are no matter."""
        for some in batches(ids):
            self.ask("delete", ids=some)
        self.count()  # Session waits for rows that were written, not for those deleted

    def remove_from(self, first: int) -> None:
        """Delete the rows of this id and of all above it."""
        self.ask("delete", filter=f"id >= {first}")
        self.count()

    def some(self, number: int) -> list[int]:
        """Return the ids of some rows, whichever Milvus names first."""
        asked = {"filter": "id >= 0", "output_fields": ["id"], "limit": number}
        return sorted(row["id"] for row in self.ask("query", **asked))

    def of(self, ids: Iterable[int], fields: Sequence[str]) -> dict[int, dict[str, Any]]:
        """Return some fields of some rows, by id; an unknown id is left out."""
        found: dict[int, dict[str, Any]] = {}
        for some in batches(ids):
            asked = {"filter": f"id in {some}", "output_fields": ["id", *fields]}
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
        k = min(k, MOST)
        if within is None or not asked:
            return self._found(asked, k, field=field, only=only)
        if len(within) > LISTED and (sifted := self._sifted(asked, k, field, within)):
            return sifted
        merged: list[dict[int, float]] = [{} for _ in asked]
        for some in batches(sorted(within), LISTED):
            found = self._found(asked, k, field=field, only=f"id in {some}")
            for ranking, more in zip(merged, found, strict=True):
                ranking.update(more)
        return [best(ranking, k) for ranking in merged]

    def _sifted(
        self, asked: Sequence[Any], k: int, field: str, within: Collection[int]
    ) -> list[Ranking]:
        """Search deeper without a filter, and keep the best `k` within; nothing if too deep.

        So a filter that lets most rows through need not name them.
        """
        depth = ceil(1.5 * k * self.count(level="Session") / len(within))
        if depth > MOST:
            return []
        allowed, found = frozenset(within), self._found(asked, depth, field=field)
        kept = [{n: s for n, s in ranking.items() if n in allowed} for ranking in found]
        deep = all(
            len(few) >= k or len(whole) < depth for few, whole in zip(kept, found, strict=True)
        )
        return [best(ranking, k) for ranking in kept] if deep else []

    def _found(
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


def batches(items: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Return the items in lists of a bounded length."""
    some: list[Any] = []
    for item in items:
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def best(ranking: Ranking, k: int) -> Ranking:
    """Return the best `k`, best first."""
    return {number: ranking[number] for number in ordered(ranking)[:k]}
