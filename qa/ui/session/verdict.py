"""Thumbs under an answer: what someone thinks of it is kept, if the library itself says so."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock

from qa.answers import Outcome
from qa.assistant import Assistant
from qa.errors import QAError
from qa.feedback import REASONS, Feedback, Ledger, PushedLedger, Verdict, open_ledger
from qa.settings import Settings
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.session.desk import Desk
from qa.ui.session.keeping import Said, Turns

log = logging.getLogger(__name__)

NAMES: Mapping[str, Verdict] = {
    "up": Verdict.UP,
    "down": Verdict.DOWN,
    "answer": Verdict.ANSWER,
    "source": Verdict.SOURCE,
    "silent": Verdict.SILENT,
    "known": Verdict.KNOWN,
    "none": Verdict.WITHDRAWN,
}
"""The verdicts, as the page's script calls them."""

_opening = Lock()


def thumbs(said: Said, strings: Strings = ENGLISH) -> str:
    """Return the thumbs under an answer, and why one may be down, as Markdown.

    They are links, which survive the cleaning of Markdown: the page's script makes buttons of
    them, and shows the reasons when a thumb is down.
    """
    if said.answer.outcome is Outcome.ANSWERED:
        good, bad = strings.good_answer, strings.bad_answer
    else:
        good, bad = strings.good_silence, strings.bad_silence
    fitting = [n for n, verdict in NAMES.items() if verdict in REASONS[said.answer.outcome]]
    reasons = " ".join(_link(n, said, getattr(strings, f"was_{n}")) for n in fitting)
    return (
        f"{_link('up', said, good)} {_link('down', said, bad)}\n\n"
        f"<p class='why'>{strings.why} {reasons}</p>"
    )


def _link(name: str, said: Said, text: str) -> str:
    return f"<a href='#{name}-{said.key}'><span>{text}</span></a>"


def judged(desk: Desk, turns: Turns, sent: object, strings: Strings = ENGLISH) -> str:
    """Keep what someone thinks of an answer, and return what to tell them, for the script.

    Anyone can send anything: what makes no sense is not answered.
    """
    key, verdict, replaces = (_word(sent, name) for name in ("key", "verdict", "replaces"))
    said = next((one for one in turns if one.key == key), None)
    if verdict not in NAMES or replaces not in NAMES:
        return ""
    try:
        kept, text = _kept(desk, said, NAMES[verdict], NAMES[replaces], strings=strings)
    except ValueError:  # no such verdict on such an answer
        return ""
    return json.dumps({"kept": kept, "text": text})


def _word(sent: object, name: str) -> str:
    word = sent.get(name) if isinstance(sent, dict) else None
    return word if isinstance(word, str) else ""


def _kept(
    desk: Desk, said: Said | None, verdict: Verdict, replaces: Verdict, *, strings: Strings
) -> tuple[bool, str]:
    """Return whether a verdict could be kept, and what to say.

    Nothing is kept of an answer that draws on a visitor's own articles, or on a choice of some:
    the library alone is asked again, and has to say the same.
    """
    if said is None:
        return False, strings.forgotten
    try:
        assistant = desk.assistant()
        own = assistant.ask(said.answer.asked, stance=said.stance)
        if str(own) != str(said.answer):
            return False, strings.not_the_librarys
        _keep(assistant, said, verdict, replaces)
    except QAError as refused:
        log.warning("Feedback was not kept. %s", refused)
        return False, strings.not_kept
    return True, strings.taken_back if verdict is Verdict.WITHDRAWN else strings.thanks


def _keep(assistant: Assistant, said: Said, verdict: Verdict, replaces: Verdict) -> None:
    feedback = Feedback.on(
        said.answer,
        key=said.key,
        stance=said.stance or assistant.settings.stance,
        index=assistant.index.manifest.folder,
        verdict=verdict,
        replaces=replaces,
    )
    _ledger(assistant.settings).add(feedback)


def _ledger(settings: Settings) -> Ledger | PushedLedger:
    with _opening:  # or two of them would be pushed
        return _opened(settings.data, settings.feedback_repo)


@lru_cache(maxsize=1)
def _opened(folder: str, repo: str) -> Ledger | PushedLedger:
    return open_ledger(Path(folder), repo)
