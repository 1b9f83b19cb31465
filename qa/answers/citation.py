"""Citations: numbered quotations, and where in which article they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from qa.types import Excerpt


@dataclass(frozen=True, slots=True)
class Citation(Excerpt):
    """A numbered, verbatim quotation: it reads its quote from the article, always."""

    number: int = field(kw_only=True)

    @property
    def quote(self) -> str:
        """What it quotes: the very words of the article."""
        return self.text

    def __str__(self) -> str:
        start, end, origin = self.span.start, self.span.end, self.article.origin
        where = ", ".join(filter(None, (self.trail, self.page, str(origin))))
        quoted = f"[{self.number}] {where} ({start}–{end}): “{self.quote}”"
        return f"{quoted}\n    {self.link}" if origin.address else quoted

    def as_dict(self) -> dict[str, Any]:
        """Return the citation as JSON holds it."""
        return {
            "number": self.number,
            "article": self.article.id,
            "title": self.title,
            **asdict(self.article.origin),
            "link": self.link,
            "path": list(self.path),
            "pages": list(self.pages),
            "quote": self.quote,
            "start": self.span.start,
            "end": self.span.end,
            "short_answer": self.short_answer,
            "short_start": self.short.start if self.short else None,
            "short_end": self.short.end if self.short else None,
        }


def cite(excerpts: Iterable[Excerpt], *, first: int = 1) -> tuple[Citation, ...]:
    """Return excerpts as citations, numbered from `first` on."""
    return tuple(
        Citation(each.article, each.span, each.short, number=number)
        for number, each in enumerate(excerpts, first)
    )
