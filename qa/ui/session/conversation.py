"""A visitor's conversation: the server keeps its answers, the browser only its questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.answers import Answer, Turn

MAX_EXCHANGES = 24


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and the stance it was answered with, if one was chosen."""

    question: str
    answer: Answer
    stance: str | None = None

    @property
    def turn(self) -> Turn:
        """What the engine needs of it to understand a follow-up question."""
        return Turn(self.question, self.answer)

    @property
    def key(self) -> str:
        """A hash of the question and its answer: 16 hexadecimal digits."""
        text = "\n".join([self.question, self.answer.asked, str(self.answer)])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


Conversation = tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question as the browser stores it: of its answer there is only the key."""

    question: str
    stance: str | None = None
    key: str = ""


Stored = list[list[str | None]]


def to_storage(conversation: Conversation) -> Stored:
    """Return what the browser is to store of a conversation, as JSON holds it."""
    return [[each.question, each.stance, each.key] for each in conversation]


def from_storage(sent: object) -> tuple[StoredQuestion, ...]:
    """Return the questions that a browser has stored; whatever else it sends is ignored."""
    entries: Iterable[object] = sent[-MAX_EXCHANGES:] if isinstance(sent, list) else ()
    return tuple(stored for entry in entries for stored in _stored(entry))


def _stored(entry: object) -> Iterator[StoredQuestion]:
    match entry:
        case [str(question), str() | None as stance, str(key)]:
            yield StoredQuestion(question, stance, key)
        case _:
            return
