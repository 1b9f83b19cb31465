"""A question and the talk before it, made a question that stands alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Substitution, Turn
from qa.conversation.rewriting import Rewrite, rewrites
from qa.types import Article
from tests.conversation.talk import article, turn

DESIGNED = turn(
    "Who designed the Harbour Tram?",
    "The Harbour Tram was designed by Ada Brook.",
    short="Ada Brook",
)
ROUTE = turn("When was the route drawn?", "She drew its route in 1912.", short="1912")
LOST = "The depot was lost in a fire."
CUT = "The lens was cut in Marlow."
FLOOD = "Marlow was flooded."
HIGH = "The Harbour Tram is 3 metres tall."
ICE = "Ten people freed Pepper."
YARD = article("Yard", ("Notes", f"{LOST} {CUT} {FLOOD} {HIGH} {ICE}"))
FREED = turn("Who freed Pepper?", ICE, of=YARD, short="Ten people")
BURNT = turn("What destroyed the depot?", LOST, of=YARD, short="in a fire")
WHERE = turn("Where was the lens cut?", CUT, of=YARD, short="Marlow")
WHAT = turn("What happened in Marlow?", FLOOD, of=YARD, short="flooded")
TALL = turn("How tall is the Harbour Tram?", HIGH, of=YARD)
SPANS = "The Lomba bridge was built in 1934."
SPRING = "The Amaleo rises at Mount Zibi."
GOATS = "Nine goats died below the falls."
HEAT = "The pump in the river costs 6 crowns."
VALLEY = article("Valley", ("Notes", f"{SPANS} {SPRING} {GOATS} {HEAT}"))
BRIDGE = turn("When was the Lomba bridge built?", SPANS, of=VALLEY, short="1934")
RIVER = turn("Where does the Amaleo rise?", SPRING, of=VALLEY, short="Mount Zibi")
LEADS = "A society, led by the retired pharmacist Ida Marsh, bought the barn."
SOCIETY = article("Society", ("Notes", LEADS))
LED = turn("Who led it?", LEADS, of=SOCIETY, short="the retired pharmacist Ida Marsh")
DEAD = turn("How many goats died?", GOATS, of=VALLEY, short="Nine")
PUMP = turn("How much does the pump in the river cost?", HEAT, of=VALLEY, short="6 crowns")
FARE = turn("How much is a ticket?", "A ticket costs 3 dollars.", short="3 dollars")


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        (DESIGNED, "Where was she born?", "Where was Ada Brook born?"),
        (DESIGNED, "What is her profession?", "What is Ada Brook’s profession?"),
        (DESIGNED, "why?", "Why did Ada Brook design the Harbour Tram?"),
        (DESIGNED, "What about the Old Bridge?", "Who designed the Old Bridge?"),
        (DESIGNED, "When did it open?", "When did the Harbour Tram open?"),
        (FARE, "And for a child?", "How much is a ticket for a child?"),
        (FARE, "And in 1912?", "How much is a ticket in 1912?"),
        (FARE, "why?", "Why is a ticket?"),
        (BURNT, "When?", "When did a fire destroy the depot?"),
        (BURNT, "After how many days?", "After how many days did a fire destroy the depot?"),
        (DESIGNED, "In which year?", "In which year did Ada Brook design the Harbour Tram?"),
        (WHERE, "How heavy is it?", "How heavy is the lens?"),
        (WHAT, "When?", "When did it happen in Marlow?"),
        (TALL, "And it?", "How tall is the Harbour Tram?"),
        (FREED, "With what?", "With what was Pepper freed?"),
        (DESIGNED, "And her house?", "Who designed Ada Brook’s house?"),
        (DESIGNED, "What else does the article say?", "What else does the Harbour Tram say?"),
        (DESIGNED, "Did Brook marry?", "Did Brook marry?"),
        (BRIDGE, "And when was it rebuilt?", "When was the Lomba bridge rebuilt?"),
        (RIVER, "How long is it?", "How long is the Amaleo?"),
        (DEAD, "why?", "Why did the goats die?"),
        (LED, "What was her trade?", "What was the retired pharmacist Ida Marsh’s trade?"),
        (PUMP, "and the new barn?", "How much does the new barn cost?"),
    ],
)
def test_what_points_back_is_put_in(before: object, question: str, asked: str) -> None:
    assert asked in [reading.asked for reading in rewrites(question, [before])]  # type: ignore[list-item]


@pytest.mark.parametrize(
    "question",
    [
        "Who rowed to the wreck of the Halcyon?",
        "What is the height of Mount Everest?",
        "How far is Homs from it?",
        "Did Ada Brook sell her house?",
        "Is it possible to take a bicycle to Ostrevik?",
        "When did the Halcyon lose its mast?",
        "In May, can I pay by card at the Town Hall?",
    ],
)
def test_a_question_that_names_its_subject_stands_alone(question: str) -> None:
    assert rewrites(question, [DESIGNED])[0].asked == question


def test_a_piece_goes_back_to_the_last_whole_question() -> None:
    child = turn("And for a child?", "For a child it costs 1 dollar.", short="1 dollar")
    best, *_ = rewrites("And a monthly pass?", [FARE, child])
    assert best.asked == "How much is a monthly pass?"


def test_what_was_put_in_is_told() -> None:
    (best, *_) = rewrites("Where was she born?", [DESIGNED])
    assert best.substitutions == (Substitution("she", "Ada Brook"),)
    assert best.is_rewritten


def test_a_name_in_small_letters_is_a_name() -> None:
    before = turn("who was ada brook?", "The Harbour Tram was designed by Ada Brook.")
    assert rewrites("Where was she born?", [before])[0].asked == "Where was Ada Brook born?"


@given(st.text(min_size=1))
def test_the_first_question_is_left_as_it_is(question: str) -> None:
    assert rewrites(question, ()) == [Rewrite(question, question)]


@given(st.text(min_size=1, max_size=60))
def test_any_turn_has_a_reading(question: str) -> None:
    readings = rewrites(question, [DESIGNED, ROUTE])
    assert readings
    assert all(reading.asked for reading in readings)


def test_what_an_answer_says_of_place_is_less_likely_meant_than_what_was_asked_of() -> None:
    assert rewrites("How heavy is it?", [WHERE])[0].asked == "How heavy is the lens?"


def test_a_person_whom_the_article_is_about_gets_the_full_name() -> None:
    said = "She drew the tram. Ada Brook was an engineer."
    before = turn("What did she draw?", said, of=article("Ada Brook", ("Life", said)))
    assert rewrites("Where did Brook live?", [before])[0].asked == "Where did Ada Brook live?"
    assert (
        rewrites("Where did Tom Brook live?", [before])[0].asked == "Where did Tom Brook live?"
    )


def about_smith(title: str) -> Turn:
    """A turn that was answered from an article about somebody."""
    said = "She drew the tram. In 1912 she moved. Ann Smith was an engineer."
    return turn("What did she draw?", said, of=article(title, ("Life", said)))


@given(st.text("\\q1g<>& ", max_size=6).map(lambda middle: f"Ann {middle.strip()} Smith"))
def test_a_title_is_put_in_as_it_is_written(title: str) -> None:
    for reading in rewrites("What did Smith write?", [about_smith(title)]):
        meant = [each.meant for each in reading.substitutions] or ["Smith"]
        assert reading.asked == f"What did {meant[0]} write?"


def test_a_backslash_of_a_title_is_kept() -> None:
    best, *_ = rewrites("What did Smith write?", [about_smith(r"Ann \q Smith")])
    assert best.asked == r"What did Ann \q Smith write?"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("When did John Smith and Smith meet?", "When did John Smith and Ann Smith meet?"),
        ("Did Smith marry?", "Did Ann Smith marry?"),
        ("Were Jones, Smith and Brook friends?", "Were Jones, Ann Smith and Brook friends?"),
        ("Where did J. Smith live?", "Where did J. Smith live?"),
        ("Did Al-Smith and Smith meet?", "Did Al-Smith and Ann Smith meet?"),
        ("Did “John Smith” and Smith meet?", "Did “John Smith” and Ann Smith meet?"),
    ],
)
def test_a_full_name_is_put_in_behind_no_other_name(question: str, asked: str) -> None:
    assert rewrites(question, [about_smith("Ann Smith")])[0].asked == asked


@pytest.mark.parametrize(
    "question",
    [
        "Who sent the text message?",
        "Who signed the document register?",
        "When was the page boy hired?",
        "Who edits the article-writing guide?",
    ],
)
def test_a_noun_that_begins_a_compound_is_not_the_article(question: str) -> None:
    readings = rewrites(question, [about_smith("Ann Smith")])
    assert all(reading.asked.startswith(question.rstrip("?")) for reading in readings)


@pytest.mark.parametrize("noun", ["article", "text", "document", "page"])
@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What does the {} say?", "What does Ann Smith say?"),
        ("What does the {} mention?", "What does Ann Smith mention?"),
        ("Who is in the {}?", "Who is in Ann Smith?"),
        ("Who wrote the {}, and when?", "Who wrote Ann Smith, and when?"),
        ("Who is the {}’s author?", "Who is Ann Smith’s author?"),
        ("Who does the {} and the book name?", "Who does Ann Smith and the book name?"),
    ],
)
def test_a_noun_that_means_the_article_is_its_title(
    noun: str, question: str, asked: str
) -> None:
    best, *_ = rewrites(question.format(noun), [about_smith("Ann Smith")])
    assert best.asked == asked


def test_every_year_is_when_and_not_what_they_are() -> None:
    inn = article("Inn", ("Work", "Cooks get 18 days off every year."))
    before = turn(
        "How many days off do cooks get?", "Cooks get 18 days off every year.", of=inn
    )
    asked = [reading.asked for reading in rewrites("How many can they keep?", [before])]
    assert asked and not any("every year" in reading for reading in asked)


@pytest.mark.parametrize("before", [BRIDGE, RIVER, PUMP])
@pytest.mark.parametrize(
    "question",
    [
        "How did the captain take the loss of his place?",
        "Where did the nurse work earlier in her career?",
        "Who put up the pupils in his own home?",
        "What made one of the rescuers quit before he was paid?",
    ],
)
def test_somebody_is_never_a_thing_that_was_spoken_of(before: Turn, question: str) -> None:
    assert [reading.asked for reading in rewrites(question, [before])] == [question]


@given(st.sampled_from(["12-old-mill", "notes_2024", "mill"]))
def test_the_name_of_a_file_is_not_spoken_of(stem: str) -> None:
    notes = Article.of(stem, "It turns slowly.", source=f"{stem}.txt")
    asked = [
        r.asked for r in rewrites("Who built it?", [turn("?", "It turns slowly.", of=notes)])
    ]
    assert asked == ["Who built it?"]


@pytest.mark.parametrize("question", ["And in 1912?", "why?", "What about the Old Bridge?"])
@pytest.mark.parametrize("before", [DESIGNED, FARE, BRIDGE])
def test_a_piece_that_was_asked_before_means_the_question_before_it(
    question: str, before: Turn
) -> None:
    once = turn(question, "She drew its route in 1912.")
    again = rewrites(question, [once, before])
    assert [r.asked for r in again] == [r.asked for r in rewrites(question, [ROUTE, before])]
    assert again[0].is_rewritten
