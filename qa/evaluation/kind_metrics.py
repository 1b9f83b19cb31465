"""How questions of each kind come out: right, silent or wrong, and which traps are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qa.answers import Answer
from qa.evaluation.benchmark import Question
from qa.evaluation.correctness import is_right
from qa.evaluation.risk import auroc, found
from qa.evaluation.table import Table
from qa.readers import Evidence

WITHHELD = 0.1
"""Share of the answerable questions that may be withheld where traps are counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question: whether its best sentence is right, and whether it was answered.

    `right` tells whether the answer, if there is one, cites a sentence that answers.
    """

    question: Question
    confidence: float
    ranked_first: bool
    answered: bool
    right: bool

    @classmethod
    def of(cls, question: Question, answer: Answer, evidence: Sequence[Evidence]) -> Outcome:
        """Judge an answer, and the evidence that it was made from."""
        cited = (is_right(c.article, c.span, question) for c in answer.citations)
        best = evidence[:1]
        return cls(
            question,
            answer.confidence,
            ranked_first=any(is_right(e.passage.article, e.span, question) for e in best),
            answered=bool(answer.citations),
            right=any(cited),
        )


def by_kind(outcomes: Iterable[Outcome]) -> Table:
    """Return a table with a column a kind of question that is answered."""
    groups = _grouped([o for o in outcomes if o.question.answerable], lambda q: q.kind)
    table = Table()
    for kind, group in groups.items():
        table.add(kind, _answerable(group))
    return table


def by_trap(outcomes: Iterable[Outcome]) -> Table:
    """Return how often answers are withheld: a column a trap, and one for all."""
    every = list(outcomes)
    confidences = [o.confidence for o in every if o.question.answerable]
    groups = _grouped([o for o in every if not o.question.answerable], lambda q: q.trap)
    table = Table()
    together = {"all": [o for group in groups.values() for o in group]} if groups else {}
    for trap, group in {**together, **groups}.items():
        table.add(trap, _unanswerable(group, confidences))
    return table


def _grouped(
    outcomes: Sequence[Outcome], name: Callable[[Question], str]
) -> Mapping[str, list[Outcome]]:
    groups = defaultdict[str, list[Outcome]](list)
    for outcome in outcomes:
        groups[name(outcome.question)].append(outcome)
    return dict(sorted(groups.items()))


def _answerable(group: Sequence[Outcome]) -> dict[str, float]:
    def share(flags: Iterable[bool]) -> float:
        return float(np.mean(list(flags)))

    return {
        "questions": len(group),
        "right sentence first": share(o.ranked_first for o in group),
        "right": share(o.right for o in group),
        "silent": share(not o.answered for o in group),
        "wrong": share(o.answered and not o.right for o in group),
    }


def _unanswerable(group: Sequence[Outcome], answerable: Sequence[float]) -> dict[str, float]:
    confidences = [o.confidence for o in group]
    rows = {
        "questions": float(len(group)),
        "refused": float(np.mean([not o.answered for o in group])),
    }
    if answerable:
        rows[f"refused if {WITHHELD:.0%} of the answerable are"] = found(
            answerable, confidences, refused=WITHHELD
        )
        rows["AUROC against the answerable"] = auroc(answerable, confidences)
    return rows
