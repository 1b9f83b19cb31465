"""The shipped readers, on articles of their own: the promise, and what they were taught."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa import Article, Assistant, Hit, Passage, QAError, Settings, Span, build
from qa.encoders import open_encoder
from qa.language.sentences import sentences
from qa.models import model_folder
from qa.readers import Reader, open_reader
from qa.readers.calibration import Calibration, DeepFeatures, Features
from qa.readers.deep import BATCH, MAX_PASSAGES, DeepReader, likeliest_batches
from qa.readers.fast import FastReader

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


@pytest.fixture(scope="module", params=["fast", "deep", "similarity"])
def reader(request: pytest.FixtureRequest) -> Reader:
    return open_reader(request.param, open_encoder("minilm"))


@pytest.fixture(scope="module", params=["fast", "deep"])
def trained(request: pytest.FixtureRequest) -> Reader:
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


def test_what_is_read_beside_a_passage_does_not_change_it(trained: Reader) -> None:
    together = {
        e.span: e.score for e in trained.read("When did it open?", HITS) if e.passage.id == 0
    }
    alone = {e.span: e.score for e in trained.read("When did it open?", HITS[:1])}
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
def test_the_sentence_that_answers_is_the_best(
    question: str, said: str, trained: Reader
) -> None:
    best = trained.read(question, HITS)[0]
    assert best.span.of(best.passage.article.text) == said


def test_a_question_longer_than_the_passage_still_leaves_room_to_read_it(
    trained: Reader,
) -> None:
    hits = hits_of("word " * 120 + "ends here.")
    assert trained.read("why " * 240, hits)


def test_a_long_heading_gives_way_to_the_passage(trained: Reader) -> None:
    article = Article.of("Endless " * 600, "The tram opened in 1912.")
    hits = [Hit(Passage(0, article, Span(0, len(article.text))), 0.5)]
    (evidence,) = trained.read("When did the tram open?", hits)
    assert evidence.score > 0.1


def test_a_sentence_that_only_a_longer_window_lets_through_is_a_clear_error(
    trained: Reader,
) -> None:
    with pytest.raises(QAError, match="too long for the reader") as error:
        trained.read("Why?", hits_of("word " * 600))
    assert error.value.hint == "Set QA_READER=similarity."


@pytest.mark.parametrize("folder", [model_folder("fast"), model_folder("deep")])
def test_the_card_is_that_of_the_weights(folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text("utf-8"))
    found = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    assert card["sha256"] == found


@pytest.mark.parametrize("folder", [model_folder("fast"), model_folder("deep")])
def test_no_file_of_a_model_is_too_large_for_a_git_host(folder: Path) -> None:
    assert max(file.stat().st_size for file in folder.iterdir()) < 95_000_000


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
def test_the_short_answer_is_in_the_best_sentence(
    question: str, short: str, trained: Reader
) -> None:
    best = trained.read(question, HITS)[0]
    assert best.short is not None
    assert best.short in best.span
    assert short in best.short.of(best.passage.article.text)


def test_every_short_answer_lies_in_its_sentence(reader: Reader) -> None:
    for found in reader.read("When did the tram open, and who kept the lamp?", HITS):
        assert found.short is None or found.short in found.span


def test_a_score_is_the_logistic_of_the_features_as_the_card_weighs_them() -> None:
    card = json.loads((model_folder("fast") / "card.json").read_text("utf-8"))
    question = "When did the tram open?"
    wanted = {}
    for sentence in FastReader().score(question, HITS):
        odds = card["bias"] + sum(
            card["weights"][name] * getattr(sentence.features, name)
            for name in Features.__slots__
        )
        wanted[sentence.hit.passage.id, sentence.span] = 1 / (1 + np.exp(-odds))
    evidence = {(e.passage.id, e.span): e.score for e in FastReader().read(question, HITS)}
    assert evidence == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("folder", "features"),
    [(model_folder("fast"), Features), (model_folder("deep"), DeepFeatures)],
)
def test_the_card_weighs_every_feature_and_no_other(folder: Path, features: type) -> None:
    card = json.loads((folder / "card.json").read_text("utf-8"))
    names = tuple(features.__slots__)  # type: ignore[attr-defined]
    assert tuple(card["weights"]) == names
    assert len(Calibration.of(card, names).weights) == len(names)


def test_the_search_gives_its_top_score_and_the_gap_of_each_passage() -> None:
    hits = [replace(hit, score=score) for hit, score in zip(HITS, (0.7, 0.4), strict=True)]
    for sentence in FastReader().score("Who was the keeper?", hits):
        assert sentence.features.top_score == 0.7
        assert sentence.features.score_gap == pytest.approx(sentence.hit.score - 0.7)


SHEDS = hits_of(*(f"Shed {n} is full of rope. Nobody went there." for n in range(9)))
KEEPER = replace(HITS[1], passage=replace(HITS[1].passage, id=9))


def test_the_deep_reader_reads_the_passages_that_the_fast_one_likes_best() -> None:
    hits = [*SHEDS, KEEPER]
    question = "Who was the keeper?"
    ranked = list(FastReader().score(question, hits))
    chosen = {sentence.hit.passage.id for sentence in next(likeliest_batches(ranked))}
    assert 9 in chosen
    assert len(chosen) == BATCH
    fast = {(e.passage.id, e.span): e.score for e in FastReader().read(question, hits)}
    for evidence in DeepReader().read(question, hits):
        if evidence.passage.id not in chosen:
            assert evidence.score < fast[evidence.passage.id, evidence.span]
            assert evidence.short is None


@pytest.mark.parametrize(("hits", "read"), [([*SHEDS, KEEPER], BATCH), (SHEDS, MAX_PASSAGES)])
def test_the_deep_reader_reads_on_until_a_passage_answers(hits: list[Hit], read: int) -> None:
    question = "Who was the keeper?"
    ranked = list(FastReader().score(question, hits))
    reread = DeepReader().read_on(question, ranked)
    assert len({sentence.hit.passage.id for sentence in reread}) == read
