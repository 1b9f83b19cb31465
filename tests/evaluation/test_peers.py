"""Programs are compared on the same questions: what they show first, and what they refuse."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, cast

import pytest

from qa.evaluation.benchmark import Question
from qa.evaluation.peers import (
    Found,
    HaystackReader,
    Peer,
    TxtaiPipeline,
    _measure,
    _measure_alone,
)
from qa.types import Article, Passage, Span
from tests.readers.test_transformer import saved
from training.bases import minilm_folder

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
    assert rows["off the topic, and abstained from"] == 0.5
    assert rows["answerable, and abstained from"] == 0
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


@pytest.mark.model
def test_txtai_is_asked_as_it_comes_and_its_span_is_found_again() -> None:
    pytest.importorskip("txtai")
    passage = OnePassage().nearest("", 1)[0]
    peer = TxtaiPipeline(str(minilm_folder()), saved("bert", True), [passage])
    found = peer.first("What did Ada see?")
    assert found
    article, span = found
    assert "amber" in span.of(article.text)


@pytest.mark.parametrize(
    ("package", "make"),
    [
        ("haystack", lambda: HaystackReader("nowhere", cast(Any, OnePassage()))),
        ("txtai", lambda: TxtaiPipeline("nowhere", "nowhere", [])),
    ],
)
def test_what_is_not_installed_is_named_with_the_extra_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, package: str, make: Callable[[], Peer]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    said = _measure_alone(make, [GREEN], [])
    assert isinstance(said, str)
    assert f"{package} is not installed" in said.replace("transformers-", "")
    assert "chapter-verse[peers]" in said
