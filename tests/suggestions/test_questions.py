"""Questions made of headings and sentences: grammatical, plain, and about something named."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.verbs import ACTIVE, FORMS, HAVE_VERBS, third_person
from qa.suggestions.from_headings import questions_from_heading
from qa.suggestions.from_sentences import CONTENTS, questions_from_sentence
from qa.suggestions.wording import PLAIN_QUESTION, Wording
from qa.types import Article, Section, Span

BODY = (
    "Near the quay stands the Kelm Bridge, and by the river lies Ostrevik, whose people "
    "call the Pell Harbour their own. They say that Ingrid Solberg came from Sweden or "
    "Norway, as did Tomas Bell and old Agnes Rourke. In spring, bees visit the "
    "lighthouse, and so does the Norse Museum."
)


def article(title: str = "The Kelm Bridge", body: str = BODY) -> Article:
    text = f"{title}\n\n{body}"
    return Article.of(title, text, sections=(Section((), Span(len(title) + 2, len(text))),))


WORDING = Wording(article())

MADE = [
    ("The Kelm Bridge was opened in 1911 by Queen Maud.", "When was the Kelm Bridge opened?"),
    ("In 1911, the Kelm Bridge was opened, and so on.", "When was the Kelm Bridge opened?"),
    ("The Kelm Bridge opened on 3 May 1911, in the rain.", "When did the Kelm Bridge open?"),
    (
        "Tomas Bell joined the Norse Museum in 1930.",
        "When did Tomas Bell join the Norse Museum?",
    ),
    ("The Kelm Bridge (1911) was designed by Ingrid Solberg.", "Who designed the Kelm Bridge?"),
    ("Ingrid Solberg designed the Kelm Bridge, then left.", "Who designed the Kelm Bridge?"),
    ("Soldiers have seized the Pell Harbour.", "Who has seized the Pell Harbour?"),
    ("The Norse Museum is located on Candle Street.", "Where is the Norse Museum located?"),
    ("The Kelm Bridge has twelve arches.", "How many arches does the Kelm Bridge have?"),
    ("Tomas Bell painted 40 ships.", "How many ships did Tomas Bell paint?"),
    ("Forty people crossed the Kelm Bridge.", "How many people crossed the Kelm Bridge?"),
    ("Ostrevik has a population of 4,100.", "What is the population of Ostrevik?"),
    ("The Kelm Bridge is about 90 metres long.", "How long is the Kelm Bridge?"),
    ("The Kelm Bridge weighs 900 tonnes.", "How much does the Kelm Bridge weigh?"),
    ("Ostrevik lies 12 km north of Pell.", "How far is Ostrevik from Pell?"),
    ("Ostrevik is known for its bells.", "What is Ostrevik known for?"),
    ("The Kelm Bridge is made of oak.", "What is the Kelm Bridge made of?"),
    ("Ostrevik was abandoned because of the flood.", "Why was Ostrevik abandoned?"),
    ("The Kelm Bridge closed because the river rose.", "Why did the Kelm Bridge close?"),
    ("The Kelm Bridge is a wooden bridge.", "What is the Kelm Bridge?"),
    ("Agnes Rourke was a keeper and an engineer.", "Who was Agnes Rourke?"),
    ("The Norse Museum consists of two halls.", "What does the Norse Museum consist of?"),
    ("Ostrevik is the oldest town in Norway.", "What is the oldest town in Norway?"),
    ("They reached Ostrevik, Norway’s oldest town.", "What is Norway’s oldest town?"),
    ("Losing Ostrevik could open the way to Pell.", "What could open the way to Pell?"),
    ("It snowed after the Kelm Bridge opened in 1911.", "When did the Kelm Bridge open?"),
]


@pytest.mark.parametrize(("sentence", "question"), MADE)
def test_a_sentence_asks_the_question_that_it_answers(sentence: str, question: str) -> None:
    assert question in {
        made.question
        for made in questions_from_sentence(sentence, WORDING)
        if made.self_contained
    }


REFUSED = [
    "It opened in 1911.",
    "This bridge was opened in 1911 by Queen Maud.",
    "There are twelve arches.",
    "Its lens weighs two tonnes.",
    "Although the Kelm Bridge was built in 1911, nobody came.",
    "The bridge built in 1911 was destroyed by Tomas Bell in the war.",
    "The Kelm Bridge cost $12.",
    "Ingrid Solberg wrote the book that Norway read.",
    "In 1930, Tomas Bell built the ship which sank.",
    "They met Agnes Rourke, Norway’s oldest veteran.",
    "Reaching Ostrevik was a wonder in 1911.",
    "Running water was a wonder.",
    "When was the Kelm Bridge opened?",
    "",
    "The",
]


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_sentence_that_is_unclear_asks_nothing(sentence: str) -> None:
    assert [
        made for made in questions_from_sentence(sentence, WORDING) if made.self_contained
    ] == []


def test_what_is_not_named_is_not_told() -> None:
    (made,) = questions_from_sentence("The line opened in 1911.", WORDING)
    assert (made.question, made.self_contained) == ("When did the line open?", False)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Strategic Importance of Ostrevik", "What is the strategic importance of Ostrevik?"),
        ("Causes of the Ostrevik flood", "What are the causes of the Ostrevik flood?"),
        ("Construction of the Kelm Bridge", "How was the Kelm Bridge built?"),
        ("Why is Ostrevik famous?", "Why is Ostrevik famous?"),
        ("Purpose", "What is the purpose of the Kelm Bridge?"),
    ],
)
def test_a_heading_asks_what_it_promises(heading: str, question: str) -> None:
    wording = Wording(article("Kelm Bridge"))
    assert [made.question for made in questions_from_heading(heading, wording)] == [question]


@pytest.mark.parametrize("heading", ["History", "Overview", "The two cars", "A Turning Point"])
def test_a_heading_that_promises_nothing_asks_nothing(heading: str) -> None:
    assert list(questions_from_heading(heading, WORDING)) == []


HOSTILE = [
    "What is <img src=x onerror=X.push(1)> Ostrevik?",
    "Importance of [Ostrevik](javascript:X.push(1))",
    "Causes of `Ostrevik` $$x^2$$",
    "Effects of **Ostrevik**",
    "Types of {{Ostrevik}}",
]


@pytest.mark.parametrize("heading", HOSTILE)
def test_a_heading_with_markup_asks_nothing(heading: str) -> None:
    assert list(questions_from_heading(heading, WORDING)) == []


PIECES = st.sampled_from(
    (
        "The Kelm Bridge Ostrevik Ingrid Solberg it they a an the in on by of and or "
        "for was were is are has have had could 1911 twelve 40 km people arches because "
        "known largest oldest town 3 May , ; ( ) < > * ` $ [x](y) “ ” ' ’s — ? ! "
        + " ".join(chain(*FORMS.values()))
    ).split(" ")
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=80))
def test_whatever_is_asked_is_plain_words_of_the_sentence(sentence: str) -> None:
    own = {
        *HAVE_VERBS.values(),
        "does",
        "do",
        "did",
        "have",
        "is",
        "was",
        "has",
        "from",
        "population",
    }
    known = own | {*FORMS, *map(third_person, FORMS), *ACTIVE.values(), *CONTENTS.values()}
    known |= {
        "what",
        "who",
        "when",
        "where",
        "why",
        "how",
        "many",
        "much",
        "far",
        "long",
        "the",
    }
    said = set(re.findall(r"\w+", sentence.casefold()))
    for made in questions_from_sentence(sentence, WORDING):
        assert PLAIN_QUESTION.fullmatch(made.question)
        assert set(re.findall(r"\w+", made.question.casefold())) <= said | known | {"of"}
        assert set(re.findall(r"\w+", made.short.casefold())) <= said


@given(st.text(max_size=80))
def test_whatever_a_heading_asks_is_plain_words(heading: str) -> None:
    for made in questions_from_heading(heading, WORDING):
        assert PLAIN_QUESTION.fullmatch(made.question)


@pytest.mark.parametrize("piece", ["A of ", "after the ", "’s", "A’", "Aa, the largest ", "( "])
def test_a_sentence_without_end_asks_nothing_at_once(piece: str) -> None:
    assert list(questions_from_sentence(f"Ostrevik {piece * 9000}", WORDING)) == []
    assert list(questions_from_heading(f"Causes of {piece * 9000}", WORDING)) == []


@pytest.mark.parametrize(
    ("start", "within"),
    [
        ("The bridge", "the bridge"),
        ("Ostrevik", "Ostrevik"),
        ("Bees", "bees"),
        ("Swedish iron", "Swedish iron"),
        ("Filming", "filming"),
        ("DNA", "DNA"),
        ("Agenda 21", "Agenda 21"),
    ],
)
def test_names_keep_their_capitals(start: str, within: str) -> None:
    assert WORDING.lowercase_first(start) == within
