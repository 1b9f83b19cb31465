"""What a turn wants, into which questions it falls, and what values say of each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Answer, Citation, Comparison, Intent, Statement, Turn
from qa.assistant import Assistant
from qa.conversation import overview
from qa.conversation.comparing import compare_answers, contest, value_of
from qa.conversation.compound import single_questions
from qa.conversation.intents import Examples, match_patterns, recognise
from qa.encoders import open_encoder
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.index import build
from qa.types import Article, Span
from tests.conversation.talk import TRAM, article


@pytest.mark.parametrize(
    ("turn", "parts"),
    [
        ("Who built it, and how did it end?", ("Who built it?", "How did it end?")),
        ("When and where was she born?", ("When was she born?", "Where was she born?")),
        ("Who won? When was it?", ("Who won?", "When was it?")),
        ("Who wrote War and Peace?", ("Who wrote War and Peace?",)),
        ("What happens when and if it rains?", ("What happens when and if it rains?",)),
        ("My bag is lost. What now?", ("My bag is lost. What now?",)),
    ],
)
def test_several_questions_are_cut(turn: str, parts: tuple[str, ...]) -> None:
    assert single_questions(turn) == parts


@pytest.mark.parametrize(
    ("turn", "questions"),
    [
        ("Which is taller, A or B?", ("How tall is A?", "How tall is B?")),
        ("Is A taller than B?", ("How tall is A?", "How tall is B?")),
        ("Which has more seats, A or B?", ("How many seats has A?", "How many seats has B?")),
        ("Which was built first, A or B?", ("When was A built?", "When was B built?")),
        ("Which bridge opened later, A or B?", ("When did A open?", "When did B open?")),
        ("Who is older, A or B?", ("When was A born?", "When was B born?")),
    ],
)
def test_a_comparison_asks_for_both_values(turn: str, questions: tuple[str, str]) -> None:
    found = contest(turn)
    assert found
    assert found.questions == questions


def test_no_comparison_is_seen_where_there_is_none() -> None:
    assert contest("Who is taller?") is None
    assert contest("Was the older bridge closed?") is None
    assert contest("Are any lamps heavier than 10 kg?") is None


def test_a_side_gets_no_value_of_the_other() -> None:
    tolls = Article.of("Tolls", "To cross Ost Gate costs 2 crowns. West Gate costs nothing.")
    first, _ = tolls.text.split(". ")
    spans = [Span(0, len(first) + 1), Span(len(first) + 2, len(tolls.text))]
    cited = tuple(Citation(tolls, span, number=number) for number, span in enumerate(spans, 1))
    said = tuple(Statement(each.quote, (each.number,)) for each in cited)
    asked = contest("Which is dearer, Ost Gate or West Gate?")
    assert asked
    answer = Answer("?", "?", said, cited)
    assert str(compare_answers(asked, [answer, answer])) == (
        "Ost Gate: 2 crowns · West Gate: nothing → Ost Gate is dearer"
    )


@pytest.mark.parametrize("short", ["310 metres", "24 metres"])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which is longer, Ost Bridge or West Bridge?", "310 metres"),
        ("Which is wider, Ost Bridge or West Bridge?", ""),
    ],
)
def test_of_two_amounts_alike_the_one_that_was_asked_for_is_compared(
    short: str, question: str, said: str
) -> None:
    bridge = Article.of("Bridge", "Ost Bridge is 310 metres long and 24 metres high.")
    at = bridge.text.index(short)
    cited = Citation(bridge, Span(0, len(bridge.text)), Span(at, at + len(short)), number=1)
    answer = Answer("?", "?", (Statement(cited.quote, (1,)),), (cited,))
    asked = contest(question)
    assert asked
    value = value_of(answer, asked, 0)
    assert (value.written if value else "") == said


def test_it_takes_two_to_be_compared() -> None:
    with pytest.raises(ValueError, match="two"):
        Comparison((("A", "1"),))


@pytest.mark.parametrize(
    ("turn", "intent", "of"),
    [
        ("What does the section on fares say?", Intent.SECTION, "fares"),
        ("What does section 4 cover?", Intent.SECTION, "4"),
        ("Which articles mention Homs?", Intent.MENTIONS, "Homs"),
        ("What's new since March?", Intent.SINCE, "March"),
    ],
)
def test_what_is_named_is_found(turn: str, intent: Intent, of: str) -> None:
    found = match_patterns(turn)
    assert found
    assert (found.intent, found.of) == (intent, of)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    encoder = open_encoder("minilm")
    home = tmp_path_factory.mktemp("tram")
    return Assistant(build([TRAM], into=home, encoder=encoder), encoder=encoder)


@pytest.mark.parametrize(
    ("turn", "intent"),
    [
        ("hiya", Intent.GREETING),
        ("thanks a lot, that was useful", Intent.THANKS),
        ("what are you exactly?", Intent.IDENTITY),
        ("could you sum up the article?", Intent.SUMMARY),
        ("what's the text about?", Intent.TOPIC),
        ("tell me a funny joke", Intent.CHAT),
        ("who is named in the article?", Intent.PEOPLE),
        ("which documents do you have", Intent.COUNT),
        ("how many documents are there?", Intent.COUNT),
        ("how many pages does it have?", Intent.QUESTION),
        ("When was the tram designed?", Intent.QUESTION),
        ("What is the history of the tram?", Intent.QUESTION),
        ("Who drew the route?", Intent.QUESTION),
        ("What does a ticket cost for a child?", Intent.QUESTION),
        ("How do I use the harbour tram?", Intent.QUESTION),
        ("ticket", Intent.MENTIONS),
        ("1912", Intent.QUESTION),
    ],
)
def test_a_turn_is_recognised(assistant: Assistant, turn: str, intent: Intent) -> None:
    assert assistant.understand(turn).wanted.intent is intent


def test_longer_and_shorter_need_something_before(assistant: Assistant) -> None:
    assert assistant.understand("longer").is_single
    first = assistant.ask("what is this about?")
    longer = assistant.ask("longer", history=[Turn("what is this about?", first)])
    assert len(longer.citations) > len(first.citations)


def test_every_quotation_of_an_overview_is_cited(assistant: Assistant) -> None:
    answer = assistant.ask("summarise it")
    assert answer.intent is Intent.SUMMARY
    assert [c.quote for c in answer.citations] == [s.text for s in answer.statements]
    assert "Understood as" not in str(answer)


def test_two_follow_ups_are_shown_as_understood(assistant: Assistant) -> None:
    first = assistant.ask("Who designed the Harbour Tram?")
    answer = assistant.ask("When did she draw its route?", history=[Turn("?", first)])
    assert answer.understood
    assert str(answer).startswith(f"Understood as: {answer.understood}\n")
    assert answer.as_dict()["substitutions"]


FERRY = article(
    "The ferry Elna",
    (
        "Story",
        "The ferry Elna was launched at Ostvik in 1921. The town of Brekke bought her in March "
        "1951 for 4,000 crowns. On 3 May 1952 she carried 62 passengers.",
    ),
)


def test_dates_numbers_and_places_are_told_apart() -> None:
    assert overview.shorts(overview.dates(FERRY)) == "1921, March 1951, 3 May 1952"
    assert overview.shorts(overview.numbers(FERRY)) == "4,000 crowns, 62 passengers"
    assert overview.shorts(overview.places(FERRY)) == "Ostvik, Brekke"


def test_only_a_turn_of_few_words_is_searched_for_with_those_before(
    assistant: Assistant,
) -> None:
    first = "How much is a ticket of the Harbour Tram?"
    history = [Turn(first, assistant.ask(first))]
    for turn, few in {
        "Am I allowed?": True,
        "What does a ticket of the tram cost for a child?": False,
        "Is the Salt Road open?": False,
    }.items():
        understood = assistant.understand(turn, history=history)
        assert bool(understood.background.questions) == few, turn
        assert understood.background.articles or understood.rewrite.is_rewritten


@pytest.mark.parametrize("turn", ["And it?", "And her?", "But them?"])
def test_a_pronoun_alone_goes_on_and_is_no_farewell(turn: str) -> None:
    examples = Examples(BagOfWordsEncoder())
    wanted = recognise(turn, examples=examples, titles=frozenset(), unknown=frozenset())
    assert wanted.intent is Intent.QUESTION


SAID = (
    "The ferry was launched at Ostvik.",
    "A town on the fjord bought her.",
    "She carried the mail each winter.",
)


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=8))
def test_sentences_that_repeat_are_quoted_once_where_they_stand_first(
    bells: Assistant, said: list[str]
) -> None:
    ferry = article("Ferry", *((f"Part {n}", each) for n, each in enumerate(said)))
    quoted = overview.central(ferry, ferry.sections, bells.pipeline, count=len(SAID))
    assert [excerpt.text for excerpt in quoted] == list(dict.fromkeys(said))
    firsts = overview.opening(ferry, bells.pipeline, count=len(SAID))
    assert [excerpt.text for excerpt in firsts] == list(dict.fromkeys(said))
