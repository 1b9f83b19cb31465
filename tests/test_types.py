"""The nouns: whatever can be built is true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Answer, Citation, Outcome, Statement, Turn
from qa.types import Article, Excerpt, Hit, Passage, Section, Span

WEATHER = Article.of(
    "Weather",
    "It rains. It pours. Later it snows.",
    sections=(Section((), Span(0, 19)), Section(("Winter", "Snow"), Span(20, 35))),
)
RAINS, POURS, SNOWS = Span(0, 9), Span(10, 19), Span(20, 35)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, Span]:
    """A text and a span of it."""
    text = draw(st.text(min_size=1, max_size=200))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def sectioned(draw: st.DrawFn) -> Article:
    """An article with sections, and text between some of them."""
    text, sections = "", []
    for number in range(draw(st.integers(0, 6))):
        text += "." * draw(st.integers(0, 5))
        start = len(text)
        text += "x" * draw(st.integers(1, 9))
        sections.append(Section((f"Heading {number}",), Span(start, len(text))))
    return Article.of("Title", text + "." * draw(st.integers(1, 5)), sections=tuple(sections))


# Spans


@given(quoted())
def test_a_span_covers_as_many_characters_as_it_is_long(case: tuple[str, Span]) -> None:
    text, span = case
    assert len(span.of(text)) == len(span)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 1), (-3, -1)])
def test_a_span_is_never_empty_or_backward(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="Empty or backward"):
        Span(start, end)


def test_a_span_past_the_end_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"0\.\.4 runs past 3 characters"):
        Span(0, 4).of("abc")


spans = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 20), st.integers(1, 20))


@given(spans, spans)
def test_overlap_counts_the_shared_characters(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlap(other) == other.overlap(one) == len(shared)


@given(spans, spans)
def test_a_span_is_in_another_if_all_its_characters_are(one: Span, other: Span) -> None:
    inside = set(range(one.start, one.end)) <= set(range(other.start, other.end))
    assert (one in other) == inside


# Articles


def test_sections_that_overlap_cannot_be_built() -> None:
    sections = (Section((), Span(0, 5)), Section((), Span(4, 8)))
    with pytest.raises(ValueError, match=r"overlap or run past the text: 'a\.txt'"):
        Article.of("T", "0123456789", sections=sections, source="a.txt")


def test_sections_out_of_order_cannot_be_built() -> None:
    sections = (Section((), Span(5, 8)), Section((), Span(0, 4)))
    with pytest.raises(ValueError, match="overlap"):
        Article.of("T", "0123456789", sections=sections)


def test_a_section_past_the_end_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="run past the text"):
        Article.of("T", "0123", sections=(Section((), Span(0, 5)),))


@given(st.text(), st.text())
def test_the_id_of_an_article_follows_from_its_content(title: str, text: str) -> None:
    try:
        (title + text).encode()
    except UnicodeEncodeError:
        return
    one, again = Article.of(title, text), Article.of(title, text, source="elsewhere.txt")
    assert (one.id, one.sha256) == (again.id, again.sha256)
    assert one.sha256.startswith(one.id)
    assert one.id != Article.of(title, text + "!").id


def test_the_hash_of_an_article_is_that_of_its_file() -> None:
    article = Article.of("T", "abc", raw=b"abc")
    assert article.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_an_article_without_sections_given_is_one_section() -> None:
    assert Article.of("T", "abc").sections == (Section((), Span(0, 3)),)
    assert Article.of("T", " \n").sections == ()


@given(sectioned(), st.data())
def test_a_span_stands_in_the_first_section_that_does_not_end_before_it(
    article: Article, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(article.text) - 1))
    left: Sequence[Section] = [s for s in article.sections if s.span.end > start]
    assert article.path_at(Span(start, start + 1)) == (left[0].path if left else ())


@given(sectioned())
def test_a_section_stands_under_its_own_headings(article: Article) -> None:
    for section in article.sections:
        assert article.path_at(section.span) == section.path


# Quotations


@given(quoted())
def test_a_quotation_is_always_in_the_article(case: tuple[str, Span]) -> None:
    text, span = case
    article = Article("x", "X", text, (), "", "")
    expected = text[span.start : span.end]
    assert Citation(article, span, number=1).quote == expected
    assert Passage(0, article, span).text == expected


@pytest.mark.parametrize("make", [Excerpt, partial(Citation, number=1), partial(Passage, 1)])
def test_a_quotation_past_the_end_cannot_be_built(make: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="runs past 35 characters"):
        make(WEATHER, Span(30, 36))


@pytest.mark.parametrize(
    "made", [Citation(WEATHER, RAINS, number=1), Passage(1, WEATHER, RAINS)]
)
@pytest.mark.parametrize("name", ["quote", "text", "span", "article", "title"])
def test_a_quotation_cannot_be_given_a_text(made: Citation | Passage, name: str) -> None:
    assert not {"quote", "text", "title"} & {f.name for f in fields(made)}
    with pytest.raises((AttributeError, TypeError)):
        setattr(made, name, "It never rains.")


def test_a_quotation_says_where_it_stands() -> None:
    citation, passage = Citation(WEATHER, SNOWS, number=1), Passage(1, WEATHER, SNOWS)
    assert citation.path == passage.path == ("Winter", "Snow")
    assert citation.trail == passage.trail == "Weather › Winter › Snow"
    assert Citation(WEATHER, RAINS, number=1).trail == citation.title == "Weather"


# Answers


def answer(*statements: Statement, spans: Sequence[Span] = ()) -> Answer:
    citations = tuple(Citation(WEATHER, span, number=n) for n, span in enumerate(spans, 1))
    return Answer("Q?", "Q?", statements, citations)


def test_a_statement_that_cites_nothing_cannot_be_answered_with() -> None:
    with pytest.raises(ValueError, match="Unsupported statement: 'Cheese'"):
        answer(Statement("Cheese", ()))


def test_a_statement_must_be_one_of_the_quotations_it_cites() -> None:
    with pytest.raises(ValueError, match=r"Unsupported statement: 'It rained\.'"):
        answer(Statement("It rained.", (1,)), spans=[RAINS])


@given(quoted(), st.text())
def test_no_answer_says_what_no_article_says(case: tuple[str, Span], said: str) -> None:
    text, span = case
    citation = Citation(Article("x", "X", text, (), "", ""), span, number=1)
    try:
        built = Answer("Q?", "Q?", (Statement(said, (1,)),), (citation,))
    except ValueError:
        assert said != citation.quote
    else:
        assert said in text
        assert built.outcome is Outcome.ANSWERED


def test_a_statement_cannot_cite_what_the_answer_does_not_list() -> None:
    with pytest.raises(ValueError, match="cite other numbers"):
        answer(Statement("It rains.", (1, 2)), spans=[RAINS])


def test_an_answer_cannot_list_what_no_statement_cites() -> None:
    with pytest.raises(ValueError, match="cite other numbers"):
        answer(Statement("It rains.", (1,)), spans=[RAINS, POURS])


def test_two_citations_cannot_share_a_number() -> None:
    same = Citation(WEATHER, RAINS, number=1)
    with pytest.raises(ValueError, match="share a number"):
        Answer("Q?", "Q?", (Statement("It rains.", (1,)),), (same, same))


def test_an_abstention_says_why() -> None:
    with pytest.raises(ValueError, match="the reason why it has none"):
        Answer("Q?", "Q?")


def test_an_answer_gives_no_reason_for_abstention() -> None:
    citation = Citation(WEATHER, RAINS, number=1)
    with pytest.raises(ValueError, match="the reason why it has none"):
        Answer("Q?", "Q?", (Statement("It rains.", (1,)),), (citation,), reason="No.")


def hits(*spans: Span) -> tuple[Hit, ...]:
    return tuple(Hit(Passage(n, WEATHER, span), 1 / (n + 1)) for n, span in enumerate(spans))


ANSWER = Answer(
    "And then?",
    "And then? (rain)",
    (Statement("It rains.", (1, 2)), Statement("Later it snows.", (3,))),
    (
        Citation(WEATHER, RAINS, number=1),
        Citation(WEATHER, POURS, number=2),
        Citation(WEATHER, SNOWS, Span(29, 34), number=3),
    ),
    hits(RAINS, SNOWS, POURS),
    confidence=0.912345,
)
QUARREL = Answer(
    "What falls?",
    "What falls?",
    (Statement("It rains.", (1, 2)), Statement("Later it snows.", (3,))),
    (
        Citation(WEATHER, RAINS, Span(3, 8), number=1),
        Citation(WEATHER, RAINS, Span(3, 8), number=2),
        Citation(WEATHER, SNOWS, Span(29, 34), number=3),
    ),
    rivals=(1, 2, 3),
)
SILENCE = Answer(
    "Who?", "Who?", hits=hits(SNOWS, RAINS), confidence=0.1, reason="The articles don't say."
)


def test_an_answer_reads_with_its_marks_and_its_sources() -> None:
    assert str(ANSWER) == (
        "Understood as: And then? (rain)\n"
        "snows\n"
        "It rains. [1] [2] Later it snows. [3]\n"
        "\n"
        "[1] Weather (0–9): “It rains.”\n"
        "[2] Weather (10–19): “It pours.”\n"
        "[3] Weather › Winter › Snow (20–35): “Later it snows.”"
    )


def test_an_answer_whose_sources_disagree_says_so_first() -> None:
    assert QUARREL.sides == {"rains": (1, 2), "snows": (3,)}
    assert str(QUARREL).splitlines()[:2] == [
        "The articles disagree: rains [1] [2] or snows [3].",
        "It rains. [1] [2] Later it snows. [3]",
    ]


def test_an_answer_without_a_short_one_begins_with_its_sentences() -> None:
    plain = answer(Statement("It rains.", (1,)), spans=[RAINS])
    assert (plain.short_answer, plain.sides) == ("", {})
    assert str(plain).startswith("It rains. [1]\n")


@pytest.mark.parametrize(
    "rivals", [(1,), (1, 2), (3, 4), (1, 1)], ids=["alone", "agreed", "not listed", "twice"]
)
def test_rivals_are_citations_that_say_different_things(rivals: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="different short answers"):
        replace(QUARREL, rivals=rivals)


def test_a_rival_has_a_short_answer() -> None:
    with pytest.raises(ValueError, match="different short answers"):
        replace(ANSWER, rivals=(1, 3))


@given(spans, spans)
def test_a_short_answer_lies_in_its_quotation(quote: Span, short: Span) -> None:
    article = Article.of("T", "x" * 50)
    if short in quote:
        assert Citation(article, quote, short, number=1).short_answer == short.of(article.text)
    else:
        with pytest.raises(ValueError, match="outside the excerpt"):
            Citation(article, quote, short, number=1)


def test_unknown_words_are_the_reason_of_an_abstention() -> None:
    assert replace(SILENCE, unknown=("zebra",)).as_dict()["unknown"] == ["zebra"]
    with pytest.raises(ValueError, match="unknown words are a reason"):
        replace(ANSWER, unknown=("zebra",))


def test_only_an_answer_says_yes_or_no() -> None:
    assert replace(ANSWER, yes_no="no").as_dict()["yes_no"] == "no"
    for answer, said in ((SILENCE, "no"), (ANSWER, "so")):
        with pytest.raises(ValueError, match="yes or no"):
            replace(answer, yes_no=said)


def test_an_abstention_reads_as_its_reason_and_the_nearest_sections() -> None:
    assert str(SILENCE) == (
        "The articles don't say.\nNearest: Weather › Winter › Snow\nNearest: Weather"
    )
    assert str(Answer("Q?", "Q?", reason="No.")) == "No."


def test_an_answer_is_json_in_one_shape() -> None:
    weather = {"article": WEATHER.id, "title": "Weather"}
    cited = {**weather, "date": "", "author": "", "url": "", "link": "", "pages": []}
    none = {"short_answer": "", "short_start": None, "short_end": None}
    assert ANSWER.as_dict() == {
        "question": "And then?",
        "asked": "And then? (rain)",
        "intent": "question",
        "substitutions": [],
        "parts": [],
        "comparison": "",
        "note": "",
        "choices": [],
        "corrections": [],
        "outcome": "answered",
        "confidence": 0.9123,
        "reason": "",
        "unknown": [],
        "short_answer": "snows",
        "yes_no": "",
        "rivals": [],
        "statements": [
            {"text": "It rains.", "cites": [1, 2], "is_item": False},
            {"text": "Later it snows.", "cites": [3], "is_item": False},
        ],
        "citations": [
            {
                "number": 1,
                **cited,
                "path": [],
                "quote": "It rains.",
                "start": 0,
                "end": 9,
                **none,
            },
            {
                "number": 2,
                **cited,
                "path": [],
                "quote": "It pours.",
                "start": 10,
                "end": 19,
                **none,
            },
            {
                "number": 3,
                **cited,
                "path": ["Winter", "Snow"],
                "quote": "Later it snows.",
                "start": 20,
                "end": 35,
                "short_answer": "snows",
                "short_start": 29,
                "short_end": 34,
            },
        ],
        "nearest": [{**weather, "path": []}, {**weather, "path": ["Winter", "Snow"]}],
        "unread": [],
    }


def test_rivals_are_in_the_json_by_their_numbers() -> None:
    assert QUARREL.as_dict()["rivals"] == [1, 2, 3]


def test_an_abstention_is_json_in_the_same_shape() -> None:
    assert SILENCE.as_dict() == {
        "question": "Who?",
        "asked": "Who?",
        "intent": "question",
        "substitutions": [],
        "parts": [],
        "comparison": "",
        "note": "",
        "choices": [],
        "corrections": [],
        "outcome": "abstained",
        "confidence": 0.1,
        "reason": "The articles don't say.",
        "unknown": [],
        "short_answer": "",
        "yes_no": "",
        "rivals": [],
        "statements": [],
        "citations": [],
        "nearest": [
            {"article": WEATHER.id, "title": "Weather", "path": ["Winter", "Snow"]},
            {"article": WEATHER.id, "title": "Weather", "path": []},
        ],
        "unread": [],
    }


def test_the_nearest_are_the_best_passages_of_three_sections() -> None:
    text = "0123456789"
    parts = tuple(Section((str(n),), Span(2 * n, 2 * n + 2)) for n in range(5))
    article = Article.of("T", text, sections=parts)
    found = [Passage(n, article, Span(n, n + 1)) for n in (5, 4, 9, 0, 2)]
    silent = Answer("?", "?", hits=tuple(Hit(p, 1.0) for p in found), reason="No.")
    assert [p.id for p in silent.nearest] == [5, 9, 0]


def test_an_answer_never_changes() -> None:
    for made in (ANSWER, Turn("Q?", ANSWER), WEATHER, RAINS, ANSWER.hits[0]):
        name = fields(made)[0].name
        with pytest.raises(AttributeError):
            setattr(made, name, None)
