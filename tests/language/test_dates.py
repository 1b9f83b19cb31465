"""Dates and hours, as far as a few words state them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.dates import date, differ, years


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("1912", {"year": {1912}}),
        ("in the 1910s", {"year": set(range(1910, 1920))}),
        ("1914–1918", {"year": set(range(1914, 1919))}),
        ("from 1914 to 1918", {"year": set(range(1914, 1919))}),
        ("on Monday", {"weekday": {"monday"}}),
        ("4 May 1951", {"year": {1951}, "month": {"may"}, "day": {4}}),
        ("May 4th, 1951", {"year": {1951}, "month": {"may"}, "day": {4}}),
        ("the 4th of September", {"month": {"sep"}, "day": {4}}),
        ("Sept. 4", {"month": {"sep"}, "day": {4}}),
        ("at 9 p.m.", {"minute": {21 * 60}}),
        ("at 12:30", {"minute": {12 * 60 + 30}}),
        ("at 12.30 am", {"minute": {30}}),
        ("1912 and 1914", {}),
        ("May and June 1912", {}),
        ("12,000", {}),
        ("$1912", {}),
        ("forty cars", {}),
    ],
)
def test_a_date_is_read_part_by_part(text: str, stated: dict[str, set[int | str]]) -> None:
    assert date(text) == stated


@pytest.mark.parametrize(
    ("one", "other", "different"),
    [
        ("1912", "1914", True),
        ("1912", "May 1912", False),
        ("1912", "the 1910s", False),
        ("the 1920s", "the 1910s", True),
        ("1914 to 1918", "1916", False),
        ("Monday", "Tuesday", True),
        ("Monday", "4 May", False),
        ("4 May", "5 May", True),
        ("4 May 1951", "May 4, 1951", False),
        ("9 p.m.", "21:00", False),
        ("9 a.m.", "9 p.m.", True),
    ],
)
def test_dates_differ_in_a_part_that_both_state(one: str, other: str, different: bool) -> None:
    assert differ(date(one), date(other)) == differ(date(other), date(one)) == different


@given(st.text())
def test_no_text_differs_from_itself(text: str) -> None:
    assert not differ(date(text), date(text))


@given(st.integers(1000, 2099))
def test_a_year_is_read_as_it_is_written(year: int) -> None:
    assert years(f"It opened in {year}.") == {year}
