"""What kind of answer a question wants."""

from __future__ import annotations

import pytest

from qa.language.question_kinds import asks_about, asks_whether, asks_why


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Why did the army withdraw?", asks_why),
        ("and why", asks_why),
        ("How did the fire start?", asks_why),
        ("How is the tram powered?", asks_why),
        ("Is the tram open?", asks_whether),
        ("didn't it open in 1912?", asks_whether),
        ("Has the depot been rebuilt?", asks_whether),
        ("And was it rebuilt?", asks_whether),
        ("Who is Ada Brook?", asks_about),
        ("who was ada brook", asks_about),
        ("What is HTS?", asks_about),
        ("How many cars burnt?", None),
        ("how far is it", None),
        ("How old was the captain?", None),
        ("When did the tram open?", None),
        ("Who is the mayor?", None),
        ("Who was mayor of Port Alder?", None),
        ("What is the tram made of?", None),
        ("tram opening year", None),
        ("Which island is largest?", None),
    ],
)
def test_the_first_words_tell_what_is_wanted(question: str, wanted: object) -> None:
    kinds = [kind for kind in (asks_why, asks_whether, asks_about) if kind(question)]
    assert kinds == ([wanted] if wanted else [])
