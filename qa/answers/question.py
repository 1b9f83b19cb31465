"""How a question was read: what it wants, and which of its words were replaced."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """An intent: what a turn of a conversation wants."""

    QUESTION = "question"
    COMPOUND = "compound"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    IDENTITY = "identity"
    HELP = "help"
    INSULT = "insult"
    CHAT = "chat"
    GIBBERISH = "gibberish"
    PASTED = "pasted"
    TOPIC = "topic"
    SUMMARY = "summary"
    KEY_POINTS = "key points"
    SECTION = "section"
    PEOPLE = "people"
    PLACES = "places"
    DATES = "dates"
    NUMBERS = "numbers"
    FIRST = "first"
    NEXT = "next"
    LONGER = "longer"
    SHORTER = "shorter"
    MENTIONS = "mentions"
    COUNT = "count"
    LATEST = "latest"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class Substitution:
    """Words put into a question, and those they replace: none where it had left them out."""

    said: str
    meant: str

    def __post_init__(self) -> None:
        if not self.meant:
            raise ValueError(f"Nothing was put in for {self.said!r}")


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip in a question, and the word that was searched for instead."""

    original: str
    used: str

    def __str__(self) -> str:
        return f"Searched for “{self.used}”, not “{self.original}”."
