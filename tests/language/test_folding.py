"""What is written in several ways is one word to the search, and nothing else is."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.folding import INVISIBLE, folded
from qa.language.languages import LANGUAGES
from qa.language.terms import search_terms, term_overlap, terms

ALIKE = {
    "dates": [
        "March 5, 2023",
        "5 March 2023",
        "2023-03-05",
        "the 5th of March 2023",
        "05.03.2023",
    ],
    "short months": ["Sept. 9", "9 September", "9 Sep", "September 9th", "Sep 9"],
    "a month that is a verb": ["May 5", "5 May", "the 5th of May"],
    "thousands": ["1,000", "1000", "1 000", "1\u00a0000", "1'000", "1\u202f000"],
    "millions": ["1,250,000", "1250000", "1.250.000", "1 250 000"],
    "numbers in words": ["ten", "10", "Ten"],
    "the last number in words": ["twelve", "12"],
    "ligatures": ["office", "oﬃce", "OFFICE"],
    "soft hyphens": ["harbour", "har\u00adbour", "harbour\u200b", "\u200fharbour"],
    "accents": ["Karn", "Kàrn", "KÀRN", "Ka\u0300rn"],
    "full width": ["tram 12", "ｔｒａｍ １２"],
    "apostrophes": ["O’Brien", "O'Brien", "O‘Brien"],
    "irregular verbs": ["write", "wrote", "written", "writes", "writing"],
    "irregular nouns": ["child", "children"],
}


@pytest.mark.parametrize("ways", ALIKE.values(), ids=ALIKE)
def test_all_ways_of_writing_one_thing_are_one(ways: list[str]) -> None:
    assert len({frozenset(terms(way)) for way in ways}) == 1
    assert terms(ways[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("March 5", "March 6"),
        ("1,000", "1,001"),
        ("1.000", "1000"),  # in English a point is no mark between thousands
        ("10,20", "1020"),
        ("in 1914 200 men", "in 1914200 men"),
        ("2023-13-05", "5 March 2023"),
        ("Mar a Lago", "March a Lago"),
        ("320¹ trams", "3201 trams"),
        ("10⁶", "106"),
        ("he may go", "he went in May"),
        ("1-800-555", "5 January 800"),
    ],
)
def test_what_is_not_one_stays_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("e-mail", "email"), ("co-operate", "cooperate"), ("al-Sham", "alSham"), ("F-16", "F16")],
)
def test_a_word_with_a_hyphen_is_found_written_as_one_and_the_other_way_round(
    one: str, other: str
) -> None:
    assert set(search_terms(other)) <= set(search_terms(one))
    assert term_overlap(one, f"Send an {other}.") == 1
    assert term_overlap(other, f"Send an {one}.") == 1


def test_a_word_with_a_hyphen_is_still_found_by_its_parts() -> None:
    assert term_overlap("well known", "It is well-known.") == 1
    assert term_overlap("well-known", "It is well known.") == 1


@given(st.text(max_size=80), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_can_be_folded(text: str, language: str) -> None:
    assert isinstance(folded(text, language), str)
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert all(terms(text, language))


@given(st.text("abc dé1.,-’ \u00ad\u200bMay", max_size=40), st.sampled_from(sorted(LANGUAGES)))
def test_a_folded_text_says_the_same_folded_again(text: str, language: str) -> None:
    once = folded(text, language)
    assert terms(once, language) == terms(text, language)


@given(
    st.lists(st.sampled_from(["tram", "quay", "bell", "oil"]), min_size=1, max_size=6),
    st.data(),
)
def test_what_nobody_sees_changes_nothing(said: list[str], data: st.DataObject) -> None:
    text = " ".join(said)
    place = data.draw(st.integers(0, len(text)))
    mark = chr(data.draw(st.sampled_from(sorted(INVISIBLE))))
    assert terms(text[:place] + mark + text[place:]) == terms(text)


@given(st.integers(1_000, 10**12), st.sampled_from([",", " ", "'", "\u00a0", "\u2009"]))
def test_a_number_is_one_whatever_stands_between_its_thousands(number: int, mark: str) -> None:
    assert terms(f"{number:,}".replace(",", mark)) == [str(number)]


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_a_date_is_one_in_every_order(date: datetime.date) -> None:
    day, month, year = (f"{date:{part}}" for part in ("%d", "%B", "%Y"))
    written = {
        f"{date:%Y-%m-%d}",
        f"{int(day)} {month} {year}",
        f"{month} {int(day)}, {year}",
        f"{date:%d.%m.%Y}",
    }
    assert len({frozenset(terms(way)) for way in written}) == 1
