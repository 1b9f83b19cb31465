"""How questions of each form come out: right, abstained or wrong; and of each trap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from qa.evaluation.answer_metrics import QuestionResult
from qa.evaluation.benchmark import QuestionKind
from qa.evaluation.risk import abstained_share, auroc
from qa.evaluation.table import ResultTable

ABSTAINED_ANSWERABLE = 0.1
"""Share of the answerable questions to abstain from where traps are counted."""


def by_form(results: Sequence[QuestionResult]) -> ResultTable:
    """Return a table of the answerable questions with a column a form (fact, why …)."""
    table = ResultTable()
    answerable = [r for r in results if r.kind is QuestionKind.ANSWERABLE]
    for form, group in _results_by_name((r.form, r) for r in answerable).items():
        table.add(form, _answerable(group))
    return table


def by_trap(results: Sequence[QuestionResult]) -> ResultTable:
    """Return how often it abstains, with a column a trap and one for all."""
    table = ResultTable()
    confidences = [r.confidence for r in results if r.kind is QuestionKind.ANSWERABLE]
    trapped = [r for r in results if r.kind is QuestionKind.ADVERSARIAL]
    groups = (
        {"all": trapped, **_results_by_name((r.trap, r) for r in trapped)} if trapped else {}
    )
    for trap, group in groups.items():
        table.add(trap, _unanswerable(group, confidences))
    return table


def _results_by_name(
    named: Iterable[tuple[str, QuestionResult]],
) -> Mapping[str, list[QuestionResult]]:
    groups = defaultdict[str, list[QuestionResult]](list)
    for name, result in named:
        groups[name].append(result)
    return dict(sorted(groups.items()))


def _answerable(group: Sequence[QuestionResult]) -> dict[str, float]:
    cited = [result.cites_right for result in group]
    said = [r.yes_no_right for r in group if r.yes_no_right is not None]
    rows = {
        "questions": float(len(group)),
        "right sentence first": float(np.mean([result.right for result in group])),
        "right": cited.count(True) / len(group),
        "abstained": cited.count(None) / len(group),
        "wrong": cited.count(False) / len(group),
    }
    if said:
        rows["yes or no is said"] = len(said) / len(group)
        rows["yes or no is right"] = float(np.mean(said))
    return rows


def _unanswerable(
    group: Sequence[QuestionResult], answerable: Sequence[float]
) -> dict[str, float]:
    confidences = [result.confidence for result in group]
    abstained = [result.cites_right is None for result in group]
    rows = {"questions": float(len(group)), "abstained": float(np.mean(abstained))}
    if answerable:
        rows[f"abstained if {ABSTAINED_ANSWERABLE:.0%} of the answerable are"] = (
            abstained_share(answerable, confidences, abstained=ABSTAINED_ANSWERABLE)
        )
        rows["AUROC against the answerable"] = auroc(answerable, confidences)
    return rows
