"""Reading metrics: how good the answers are if the right passage is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from qa.answers import Answer
from qa.evaluation.benchmark import Question
from qa.evaluation.risk import abstained_share
from qa.evaluation.rouge import rouge_l
from qa.evaluation.squad import best_score, exact_match, f1
from qa.readers import Evidence

ABSTAINED_SHARE = 0.15  # of the answerable: where published figures are compared


@dataclass(frozen=True, slots=True)
class GivenPassageResult:
    """The result of a question whose passage was given.

    `exact` and `f1` are of the best sentence's short answer, as if it had to be given; `rouge`
    is of the whole answer, 0 for an abstention. All are 0 if there is no answer.
    """

    answerable: bool
    answered: bool
    confidence: float
    exact: float = 0.0
    f1: float = 0.0
    rouge: float = 0.0

    @classmethod
    def of(cls, question: Question, answer: Answer, evidence: Sequence[Evidence]) -> Self:
        """Compare an answer, and the evidence it was made of, with those that are known."""
        short = _short_answer(evidence[0]) if evidence else ""
        said = " ".join(statement.text for statement in answer.statements)
        return cls(
            question.answerable,
            bool(answer.statements),
            answer.confidence,
            exact_match(short, question.answers),
            f1(short, question.answers),
            rouge_l(said, question.answers),
        )


def rows(read: Sequence[GivenPassageResult], *, long: bool) -> dict[str, float]:
    """Return shares from 0 to 1, of long answers or of short ones, then of abstention."""
    answerable = [one for one in read if one.answerable]
    other = [one for one in read if not one.answerable]
    means = (_long_rows if long else _short_rows)(answerable, other)
    means["answerable abstained"] = [not one.answered for one in answerable]
    shown = {row: float(np.mean(values)) for row, values in means.items() if values}
    if answerable and other:
        sure, unsure = ([one.confidence for one in some] for some in (answerable, other))
        row = f"unanswerable abstained, {ABSTAINED_SHARE:.0%} of answerable"
        shown[row] = abstained_share(sure, unsure, abstained=ABSTAINED_SHARE)
    if read and not long:
        shown["best F1"] = best_score(
            [one.f1 for one in read],
            [one.confidence for one in read],
            [one.answerable for one in read],
        )
    return {f"passage given: {row}": value for row, value in shown.items()}


def _short_answer(evidence: Evidence) -> str:
    """Return the few words that answer, or the whole sentence if the reader knows none."""
    return (evidence.short or evidence.span).of(evidence.passage.article.text)


def _long_rows(
    answerable: Sequence[GivenPassageResult], other: Sequence[GivenPassageResult]
) -> dict[str, list[float]]:
    return {
        "RougeL": [one.rouge for one in answerable],
        "RougeL when answered": [one.rouge for one in answerable if one.answered],
        "unanswerable abstained": [not one.answered for one in other],
    }


def _short_rows(
    answerable: Sequence[GivenPassageResult], other: Sequence[GivenPassageResult]
) -> dict[str, list[float]]:
    """Return SQuAD 2.0's figures: abstention scores 1 if there is no answer, or else 0."""
    exact = [one.exact * one.answered for one in answerable]
    shared = [one.f1 * one.answered for one in answerable]
    abstained = [float(not one.answered) for one in other]
    return {
        "EM": exact + abstained,
        "F1": shared + abstained,
        "HasAns EM": exact,
        "HasAns F1": shared,
        "HasAns F1, always answering": [one.f1 for one in answerable],
        "NoAns accuracy": abstained,
    }
