"""Names that a text says are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.aliases import aliases


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("The Board of Wool Trade (BoWT) met.", "Board of Wool Trade", "BoWT"),
        ("KHA (Kelm Harbour Authority) met.", "KHA", "Kelm Harbour Authority"),
        ("RIDL (Regional Infectious Disease Laboratory) stands.", "RIDL", ""),
        ("Mount Askel, known as Old Man, is high.", "Mount Askel", "Old Man"),
        ("Mount Askel (also known as Old Man) is high.", "Mount Askel", "Old Man"),
        ("Brun, formerly called Brunstad, lies inland.", "Brun", "Brunstad"),
        ("the Old Quay Quarter (hereafter “the Quarter”)", "Old Quay Quarter", "Quarter"),
        ("The Harbour Board (the “Board”) decided.", "Harbour Board", "Board"),
        ("fine particulate matter (PM2.5M) rose", "", ""),
        ("severe marsh fever virus 2 (SMF-V2) spread", "severe marsh fever virus 2", "SMF-V2"),
        ("Die Kelmer Hafenbehörde (KHB) tagt.", "Kelmer Hafenbehörde", "KHB"),
        ("Die Kelmer Hafen Behörde (KHB) tagt.", "Kelmer Hafen Behörde", "KHB"),
        ("Lena Fors, genannt Lenchen, stieg auf.", "Lena Fors", "Lenchen"),
        ("El Puerto Viejo, conocido como La Caleta, es hondo.", "El Puerto Viejo", "La Caleta"),
    ],
)
def test_names_that_a_text_defines_are_told(text: str, name: str, other: str) -> None:
    found = list(aliases(text))
    if not name:
        assert found == []
    else:
        assert [(found[0].name, other and found[0].other)] == [(name, other)]


@pytest.mark.parametrize(
    "text",
    [
        "It cost nine euros (about ten dollars).",
        "The tram (1908) is old (see Fig. 2) and long (km).",
        "Lena Fors (born 1860) and Ida Moor (1870–1951) met.",
        "He was called away. She is known as a climber.",
        "The price (in USD) rose.",
        "()",
        "(A)",
        "((KHA))",
    ],
)
def test_what_stands_in_brackets_is_not_always_a_name(text: str) -> None:
    assert list(aliases(text)) == []


WORDS = st.lists(
    st.sampled_from(["Kelm", "Moor", "Harbour", "Union", "Trade"]), min_size=3, max_size=5
)


@given(WORDS)
def test_the_first_letters_of_a_name_are_its_acronym(said: list[str]) -> None:
    name, acronym = " ".join(said), "".join(word[0] for word in said)
    assert (name, acronym) in list(aliases(f"In 1908 {name} ({acronym}) met."))


@given(st.text("ABab (),.“”known as", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for alias in aliases(text):
        assert alias.name.strip()
        assert alias.other.strip()
        assert alias.name in " ".join(text.split()) or alias.name.split()[0] in text
