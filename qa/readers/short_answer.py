"""The short answer: the few words of a sentence that answer, by the logits of its tokens."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from qa.types import Span

MAX_ANSWER_TOKENS = 40  # tokens of a short answer
MAX_ANSWER_SHARE = 0.6  # of a sentence: what is longer is not short
BRACKETS = {"(": ")", "[": "]", "“": "”"}
ANSWER_WORD = re.compile(r"(?:\w\.){2,}|[$€£¥#@]?\w+(?:[-–'’.,/:]\w+)*(?:[%°‰]|[+#]+)?")

Logits = NDArray[np.float32]


def best_span(logits: Logits, among: NDArray[np.bool_] | None = None) -> tuple[int, int, float]:
    """Return the first and last token of the best span, and its start plus end logit.

    Of `logits`, a row a token, the first column is of starts and the second of ends; there is
    at least one row. Of equal spans the first is returned. `among` tells which spans are looked
    at, by first and last token; if none may be, the score is minus infinity.
    """
    sums = logits[:, None, 0] + logits[None, :, 1]
    places = np.arange(len(logits))
    longer = places[None, :] - places[:, None]
    allowed = (longer >= 0) & (longer < MAX_ANSWER_TOKENS)
    if among is not None:
        allowed &= among
    sums = np.where(allowed, sums, -np.inf)
    first, last = divmod(int(sums.argmax()), len(logits))
    return first, last, float(sums[first, last])


def short_answer(text: str, sentence: Span, span: Span) -> Span | None:
    """Return the whole words of a sentence that a span touches, or nothing if they are long.

    Punctuation at its ends is left out, but for a bracket that closes one within.
    """
    words = [
        Span(*word.span())
        for word in ANSWER_WORD.finditer(text, sentence.start, sentence.end)
        if word.start() < span.end and span.start < word.end()
    ]
    if not words:
        return None
    short = _balance_brackets(text, Span(words[0].start, words[-1].end), sentence)
    return short if len(short) <= MAX_ANSWER_SHARE * len(sentence) else None


def _balance_brackets(text: str, span: Span, sentence: Span) -> Span:
    """Take in the bracket that closes an open one, or end before a bracket without its pair."""
    words = span.of(text)
    for left, right in BRACKETS.items():
        more = words.count(left) - words.count(right)
        if more > 0 and span.end < sentence.end and text[span.end] == right:
            return Span(span.start, span.end + 1)
        if more:
            at = words.rindex(left) if more > 0 else words.index(right)
            return Span(span.start, span.start + len(words[:at].rstrip())) if at else span
    return span
