"""Asking within some articles: as if the others said nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.fusion import convex, sorted_ids
from qa.index import Index, build
from qa.search import search
from qa.settings import Settings
from qa.types import Article

BAG = BagOfWordsEncoder()
CHOSEN = Settings(encoder="bag", reader="similarity", stance="0", candidates=40, hits=3)
BEASTS = ("goat", "tram", "gull", "pear", "lamp")
ARTICLES = [
    Article.of(f"On the {beast} {n}", f"The {beast} stands by quay {n}. It is old.\n\n" * 3)
    for n, beast in enumerate(BEASTS * 3)
]
IDS = [article.id for article in ARTICLES]
questions = st.lists(st.sampled_from([*BEASTS, "quay", "old", "zebra"]), min_size=1).map(
    " ".join
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    settings = CHOSEN.with_({"passage_tokens": 8})
    return build(
        ARTICLES, into=tmp_path_factory.mktemp("within"), encoder=BAG, settings=settings
    )


@given(question=questions, within=st.sets(st.sampled_from(IDS)))
def test_it_is_the_whole_ranking_without_the_others(
    index: Index, question: str, within: set[str]
) -> None:
    allowed = {p.id for p in index.passages if p.article.id in within}
    everything = CHOSEN.with_({"candidates": len(index.passages)})
    whole = search(question, index, encoder=BAG, settings=everything)
    kept = [
        dict(
            [(n, ranking[n]) for n in sorted_ids(ranking) if n in allowed][: CHOSEN.candidates]
        )
        for ranking in (whole.vectors, whole.words)
    ]
    fused = convex(*kept, weight=CHOSEN.vector_weight)
    hits = search(question, index, encoder=BAG, settings=CHOSEN, within=allowed).hits
    assert [hit.score for hit in hits] == pytest.approx(
        sorted(fused.values(), reverse=True)[: CHOSEN.hits]
    )
    assert {hit.passage.id for hit in hits} <= allowed


@given(question=questions, within=st.sets(st.sampled_from(IDS), min_size=1))
def test_only_chosen_articles_are_quoted(index: Index, question: str, within: set[str]) -> None:
    answer = Assistant(index, settings=CHOSEN, encoder=BAG).within(within).ask(question)
    assert {citation.article.id for citation in answer.citations} <= within
    assert {hit.passage.article.id for hit in answer.hits} <= within


def test_within_all_articles_is_within_the_library(index: Index) -> None:
    assistant = Assistant(index, settings=CHOSEN, encoder=BAG)
    assert assistant.within(IDS).ask("old goat") == assistant.ask("old goat")


def test_within_no_articles_nothing_is_found(index: Index) -> None:
    answer = Assistant(index, settings=CHOSEN, encoder=BAG).within([]).ask("old goat")
    assert (answer.hits, answer.statements) == ((), ())
    assert answer.reason == "The articles don't say: nothing in them is about this."


def test_what_only_the_others_mention_is_not_mentioned(index: Index) -> None:
    silent = Settings(encoder="bag", reader="similarity", stance="1")
    assistant = Assistant(index, settings=silent, encoder=BAG)
    goats = [article.id for article in ARTICLES if "goat" in article.title]
    reason = assistant.within(goats).ask("old gull of the quay").reason
    assert reason == "The articles don't say: they never mention “gull”."
    assert "gull" not in assistant.ask("old gull of the quay").reason


def test_extended_it_answers_from_more_articles_with_the_same_models(
    index: Index, tmp_path: Path
) -> None:
    assistant = Assistant(index, settings=CHOSEN, encoder=BAG)
    zebra = Article.of("Zebras", "The zebra is striped.")
    answer = assistant.extend_library([zebra], into=tmp_path).ask("zebra")
    assert answer.citations[0].article == zebra
    assert "zebra" not in assistant.index.articles
