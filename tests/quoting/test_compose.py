"""From evidence to an answer: what is said, in which order, and what is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Answer, Article, Hit, Outcome, Passage, Section, Settings, Span
from qa.language.sentences import sentences
from qa.quoting.abstention import alternatives
from qa.quoting.compose import compose
from qa.quoting.quotes import Quote
from qa.readers import Evidence, YesNo

TRAM = Article.of(
    "The Harbour Tram",
    "The tram opened in 1912. It runs for nine kilometres along the quay.\n\n"
    "The depot burnt down in 1951. This fire destroyed forty cars. Nobody was hurt.",
    sections=(Section(("The line",), Span(0, 68)), Section(("The fire",), Span(70, 148))),
)
GUIDE = Article.of("A Guide", "In 1912 the tram opened. The museum opens at ten.")
PASSAGES = {
    "line": Passage(0, TRAM, Span(0, 68)),
    "fire": Passage(1, TRAM, Span(70, 148)),
    "guide": Passage(2, GUIDE, Span(0, 49)),
}
HITS = tuple(Hit(passage, 0.5) for passage in PASSAGES.values())
SETTINGS = Settings(stance="0.5", statements=3)


def weigh(**scores: list[float]) -> list[Evidence]:
    """Give each sentence of a passage its score; best first."""
    found = [
        Evidence(PASSAGES[name], span, score)
        for name, given in scores.items()
        for span, score in zip(
            sentences(PASSAGES[name].article.text, PASSAGES[name].span), given, strict=True
        )
    ]
    return sorted(found, key=lambda evidence: -evidence.score)


def said(evidence: list[Evidence], unknown: tuple[str, ...] = ()) -> str:
    answer = compose("?", "?", hits=HITS, evidence=evidence, unknown=unknown, settings=SETTINGS)
    return str(answer).partition("\n")[0]


def test_the_one_sentence_that_answers_is_the_answer() -> None:
    assert said(weigh(line=[0.9, 0.1])) == "The tram opened in 1912. [1]"


def test_sentences_of_one_section_come_in_reading_order() -> None:
    assert said(weigh(fire=[0.8, 0.1, 0.9])) == (
        "The depot burnt down in 1951. [1] Nobody was hurt. [2]"
    )


def test_the_section_of_the_best_sentence_comes_first() -> None:
    assert said(weigh(line=[0.8, 0.1], fire=[0.1, 0.1, 0.9])) == (
        "Nobody was hurt. [1] The tram opened in 1912. [2]"
    )


def test_a_sentence_that_leans_brings_the_one_before_it() -> None:
    assert said(weigh(fire=[0.1, 0.9, 0.1])) == (
        "The depot burnt down in 1951. [1] This fire destroyed forty cars. [2]"
    )


def test_a_pronoun_that_the_question_explains_leans_on_nothing() -> None:
    evidence = weigh(line=[0.1, 0.9])
    for asked, first in (("How far?", "The tram opened"), ("Which quay?", "It runs")):
        answer = compose(
            "?", asked, hits=HITS, evidence=evidence, unknown=(), settings=SETTINGS
        )
        assert answer.text.startswith(first)


def test_what_is_leaned_on_is_said_once() -> None:
    assert said(weigh(fire=[0.8, 0.9, 0.1])) == (
        "The depot burnt down in 1951. [1] This fire destroyed forty cars. [2]"
    )


def test_sentences_that_say_the_same_are_one_with_two_citations() -> None:
    assert said(weigh(line=[0.9, 0.1], guide=[0.8, 0.1])) == "The tram opened in 1912. [1] [2]"


def test_sentences_that_differ_in_a_number_or_a_denial_are_not_the_same() -> None:
    said_ = "The great flood of the river killed {} people in the old town that winter."
    texts = [
        said_.format(30),
        said_.format(41),
        said_.format(30).replace("killed", "never killed"),
    ]
    found = []
    for number, text in enumerate(texts):
        article = Article.of(f"Paper {number}", text)
        span = Span(0, len(text))
        found.append(Evidence(Passage(number, article, span), span, 0.9))
    answer = compose("?", "?", hits=HITS, evidence=found, unknown=(), settings=SETTINGS)
    assert [statement.cites for statement in answer.statements] == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    ("asked", "score", "sentences"),
    [
        ("When did it open?", 0.83, 2),
        ("When did it open?", 0.81, 1),
        ("Why was it opened?", 0.69, 2),
        ("Why was it opened?", 0.67, 1),
    ],
)
def test_a_section_says_more_where_a_reason_is_asked_for(
    asked: str, score: float, sentences: int
) -> None:
    evidence = weigh(line=[1.0, score])
    answer = compose(
        asked, asked, hits=HITS, evidence=evidence, unknown=(), settings=Settings(stance="0.3")
    )
    assert len(answer.statements) == sentences


@pytest.mark.parametrize(("score", "sentences"), [(0.86, 2), (0.84, 1)])
def test_another_section_must_come_nearer(score: float, sentences: int) -> None:
    evidence = weigh(line=[1.0, 0.1], fire=[score, 0.1, 0.1])
    answer = compose("?", "?", hits=HITS, evidence=evidence, unknown=(), settings=SETTINGS)
    assert len(answer.statements) == sentences


def test_what_leans_on_a_leaning_sentence_brings_both() -> None:
    text = "The mayor closed the depot. This angered the drivers. That led to a strike."
    article = Article.of("Strike", text)
    passage = Passage(0, article, Span(0, len(text)))
    spans = sentences(text)
    found = [Evidence(passage, s, 0.9 if n == 2 else 0.1) for n, s in enumerate(spans)]
    answer = compose("?", "?", hits=HITS, evidence=found, unknown=(), settings=SETTINGS)
    assert [statement.text for statement in answer.statements] == [
        "The mayor closed the depot.",
        "This angered the drivers.",
        "That led to a strike.",
    ]


def test_a_sentence_that_announces_a_list_brings_its_items() -> None:
    text = "The strike had two causes:\n\n- low pay\n- long hours\n\nIt lasted nine days."
    article = Article.of("Strike", text)
    passage = Passage(0, article, Span(0, len(text)))
    found = [Evidence(passage, Span(0, 26), 0.9)]
    answer = compose("?", "Why?", hits=HITS, evidence=found, unknown=(), settings=SETTINGS)
    assert [statement.text for statement in answer.statements] == [
        "The strike had two causes:",
        "- low pay",
        "- long hours",
    ]


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5), st.integers(1, 5))
def test_the_items_of_a_list_come_in_its_order(scores: list[float], limit: int) -> None:
    steps = "1. Sign the book.\n\n2. Pay the fee.\n\n3. Take a key."
    text = f"To join, do this:\n\n{steps}\n\nThat is all."
    article = Article.of("Joining", text)
    spans = sentences(text, Span(0, len(text)))
    passage, short = Passage(0, article, Span(0, len(text))), Span(9, 16)
    weighed = [
        Evidence(passage, span, score, short if short in span else None)
        for span, score in zip(spans, scores, strict=True)
    ]
    settings = SETTINGS.with_({"statements": limit})
    answer = compose("?", "How?", hits=HITS, evidence=weighed, unknown=(), settings=settings)
    said = [citation.span for citation in answer.citations]
    assert said == sorted(said)
    assert not answer.short_answer


def told(asked: str, short: str, text: str = "The tram opened in 1912.") -> str:
    """Return the short answer shown, where the reader found this one."""
    article = Article.of("Tram", text)
    span, start = Span(0, len(text)), text.index(short)
    found = Evidence(Passage(0, article, span), span, 0.9, Span(start, start + len(short)))
    answer = compose("?", asked, hits=HITS, evidence=[found], unknown=(), settings=SETTINGS)
    return answer.short_answer


@pytest.mark.parametrize(
    ("asked", "short", "shown"),
    [
        ("When did the tram open?", "1912", "1912"),
        ("Did the tram open in 1912?", "1912", ""),
        ("Why did the tram open?", "1912", ""),
        ("What is HTS?", "1912", ""),
        ("Which tram opened in 1912?", "The tram", ""),
        ("Did it open in 1912 or 1951?", "1912", ""),
        ("What opened, 1912 or 1951?", "1912", "1912"),
    ],
)
def test_a_short_answer_is_shown_where_it_tells_something(
    asked: str, short: str, shown: str
) -> None:
    assert told(asked, short) == shown


def test_a_short_answer_that_points_or_is_long_is_not_shown() -> None:
    text = "This fire destroyed forty cars that stood in the old depot at Saltgate."
    assert told("What made them stop?", "This fire", text) == ""
    assert told("What burnt?", "forty cars that stood in the old depot at Saltgate", text) == ""
    assert told("What burnt?", "forty cars", text) == "forty cars"


@pytest.mark.parametrize(("score", "shown"), [(0.26, "1912"), (0.24, "")])
def test_an_unlikely_sentence_shows_no_short_answer(score: float, shown: str) -> None:
    found = [Evidence(PASSAGES["line"], Span(0, 24), score, Span(19, 23))]
    answer = compose(
        "?", "When?", hits=HITS, evidence=found, unknown=(), settings=Settings(stance="0.2")
    )
    assert (answer.statements != (), answer.short_answer) == (True, shown)


def test_sentences_that_say_the_same_show_the_same_short_answer() -> None:
    line = Evidence(PASSAGES["line"], Span(0, 24), 0.9, Span(19, 23))
    guide = Evidence(PASSAGES["guide"], Span(0, 24), 0.8, Span(8, 16))
    answer = compose(
        "?", "When?", hits=HITS, evidence=[line, guide], unknown=(), settings=SETTINGS
    )
    assert [c.short_answer for c in answer.citations] == ["1912", "1912"]
    assert answer.rivals == ()


def test_too_little_evidence_is_abstention_with_the_nearest_sections() -> None:
    answer = compose(
        "?", "?", hits=HITS, evidence=weigh(line=[0.4, 0.1]), unknown=(), settings=SETTINGS
    )
    assert answer.outcome is Outcome.ABSTAINED
    assert answer.citations == ()
    assert answer.reason == (
        "The articles don't say: they come near this, but no sentence answers it."
    )
    assert [passage.trail for passage in answer.nearest] == [
        "The Harbour Tram › The line",
        "The Harbour Tram › The fire",
        "A Guide",
    ]


def test_abstention_names_the_words_that_no_article_has() -> None:
    assert said([], ("mayor", "budget")) == (
        "The articles don't say: they never mention “mayor” or “budget”."
    )


@pytest.mark.parametrize(
    ("things", "said"), [("a", "a"), ("ab", "a or b"), ("abc", "a, b or c")]
)
def test_alternatives_are_said_as_a_person_says_them(things: str, said: str) -> None:
    assert alternatives(things) == said


def test_nothing_found_is_abstention_too() -> None:
    answer = compose("?", "?", hits=(), evidence=(), unknown=(), settings=SETTINGS)
    assert answer.reason == "The articles don't say: nothing in them is about this."
    assert answer.nearest == ()


SCORE = st.sampled_from([0.0, 0.3, 0.5, 0.6, 0.7, 0.9, 0.9, 1.0]) | st.floats(0, 1)


@st.composite
def weighed(draw: st.DrawFn) -> list[Evidence]:
    """Every sentence with a score, and some with any of its words for a short answer."""
    found = []
    for passage in PASSAGES.values():
        text = passage.article.text
        for span in sentences(text, passage.span):
            words = [
                Span(*word.span())
                for word in re.finditer(r"\w+", text)
                if word.start() >= span.start and word.end() <= span.end
            ]
            short = draw(st.none() | st.sampled_from(words))
            found.append(Evidence(passage, span, draw(SCORE), short))
    return found


ASKED = st.sampled_from(["When did the tram open?", "Why?", "tram 1912", "Is it so?", "?"])


def answered(asked: str, evidence: Sequence[Evidence]) -> Answer:
    return compose("?", asked, hits=HITS, evidence=evidence, unknown=(), settings=SETTINGS)


@given(ASKED, weighed())
def test_every_statement_is_word_for_word_in_the_section_it_cites(
    asked: str, evidence: list[Evidence]
) -> None:
    answer = answered(asked, evidence)
    quotes = {citation.number: citation for citation in answer.citations}
    assert list(quotes) == list(range(1, len(quotes) + 1))
    for statement in answer.statements:
        assert quotes[statement.cites[0]].quote == statement.text


@given(ASKED, weighed())
def test_an_answer_is_as_sure_as_its_best_sentence(
    asked: str, evidence: list[Evidence]
) -> None:
    answer = answered(asked, evidence)
    best = max(found.score for found in evidence)
    assert answer.confidence == best
    assert (answer.outcome is Outcome.ANSWERED) == (best >= SETTINGS.threshold)


@given(ASKED, weighed(), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(
    asked: str, evidence: list[Evidence], chance: Random
) -> None:
    shuffled = chance.sample(evidence, len(evidence))
    assert answered(asked, shuffled) == answered(asked, evidence)


@given(ASKED, weighed())
def test_nothing_below_the_threshold_is_said_but_what_others_lean_on(
    asked: str, evidence: list[Evidence]
) -> None:
    answer = answered(asked, evidence)
    weak = {(e.passage.article.id, e.span) for e in evidence if e.score < SETTINGS.threshold}
    for before, after in pairwise([*answer.citations, None]):
        if before and (before.article.id, before.span) in weak:
            assert after is not None
            assert Quote(after.article, after.span).needs_context(asked)


@given(ASKED, weighed())
def test_the_best_sentence_is_always_said(asked: str, evidence: list[Evidence]) -> None:
    answer = answered(asked, evidence)
    said = {(c.article.id, c.span) for c in answer.citations}
    best = max(found.score for found in evidence)
    if answer.statements:
        assert any((e.passage.article.id, e.span) in said for e in evidence if e.score == best)


@given(ASKED, weighed())
def test_short_answers_are_one_or_they_are_rivals(asked: str, evidence: list[Evidence]) -> None:
    answer = answered(asked, evidence)
    short = {c.number: c.short_answer for c in answer.citations if c.short}
    assert set(answer.rivals) == (set(short) if len({*short.values()}) > 1 else set())


@pytest.mark.parametrize(
    ("asked", "said", "yes_no"),
    [
        ("Did the tram open in 1912?", YesNo(yes=0.95, no=0.01), "yes"),
        ("Did the tram open in 1912?", YesNo(yes=0.01, no=0.95), "no"),
        ("Did the tram open in 1912?", YesNo(yes=0.85, no=0.01), ""),
        ("When did the tram open?", YesNo(yes=0.95, no=0.01), ""),
        ("Did the tram open in 1912?", None, ""),
    ],
)
def test_yes_or_no_is_said_where_it_is_asked_for_and_sure(
    asked: str, said: YesNo | None, yes_no: str
) -> None:
    best, *others = weigh(line=[0.9, 0.1])
    evidence = [replace(best, yes_no=said), *others]
    answer = compose(asked, asked, hits=HITS, evidence=evidence, unknown=(), settings=SETTINGS)
    assert answer.yes_no == yes_no
    heading = str(answer).splitlines()[0]
    assert (heading == f"{yes_no.capitalize()}.") == bool(yes_no)


def test_a_question_is_never_quoted_as_an_answer() -> None:
    article = Article.of("Pool", "May I bring my dog? Dogs stay outside.")
    passage = Passage(0, article, Span(0, len(article.text)))
    asks, answers = sentences(article.text)
    evidence = [Evidence(passage, asks, 0.95), Evidence(passage, answers, 0.7)]
    answer = compose(
        "Dogs?",
        "Dogs?",
        hits=(Hit(passage, 0.5),),
        evidence=evidence,
        unknown=(),
        settings=SETTINGS,
    )
    assert [citation.quote for citation in answer.citations] == ["Dogs stay outside."]
    assert answer.confidence == 0.7


def test_a_sentence_brings_nothing_from_another_paragraph() -> None:
    article = Article.of("Pool", "• Towels: 2 euros\n\nThis is why we ask for cash.")
    passage = Passage(0, article, Span(0, len(article.text)))
    item, reason = sentences(article.text)
    evidence = [Evidence(passage, reason, 0.9), Evidence(passage, item, 0.1)]
    answer = compose(
        "Cash?",
        "Cash?",
        hits=(Hit(passage, 0.5),),
        evidence=evidence,
        unknown=(),
        settings=SETTINGS,
    )
    assert [citation.quote for citation in answer.citations] == ["This is why we ask for cash."]


@pytest.mark.parametrize("short", ["310 metres", "24 metres"])
@pytest.mark.parametrize(
    ("how", "told"), [("long", "310 metres"), ("high", "24 metres"), ("wide", "")]
)
def test_of_two_amounts_the_short_answer_is_the_one_that_was_asked_for(
    how: str, told: str, short: str
) -> None:
    bridge = Article.of("Bridge", "The bridge is 310 metres long and 24 metres high.")
    whole, at = Span(0, len(bridge.text)), bridge.text.index(short)
    passage = Passage(0, bridge, whole)
    evidence = Evidence(passage, whole, 0.9, Span(at, at + len(short)))
    asked = f"How {how} is the bridge?"
    answer = compose(
        asked,
        asked,
        hits=[Hit(passage, 0.5)],
        evidence=[evidence],
        unknown=(),
        settings=SETTINGS,
    )
    assert answer.short_answer == (told or short)
