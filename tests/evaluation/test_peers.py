"""Programs are compared on the same questions: what they show first, and what they refuse."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from qa.errors import MissingExtra
from qa.evaluation.benchmark import Question
from qa.evaluation.peers import Found, HaystackReader, _measure
from qa.types import Article, Passage, Span
from tests.readers.test_transformer import saved

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


class OnePassage:
    def nearest(self, question: str, count: int) -> list[Passage]:
        return [Passage(7, SEEN, Span(5, len(SEEN.text)))]


SEEN = Article("1" * 12, "Ada", "Ada.\nAda saw amber.", (), "ada.txt", "1" * 64)


@pytest.mark.model
def test_haystacks_reader_is_asked_as_it_comes_and_its_span_is_found_again() -> None:
    pytest.importorskip("haystack_integrations.components.readers.transformers")
    search: Any = OnePassage()
    peer = HaystackReader(saved("bert", True), search)
    found = peer.first("What did Ada see?")
    assert found
    article, span = found
    assert span.of(article.text) == "amber"


def test_without_haystack_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "haystack", None)
    search: Any = OnePassage()
    with pytest.raises(MissingExtra, match=r"chapter-verse\[peers\]"):
        HaystackReader("nowhere", search)
