"""The trace of an answer holds what each stage found, for one question and for several."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.index import Index, build
from qa.search import STEPS
from qa.settings import Settings
from qa.trace import STAGES, Trace, add_seconds, finish
from qa.types import Article

BAG = BagOfWordsEncoder()
CHOSEN = Settings(encoder="bag", reader="similarity", stance="0", passage_tokens=8)
BEASTS = ("goat", "tram", "gull", "pear", "lamp")
ARTICLES = [
    Article.of(f"The {beast}", f"The {beast} stands by quay {n}. The {beast} is old.\n\n" * 2)
    for n, beast in enumerate(BEASTS)
]
questions = st.lists(st.sampled_from([*BEASTS, "quay", "old"]), min_size=1).map(" ".join)
seconds = st.dictionaries(st.sampled_from(STAGES), st.floats(0, 9))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("trace")
    index: Index = build(ARTICLES, into=home, encoder=BAG, settings=CHOSEN)
    return Assistant(index, settings=CHOSEN, encoder=BAG)


@given(questions)
def test_a_hit_has_the_score_of_each_ranking_that_it_is_in(
    assistant: Assistant, question: str
) -> None:
    found = assistant.pipeline.search(question)
    rankings = {"vectors": found.vectors, "words": found.words, "fused": found.fused}
    for hit in found.hits:
        number = hit.passage.id
        scores = {name: ranking.get(number) for name, ranking in rankings.items()}
        assert hit.stages == {
            name: score for name, score in scores.items() if score is not None
        }
        assert hit.score == found.fused[number]
    assert found.fused.keys() == found.vectors.keys() | found.words.keys()
    assert tuple(found.seconds) == STEPS


@given(questions)
def test_the_evidence_is_of_the_hits_and_gives_each_its_probability(
    assistant: Assistant, question: str
) -> None:
    trace = assistant.pipeline.trace(question)
    assert trace.answer.hits == trace.search.hits
    assert trace.probabilities.keys() <= {hit.passage.id for hit in trace.search.hits}
    for number, probability in trace.probabilities.items():
        assert probability == max(e.score for e in trace.evidence if e.passage.id == number)


@given(st.lists(seconds))
def test_seconds_add_up_stage_by_stage(some: list[dict[str, float]]) -> None:
    whole = add_seconds(*some)
    assert tuple(whole) == STAGES
    assert sum(whole.values()) == pytest.approx(sum(sum(each.values()) for each in some))


def test_two_questions_in_one_have_the_evidence_of_both(assistant: Assistant) -> None:
    steps = assistant.steps("Where is the goat? Where is the tram?")
    hits = [next(steps), next(steps)]
    trace = finish(steps)
    parts = trace.answer.parts
    read = [e for part in parts for e in assistant.pipeline.read(part.asked, part.hits)]
    assert hits == [part.hits for part in parts]
    assert sorted(e.score for e in trace.evidence) == sorted(e.score for e in read)
    assert trace.search.fused.keys() >= {hit.passage.id for part in parts for hit in part.hits}


def test_what_needs_no_search_has_neither_hits_nor_evidence(assistant: Assistant) -> None:
    trace = assistant.trace("Which articles are there?")
    assert (trace.search.hits, trace.evidence) == ((), ())
    assert "Searched for: Which articles are there?" in str(trace)


def test_a_trace_is_shown_as_text_and_as_json(assistant: Assistant) -> None:
    trace = assistant.trace("old goat")
    told = json.loads(json.dumps(trace.as_dict()))
    assert told["asked"] == "old goat"
    assert [hit["score"] for hit in told["hits"]] == [hit.score for hit in trace.answer.hits]
    assert len(told["evidence"]) == len(trace.evidence)
    for sentence in told["evidence"][:3]:
        assert sentence["sentence"] in str(trace)


def test_a_trace_has_the_seconds_of_every_stage(assistant: Assistant) -> None:
    answer = assistant.ask("old goat")
    with pytest.raises(ValueError, match="Not the seconds of each stage"):
        Trace(answer, seconds={"read": 1.0})
