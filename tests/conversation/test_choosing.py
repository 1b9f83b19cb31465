"""Which reading of a turn is meant: as it is, or with what it may leave unsaid."""

from __future__ import annotations

import pytest

from qa.answers import Turn
from qa.assistant import Assistant
from qa.encoders import open_encoder
from qa.index import build
from tests.conversation.talk import TRAM, article, turn

POTTERY = article(
    "Kiln of the pottery",
    ("Firing", "The kiln is heated to 1240 degrees for eleven hours. The glaze melts at last."),
    ("Production", "In a good month four hundred bowls are made. Each is signed underneath."),
)
OF_THE_TRAM = turn(
    "Who designed the harbour tram?", "The Harbour Tram was designed by Ada Brook."
)
OF_BOWLS = turn(
    "How many bowls are made?", "In a good month four hundred bowls are made.", of=POTTERY
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    encoder = open_encoder("minilm")
    home = tmp_path_factory.mktemp("two")
    return Assistant(build([TRAM, POTTERY], into=home, encoder=encoder), encoder=encoder)


@pytest.mark.parametrize("before", [OF_THE_TRAM, OF_BOWLS], ids=["tram", "bowls"])
@pytest.mark.parametrize(
    "question",
    [
        "how much does a ticket cost?",
        "what does a child pay?",
        "who drew the route?",
        "what is the price for grown-ups?",
        "how hot is the kiln?",
        "what is written under a bowl?",
        "at what heat is clay fired?",
    ],
)
def test_what_finds_the_same_by_itself_is_asked_as_it_was_typed(
    assistant: Assistant, before: Turn, question: str
) -> None:
    assert assistant.understand(question, history=[before]).asked == question


def test_what_points_back_is_still_put_in(assistant: Assistant) -> None:
    asked = assistant.understand("When did she draw it?", history=[OF_THE_TRAM]).asked
    assert "Ada Brook" in asked


MARKET = article(
    "Night market",
    ("Stalls", "Forty stalls sell fish and herbs until two. The bell is rung at closing time."),
)
OF_STALLS = turn(
    "How many stalls sell fish?", "Forty stalls sell fish and herbs until two.", of=MARKET
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    encoder = open_encoder("minilm")
    home = tmp_path_factory.mktemp("town")
    index = build([TRAM, POTTERY, MARKET], into=home, encoder=encoder)
    return Assistant(index, encoder=encoder)


@pytest.mark.parametrize(
    "before", [OF_THE_TRAM, OF_BOWLS, OF_STALLS], ids=["tram", "bowls", "stalls"]
)
@pytest.mark.parametrize(
    "question",
    [
        "When is the hour of closing told to everybody?",
        "What does a youngster have to pay for a ride?",
        "At what heat does the coating run?",
        "Where is the name of the maker put?",
        "Which year was the course of the line put on paper?",
    ],
)
def test_a_whole_question_finds_what_it_finds_when_asked_first(
    town: Assistant, before: Turn, question: str
) -> None:
    understood = town.understand(question, history=[before])
    behind = town.pipeline.search(understood.asked, background=understood.background)
    first = town.pipeline.search(question)
    assert understood.asked == question
    assert behind.hits[0].passage == first.hits[0].passage


def test_of_a_whole_question_the_talk_only_favours_its_article(town: Assistant) -> None:
    question = "Where is the name of the maker put?"
    understood = town.understand(question, history=[OF_STALLS])
    behind = town.pipeline.search(question, background=understood.background).fused
    first = town.pipeline.search(question).fused
    home = town.index.passages_of([MARKET.id])
    assert all((behind[n] > first[n]) == (n in home) for n in first)
    assert all(behind[n] == first[n] for n in first.keys() - {*home})
