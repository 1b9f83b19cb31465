"""An answer that was just given is not given again to another question."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.answers import Answer, Citation, Statement, Turn
from qa.conversation.repeats import is_repeated
from qa.quoting.abstention import NO_SENTENCE
from qa.types import Article, Span
from tests.pages import WordReader, assistant, bag

BELL = "The bell weighs nine tonnes. The tower leans because the ground is soft."


@pytest.mark.parametrize(
    ("word", "first", "then", "answered"),
    [
        ("weighs", "How heavy is the bell?", "And why?", False),
        ("leans", "What leans?", "And why?", True),
        ("weighs", "How heavy is the bell?", "How heavy is the bell?", True),
        ("leans", "What leans?", "And when?", True),
    ],
)
def test_a_sentence_is_given_again_only_for_its_reason_or_if_it_is_asked_again(
    tmp_path: Path, word: str, first: str, then: str, answered: bool
) -> None:
    settings = bag(tmp_path)
    (tmp_path / "articles" / "tower.txt").write_text(f"The tower\n\n{BELL}", "utf-8")
    short = "nine tonnes" if word == "weighs" else ""
    asked = assistant(settings, WordReader(word, short=short))
    before = asked.ask(first)
    assert before.statements
    answer = asked.ask(then, history=(Turn(first, before),))
    assert bool(answer.statements) == answered
    assert answered or answer.reason == NO_SENTENCE


def row(short: str) -> Answer:
    text = "Onshore wind — 2023: 455; 2024: 498"
    at = text.index(short)
    whole, short_span = Span(0, len(text)), Span(at, at + 3)
    citation = Citation(Article.of("Wind", text), whole, short_span, number=1)
    return Answer("How much?", "How much?", (Statement(text, (1,)),), (citation,))


def test_another_value_of_the_same_row_is_another_answer() -> None:
    assert is_repeated(row("455"), row("455"))
    assert not is_repeated(row("498"), row("455"))
