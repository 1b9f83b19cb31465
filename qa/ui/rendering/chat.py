"""What is said in the chat: a question is handed in, and a reply comes back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import islice
from time import perf_counter
from typing import Any

from qa.answers import Answer, Turn
from qa.assistant import check
from qa.errors import QAError, QuestionError
from qa.language.follow_up import stand_alone
from qa.settings import STANCES
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.export import export, verified
from qa.ui.rendering.found import Found, certainty, find, fold
from qa.ui.rendering.panel import BOOK, drawn, empty, gone, listed
from qa.ui.rendering.places import Place, is_anchor, places
from qa.ui.rendering.quoting import aside, doing, spoken, troubled
from qa.ui.session.desk import Desk
from qa.ui.session.keeping import REMEMBERED, Asked, Said, Turns, tools
from qa.ui.session.verdict import thumbs

NAME = "Chapter & Verse"
EAGER = "eager"
MOST_TABS = 24
PATIENCE = 0.3  # seconds of searching after which it is said what goes on; it costs some time


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chat shows next; an empty `source` leaves the panel as it is.

    `foot` is what can be done with the answer, and how it was found. `withheld` says of a
    silence that there is an answer, though a doubtful one; `passing` of a text that it is
    none yet, but says what is being done.
    """

    text: str
    turns: Turns
    foot: str = ""
    source: str = ""
    withheld: bool = False
    passing: bool = False


def replies(
    desk: Desk,
    question: str,
    turns: Turns,
    stance: str | None = None,
    *,
    strings: Strings = ENGLISH,
) -> Iterator[Reply]:
    """Yield the reply to a question, and before it what is being done for it."""
    if not desk.ready:
        yield Reply(doing(strings.opening), turns, passing=True)
    before = [said.turn for said in turns]
    started = perf_counter()
    try:
        for step in find(desk.assistant(), question, history=before, stance=stance):
            if isinstance(step, Found):
                yield _reply(question, step, turns, stance, strings=strings)
            elif step and perf_counter() - started > PATIENCE:
                reading = strings.reading_passages.format(count=len(step))
                yield Reply(doing(reading), turns, passing=True)
    except QAError as error:
        yield Reply(troubled(error, strings), turns)


def _reply(
    question: str, found: Found, turns: Turns, stance: str | None, *, strings: Strings
) -> Reply:
    answer = found.answer
    said = Said(question, answer, stance)
    foot = [part(said, strings) for part in (tools, thumbs)]
    foot = [certainty(answer, strings), *foot, fold(found, strings)]
    return Reply(
        spoken(answer, strings),
        (*turns, said)[-REMEMBERED:],
        foot="\n\n".join(filter(None, foot)),
        source=_first_source(answer, strings),
        withheld=_withheld(answer),
    )


def resumed(
    desk: Desk, asked: Asked, turns: Turns, strings: Strings = ENGLISH
) -> Iterator[Reply]:
    """Yield the reply to a question from the past; it says if it is not the one of then."""
    for reply in replies(desk, asked.question, turns, asked.stance, strings=strings):
        if reply.passing and desk.ready:
            continue
        changed = asked.key and reply.foot and reply.turns[-1].key != asked.key
        text = f"{aside(strings.changed)}\n\n{reply.text}"
        yield replace(reply, text=text) if changed else reply


def doubtful(desk: Desk, turns: Turns, strings: Strings = ENGLISH) -> Iterator[Reply]:
    """Yield an eager reply to the last question, in the place of the one it had."""
    for last in turns[-1:]:
        yield from replies(desk, last.question, turns[:-1], EAGER, strings=strings)


def stance(desk: Desk) -> str:
    """Return the stance of the settings, or nothing if there is no library."""
    try:
        return desk.assistant().settings.stance
    except QAError:
        return ""


def _withheld(answer: Answer) -> bool:
    return not answer.statements and answer.confidence >= STANCES[EAGER]


def _first_source(answer: Answer, strings: Strings) -> str:
    cited = [Place.cited(citation) for citation in answer.citations]
    return drawn(cited, cited[0], strings) if cited else empty(strings)


def source(desk: Desk, sent: object, strings: Strings = ENGLISH) -> str:
    """Return the article a link leads to, or nothing: anyone can send anything here."""
    if not isinstance(sent, dict) or not desk.ready:
        return ""
    articles = desk.assistant().index.articles
    others = sent.get("places")
    anchors = islice(others, MOST_TABS) if isinstance(others, list) else ()
    chosen = places([sent.get("place")], articles)
    if not chosen:
        return gone(strings) if is_anchor(sent.get("place")) else ""
    beside = tuple(p for p in places(anchors, articles) if p.kind is chosen[0].kind)
    show = listed if sent.get("every") is True else drawn
    return show(beside if chosen[0] in beside else chosen, chosen[0], strings)


def exported(desk: Desk, turns: Turns, sent: object, strings: Strings = ENGLISH) -> str:
    """Return a talk, or the one answer of it that has a key, as the page's script takes it.

    Every quotation is held against the library as it is now.
    """
    if not isinstance(sent, dict) or not desk.ready:
        return ""
    articles, key = desk.assistant().index.articles, sent.get("key")
    chosen = turns if key is None else [said for said in turns if said.key == key][-1:]
    answers = [verified(said.answer, articles, strings) for said in chosen]
    file = json.dumps(export(answers, sent.get("form"), strings))
    return file.replace("<", "\\u003c")  # for it travels as the value of HTML


def asked(
    desk: Desk, question: str, history: object, stance: str | None = None
) -> dict[str, Any]:
    """Return an answer as JSON holds it, its text with marks first.

    Raises:
        QAError: if the question, the history, the stance or the index is no good.
    """
    answer = _answer(desk, question, history, stance)
    text = " ".join(map(str, answer.statements)) or answer.reason
    return {"answer": text, **answer.as_dict()}


def asked_text(desk: Desk, question: str, history: object, stance: str | None = None) -> str:
    """Return an answer as plain text: sentences with marks, then what they quote.

    Raises:
        QAError: if the question, the history, the stance or the index is no good.
    """
    return str(_answer(desk, question, history, stance))


def _answer(desk: Desk, question: str, history: object, stance: str | None) -> Answer:
    before = remembered(history)
    return desk.assistant().ask(_words(question), history=before, stance=stance)


def remembered(history: object) -> tuple[Turn, ...]:
    """Return earlier questions as turns; what they were about is worked out, not asked again.

    Raises:
        QuestionError: if they are not a list of questions.
    """
    if not isinstance(history, list | None):
        raise QuestionError("The history is no list.", hint="Send the earlier questions.")
    turns: tuple[Turn, ...] = ()
    for question in map(check, map(_words, (history or [])[-REMEMBERED:])):
        answer = Answer(question, stand_alone(question, turns), reason="Asked before.")
        turns = (*turns, Turn(question, answer))
    return turns


def _words(question: object) -> str:
    if not isinstance(question, str):
        raise QuestionError("A question is text.", hint="Send it as a string.")
    return question


def masthead(desk: Desk | None = None, strings: Strings = ENGLISH) -> str:
    """Return the name of the page and what it is; with a desk, of how many articles."""
    line = strings.promise
    try:
        count = len(desk.assistant().index.articles) if desk else 0
    except QAError as error:
        line = " ".join(filter(None, strings.trouble(error)))
    else:
        line += f" · {strings.counted('articles', count)}" if count else ""
    return f"<h1>{BOOK}{escape(NAME)}</h1><p>{escape(line)}</p>"
