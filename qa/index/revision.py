"""Which articles a new version of a library has: those that stay, that moved, that are new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np

from qa.index.segments import made_of, source_number
from qa.index.texts import Entry, Texts
from qa.index.writer import Draft
from qa.types import Article, Span

Cutting = Callable[[Article], Sequence[Span]]
"""Says where the passages of an article are."""


@dataclass(slots=True)
class Given:
    """Which articles were given, by their ids, and of which sources."""

    ids: set[str] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)

    def note(self, article: Article | Entry) -> bool:
        """Note an article, and tell whether it is the first of its id."""
        first = article.id not in self.ids
        if first:
            self.ids.add(article.id)
            self.sources.add(source_number(article.source))
        return first

    def leaving(self, old: Texts, *, only: bool) -> list[int]:
        """Return the rows of the old articles that go.

        Those are the former articles of a source that has others now; and if `only` what was
        given is to be in the library, all that were not, but for those added by hand.
        """
        given = np.isin(old.table["id"], np.array([i.encode() for i in self.ids], "S12"))
        gone = np.isin(old.table["source"], np.array([*self.sources - {0}], np.uint64))
        if only:
            gone |= ~old.table["kept"]
        rows: list[int] = np.flatnonzero(gone & ~given).tolist()
        return rows


class Revision:
    """The articles and passages of a version, while they are written."""

    def __init__(self, folder: Path, old: Texts | None, *, first: int) -> None:
        """Begin in a folder, which is made; new passages are numbered from `first` on."""
        folder.mkdir()
        self.first = self.rows = first
        self.changed = False
        self._old, self._given = old, Given()
        self._draft = Draft(folder, old)

    def __enter__(self) -> Self:
        self._draft.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._draft.__exit__(*raised)

    def take(self, article: Article | Entry, cutting: Cutting, *, kept: bool = False) -> None:
        """Write an article, unless it is there just as it is; of two with one id the first.

        An entry stands for its article, which is as it was. `kept` are those added by hand.
        """
        if not self._given.note(article) or isinstance(article, Entry):
            return
        row = self._old.find(article.id) if self._old else None
        made = made_of(article)
        if self._old is None or row is None:
            self._add(article, made, cutting, kept=kept)
            return
        kept = kept or bool(self._old.table["kept"][row])
        if self._old.table["made"][row].tobytes() != made:
            self.drop([row])
            self._add(article, made, cutting, kept=kept)
        elif not self._old.holds(article) or kept != self._old.table["kept"][row]:
            self._draft.move(article, row, kept=kept)
            self.changed = True

    def carry_on(self, article: Article, cutting: Cutting) -> None:
        """Write an article that was added by hand, unless what was given replaces it."""
        if source_number(article.source) not in self._given.sources - {0}:
            self.take(article, cutting, kept=True)

    def drop(self, rows: Iterable[int]) -> None:
        """Leave out the old articles of some rows."""
        for row in rows:
            self._draft.drop(row)
            self.changed = True

    def drop_others(self, *, only: bool) -> None:
        """Leave out the old articles that what was given replaces: see `Given.leaving`."""
        if self._old:
            self.drop(self._given.leaving(self._old, only=only))

    def _add(self, article: Article, made: bytes, cutting: Cutting, *, kept: bool) -> None:
        spans = cutting(article)
        self._draft.add(article, made=made, first=self.rows, spans=spans, kept=kept)
        self.rows += len(spans)
        self.changed = True
