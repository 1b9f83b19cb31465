"""Where a link of the chat leads: a span of an article, named so that anyone may ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qa.types import Article, Span

ANCHOR = re.compile(r"(cite|near)-([0-9a-f]{12})\.([0-9]{1,9})-([0-9]{1,9})")


class Kind(StrEnum):
    """What a place is to the answer: quoted in it, or only near what was asked."""

    CITE = "cite"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article that a link of the chat opens."""

    kind: Kind
    article: Article = field(repr=False)
    span: Span

    def __post_init__(self) -> None:
        self.span.of(self.article.text)

    @property
    def anchor(self) -> str:
        """The name of the place in a link, without its `#`."""
        return f"{self.kind}-{self.article.id}.{self.span.start}-{self.span.end}"

    @property
    def trail(self) -> tuple[str, ...]:
        """The title and the headings that the place stands under."""
        return (self.article.title, *self.article.path_at(self.span))


def places(anchors: Iterable[object], articles: Mapping[str, Article]) -> tuple[Place, ...]:
    """Return the places that exist, each once, in order; whatever else was sent is ignored."""
    found = (place for anchor in anchors for place in _place(anchor, articles))
    return tuple(dict.fromkeys(found))


def _place(anchor: object, articles: Mapping[str, Article]) -> Iterable[Place]:
    match = ANCHOR.fullmatch(anchor) if isinstance(anchor, str) else None
    article = articles.get(match[2]) if match else None
    if match and article:
        start, end = int(match[3]), int(match[4])
        if start < end <= len(article.text):
            yield Place(Kind(match[1]), article, Span(start, end))
