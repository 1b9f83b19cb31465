"""Verdicts on answers: recorded if the library alone gives the same answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock

from qa.assistant import Assistant
from qa.errors import QAError
from qa.feedback import Feedback, Ledger, PushedLedger, Verdict, open_ledger
from qa.settings import Settings
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.session.conversation import Conversation, Exchange
from qa.ui.session.provider import AssistantProvider

log = logging.getLogger(__name__)

VERDICTS: Mapping[str, Verdict] = {
    "up": Verdict.UP,
    "down": Verdict.DOWN,
    "answer": Verdict.ANSWER,
    "source": Verdict.SOURCE,
    "abstain": Verdict.SHOULD_ABSTAIN,
    "known": Verdict.KNOWN,
    "none": Verdict.WITHDRAWN,
}
"""The verdicts, as the page's script calls them."""

_opening = Lock()


def record_verdict(
    provider: AssistantProvider,
    conversation: Conversation,
    sent: object,
    strings: Strings = ENGLISH,
) -> str:
    """Record a visitor's verdict, and return for the page's script whether, and what to say.

    Anyone can send anything: what makes no sense gets an empty reply.
    """
    key, verdict, replaces = (_word(sent, name) for name in ("key", "verdict", "replaces"))
    exchange = next((each for each in conversation if each.key == key), None)
    if verdict not in VERDICTS or replaces not in VERDICTS:
        return ""
    try:
        kept, text = _record(
            provider, exchange, VERDICTS[verdict], VERDICTS[replaces], strings=strings
        )
    except ValueError:  # no such verdict on such an answer
        return ""
    return json.dumps({"kept": kept, "text": text})


def _word(sent: object, name: str) -> str:
    word = sent.get(name) if isinstance(sent, dict) else None
    return word if isinstance(word, str) else ""


def _record(
    provider: AssistantProvider,
    exchange: Exchange | None,
    verdict: Verdict,
    replaces: Verdict,
    *,
    strings: Strings,
) -> tuple[bool, str]:
    """Return whether a verdict was recorded, and what to say.

    Nothing is recorded of an answer that draws on a visitor's own articles, or on a selection:
    the library alone is asked again, and must say the same.
    """
    if exchange is None:
        return False, strings.save_error
    try:
        assistant = provider.assistant()
        shared = assistant.ask(exchange.answer.asked, stance=exchange.stance)
        if shared.text != exchange.answer.text:
            return False, strings.own_feedback_error
        _write(assistant, exchange, verdict, replaces)
    except QAError as error:
        log.warning("Feedback was not kept. %s", error)
        return False, strings.feedback_error
    return True, strings.withdrawal_message if verdict is Verdict.WITHDRAWN else strings.thanks


def _write(
    assistant: Assistant, exchange: Exchange, verdict: Verdict, replaces: Verdict
) -> None:
    feedback = Feedback.on(
        exchange.answer,
        key=exchange.key,
        stance=exchange.stance or assistant.settings.stance,
        index=assistant.index.manifest.folder,
        verdict=verdict,
        replaces=replaces,
    )
    _ledger(assistant.settings).add(feedback)


def _ledger(settings: Settings) -> Ledger | PushedLedger:
    with _opening:  # or two of them would be pushed
        return _open_ledger(settings.data, settings.feedback_repo)


@lru_cache(maxsize=1)
def _open_ledger(folder: str, repo: str) -> Ledger | PushedLedger:
    return open_ledger(Path(folder), repo)
