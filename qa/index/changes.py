"""The changes that an edit makes, planned before any of them is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from qa.index.articles import ArticleEntry
from qa.index.index import Index
from qa.index.segments import content_hash, source_hash
from qa.index.spool import ArticleSpool, PlannedArticle, name_of
from qa.types import Article


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the articles of an index, of which nothing is written yet.

    False if all stay as they are. An article whose text changed is dropped, and added.
    """

    base: Index | None
    """The index as it is; without one, all is new."""

    add: tuple[PlannedArticle, ...] = ()
    move: tuple[PlannedArticle, ...] = ()
    """Articles with another name, origin or pin than before, and the same passages."""

    drop: tuple[int, ...] = ()
    """The rows of the articles that the new version leaves out."""

    @property
    def keep(self) -> int:
        """The number of articles that stay as they are."""
        return (len(self.base.articles) if self.base else 0) - len(self.move) - len(self.drop)

    def __bool__(self) -> bool:
        return bool(self.add or self.move or self.drop)

    def as_dict(self) -> dict[str, Any]:
        """Return the changes for JSON: how many articles stay, and the names of the others."""
        return {
            "keep": self.keep,
            "add": [article.name for article in self.add],
            "move": [{"from": article.former, "to": article.name} for article in self.move],
            "drop": [name_of(entry) for entry in self._dropped_entries()],
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _dropped_entries(self) -> list[ArticleEntry]:
        return [self.base.articles.entry(row) for row in self.drop] if self.base else []

    def _lines(self) -> Iterator[str]:
        names = self.as_dict()
        yield from (f"add   {name}" for name in names["add"])
        yield from (f"move  {move['from']} → {move['to']}" for move in names["move"])
        yield from (f"drop  {name}" for name in names["drop"])
        yield f"keep  {self.keep:,} article{'' if self.keep == 1 else 's'}"


def plan(
    articles: Iterable[Article | ArticleEntry],
    base: Index | None,
    *,
    pin: bool = False,
    replace: bool = True,
    only: bool = False,
    pinned: Iterable[Article] = (),
) -> Changes:
    """Compare articles with those of an index; of two with one id the first counts.

    An entry stands for an article that has not changed. Articles of the index that were read
    from a source that has others now are dropped, if they are to `replace` them; and if the
    index is to hold `only` those given, all but the pinned ones. `pinned` are those of another
    index, added unless one of the same source was given.
    """
    planner = _Planner(base)
    for article in articles:
        planner.put(article, pin=pin)
    sources = planner.sources - {0}
    for article in pinned:
        if source_hash(article.source) not in sources:
            planner.put(article, pin=True)
    return planner.changes(sources if replace else set(), only=only)


class _Planner:
    """Compares one article after the other with those of an index."""

    def __init__(self, base: Index | None) -> None:
        self._base, self._old = base, base.articles if base else None
        self._spool, self._ids, self.sources = ArticleSpool(), set[str](), set[int]()
        self._add: list[PlannedArticle] = []
        self._move: list[PlannedArticle] = []
        self._drop: set[int] = set()

    def put(self, article: Article | ArticleEntry, *, pin: bool) -> None:
        """Plan what becomes of an article, unless one of its id was given before."""
        if article.id in self._ids:
            return
        self._ids.add(article.id)
        self.sources.add(source_hash(article.source))
        if isinstance(article, Article):
            self._compare(article, pin=pin)

    def _compare(self, article: Article, *, pin: bool) -> None:
        row = self._old.find_row(article.id) if self._old else None
        if self._old is None or row is None:
            self._add.append(self._spool.put(article, pinned=pin))
            return
        was_pinned = bool(self._old.table["pinned"][row])
        pinned = pin or was_pinned
        if self._old.table["content_hash"][row].tobytes() != content_hash(article):
            self._drop.add(row)
            self._add.append(self._spool.put(article, pinned=pinned))
        elif not self._old.has_same(article) or pinned != was_pinned:
            former = name_of(self._old.entry(row))
            self._move.append(self._spool.put(article, pinned=pinned, former=former))

    def changes(self, sources: set[int], *, only: bool) -> Changes:
        """Return the changes; former articles of the sources are dropped, or all but `only`."""
        if self._old:
            table = self._old.table
            given = np.isin(table["id"], np.array([i.encode() for i in self._ids], "S12"))
            outdated = np.isin(table["source"], np.array([*sources], np.uint64))
            if only:
                outdated |= ~table["pinned"]
            self._drop.update(np.flatnonzero(outdated & ~given).tolist())
        return Changes(
            self._base, tuple(self._add), tuple(self._move), tuple(sorted(self._drop))
        )
