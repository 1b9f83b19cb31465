"""What is kept of a talk: in the page its answers, in the browser only its questions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from qa.answers import Answer, Turn
from qa.ui.i18n.strings import ENGLISH, Strings

REMEMBERED = 24  # turns of a talk


@dataclass(frozen=True, slots=True)
class Said:
    """A question, its answer, and the stance it was answered with, if one was chosen."""

    question: str
    answer: Answer
    stance: str | None = None

    @property
    def turn(self) -> Turn:
        """What a follow-up needs to know."""
        return Turn(self.question, self.answer)

    @property
    def key(self) -> str:
        """A name that only the same answer to the same question has: 16 hexadecimal digits."""
        said = "\n".join([self.question, self.answer.asked, str(self.answer)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the browser remembers it: not its answer, only the answer's name."""

    question: str
    stance: str | None = None
    key: str = ""


Turns = tuple[Said, ...]
Record = list[list[str | None]]


def record(turns: Turns) -> Record:
    """Return what the browser is to remember of a talk, as JSON holds it."""
    return [[said.question, said.stance, said.key] for said in turns]


def recalled(kept: object) -> tuple[Asked, ...]:
    """Return the questions that a browser remembers; whatever else it sends is ignored."""
    sent: Iterable[object] = kept[-REMEMBERED:] if isinstance(kept, list) else ()
    return tuple(asked for entry in sent for asked in _asked(entry))


def _asked(entry: object) -> Iterator[Asked]:
    match entry:
        case [str(question), str() | None as stance, str(key)]:
            yield Asked(question, stance, key)
        case _:
            return


def tools(said: Said, strings: Strings = ENGLISH) -> str:
    """Return the links under an answer: to copy it, and to ask its question again."""
    return (
        f"<a href='#copy-{said.key}' title='{strings.copy_answer_means}'>"
        f"{strings.copy_answer}</a>"
        f" <a href='?q={quote(said.question, safe='')}'>{strings.copy_link}</a>"
    )
