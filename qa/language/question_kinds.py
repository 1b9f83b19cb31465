"""What kind of answer a question wants, by its first words."""

from __future__ import annotations

import re

MEASURE = (
    "many much long far old often tall big high large deep fast wide heavy hot cold late soon "
    "early small close near frequent frequently"
).replace(" ", "|")
REASON = re.compile(rf"\bwhy\b|\bhow\b(?! (?:{MEASURE})\b)", re.IGNORECASE)
WHETHER = re.compile(
    r"(?:and |but |so )?(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would"
    r"|shall|should|may|might|must)(?:n[’']t)?\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"(?:who|what) (?:is|was|are|were)"
    r"(?: (?!(?:an?|the|in|of|on|at|by|from|for)\b)\S+){1,3}\W*",
    re.IGNORECASE,
)


def asks_why(question: str) -> bool:
    """Tell whether a question asks for a reason or a way: why, or how but not how many."""
    return REASON.search(question) is not None


def asks_whether(question: str) -> bool:
    """Tell whether a question wants yes or no."""
    return WHETHER.match(question) is not None


def asks_about(question: str) -> bool:
    """Tell whether a question wants someone or something explained: “Who is Ada Brook?”."""
    return ABOUT.fullmatch(question) is not None
