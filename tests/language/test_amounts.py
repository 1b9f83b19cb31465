"""Numbers in words and digits, with what stands around them."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.amounts import Amount, amounts


def stated(text: str) -> list[Amount]:
    return list(amounts(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("30", 30, 30, ""),
        ("thirty people", 30, 30, "person"),
        ("forty-one were killed", 41, 41, ""),
        ("41 killed", 41, 41, "person"),
        ("two hundred and five cars", 205, 205, "car"),
        ("a dozen hours", 12, 12, "hour"),
        ("3.5 kilometres", 3.5, 3.5, "km"),
        ("40-km", 40, 40, "km"),
        ("a quarter of an hour", 0.25, 0.25, "hour"),
        ("half a mile", 0.5, 0.5, "mile"),
        ("half a million people", 500_000, 1_500_000, "person"),
        ("5 an hour", 5, 5, ""),
        ("62 %", 62, 62, "percent"),
        ("$3.5 million", 3_450_000, 3_550_000, "dollar"),
        ("2 million", 1_500_000, 2_500_000, ""),
        ("12,000 inhabitants", 11_500, 12_500, "person"),
        ("12,345 inhabitants", 12_345, 12_345, "person"),
        ("at least 30", 30, inf, ""),
        ("no fewer than 30", 30, inf, ""),
        ("no more than 30", 0, 30, ""),
        ("up to 30", 0, 30, ""),
        ("nearly 30", 0, 30, ""),
        ("about 30 tons", 27, 33, "tonne"),
        ("30 to 40 days", 30, 40, "day"),
        ("30–40 days", 30, 40, "day"),
        ("between thirty and 40 days", 30, 40, "day"),
    ],
)
def test_a_number_is_read_with_its_bounds_and_unit(
    text: str, low: float, high: float, unit: str
) -> None:
    assert stated(text) == [Amount(low, high, unit)]


@pytest.mark.parametrize("text", ["", "hundreds of people", "nobody", "the tramway", "often"])
def test_words_that_name_no_number_state_none(text: str) -> None:
    assert stated(text) == []


def test_only_numbers_between_the_two_places_count() -> None:
    text = "In 1951 at least 30 people died in 2 days."
    assert list(amounts(text, 17, 19)) == [Amount(30, inf, "person")]


@given(st.integers(0, 10**6))
def test_a_number_in_digits_is_within_what_it_states(number: int) -> None:
    for said in (str(number), f"{number:,}"):
        (amount,) = stated(said)
        assert amount.low <= number <= amount.high


AMOUNTS = st.builds(
    lambda low, more, unit: Amount(low, low + more, unit),
    st.integers(0, 50),
    st.integers(0, 20),
    st.sampled_from(["", "person", "km", "day"]),
)


@given(AMOUNTS, AMOUNTS)
def test_to_exclude_is_mutual_and_never_of_what_overlaps(one: Amount, other: Amount) -> None:
    assert one.excludes(other) == other.excludes(one)
    if one.low <= other.high and other.low <= one.high:
        assert not one.excludes(other)


@given(AMOUNTS, AMOUNTS)
def test_different_measures_never_exclude_each_other(one: Amount, other: Amount) -> None:
    if one.excludes(other):
        assert one.unit == other.unit or {one.unit, other.unit} == {"", "person"}


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(amount.low <= amount.high for amount in stated(text))


@pytest.mark.parametrize(
    ("one", "other", "excludes"),
    [
        ("8 kilometres", "6.5 miles", True),
        ("20 kilometres", "12 miles", False),
        ("3 km", "2 miles", False),
        ("30 centimetres", "0.5 metres", True),
        ("8 hours", "480 minutes", False),
        ("six months", "one year", True),
        ("40 tonnes", "65,000 kilograms", True),
        ("2 hectares", "5 acres", False),
        ("5 hours", "5 kilometres", False),
        ("3 days", "3 months", False),
        ("at least 3 km", "4 miles", False),
        ("at least 3 km", "1 mile", True),
    ],
)
def test_units_of_one_measure_are_compared(one: str, other: str, *, excludes: bool) -> None:
    (left,), (right,) = stated(one), stated(other)
    assert left.excludes(right) == right.excludes(left) == excludes


@given(AMOUNTS, st.sampled_from([("km", "m", 1000), ("hour", "minute", 60)]))
def test_an_amount_never_excludes_itself_in_another_unit(
    amount: Amount, units: tuple[str, str, int]
) -> None:
    large, small, each = units
    one = Amount(amount.low, amount.high, large)
    assert not one.excludes(Amount(amount.low * each, amount.high * each, small))
