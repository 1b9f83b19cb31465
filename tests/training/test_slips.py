"""Typing slips: they stay near the word, and the same seed makes the same ones."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from training.reader.slips import misspell

QUESTIONS = st.sampled_from(
    [
        "When does the certificate expire?",
        "who leads the steering council",
        "Why was the bridge over the Tarn closed for eleven weeks in the spring?",
    ]
)


@given(QUESTIONS, st.integers(0, 10_000))
def test_a_question_keeps_its_words_and_most_of_its_letters(question: str, seed: int) -> None:
    from rapidfuzz.distance import DamerauLevenshtein

    slipped = misspell(question, Random(seed))
    assert len(slipped.split()) == len(question.split())
    slips = 1 + len(question.split()) // 4
    assert DamerauLevenshtein.distance(question, slipped) <= 4 * slips


@given(QUESTIONS, st.integers(0, 10_000))
def test_the_same_seed_makes_the_same_slips(question: str, seed: int) -> None:
    assert misspell(question, Random(seed)) == misspell(question, Random(seed))


def test_most_questions_change() -> None:
    question = "When does the certificate expire?"
    changed = sum(misspell(question, Random(seed)) != question for seed in range(200))
    assert changed > 190


@given(st.text(alphabet="ab 1?", max_size=20), st.integers(0, 100))
def test_what_has_no_long_word_stays_as_it_is(text: str, seed: int) -> None:
    short = " ".join(word[:3] for word in text.split())
    assert misspell(short, Random(seed)) == short
