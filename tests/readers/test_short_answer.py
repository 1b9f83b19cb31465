"""Short answers: the best span of a sentence, as whole words."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qa.readers.short_answer import (
    MAX_ANSWER_SHARE,
    MAX_ANSWER_TOKENS,
    Logits,
    best_span,
    short_answer,
)
from qa.types import Span

LOGIT = st.integers(-8, 8).map(float)


@given(arrays.arrays(np.float32, st.tuples(st.integers(1, 60), st.just(3)), elements=LOGIT))
def test_the_best_span_is_that_of_a_search_through_all(logits: Logits) -> None:
    first, last, score = best_span(logits)
    every = {
        (start, end): float(logits[start, 0] + logits[end, 1])
        for start in range(len(logits))
        for end in range(start, min(start + MAX_ANSWER_TOKENS, len(logits)))
    }
    assert score == max(every.values())
    assert (first, last) == next(span for span in every if every[span] == score)


@pytest.mark.parametrize(
    ("sentence", "found", "short"),
    [
        ("The tram opened in 1912.", "1912.", "1912"),
        ("The tram opened in 1912, in May.", "19", "1912"),
        ("Its way to Homs is 40 kilometres long.", " 40 kilo", "40 kilometres"),
        ("It cost the town $3.5 million to build.", "3.5 million", "$3.5 million"),
        ("Only 48% of them backed the plan.", "48", "48%"),
        ("The keeper (Ada Brook) retired then.", "(Ada Brook)", "Ada Brook"),
        ("It was led by the Union (UNO) and others.", "the Union (UNO", "the Union (UNO)"),
        ("It was led by the Union (also UNO) and others.", "the Union (also", "the Union"),
        ("They read in sixth) and seventh form.", "sixth) and seventh", "sixth"),
        ("A branch of al-Qaida took part in the attack.", "Qaida", "al-Qaida"),
        ("They said “no way” and walked out again.", "“no way", "no way"),
        ("He was born in the U.S. and raised in Rome.", "the U.S.", "the U.S."),
        ("The tram opened in 1912.", "The tram opened in", None),
        ("The tram opened — in 1912.", "—", None),
    ],
)
def test_a_short_answer_is_whole_words_without_what_surrounds_them(
    sentence: str, found: str, short: str | None
) -> None:
    start = sentence.index(found)
    span = short_answer(sentence, Span(0, len(sentence)), Span(start, start + len(found)))
    assert (span and span.of(sentence)) == short


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_short_answer_stays_in_its_sentence_and_is_short(
    text: str, data: st.DataObject
) -> None:
    ends = st.integers(0, len(text) - 1)
    spans = st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair) + 1))
    sentence, found = data.draw(spans), data.draw(spans)
    short = short_answer(text, sentence, found)
    if short:
        assert short in sentence
        assert len(short) <= MAX_ANSWER_SHARE * len(sentence)
        assert re.search(r"\w", short.of(text))
