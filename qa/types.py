"""The central values: articles, passages and hits; immutable, and valid by construction."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.origin import UNKNOWN_ORIGIN, Origin


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in an article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"Empty or backward span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """Return how many code points two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def of(self, text: str) -> str:
        """Return the characters this span covers; a span past the end is an error."""
        if self.end > len(text):
            raise ValueError(f"Span {self.start}..{self.end} runs past {len(text)} characters")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed stretch of an article; `path` is the trail of headings down to it."""

    path: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One source, as the exact text that every offset refers to.

    `text` is NFC, its lines end in one newline; `sections` are in reading order and do not
    overlap. What lies between them (title, headings) is not content.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    source: str
    sha256: str
    origin: Origin = UNKNOWN_ORIGIN
    pages: tuple[int, ...] = field(default=(), compare=False)
    """Where in the text each page of its file begins, if that has pages."""

    unread_pages: tuple[int, ...] = field(default=(), compare=False)
    """The numbers of the pages that are pictures, of which nothing could be read."""

    illegible: tuple[Span, ...] = field(default=(), compare=False)
    """What is no language, as a dump of bytes: it stands in no section, so none quotes it."""

    def __post_init__(self) -> None:
        ends = [0, *(s.span.end for s in self.sections)]
        starts = [*(s.span.start for s in self.sections), len(self.text)]
        if any(start < end for end, start in zip(ends, starts, strict=True)):
            raise ValueError(f"Sections overlap or run past the text: {self.source!r}")

    @classmethod
    def of(
        cls,
        title: str,
        text: str,
        *,
        sections: tuple[Section, ...] | None = None,
        source: str = "",
        raw: bytes | None = None,
        origin: Origin = UNKNOWN_ORIGIN,
    ) -> Article:
        """Make an article whose id and hash follow from what it was read from.

        Without `sections` the whole text is one, under no heading; `raw` are the file's bytes.
        """
        if sections is None:
            sections = (Section((), Span(0, len(text))),) if text.strip() else ()
        content = raw if raw is not None else f"{title}\n{text}".encode()
        sha256 = hashlib.sha256(content).hexdigest()
        return cls(sha256[:12], title, text, sections, source, sha256, origin)

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that a character stands on, from 1."""
        return bisect_right(self.pages, offset) or None if self.pages else None

    def path_at(self, span: Span) -> tuple[str, ...]:
        """Return the headings of the section that a span starts in, or is a heading of."""
        at = bisect_right(self.sections, span.start, key=lambda s: s.span.end)
        return self.sections[at].path if at < len(self.sections) else ()


def page_heading(number: int) -> str:
    """Return the heading of a page of a file that has no others."""
    return f"Page {number}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of an article, and where in it the short answer stands, if it has one."""

    article: Article = field(repr=False)
    span: Span
    short: Span | None = None

    def __post_init__(self) -> None:
        self.span.of(self.article.text)
        if self.short and self.short not in self.span:
            raise ValueError(f"The short answer lies outside the excerpt: {self.short}")

    @property
    def text(self) -> str:
        """The very words of the article."""
        return self.span.of(self.article.text)

    @property
    def short_answer(self) -> str:
        """The few words of it that answer, or nothing."""
        return self.short.of(self.article.text) if self.short else ""

    @property
    def title(self) -> str:
        """The title of the article."""
        return self.article.title

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that it stands under."""
        return self.article.path_at(self.span)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it stands under, but for one that only numbers its page."""
        numbers = range(1, len(self.article.pages) + 1)
        path = self.path
        return path[:-1] if path and path[-1] in map(page_heading, numbers) else path

    @property
    def trail(self) -> str:
        """Where it stands, for people: title › heading › heading."""
        return " › ".join([self.title, *self.headings])

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages that it stands on; none, if the article has no pages."""
        first, last = map(self.article.page_at, (self.span.start, self.span.end - 1))
        return tuple(range(first, last + 1)) if first and last else ()

    @property
    def page(self) -> str:
        """Its pages, for people: “page 12”, “pages 12–13”; nothing, if it has none."""
        if not self.pages:
            return ""
        first, last = self.pages[0], self.pages[-1]
        return f"page {first}" if first == last else f"pages {first}–{last}"

    @property
    def link(self) -> str:
        """The address of the original, at the page or with the words lit; or nothing."""
        origin, span = self.article.origin, self.span
        if self.pages:
            return origin.link_to_page(self.pages[0])
        return origin.link(self.article.text, span.start, span.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a stretch of one section of one article."""

    id: int
    article: Article = field(repr=False)
    span: Span

    def __post_init__(self) -> None:
        self.span.of(self.article.text)

    @property
    def text(self) -> str:
        """The passage as the article has it."""
        return self.span.of(self.article.text)

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that the passage stands under."""
        return self.article.path_at(self.span)

    @property
    def trail(self) -> str:
        """Where the passage stands, for people: title › heading › heading."""
        return " › ".join([self.article.title, *self.path])

    @property
    def place(self) -> tuple[str, str, Span]:
        """Where the passage stands among all: what comes first of those with equal scores."""
        return self.article.source, self.article.id, self.span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with the score of every stage that saw it.

    Its `near_duplicates` were found too, behind it, and say nothing that it does not.
    """

    passage: Passage
    score: float
    stages: Mapping[str, float] = field(default_factory=dict)
    near_duplicates: tuple[Passage, ...] = ()
