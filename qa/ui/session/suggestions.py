"""The questions that the page suggests: to begin with, and after an answer."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from weakref import WeakKeyDictionary

from qa.assistant import Assistant
from qa.errors import QAError
from qa.suggestions.suggest import Suggestion
from qa.ui.session.conversation import Conversation, history
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import VisitorLibrary

MAX_CONCURRENT = 2  # answers that get follow-ups at the same time; others go without


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Questions that go on from an answer, which is known by its key."""

    key: str = ""
    questions: tuple[str, ...] = ()


_starters: MutableMapping[Assistant, tuple[str, ...]] = WeakKeyDictionary()
_starters_lock = Lock()
_follow_up_slots = BoundedSemaphore(MAX_CONCURRENT)


def starter_questions(shared: AssistantProvider, library: VisitorLibrary) -> tuple[str, ...]:
    """Return questions to begin with: about the selected articles, or the visitor's, or all.

    Those about the whole library are made once, however many visitors come at the same time.
    """
    try:
        assistant = library.provider(shared).assistant()
    except QAError:
        return ()
    if library.articles and not library.selected:
        return _questions(assistant.suggest(among=[own.id for own in library.articles]))
    with _starters_lock:
        if assistant not in _starters:
            _starters[assistant] = _questions(assistant.suggest())
        return _starters[assistant]


def follow_up_questions(provider: AssistantProvider, conversation: Conversation) -> FollowUps:
    """Return what may be asked next; nothing, if many visitors are asking at the moment."""
    if not conversation or not _follow_up_slots.acquire(blocking=False):
        return FollowUps()
    try:
        suggested = provider.assistant().suggest(history=history(conversation))
    except QAError:
        return FollowUps()
    finally:
        _follow_up_slots.release()
    return FollowUps(conversation[-1].key, _questions(suggested))


def _questions(suggested: Iterable[Suggestion]) -> tuple[str, ...]:
    return tuple(suggestion.question for suggestion in suggested)
