"""Locations in articles, each with a name that a link carries and anyone may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from qa.answers import Citation
from qa.types import Article, Excerpt, Span

ANCHOR = re.compile(
    r"(cite|near|read)-([0-9a-f]{12})\.([0-9]{1,9})-([0-9]{1,9})(?:\.([0-9]{1,9})-([0-9]{1,9}))?"
)


class LocationKind(StrEnum):
    """Why a location is shown: an answer cites it, it is near a question, or just to read."""

    CITE = "cite"
    NEAR = "near"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Location(Excerpt):
    """An excerpt that a link opens in the source panel."""

    kind: LocationKind = field(kw_only=True)

    @classmethod
    def of_citation(cls, citation: Citation) -> Location:
        """Return the location that a citation quotes."""
        return cls(citation.article, citation.span, citation.short, kind=LocationKind.CITE)

    @property
    def anchor(self) -> str:
        """The name of the location in a link, without its `#`."""
        return anchor_of(self.kind, self.article.id, self.span, self.short)


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
            yield Location(article, span, short, kind=LocationKind(match[1]))
