"""The shipped reader, on articles of its own: the promise, and what it was taught."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, fields, replace
from pathlib import Path

import numpy as np
import pytest

from qa import Article, Assistant, Hit, Passage, QAError, Settings, Span, build
from qa.encoders import open_encoder
from qa.language.sentences import sentences
from qa.models import model_folder
from qa.readers import Reader, open_reader
from qa.readers.minilm import CARD_NAMES, Features, MiniLMReader

ARTICLES = Path(__file__).parent.parent / "data" / "articles"


def hits_of(*texts: str) -> list[Hit]:
    articles = [Article.of(f"Article {n}", text) for n, text in enumerate(texts)]
    passages = [Passage(n, a, Span(0, len(a.text))) for n, a in enumerate(articles)]
    return [Hit(passage, 0.5) for passage in passages]


HITS = hits_of(
    "The harbour tram opened in 1912. It runs for nine kilometres along the quay. "
    "The depot at Saltgate was rebuilt after a fire.",
    "The lamp can be seen from 31 kilometres away. The keeper, Ada Brook, retired in 1974.",
)


@pytest.fixture(scope="module", params=["minilm", "similarity"])
def reader(request: pytest.FixtureRequest) -> Reader:
    return open_reader(request.param, open_encoder("minilm"))


def test_every_sentence_of_every_passage_is_scored_best_first(reader: Reader) -> None:
    evidence = reader.read("When did the tram open?", HITS)
    spans = [(e.passage.id, e.span) for e in evidence]
    wanted = [
        (h.passage.id, s) for h in HITS for s in sentences(h.passage.text, h.passage.span)
    ]
    assert sorted(spans) == sorted(wanted)
    scores = [e.score for e in evidence]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_reading_is_repeatable(reader: Reader) -> None:
    question = "Who was the keeper?"
    assert reader.read(question, HITS) == reader.read(question, HITS)


def test_no_passages_are_no_evidence(reader: Reader) -> None:
    assert reader.read("When?", []) == ()


def test_what_is_read_beside_a_passage_does_not_change_it() -> None:
    reader = MiniLMReader()
    together = {
        e.span: e.score for e in reader.read("When did it open?", HITS) if e.passage.id == 0
    }
    alone = {e.span: e.score for e in reader.read("When did it open?", HITS[:1])}
    assert together == alone


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("When did the tram open?", "The harbour tram opened in 1912."),
        ("how long is the tram line", "It runs for nine kilometres along the quay."),
        ("What was rebuilt after the fire?", "The depot at Saltgate was rebuilt after a fire."),
        ("How far can the lamp be seen?", "The lamp can be seen from 31 kilometres away."),
        ("who was the keeper", "The keeper, Ada Brook, retired in 1974."),
    ],
)
def test_the_sentence_that_answers_is_the_best(question: str, said: str) -> None:
    best = MiniLMReader().read(question, HITS)[0]
    assert best.span.of(best.passage.article.text) == said


def test_a_question_longer_than_the_passage_still_leaves_room_to_read_it() -> None:
    hits = hits_of("word " * 120 + "ends here.")
    assert MiniLMReader().read("why " * 240, hits)


def test_a_long_heading_gives_way_to_the_passage() -> None:
    article = Article.of("Endless " * 600, "The tram opened in 1912.")
    hits = [Hit(Passage(0, article, Span(0, len(article.text))), 0.5)]
    (evidence,) = MiniLMReader().read("When did the tram open?", hits)
    assert evidence.score > 0.1


def test_a_sentence_that_only_a_longer_window_lets_through_is_a_clear_error() -> None:
    with pytest.raises(QAError, match="too long for the reader") as error:
        MiniLMReader().read("Why?", hits_of("word " * 600))
    assert error.value.hint == "Set QA_READER=similarity."


def test_the_card_is_that_of_the_weights() -> None:
    card = json.loads((model_folder("reader") / "card.json").read_text("utf-8"))
    found = hashlib.sha256((model_folder("reader") / "model.onnx").read_bytes()).hexdigest()
    assert card["sha256"] == found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which car is white?", "white"),
        ("pizza recipe", None),
        ("Who won the football cup?", None),
    ],
)
def test_a_small_library_answers_what_it_says_and_no_more(
    question: str, said: str | None, tmp_path: Path
) -> None:
    index = build(ARTICLES, into=tmp_path, settings=Settings())
    answer = Assistant(index).ask(question)
    assert bool(answer.statements) == (said is not None)
    assert said is None or any(said in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("When did the tram open?", "1912"),
        ("how long is the tram line", "nine kilometres"),
        ("How far can the lamp be seen?", "31 kilometres"),
        ("who was the keeper", "Ada Brook"),
    ],
)
def test_the_short_answer_is_in_the_best_sentence(question: str, short: str) -> None:
    best = MiniLMReader().read(question, HITS)[0]
    assert best.short is not None
    assert best.short in best.span
    assert short in best.short.of(best.passage.article.text)


def test_every_short_answer_lies_in_its_sentence(reader: Reader) -> None:
    for found in reader.read("When did the tram open, and who kept the lamp?", HITS):
        assert found.short is None or found.short in found.span


def test_a_score_is_the_logistic_of_the_features_as_the_card_weighs_them() -> None:
    card = json.loads((model_folder("reader") / "card.json").read_text("utf-8"))
    weights = np.array([card["weights"][name] for name in CARD_NAMES])
    reader, question = MiniLMReader(), "When did the tram open?"
    wanted = {
        (hit.passage.id, span): 1 / (1 + np.exp(-(weights @ astuple(features) + card["bias"])))
        for hit, found in zip(HITS, reader.features(question, HITS), strict=True)
        for span, features in found
    }
    evidence = {(e.passage.id, e.span): e.score for e in reader.read(question, HITS)}
    assert evidence == pytest.approx(wanted)


def test_the_card_weighs_every_feature_and_no_other() -> None:
    card = json.loads((model_folder("reader") / "card.json").read_text("utf-8"))
    assert tuple(card["weights"]) == CARD_NAMES
    assert len(fields(Features)) == len(CARD_NAMES)


def test_the_search_gives_its_top_score_and_the_gap_of_each_passage() -> None:
    hits = [replace(hit, score=score) for hit, score in zip(HITS, (0.7, 0.4), strict=True)]
    for hit, found in zip(
        hits, MiniLMReader().features("Who was the keeper?", hits), strict=True
    ):
        for _, features in found:
            assert features.top_score == 0.7
            assert features.score_gap == pytest.approx(hit.score - 0.7)


@pytest.mark.parametrize(
    ("question", "chances"),
    [
        ("When did the tram open?", [0.682, 0.026, 0.007, 0.004, 0.025]),
        ("Who was the keeper?", [0.005, 0.005, 0.007, 0.024, 0.831]),
        ("how far is the lamp seen", [0.003, 0.023, 0.002, 0.805, 0.037]),
        ("What happened to the depot?", [0.019, 0.027, 0.731, 0.006, 0.007]),
        ("How tall is the lighthouse?", [0.003, 0.02, 0.004, 0.041, 0.004]),
    ],
)
def test_the_shipped_weights_say_what_they_said(question: str, chances: list[float]) -> None:
    found = MiniLMReader().read(question, HITS)
    in_order = sorted(found, key=lambda e: (e.passage.id, e.span))
    assert [e.score for e in in_order] == pytest.approx(chances, abs=0.002)
