"""Whatever a text holds, a terminal shows it and a reply can carry it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.language.characters import is_well_formed, printable, well_formed

any_text = st.text(st.characters() | st.characters(categories=["Cs", "Cc"]))


@given(any_text)
@example("\ud83d")
@example("\ude00\ud83d")
@example("a\x1b[2J\x9b31m\x07\r\x7f")
def test_what_is_printed_has_no_control_and_can_be_encoded(text: str) -> None:
    shown = printable(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    shown.encode()  # which raises for half a character
    assert printable(shown) == shown


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")))
def test_text_is_printed_as_it_is(text: str) -> None:
    assert printable(text) == well_formed(text) == text
    assert is_well_formed(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("a\rb\x00", "a␍b␀"),
        ("\x9b2J\x7f", r"\u009b2J\u007f"),
        ("half \ud83d!", "half \ufffd!"),
        ("whole \U0001f600", "whole \U0001f600"),
        ("\ud83d\ude00", "\U0001f600"),
    ],
)
def test_controls_and_halves_are_shown_as_marks(text: str, shown: str) -> None:
    assert printable(text) == shown
