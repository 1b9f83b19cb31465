"""A question that has been made, and what should answer it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Posed:
    """A question, what kind of thing it asks for, and the words that answer it, if known.

    It is `told` if it says what it is about to one who has not read the article.
    """

    question: str
    kind: str
    short: str = ""
    told: bool = True


def asked(*parts: str) -> str:
    """Join the parts of a question."""
    return f"{' '.join(part.strip() for part in parts if part.strip())}?"
