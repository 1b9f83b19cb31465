"""A question that leans on the talk before it, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.types import Turn

LEANING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there"
    r"|then|former|latter|same)\b",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"(?:and|but|so|or|then|what about|how about|why|why not)\b", re.IGNORECASE
)
NAMES = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w’'-]*(?: (?:of |the |al-)?[A-Z][\w’'-]*)*")
SHORT = 3  # words: a question of fewer rarely says what it is about


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
    words = question.split()
    named = NAMES.search(question) is not None
    points = LEANING.search(question) is not None
    return len(words) < SHORT or OPENING.match(question) is not None or (points and not named)
