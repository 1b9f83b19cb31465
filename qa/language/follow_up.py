"""A question that leans on the talk before it, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answers import Turn

LEANING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|then"
    r"|former|latter|same)\b",
    re.IGNORECASE,
)
OPENING = re.compile(r"(?:and|but|so|or|then|what about|how about)\b", re.IGNORECASE)
BARE = re.compile(r"(?:who|what|which|when|where|why|how)(?:\s+\S+){0,2}\W*", re.IGNORECASE)
NAMES = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w’'-]*(?: (?:of |the |al-)?[A-Z][\w’'-]*)*")


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Add what the last question was about to one that leans on it.

    The topic is the names in the last question as it was searched for, or else the whole of it;
    a question that names its own subject is left as it is.
    """
    if not history or not leans(question):
        return question
    last = history[-1].answer.asked
    names = [name for name in NAMES.findall(last) if name.casefold() not in question.casefold()]
    topic = ", ".join(dict.fromkeys(names)) or last.rstrip("?!. ")
    return f"{question} ({topic})"


def leans(question: str) -> bool:
    """Tell whether a question can only be understood from what was said before."""
    if OPENING.match(question):
        return True
    bare = BARE.fullmatch(question) is not None  # a question word and two more name nothing
    return (bare or LEANING.search(question) is not None) and NAMES.search(question) is None
