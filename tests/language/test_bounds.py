"""Bounds of numbers in a question, and the forms of adjectives that compare."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.bounds import bounds_in
from qa.language.dimensions import comparative, comparatives, superlative_pattern, superlatives

NUMBERS = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("question", "low", "high", "strict", "unit"),
    [
        ("Which weigh more than 10 kg?", 10, inf, True, "kg"),
        ("Which cost under €200?", -inf, 200, True, "euro"),
        ("Which cost at most 1,200 dollars?", -inf, 1200, False, "dollar"),
        ("Which have at least a dozen or 12 seats?", None, None, False, ""),
        ("Which have at least twelve seats?", 12, inf, False, ""),
        ("Which were built before 1990?", -inf, 1990, True, ""),
        ("Which are between 5 and 7 metres long?", 5, 7, False, "m"),
        ("Which are between 5 kg and 7 kg?", 5, 7, False, "kg"),
        ("Which were built from 1900 to 1990?", 1900, 1990, False, ""),
        ("Which were built from 1900 until 1990?", 1900, 1990, False, ""),
        ("Which were built between 1900–1990?", 1900, 1990, False, ""),
        ("Which were built since 1900?", 1900, inf, False, ""),
        ("Which weigh over 2,5 kg?", 2.5, inf, True, "kg"),
        ("Which weigh 5 kg or less?", -inf, 5, False, "kg"),
        ("Which weigh no more than 5 kg?", -inf, 5, False, "kg"),
        ("Which are not heavier than 5 kg?", -inf, 5, False, "kg"),
        ("Which are less expensive than 30 euros?", -inf, 30, True, "euro"),
        ("Which are colder than -5 degrees?", -inf, -5, True, "degree"),
        ("Which share is over 12.5%?", 12.5, inf, True, "percent"),
    ],
)
def test_a_bound_is_read(
    question: str, low: float | None, high: float | None, unit: str, *, strict: bool
) -> None:
    found = list(bounds_in(question))
    if low is None:
        assert found == []
        return
    (bound,) = found
    assert (bound.low, bound.high, bound.strict, bound.unit) == (low, high, strict, unit)


@pytest.mark.parametrize(
    "question",
    [
        "Which is the heaviest?",
        "More than that?",
        "Who spoke after the 3 others?",
        "Is it over?",
        "Which leave before 10:30?",
        "Which leave at 10:30 or later?",
        "Which were sent after 1.5.2020?",
    ],
)
def test_no_bound_is_read_where_none_is_set(question: str) -> None:
    assert list(bounds_in(question)) == []


@given(NUMBERS, NUMBERS)
def test_more_and_no_more_than_a_number_are_all_numbers(bound: int, number: int) -> None:
    (more,) = bounds_in(f"Which have more than {bound} seats?")
    (most,) = bounds_in(f"Which have at most {bound} seats?")
    assert more.holds(number) is not most.holds(number)
    assert (more.distance(number) == 0) or not more.holds(number)


@pytest.mark.parametrize(
    ("adjective", "two", "every"),
    [
        ("heavy", "heavier", "heaviest"),
        ("big", "bigger", "biggest"),
        ("large", "larger", "largest"),
        ("cheap", "cheaper", "cheapest"),
        ("few", "fewer", "fewest"),
        ("narrow", "narrower", "narrowest"),
        ("many", "more", "most"),
        ("hot", "hotter", "hottest"),
        ("new", "newer", "newest"),
    ],
)
def test_an_adjective_is_compared_as_in_english(adjective: str, two: str, every: str) -> None:
    assert comparatives(adjective) == [two]
    assert superlatives(adjective) == [every]
    assert comparative(two) is not None
    assert superlative_pattern().search(f"the {every} of them")
