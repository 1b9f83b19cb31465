"""ROUGE-L of a long answer: Lin, "ROUGE: A Package for Automatic Evaluation" (2004)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.errors import MissingExtra

ROUGE_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """Return the words as ROUGE compares them: runs of ASCII letters and digits."""
    return ROUGE_WORD.findall(text.lower())


def rouge_l(given: str, answers: Iterable[str]) -> float:
    """Return the best F1, by the longest common subsequence of words, with any of the answers.

    Raises:
        MissingExtra: if rapidfuzz is not installed.
    """
    return max((_rouge_l(words(given), words(answer)) for answer in answers), default=0.0)


def _rouge_l(given: list[str], wanted: list[str]) -> float:
    try:
        from rapidfuzz.distance import LCSseq
    except ImportError as missing:
        raise MissingExtra("rapidfuzz", extra="evaluation") from missing
    if not given or not wanted:
        return 0.0
    return 2 * LCSseq.similarity(given, wanted) / (len(given) + len(wanted))
