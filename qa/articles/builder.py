"""A text as it is written, part by part, and where its sections begin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from qa.articles.characters import readable
from qa.articles.table import Table
from qa.origin import UNKNOWN_ORIGIN, Origin
from qa.types import Article, Section, Span


class ArticleBuilder:
    """The parts of an article in reading order, one blank line apart, under their headings."""

    def __init__(self, source: str, title: str = "") -> None:
        """Begin a page; without a `title` a first heading of level one is it, or the file."""
        self.parts: list[str] = []
        self.sections: list[Section] = []
        self.page_starts: list[int] = []
        self._name, self._title = title_of_file(source), clean(title)
        self._trail: list[tuple[int, str]] = []
        self._start: int | None = None
        self._length = 0

    def __bool__(self) -> bool:
        return bool(self.sections) or self._start is not None

    def heading(self, level: int, heading: str) -> None:
        """Begin a section under a heading; those of its level and below end here."""
        heading = " ".join(clean(heading).split())
        first = not self.parts
        self._close()
        self._trail = [above for above in self._trail if above[0] < level]
        if first and heading and (heading == self._title or (level == 1 and not self._title)):
            self._title = heading
        elif heading:
            self._trail.append((level, heading))
        self._append(heading)

    def section(self, heading: str) -> None:
        """Begin a section under a heading that is not the title, wherever it stands."""
        heading = " ".join(clean(heading).split())
        self.end_headings()
        self._trail = [(1, heading)] if heading else []
        self._append(heading)

    def table(self, table: Table) -> None:
        """Add the rows of a table, each a paragraph."""
        for line in table.lines():
            self.paragraph(line)

    def turn_to(self, page: int, *, at: int | None = None) -> None:
        """Say which page, counted from 0, what is written next or stands there begins."""
        start = self._length + 2 * bool(self.parts) if at is None else at
        while len(self.page_starts) <= page:
            self.page_starts.append(start)

    def end_pages(self, count: int) -> None:
        """Say how many pages there are: nothing stands on those that are left."""
        self.turn_to(count - 1, at=self._length)

    def end_headings(self) -> None:
        """End all headings: what follows stands under none until the next."""
        self._close()
        self._trail.clear()

    def paragraph(self, words: str) -> int:
        """Add a paragraph, an item of a list or a row, and return where it starts."""
        start = self._append(clean(words))
        if self._start is None and self._length > start:
            self._start = start
        return start

    def article(self, *, source: str, raw: bytes, origin: Origin = UNKNOWN_ORIGIN) -> Article:
        """Return what was written as the article of a file."""
        self._close()
        title = self._title or self._name
        sections = tuple(self.sections)
        text = "\n\n".join(self.parts)
        pages = tuple(min(start, len(text)) for start in self.page_starts)
        article = Article.of(
            title, text, sections=sections, source=source, raw=raw, origin=origin
        )
        return replace(article, pages=pages)

    def _close(self) -> None:
        if self._start is not None:
            path = tuple(heading for _, heading in self._trail)
            self.sections.append(Section(path, Span(self._start, self._length)))
        self._start = None

    def _append(self, words: str) -> int:
        """Add a part and return where it starts."""
        if not words:
            return self._length
        start = self._length + (2 if self.parts else 0)
        self.parts.append(words)
        self._length = start + len(words)
        return start


def title_of_file(source: str) -> str:
    """Return the title of an article whose file says none: its name, on one line.

    What shows nothing, as a control or a character that Unicode does not have, is escaped.
    """
    stem = PurePath(source).stem
    words = " ".join(clean(stem).split()) or _visible(stem).strip() or "?"
    return "".join(c if c.isprintable() else _visible(c) for c in words)


def _visible(words: str) -> str:
    return words.encode("unicode_escape").decode()


def clean(words: str) -> str:
    """Return words as every offset counts them, without space around them."""
    return readable(words).strip()
