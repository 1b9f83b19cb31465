"""Sentences that say the same, lean on others, or announce a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Article, Span
from qa.quoting.quotes import Quote

FLOOD = "The great flood of the river Alder killed thirty people in the old town that winter."


def quote(text: str, short: str = "") -> Quote:
    start = text.find(short)
    span = Span(start, start + len(short)) if short else None
    return Quote(Article.of("T", text), Span(0, len(text)), span)


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("thirty", "forty"),
        ("killed", "never killed"),
        ("killed", "nearly killed"),
        ("Alder", "Marsh"),
        ("old", "new"),
        ("winter", "summer"),
        ("that winter", "before that winter"),
        ("thirty", "30"),
    ],
)
def test_sentences_that_differ_in_what_matters_do_not_say_the_same(
    there: str, instead: str
) -> None:
    one, other = quote(FLOOD), quote(FLOOD.replace(there, instead))
    assert not one.says_same_as(other)
    assert not other.says_same_as(one)


@pytest.mark.parametrize(
    "again",
    [
        FLOOD,
        FLOOD.upper(),
        "That winter the great flood of the river Alder killed thirty people in the old town.",
        FLOOD.replace("town", "harbour town"),
    ],
)
def test_sentences_with_the_same_words_say_the_same(again: str) -> None:
    assert quote(FLOOD).says_same_as(quote(again))
    assert quote(again).says_same_as(quote(FLOOD))


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_to_say_the_same_is_mutual(one: str, other: str) -> None:
    assert quote(one).says_same_as(quote(other)) == quote(other).says_same_as(quote(one))
    assert quote(one).says_same_as(quote(one))


def test_what_stands_around_the_short_answer_is_all_the_rest() -> None:
    assert quote("The tram opened in 1912.", "1912").context == "The tram opened in ."
    assert quote("The tram opened in 1912.").context == "The tram opened in 1912."


def test_a_quotation_takes_a_short_answer_only_if_it_has_the_words() -> None:
    tram = quote("The tram opened in 1912.", "The tram")
    assert tram.with_short_answer("1912").short == Span(19, 23)
    assert tram.with_short_answer("1951").short is None
    assert tram.with_short_answer("").short is None
    assert tram.with_short_answer("The tram") == tram
