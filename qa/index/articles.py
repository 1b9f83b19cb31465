"""The articles and passages of an index by their ids, and the entries of a list of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from qa.index.article_store import ArticleStore, join_tables
from qa.index.segments import (
    PASSAGE_ROW,
    ArticleRecord,
    StructuredArray,
    parse_sections,
    source_hash,
)
from qa.types import Article, Passage, Section, Span


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article in a list: its metadata, without its text."""

    id: str
    title: str
    source: str
    sha256: str
    sections: tuple[Section, ...]
    words: int
    passages: int
    pinned: bool = False
    """Whether it was added by hand, so that syncing with a folder does not remove it."""

    pages: int = 0
    """How many pages its file has, if it has any."""

    unread_pages: int = 0
    """How many of them are pictures, of which nothing could be read."""

    illegible: int = 0
    """How many characters of it are no language, and are never quoted."""


class Articles(Mapping[str, Article]):
    """The articles of a folder by their ids, in the order of their addition."""

    def __init__(self, folder: Path) -> None:
        """Open a folder.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        self.store = ArticleStore(folder)
        self.table = self.store.table
        self._order = np.argsort(self.table["id"])
        self._ids = self.table["id"][self._order]
        self.passages = Passages(self.store)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[str]:
        return (number.decode() for number in self.table["id"].tolist())

    def __getitem__(self, article: str) -> Article:
        return self.store.article(self.row(article))

    def __contains__(self, article: object) -> bool:
        return isinstance(article, str) and self.find_row(article) is not None

    def row(self, article: str) -> int:
        """Return the row of an article by its id."""
        row = self.find_row(article)
        if row is None:
            raise KeyError(article)
        return row

    def find_row(self, article: str) -> int | None:
        """Return the row of an article by its id, if there is one."""
        wanted = article.encode("utf-8", "replace")
        place = int(np.searchsorted(self._ids, wanted))
        found = place < len(self._ids) and self._ids[place] == wanted
        return int(self._order[place]) if found else None

    def rows_of_source(self, source: str) -> list[int]:
        """Return the rows of the articles of a source."""
        rows = np.flatnonzero(self.table["source"] == source_hash(source)).tolist()
        return [row for row in rows if self.entry(row).source == source]

    def has_same(self, article: Article) -> bool:
        """Tell whether there is the same article, its metadata included."""
        row = self.find_row(article.id)
        if row is None:
            return False
        hashes = (self.table[f"{part}_hash"][row].tobytes() for part in ("metadata", "text"))
        return tuple(hashes) == ArticleRecord.of(article).hashes

    def entry(self, row: int) -> ArticleEntry:
        """Return the entry of the article in a row."""
        fields = self.table[row]
        metadata = self.store.segment(row).metadata_of(fields)
        return ArticleEntry(
            metadata["id"],
            metadata["title"],
            metadata["source"],
            metadata["sha256"],
            parse_sections(metadata),
            metadata["words"],
            int(fields["passages"]),
            bool(fields["pinned"]),
            len(metadata.get("pages", ())),
            len(metadata.get("unread_pages", ())),
            sum(end - start for start, end in metadata.get("illegible", ())),
        )

    def passage_ids(self, articles: Collection[str]) -> tuple[int, ...]:
        """Return the ids of the passages of some articles, given by their ids."""
        rows = (self.find_row(article) for article in articles)
        found = [self.passages.rows_of(row)["id"] for row in rows if row is not None]
        return tuple(np.sort(np.concatenate(found)).tolist()) if found else ()

    def pinned_articles(self) -> Iterator[Article]:
        """Yield the pinned articles."""
        return map(self.store.article, np.flatnonzero(self.table["pinned"]).tolist())

    @cached_property
    def entries(self) -> Mapping[str, ArticleEntry]:
        """The entries of all articles, by their ids."""
        return {entry.id: entry for entry in map(self.entry, range(len(self)))}


class Passages:
    """The passages of an index by their ids, which are numbers and never used twice."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        table = join_tables([segment.passages for segment in store.segments], PASSAGE_ROW)
        counts = store.table["passages"]
        if counts.sum() != len(table):
            raise ValueError("The tables of articles and passages do not match")
        self.ids = np.ascontiguousarray(table["id"])
        self._ends = np.cumsum(counts)
        self._table = table
        ordered = bool(np.all(self.ids[1:] > self.ids[:-1]))
        self._order = None if ordered else np.argsort(self.ids)
        self._sorted = self.ids if self._order is None else self.ids[self._order]

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Passage]:
        return (
            passage
            for article in range(len(self._ends))
            for passage in self.of_article(article)
        )

    def __getitem__(self, number: int) -> Passage:
        place = int(np.searchsorted(self._sorted, number))
        if place == len(self) or self._sorted[place] != number:
            raise KeyError(number)
        row = place if self._order is None else int(self._order[place])
        article = self._store.article(int(np.searchsorted(self._ends, row, side="right")))
        return self._passage(row, article)

    def since(self, number: int) -> Iterator[Passage]:
        """Yield the passages whose ids start from a number, article by article."""
        firsts = self._ends - self._store.table["passages"]
        some = self._store.table["passages"] > 0
        fresh = np.flatnonzero(some)[self.ids[firsts[some]] >= number]
        return (p for article in fresh.tolist() for p in self.of_article(article))

    def of_article(self, row: int) -> list[Passage]:
        """Return the passages of the article in a row."""
        article = self._store.article(row)
        return [self._passage(each, article) for each in range(*self._range(row))]

    def rows_of(self, row: int) -> StructuredArray:
        """Return the rows of the passages of an article."""
        return self._table[slice(*self._range(row))]

    def _range(self, row: int) -> tuple[int, int]:
        end = int(self._ends[row])
        return end - int(self._store.table["passages"][row]), end

    def _passage(self, row: int, article: Article) -> Passage:
        number, start, end = self._table[row].tolist()
        return Passage(number, article, Span(start, end))
