"""A visitor's conversation: the server keeps its answers, the browser only its questions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.answers import Answer, Turn

MAX_EXCHANGES = 100
MAX_HISTORY = 24  # exchanges that a follow-up question is understood from


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and the stance it was answered with, if one was chosen.

    `own` says whether the answer quotes articles that the visitor uploaded, and `is_exact`
    whether the question was taken as it was typed, slips and all.
    """

    question: str
    answer: Answer
    stance: str | None = None
    own: bool = False
    is_exact: bool = False

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
    own: bool = False
    is_exact: bool = False


Stored = list[list[str | bool | None]]


def to_storage(conversation: Conversation) -> Stored:
    """Return what the browser is to store of a conversation, as JSON holds it."""
    return [[e.question, e.stance, e.key, e.own, e.is_exact] for e in conversation]


def to_storage_json(conversation: Conversation, *, cleared: Conversation = ()) -> str:
    """Return what the browser is to store, and what was cleared and can be had back, as JSON.

    It holds no tag, for it travels as the value of HTML.
    """
    sent = {"questions": to_storage(conversation), "undo": to_storage(cleared)}
    return json.dumps(sent).replace("<", "\\u003c")


def from_storage(sent: object) -> tuple[StoredQuestion, ...]:
    """Return the questions that a browser has stored; whatever else it sends is ignored."""
    entries: Iterable[object] = sent[-MAX_EXCHANGES:] if isinstance(sent, list) else ()
    return tuple(stored for entry in entries for stored in _stored_questions(entry))


def _stored_questions(entry: object) -> Iterator[StoredQuestion]:
    match entry:
        case [str(question), str() | None as stance, str(key), bool(own), bool(is_exact)]:
            yield StoredQuestion(question, stance, key, own, is_exact)
        case [_, _, _, bool()]:  # as it was stored before slips were corrected
            yield from _stored_questions([*entry, False])
        case _:
            return


def history(conversation: Conversation) -> tuple[Turn, ...]:
    """Return what the engine needs to understand a follow-up question."""
    return tuple(exchange.turn for exchange in conversation[-MAX_HISTORY:])
