"""What the page offers to ask: to begin with, and after an answer."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from weakref import WeakKeyDictionary

from qa.assistant import Assistant
from qa.errors import QAError
from qa.suggestions.suggest import Suggestion
from qa.ui.session.desk import Desk
from qa.ui.session.keeping import Turns
from qa.ui.session.shelf import Shelf

AT_ONCE = 2  # answers for which more is thought up at the same time; others go without


@dataclass(frozen=True, slots=True)
class Offer:
    """Questions that go on from an answer, which is known by its key."""

    key: str = ""
    questions: tuple[str, ...] = ()


_known: MutableMapping[Assistant, tuple[str, ...]] = WeakKeyDictionary()
_one = Lock()
_few = BoundedSemaphore(AT_ONCE)


def starters(shared: Desk, shelf: Shelf) -> tuple[str, ...]:
    """Return questions to begin with: about what is chosen, or else a visitor's own, or all.

    Those about the whole library are thought up once, however many come at the same time.
    """
    try:
        assistant = shelf.desk(shared).assistant()
    except QAError:
        return ()
    if shelf.articles and not shelf.chosen:
        return _questions(assistant.suggest(among=[own.id for own in shelf.articles]))
    with _one:
        if assistant not in _known:
            _known[assistant] = _questions(assistant.suggest())
        return _known[assistant]


def follow_ups(desk: Desk, turns: Turns) -> Offer:
    """Return what may be asked next; nothing, if many are asking at the moment."""
    if not turns or not _few.acquire(blocking=False):
        return Offer()
    try:
        history = [said.turn for said in turns]
        suggested = desk.assistant().suggest(history=history)
    except QAError:
        return Offer()
    finally:
        _few.release()
    return Offer(turns[-1].key, _questions(suggested))


def _questions(suggested: Iterable[Suggestion]) -> tuple[str, ...]:
    return tuple(made.question for made in suggested)
