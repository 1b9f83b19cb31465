"""Abstentions: where no sentence is likely enough to answer, the reason why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.answers import Answer
from qa.types import Hit

MAX_NAMED_WORDS = 3  # unknown words that are named as the reason of an abstention
NOTHING_NEAR = "The articles don't say: nothing in them is about this."
NEVER_MENTIONED = "The articles don't say: they never mention {words}."
NO_SENTENCE = "The articles don't say: they come near this, but no sentence answers it."


def abstain(
    question: str,
    asked: str,
    *,
    hits: Sequence[Hit],
    confidence: float,
    unknown: Sequence[str],
) -> Answer:
    """Return an abstention with its reason in one line."""
    named = tuple(unknown[:MAX_NAMED_WORDS]) if hits else ()
    reason = NO_SENTENCE if hits else NOTHING_NEAR
    if named:
        reason = NEVER_MENTIONED.format(words=alternatives(f"“{word}”" for word in named))
    return Answer(
        question, asked, hits=tuple(hits), confidence=confidence, reason=reason, unknown=named
    )


def alternatives(things: Iterable[str], *, conjunction: str = " or ") -> str:
    """Return things of which one holds: “a”, “a or b”, “a, b or c”."""
    *others, last = things
    return f"{', '.join(others)}{conjunction}{last}" if others else last
