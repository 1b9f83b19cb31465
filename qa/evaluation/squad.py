"""SQuAD 2.0's measures of a short answer, by the definitions of its official script.

Rajpurkar, Jia & Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD" (2018).
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

ENGLISH_ARTICLES = re.compile(r"\b(a|an|the)\b")
PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalized_words(text: str) -> list[str]:
    """Return the words of a text: lower case, without ASCII punctuation, a, an and the."""
    return ENGLISH_ARTICLES.sub(" ", text.lower().translate(PUNCTUATION)).split()


def exact_match(given: str, answers: Iterable[str]) -> float:
    """Return 1 if a text has the words of one of the answers, or else 0."""
    return float(any(normalized_words(given) == normalized_words(answer) for answer in answers))


def f1(given: str, answers: Iterable[str]) -> float:
    """Return the best F1 of a text's words with those of any of the answers, 0 to 1."""
    return max(
        (_f1(normalized_words(given), normalized_words(answer)) for answer in answers),
        default=0.0,
    )


def _f1(given: list[str], wanted: list[str]) -> float:
    if not given or not wanted:
        return float(given == wanted)
    same = sum((Counter(given) & Counter(wanted)).values())
    return 2 * same / (len(given) + len(wanted))


def best_score(
    scores: Sequence[float], confidence: Sequence[float], answerable: Sequence[bool]
) -> float:
    """Return the mean score at the threshold that is best for it.

    An answer that is given scores what it does, and nothing if there is no answer;
    abstention scores 1 there. Three sequences of one length, at least 1.
    """
    surest = np.argsort(-np.asarray(confidence), kind="stable")
    sure, known = np.asarray(confidence)[surest], np.asarray(answerable)[surest]
    gained = np.where(known, np.asarray(scores)[surest], -1.0)
    last = np.append(np.diff(sure) != 0, True)  # of those equally sure: all answer, or none
    totals = np.cumsum(gained)[last]
    return float((max(totals.max(), 0.0) + np.sum(~known)) / len(known))
