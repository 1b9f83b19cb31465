"""The articles and passages of a library: by their ids, and as a list shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from qa.index.article_store import Stock, joined
from qa.index.segments import PASSAGE, Stored, Table, sections_of, source_number
from qa.types import Article, Passage, Section, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a list shows it, its text left unread."""

    id: str
    title: str
    source: str
    sha256: str
    sections: tuple[Section, ...]
    words: int
    passages: int
    kept: bool = False
    """Whether it was added by hand, so that a folder which lacks it does not remove it."""


class Texts(Mapping[str, Article]):
    """The articles of a folder by their ids, in the order of their addition."""

    def __init__(self, folder: Path) -> None:
        """Open a folder.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        self.stock = Stock(folder)
        self.table = self.stock.table
        self._by_id = np.argsort(self.table["id"])
        self._ids = self.table["id"][self._by_id]
        self.passages = Passages(self.stock)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[str]:
        return (number.decode() for number in self.table["id"].tolist())

    def __getitem__(self, article: str) -> Article:
        return self.stock.article(self.row(article))

    def __contains__(self, article: object) -> bool:
        return isinstance(article, str) and self.find(article) is not None

    def row(self, article: str) -> int:
        """Return where in the table an article stands."""
        found = self.find(article)
        if found is None:
            raise KeyError(article)
        return found

    def find(self, article: str) -> int | None:
        """Return where in the table an article stands, if it does."""
        wanted = article.encode("utf-8", "replace")
        place = int(np.searchsorted(self._ids, wanted))
        found = place < len(self._ids) and self._ids[place] == wanted
        return int(self._by_id[place]) if found else None

    def of_source(self, source: str) -> list[int]:
        """Return where in the table the articles of a source stand."""
        rows = np.flatnonzero(self.table["source"] == source_number(source)).tolist()
        return [row for row in rows if self.entry(row).source == source]

    def holds(self, article: Article) -> bool:
        """Tell whether an article is here just as it is."""
        row = self.find(article.id)
        if row is None:
            return False
        checks = (
            self.table["told_check"][row].tobytes(),
            self.table["text_check"][row].tobytes(),
        )
        return checks == Stored.of(article).checks

    def entry(self, row: int) -> Entry:
        """Return what a list shows of an article."""
        record = self.table[row]
        told = self.stock.chunk(row).told_of(record)
        return Entry(
            told["id"],
            told["title"],
            told["source"],
            told["sha256"],
            sections_of(told),
            told["words"],
            int(record["passages"]),
            bool(record["kept"]),
        )

    def ids_of(self, articles: Collection[str]) -> tuple[int, ...]:
        """Return the ids of the passages of some articles, which go by theirs."""
        known = (self.find(article) for article in articles)
        found = [self.passages.rows_of(row)["id"] for row in known if row is not None]
        return tuple(np.sort(np.concatenate(found)).tolist()) if found else ()

    def kept(self) -> Iterator[Article]:
        """Yield the articles that were added by hand."""
        return map(self.stock.article, np.flatnonzero(self.table["kept"]).tolist())

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All articles as a list shows them, by their ids."""
        return {entry.id: entry for entry in map(self.entry, range(len(self)))}


class Passages:
    """The passages of a library by their ids, which are numbers; those removed leave holes."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        table = joined([chunk.passages for chunk in stock.chunks], PASSAGE)
        counts = stock.table["passages"]
        if counts.sum() != len(table):
            raise ValueError("The tables of articles and passages do not go together")
        self.ids = np.ascontiguousarray(table["id"])
        self._ends = np.cumsum(counts)
        self._table = table
        ordered = bool(np.all(self.ids[1:] > self.ids[:-1]))
        self._by_id = None if ordered else np.argsort(self.ids)
        self._sorted = self.ids if self._by_id is None else self.ids[self._by_id]

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
        row = place if self._by_id is None else int(self._by_id[place])
        article = self._stock.article(int(np.searchsorted(self._ends, row, side="right")))
        return self._passage(row, article)

    def since(self, number: int) -> Iterator[Passage]:
        """Yield the passages that are numbered from there on, article by article."""
        firsts = self._ends - self._stock.table["passages"]
        some = self._stock.table["passages"] > 0
        fresh = np.flatnonzero(some)[self.ids[firsts[some]] >= number]
        return (p for article in fresh.tolist() for p in self.of_article(article))

    def of_article(self, row: int) -> list[Passage]:
        """Return the passages of the article in a row of the table."""
        article = self._stock.article(row)
        return [self._passage(each, article) for each in range(*self._range(row))]

    def rows_of(self, row: int) -> Table:
        """Return the rows of the passages of an article."""
        return self._table[slice(*self._range(row))]

    def _range(self, row: int) -> tuple[int, int]:
        end = int(self._ends[row])
        return end - int(self._stock.table["passages"][row]), end

    def _passage(self, row: int, article: Article) -> Passage:
        number, start, end = self._table[row].tolist()
        return Passage(number, article, Span(start, end))
