"""Locations in articles, each with a name that a link carries and anyone may ask for."""

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


class LocationKind(StrEnum):
    """Why a location is shown: an answer cites it, it is near a question, or just to read."""

    CITE = "cite"
    NEAR = "near"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Location:
    """A span of an article that a link opens in the source panel.

    `short` is the span of the short answer within it, if there is one.
    """

    kind: LocationKind
    article: Article = field(repr=False)
    span: Span
    short: Span | None = None

    def __post_init__(self) -> None:
        self.span.of(self.article.text)
        if self.short and self.short not in self.span:
            raise ValueError(f"The short answer lies outside the location: {self.short}")

    @classmethod
    def cited(cls, citation: Citation) -> Location:
        """Return the location that a citation quotes."""
        return cls(LocationKind.CITE, citation.article, citation.span, citation.short)

    @property
    def anchor(self) -> str:
        """The name of the location in a link, without its `#`."""
        return anchor_of(self.kind, self.article.id, self.span, self.short)

    @property
    def link(self) -> str:
        """The address of the original, or nothing; a citation is highlighted there."""
        origin, span = self.article.origin, self.span
        if self.kind is LocationKind.READ:
            return origin.address
        return origin.link(self.article.text, span.start, span.end)

    @property
    def trail(self) -> tuple[str, ...]:
        """The title and the headings that the location stands under."""
        return (self.article.title, *self.article.path_at(self.span))


def anchor_of(kind: LocationKind, article: str, span: Span, short: Span | None = None) -> str:
    """Return the name of a location in the article that has an id."""
    ends = (f".{each.start}-{each.end}" for each in (span, short) if each)
    return f"{kind}-{article}{''.join(ends)}"


def is_anchor(anchor: object) -> bool:
    """Tell whether something is the name of a location, though maybe of none that is here."""
    return isinstance(anchor, str) and ANCHOR.fullmatch(anchor) is not None


def find_locations(
    anchors: Iterable[object], articles: Mapping[str, Article]
) -> tuple[Location, ...]:
    """Return the locations that exist, each once, in order; all else sent is ignored."""
    found = (location for anchor in anchors for location in _location(anchor, articles))
    return tuple(dict.fromkeys(found))


def _location(anchor: object, articles: Mapping[str, Article]) -> Iterable[Location]:
    match = ANCHOR.fullmatch(anchor) if isinstance(anchor, str) else None
    article = articles.get(match[2]) if match else None
    if match and article:
        with suppress(ValueError):  # of spans that are none, or lie outside the article
            span = Span(int(match[3]), int(match[4]))
            short = Span(int(match[5]), int(match[6])) if match[5] else None
            yield Location(LocationKind(match[1]), article, span, short)
