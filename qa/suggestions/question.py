"""The generated question, and what should answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class GeneratedQuestion:
    """A question, what kind of thing it asks for, and the words that answer it, if known.

    It is `self_contained` if it makes sense to someone who has not read the article.
    """

    question: str
    kind: str
    short: str = ""
    self_contained: bool = True

    @classmethod
    def of(cls, kind: str, *parts: str, short: str = "") -> Self:
        """Make a question of its parts, of which some may be empty."""
        words = " ".join(part.strip() for part in parts if part.strip())
        return cls(f"{words}?", kind, short)
