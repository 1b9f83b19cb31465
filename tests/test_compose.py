"""From evidence to an answer: what is said, in which order, and what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa import Article, Hit, Outcome, Passage, Section, Settings, Span
from qa.compose import compose
from qa.readers import Evidence
from qa.text import sentences

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
SETTINGS = Settings(threshold=0.5, statements=3)


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
        assert str(answer).startswith(first)


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


def test_much_less_likely_sentences_are_left_out() -> None:
    assert said(weigh(line=[0.9, 0.6])) == "The tram opened in 1912. [1]"


def test_too_little_evidence_is_silence_with_the_nearest_sections() -> None:
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


def test_silence_names_the_words_that_no_article_has() -> None:
    assert said([], ("mayor", "budget")) == (
        "The articles don't say: they never mention “mayor” or “budget”."
    )


def test_nothing_found_is_silence_too() -> None:
    answer = compose("?", "?", hits=(), evidence=(), unknown=(), settings=SETTINGS)
    assert answer.reason == "The articles don't say: nothing in them is about this."
    assert answer.nearest == ()


SCORE = st.floats(0, 1)


@given(
    line=st.lists(SCORE, min_size=2, max_size=2),
    fire=st.lists(SCORE, min_size=3, max_size=3),
    guide=st.lists(SCORE, min_size=2, max_size=2),
)
def test_every_statement_is_word_for_word_in_the_section_it_cites(
    line: list[float], fire: list[float], guide: list[float]
) -> None:
    evidence = weigh(line=line, fire=fire, guide=guide)
    answer = compose("?", "?", hits=HITS, evidence=evidence, unknown=(), settings=SETTINGS)
    quotes = {citation.number: citation for citation in answer.citations}
    assert list(quotes) == list(range(1, len(quotes) + 1))
    for statement in answer.statements:
        assert quotes[statement.cites[0]].quote == statement.text
    best = max(line + fire + guide)
    assert (answer.outcome is Outcome.ANSWERED) == (best >= SETTINGS.threshold)
    assert answer.confidence == best


@given(line=st.lists(SCORE, min_size=2, max_size=2))
def test_the_best_sentence_is_always_said(line: list[float]) -> None:
    evidence = weigh(line=line)
    answer = compose("?", "?", hits=HITS, evidence=evidence, unknown=(), settings=SETTINGS)
    if answer.statements:
        assert evidence[0].span in {citation.span for citation in answer.citations}
