"""Slips: what is taken for one, and what never is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.dictionaries import dictionary
from qa.language.spelling import correct

HELD = {
    "hama": 9,
    "homs": 5,
    "certificate": 4,
    "steering": 3,
    "string": 1,
    "sterling": 1,
    "council": 9,
    "holt": 4,
    "martha": 3,
    "iraq": 9,
    "restaurant": 3,
    "maintenance": 2,
    "preservation": 3,
    "hayat": 3,
    "lighthouse": 6,
    "paraffin": 2,
    "müller": 2,
}


def words(beginning: str) -> Sequence[tuple[str, int]]:
    return [(word, count) for word, count in HELD.items() if word.startswith(beginning)]


def meant(word: str, *, first: bool = False) -> str:
    return correct(word, words, first=first)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("Hamma", "Hama"),
        ("certifcate", "certificate"),
        ("Certifcate", "Certificate"),
        ("stering", "steering"),
        ("restarant", "restaurant"),
        ("maintainance", "maintenance"),
        ("lighthuose", "lighthouse"),
        ("ahma", "hama"),
        ("muler", "müller"),
    ],
)
def test_a_slip_is_the_word_of_the_articles_that_was_meant(slip: str, word: str) -> None:
    assert meant(slip, first=slip == "Certifcate") == word


@pytest.mark.parametrize(
    ("slip", "word"),
    [("recieve", "receive"), ("definately", "definitely"), ("goverment", "government")],
)
def test_a_slip_is_a_common_word_where_the_articles_have_none_like_it(
    slip: str, word: str
) -> None:
    assert meant(slip) == word


@pytest.mark.parametrize(
    ("slip", "word"),
    [("wen", "when"), ("Wen", "When"), ("wich", "which"), ("waht", "what"), ("Whre", "Where")],
)
def test_a_question_begins_with_a_question_word(slip: str, word: str) -> None:
    assert meant(slip, first=True) == word
    assert meant(slip) == ""


@pytest.mark.parametrize(
    "word",
    [
        *("recipe", "pizza", "kraken"),  # common words, which no article has
        *("Holm", "Iran", "Marta", "Johan", "Lighthouser"),  # names of others
        *("HTS", "HAMMA", "X300", "iPhone", "B12", "2023", "1,000", "e-mial"),  # codes
        *("preservatives", "holmgren", "hm", "ha", "", "hama’s", "电车", "ß"),
    ],
)
def test_what_may_be_meant_as_it_stands_is_left_as_it_is(word: str) -> None:
    assert meant(word) == ""


@given(st.text(max_size=12))
def test_any_word_can_be_looked_at(word: str) -> None:
    used = meant(word, first=True)
    assert not used or used != word
    assert not used or used.lower() in HELD.keys() | dictionary("en").keys()


@given(st.sampled_from([word for word in HELD if len(word) > 6]), st.data())
def test_a_letter_doubled_or_swapped_within_a_long_word_is_mended(
    word: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(2, len(word) - 3))
    doubled = word[:place] + word[place] + word[place:]
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for slip in {doubled, swapped} - {word} - dictionary("en").keys():
        assert meant(slip) == word


@given(st.sampled_from(sorted(HELD)))
def test_a_common_word_is_never_corrected_to_another(word: str) -> None:
    if word in dictionary("en"):
        assert meant(word) == ""
