"""A question that leans on the talk before it, made to stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Answer, Turn
from qa.language.follow_up import needs_history, stand_alone


def after(asked: str) -> tuple[Turn, ...]:
    """A talk whose last question was that."""
    earlier = Turn("Who was Tomas Bell?", Answer("?", "Who was Tomas Bell?", reason="No."))
    return (earlier, Turn(asked, Answer(asked, asked, reason="No.")))


ALONE = [
    "Who rowed to the wreck of the Halcyon?",
    "What is the height of Mount Everest?",
    "How far is Homs from it?",
    "Who drew the route of the tram?",
    "When did Agnes Rourke keep her post?",
    "Whale oil?",
    "How many seats has a car?",
]
CONTEXT_PRONOUN = [
    "Who built it?",
    "When was that?",
    "Why?",
    "Why not?",
    "How many?",
    "And the lens?",
    "What about the horn?",
    "How about Pepper?",
    "But who paid?",
    "What did they carry?",
    "who is she",
    "What happened then?",
]


@pytest.mark.parametrize("question", ALONE)
def test_a_question_that_names_its_subject_stands_alone(question: str) -> None:
    assert not needs_history(question)
    assert stand_alone(question, after("Who was Ingrid Solberg?")) == question


@pytest.mark.parametrize("question", CONTEXT_PRONOUN)
def test_a_question_that_points_back_leans(question: str) -> None:
    assert needs_history(question)
    asked = stand_alone(question, after("Who was Ingrid Solberg?"))
    assert asked == f"{question} (Ingrid Solberg)"


@given(st.text())
def test_the_first_question_is_left_as_it_is(question: str) -> None:
    assert stand_alone(question, ()) == question


@given(st.text(max_size=40) | st.sampled_from(CONTEXT_PRONOUN), st.text(max_size=40))
def test_a_question_is_never_changed_only_added_to(question: str, before: str) -> None:
    assert stand_alone(question, after(before)).startswith(question)


def test_the_names_of_the_last_question_are_the_topic() -> None:
    asked = stand_alone("Who built it?", after("Is the Tower of Kelm older than Ostrevik?"))
    assert asked == "Who built it? (Tower of Kelm, Ostrevik)"


def test_without_names_the_whole_last_question_is_the_topic() -> None:
    asked = stand_alone("Who built it?", after("where does the harbour tram run?"))
    assert asked == "Who built it? (where does the harbour tram run)"


def test_a_name_that_the_question_has_is_not_said_twice() -> None:
    asked = stand_alone("And Pepper?", after("Is Pepper older than Salt?"))
    assert asked == "And Pepper? (Salt)"


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    asked = stand_alone("Why?", after("Trams are free. Lighthouses are not."))
    assert asked == "Why? (Trams are free. Lighthouses are not)"


def test_the_topic_is_carried_on_from_turn_to_turn() -> None:
    first = stand_alone("When did she die?", after("Who was Agnes Rourke?"))
    assert stand_alone("Where?", after(first)) == "Where? (Agnes Rourke)"
