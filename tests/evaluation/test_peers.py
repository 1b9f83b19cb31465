"""Programs are compared on the same questions: what they show first, and what they refuse."""

from __future__ import annotations

from qa.evaluation.benchmark import Question
from qa.evaluation.peers import Found, _measure
from qa.types import Article, Span

TEXT = "The tram is green. The quay is old."
ARTICLE = Article("0" * 12, "Tram", TEXT, (), "tram.txt", "0" * 64)
GREEN = Question("1", "What is green?", ("green",), {}, answerable=True)
OLD = Question("2", "What is old?", ("old",), {}, answerable=True)
STRANGE = Question("3", "Who won?", (), {}, answerable=False)


class AlwaysGreen:
    name = "green"

    def first(self, question: str) -> Found | None:
        return None if question == STRANGE.text else (ARTICLE, Span(0, 18))


def test_what_is_shown_first_is_judged_and_what_is_refused_is_counted() -> None:
    rows = _measure(AlwaysGreen(), [GREEN, OLD], [STRANGE, GREEN])
    assert rows["what is shown first is right"] == 0.5
    assert rows["off the topic, and refused"] == 0.5
    assert rows["a question, median ms"] >= 0
