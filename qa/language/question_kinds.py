"""Kinds of questions, by the words that ask: why, whether, who, when, how many."""

from __future__ import annotations

import re

MEASURE_WORDS = (
    "many much long far old often tall big high large deep fast wide heavy hot cold late soon "
    "early small close near frequent frequently quick quickly slow expensive"
).replace(" ", "|")
AUXILIARIES = (
    "is are was were do does did has have had can could will would should may might must"
).replace(" ", "|")
AUXILIARY = rf"(?:{AUXILIARIES})"
QUESTION_WORD = r"(?:who|whom|whose|what|which|when|where|why|how)"
REASON_QUESTION = re.compile(rf"\bwhy\b|\bhow\b(?! (?:{MEASURE_WORDS})\b)", re.IGNORECASE)
YES_NO_QUESTION = re.compile(
    rf"(?:and |but |so )?(?:{AUXILIARIES}|am|shall)(?:n[’']t)?\b",
    re.IGNORECASE,
)
WHO_OR_WHAT_QUESTION = re.compile(
    r"(?:who|what) (?:is|was|are|were)"
    r"(?: (?!(?:an?|the|in|of|on|at|by|from|for)\b)\S+){1,3}\W*",
    re.IGNORECASE,
)
WHEN = re.compile(r"\b(?:when|what time|what year|which year|how long ago)\b", re.IGNORECASE)
WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
HOW_MUCH = re.compile(r"\bhow (?:much|expensive)\b", re.IGNORECASE)
HOW_MANY = re.compile(
    r"\bhow many\b(?: (?!of\b)(?P<what>[\w’'-]+(?: [\w’'-]+)?))?", re.IGNORECASE
)
"""With what is counted."""
WHICH = re.compile(
    r"(?:which|what)\b(?: (?:of the|are the))? (?P<what>[\w’'-]+)", re.IGNORECASE
)


def asks_when(question: str) -> bool:
    """Tell whether a question asks for a time."""
    return WHEN.search(question) is not None


def asks_who(question: str) -> bool:
    """Tell whether a question asks for someone."""
    return WHO.search(question) is not None


def asks_where(question: str) -> bool:
    """Tell whether a question asks for a place."""
    return WHERE.search(question) is not None


def asks_how_much(question: str) -> bool:
    """Tell whether a question asks for a price."""
    return HOW_MUCH.search(question) is not None


def counted(question: str) -> str | None:
    """Return what a question wants counted, if it asks how many there are."""
    found = HOW_MANY.search(question)
    return (found["what"] or "") if found else None


def asks_which(question: str) -> str:
    """Return what a question wants listed or chosen: “part” of “which part”; or nothing."""
    found = WHICH.match(question)
    return found["what"] if found else ""


def asks_why(question: str) -> bool:
    """Tell whether a question asks for a reason or a way: why, or how but not how many."""
    return REASON_QUESTION.search(question) is not None


def asks_whether(question: str) -> bool:
    """Tell whether a question wants yes or no."""
    return YES_NO_QUESTION.match(question) is not None


def asks_about(question: str) -> bool:
    """Tell whether a question wants someone or something explained: “Who is Ada Brook?”."""
    return WHO_OR_WHAT_QUESTION.fullmatch(question) is not None
