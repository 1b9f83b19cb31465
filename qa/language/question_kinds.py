"""Kinds of questions, by their first words: why, whether, or about someone."""

from __future__ import annotations

import re

MEASURE_WORDS = (
    "many much long far old often tall big high large deep fast wide heavy hot cold late soon "
    "early small close near frequent frequently quick quickly slow expensive"
).replace(" ", "|")
REASON_QUESTION = re.compile(rf"\bwhy\b|\bhow\b(?! (?:{MEASURE_WORDS})\b)", re.IGNORECASE)
YES_NO_QUESTION = re.compile(
    r"(?:and |but |so )?(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would"
    r"|shall|should|may|might|must)(?:n[’']t)?\b",
    re.IGNORECASE,
)
WHO_OR_WHAT_QUESTION = re.compile(
    r"(?:who|what) (?:is|was|are|were)"
    r"(?: (?!(?:an?|the|in|of|on|at|by|from|for)\b)\S+){1,3}\W*",
    re.IGNORECASE,
)


def asks_why(question: str) -> bool:
    """Tell whether a question asks for a reason or a way: why, or how but not how many."""
    return REASON_QUESTION.search(question) is not None


def asks_whether(question: str) -> bool:
    """Tell whether a question wants yes or no."""
    return YES_NO_QUESTION.match(question) is not None


def asks_about(question: str) -> bool:
    """Tell whether a question wants someone or something explained: “Who is Ada Brook?”."""
    return WHO_OR_WHAT_QUESTION.fullmatch(question) is not None
