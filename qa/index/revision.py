"""The revision: which articles a new version has, and which passages are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np

from qa.index.articles import ArticleEntry, Articles
from qa.index.segments import content_hash, source_hash
from qa.index.writer import IndexWriter
from qa.types import Article, Span

Cutter = Callable[[Article], Sequence[Span]]
"""Called with an article; returns the spans of its passages."""


@dataclass(slots=True)
class SeenArticles:
    """The ids and sources of the articles that were read."""

    ids: set[str] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)

    def add(self, article: Article | ArticleEntry) -> bool:
        """Add an article, and tell whether it is the first of its id."""
        first = article.id not in self.ids
        if first:
            self.ids.add(article.id)
            self.sources.add(source_hash(article.source))
        return first

    def outdated_rows(self, old: Articles, *, only: bool) -> list[int]:
        """Return the rows of the old articles that a new version leaves out.

        Those are the former articles of a source that has others now; and if the new version
        is to have `only` the articles that were read, all others but the pinned ones.
        """
        given = np.isin(old.table["id"], np.array([i.encode() for i in self.ids], "S12"))
        outdated = np.isin(old.table["source"], np.array([*self.sources - {0}], np.uint64))
        if only:
            outdated |= ~old.table["kept"]
        rows: list[int] = np.flatnonzero(outdated & ~given).tolist()
        return rows


class Revision:
    """A new version of the articles and passages, while it is written."""

    def __init__(self, folder: Path, old: Articles | None, *, first_id: int) -> None:
        """Create the folder; new passages are numbered from `first_id` on."""
        folder.mkdir()
        self.first_id = self.next_id = first_id
        self.changed = False
        self._old, self._seen = old, SeenArticles()
        self._writer = IndexWriter(folder, old)

    def __enter__(self) -> Self:
        self._writer.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._writer.__exit__(*raised)

    def put(
        self, article: Article | ArticleEntry, cutter: Cutter, *, pinned: bool = False
    ) -> None:
        """Write an article unless the old version has the same; of two with one id, the first.

        An entry stands for an article that has not changed.
        """
        if not self._seen.add(article) or isinstance(article, ArticleEntry):
            return
        row = self._old.find_row(article.id) if self._old else None
        content = content_hash(article)
        if self._old is None or row is None:
            self._add(article, content, cutter, pinned=pinned)
            return
        pinned = pinned or bool(self._old.table["kept"][row])
        if self._old.table["made"][row].tobytes() != content:
            self.drop([row])
            self._add(article, content, cutter, pinned=pinned)
        elif not self._old.has_same(article) or pinned != self._old.table["kept"][row]:
            self._writer.move(article, row, pinned=pinned)
            self.changed = True

    def carry_over(self, article: Article, cutter: Cutter) -> None:
        """Write a pinned article of another version, unless one that was read replaces it."""
        if source_hash(article.source) not in self._seen.sources - {0}:
            self.put(article, cutter, pinned=True)

    def drop(self, rows: Iterable[int]) -> None:
        """Leave out the old articles of some rows."""
        for row in rows:
            self._writer.drop(row)
            self.changed = True

    def drop_outdated(self, *, only: bool) -> None:
        """Leave out the outdated articles: see `SeenArticles.outdated_rows`."""
        if self._old:
            self.drop(self._seen.outdated_rows(self._old, only=only))

    def _add(self, article: Article, content: bytes, cutter: Cutter, *, pinned: bool) -> None:
        spans = cutter(article)
        self._writer.add(
            article, content=content, first_id=self.next_id, spans=spans, pinned=pinned
        )
        self.next_id += len(spans)
        self.changed = True
