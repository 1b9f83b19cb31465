"""Follow-up questions: a question that depends on earlier ones, made to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answers import Turn

CONTEXT_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|then"
    r"|former|latter|same)\b",
    re.IGNORECASE,
)
FOLLOW_UP_OPENING = re.compile(r"(?:and|but|so|or|then|what about|how about)\b", re.IGNORECASE)
BARE_QUESTION = re.compile(
    r"(?:who|what|which|when|where|why|how)(?:\s+\S+){0,2}\W*", re.IGNORECASE
)
NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w’'-]*(?: (?:of |the |al-)?[A-Z][\w’'-]*)*")


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """Add the topic of the last question to one that depends on it.

    The topic is the names in the last question as it was searched for, or else the whole of it;
    a question that names its own subject is left as it is.
    """
    if not history or not needs_history(question):
        return question
    last = history[-1].answer.asked
    names = [name for name in NAME.findall(last) if name.casefold() not in question.casefold()]
    topic = ", ".join(dict.fromkeys(names)) or last.rstrip("?!. ")
    return f"{question} ({topic})"


def needs_history(question: str) -> bool:
    """Tell whether a question can only be understood from what was said before."""
    if FOLLOW_UP_OPENING.match(question):
        return True
    bare = (
        BARE_QUESTION.fullmatch(question) is not None
    )  # a question word and two more name nothing
    return (bare or CONTEXT_PRONOUN.search(question) is not None) and NAME.search(
        question
    ) is None
