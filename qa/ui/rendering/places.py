"""Where a link of the chat leads: a span of an article, named so that anyone may ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from qa.answers import Citation
from qa.types import Article, Span

ANCHOR = re.compile(
    r"(cite|near|read)-([0-9a-f]{12})\.([0-9]{1,9})-([0-9]{1,9})(?:\.([0-9]{1,9})-([0-9]{1,9}))?"
)


class Kind(StrEnum):
    """What a place is: quoted in an answer, near what was asked, or just to be read."""

    CITE = "cite"
    NEAR = "near"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article that a link of the chat opens.

    `short` is where in it the short answer stands, if there is one.
    """

    kind: Kind
    article: Article = field(repr=False)
    span: Span
    short: Span | None = None

    def __post_init__(self) -> None:
        self.span.of(self.article.text)
        if self.short and self.short not in self.span:
            raise ValueError(f"The short answer lies outside the place: {self.short}")

    @classmethod
    def cited(cls, citation: Citation) -> Place:
        """Return the place that a citation quotes."""
        return cls(Kind.CITE, citation.article, citation.span, citation.short)

    @property
    def anchor(self) -> str:
        """The name of the place in a link, without its `#`."""
        return anchored(self.kind, self.article.id, self.span, self.short)

    @property
    def link(self) -> str:
        """The address of the original: what is not just read is lit there. Or nothing."""
        origin, span = self.article.origin, self.span
        if self.kind is Kind.READ:
            return origin.address
        return origin.link(self.article.text, span.start, span.end)

    @property
    def trail(self) -> tuple[str, ...]:
        """The title and the headings that the place stands under."""
        return (self.article.title, *self.article.path_at(self.span))


def anchored(kind: Kind, article: str, span: Span, short: Span | None = None) -> str:
    """Return the name of a place of the article that has an id."""
    ends = (f".{each.start}-{each.end}" for each in (span, short) if each)
    return f"{kind}-{article}{''.join(ends)}"


def is_anchor(anchor: object) -> bool:
    """Tell whether something is the name of a place, though it may be of no place here."""
    return isinstance(anchor, str) and ANCHOR.fullmatch(anchor) is not None


def places(anchors: Iterable[object], articles: Mapping[str, Article]) -> tuple[Place, ...]:
    """Return the places that exist, each once, in order; whatever else was sent is ignored."""
    found = (place for anchor in anchors for place in _place(anchor, articles))
    return tuple(dict.fromkeys(found))


def _place(anchor: object, articles: Mapping[str, Article]) -> Iterable[Place]:
    match = ANCHOR.fullmatch(anchor) if isinstance(anchor, str) else None
    article = articles.get(match[2]) if match else None
    if match and article:
        with suppress(ValueError):  # of spans that are none, or lie elsewhere
            span = Span(int(match[3]), int(match[4]))
            short = Span(int(match[5]), int(match[6])) if match[5] else None
            yield Place(Kind(match[1]), article, span, short)
