"""The articles and passages of a library, each read from disk when it is asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.index.chunks import (
    ARTICLE,
    PASSAGE,
    Chunk,
    Stored,
    Table,
    chunk_names,
    sections_of,
    source_number,
)
from qa.types import Article, Passage, Section, Span

REMEMBERED = 8_000_000  # characters of the articles read last


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
        self.chunks = [Chunk.open(folder, name) for name in chunk_names(folder)]
        self.table = _joined([chunk.articles for chunk in self.chunks], ARTICLE)
        sizes = [len(chunk.articles) for chunk in self.chunks]
        self.chunk_of: NDArray[np.intp] = np.repeat(np.arange(len(sizes)), sizes)
        self._by_id = np.argsort(self.table["id"])
        self._ids = self.table["id"][self._by_id]
        self._recent = _Recent(REMEMBERED)
        self.passages = Passages(self)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[str]:
        return (number.decode() for number in self.table["id"].tolist())

    def __getitem__(self, article: str) -> Article:
        return self.article(self.row(article))

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
        return (
            row is not None and self.table["check"][row].tobytes() == Stored.of(article).check
        )

    def article(self, row: int) -> Article:
        """Return the article of a row of the table.

        Raises:
            IndexBroken: if its bytes were changed.
        """
        found = self._recent.get(row)
        if found is None:
            found = self.stored(row).article()
            self._recent.put(row, found)
        return found

    def stored(self, row: int) -> Stored:
        """Return the bytes of an article."""
        chunk: Chunk = self.chunks[self.chunk_of[row]]
        return chunk.stored(self.table[row])

    def entry(self, row: int) -> Entry:
        """Return what a list shows of an article."""
        record = self.table[row]
        told = self.chunks[self.chunk_of[row]].told_of(record)
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

    def kept(self) -> Iterator[Article]:
        """Yield the articles that were added by hand."""
        return map(self.article, np.flatnonzero(self.table["kept"]).tolist())

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All articles as a list shows them, by their ids."""
        return {entry.id: entry for entry in map(self.entry, range(len(self)))}


class Passages:
    """The passages of a library by their ids, which are numbers; those removed leave holes."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        table = _joined([chunk.passages for chunk in texts.chunks], PASSAGE)
        counts = texts.table["passages"]
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
            for article in range(len(self._texts))
            for passage in self.of_article(article)
        )

    def __getitem__(self, number: int) -> Passage:
        place = int(np.searchsorted(self._sorted, number))
        if place == len(self) or self._sorted[place] != number:
            raise KeyError(number)
        row = place if self._by_id is None else int(self._by_id[place])
        article = self._texts.article(int(np.searchsorted(self._ends, row, side="right")))
        return self._passage(row, article)

    def since(self, number: int) -> Iterator[Passage]:
        """Yield the passages that are numbered from there on, article by article."""
        firsts = self._ends - self._texts.table["passages"]
        some = self._texts.table["passages"] > 0
        fresh = np.flatnonzero(some)[self.ids[firsts[some]] >= number]
        return (p for article in fresh.tolist() for p in self.of_article(article))

    def of_article(self, row: int) -> list[Passage]:
        """Return the passages of the article in a row of the table."""
        article = self._texts.article(row)
        return [self._passage(each, article) for each in range(*self._range(row))]

    def rows_of(self, row: int) -> Table:
        """Return the rows of the passages of an article."""
        return self._table[slice(*self._range(row))]

    def ids_of(self, articles: Collection[str]) -> tuple[int, ...]:
        """Return the ids of the passages of some articles, which go by theirs."""
        known = (self._texts.row(article) for article in articles if article in self._texts)
        found = [self.rows_of(row)["id"] for row in known]
        return tuple(np.sort(np.concatenate(found)).tolist()) if found else ()

    def _range(self, row: int) -> tuple[int, int]:
        end = int(self._ends[row])
        return end - int(self._texts.table["passages"][row]), end

    def _passage(self, row: int, article: Article) -> Passage:
        number, start, end = self._table[row].tolist()
        return Passage(number, article, Span(start, end))


class _Recent:
    """The articles read last, as many as have so many characters together."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._articles: OrderedDict[int, Article] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, row: int) -> Article | None:
        with self._lock:
            if row in self._articles:
                self._articles.move_to_end(row)
            return self._articles.get(row)

    def put(self, row: int, article: Article) -> None:
        with self._lock:
            if row in self._articles:
                return
            self._articles[row] = article
            self._held += len(article.text)
            while self._held > self._most and len(self._articles) > 1:
                _, oldest = self._articles.popitem(last=False)
                self._held -= len(oldest.text)


def _joined(tables: list[Table], kind: np.dtype[np.void]) -> Table:
    return np.concatenate([np.empty(0, kind), *tables])
