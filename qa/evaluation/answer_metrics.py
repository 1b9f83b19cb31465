"""Answer metrics of questions asked of a whole library: right, wrong, or abstained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.benchmark import QuestionKind
from qa.evaluation.risk import RiskCurve, auroc
from qa.settings import STANCES


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The result of a question.

    `right` is whether the best sentence is right, whatever the threshold; `cites_right` whether
    the answer cites a right one, and None if there was no answer. `form` and `trap` are those
    of the question.
    """

    kind: QuestionKind
    confidence: float
    right: bool = False
    cites_right: bool | None = None
    form: str = ""
    trap: str = ""
    yes_no_right: bool | None = None
    """Whether the answer says yes or no rightly; None if it says neither."""


def rows(asked: Sequence[QuestionResult]) -> dict[str, float]:
    """Return shares from 0 to 1: right, abstained by each stance, AUROC and AURC by kind."""
    answerable = [one for one in asked if one.kind is QuestionKind.ANSWERABLE]
    cited = [one.cites_right for one in answerable if one.cites_right is not None]
    shown: dict[str, float] = {}
    if answerable:
        shown["right sentence first"] = float(np.mean([one.right for one in answerable]))
    if cited:
        shown["right when answered"] = float(np.mean(cited))
    sure, risk = confidences(asked), curves(asked)
    for kind, values in sure.items():
        for stance, threshold in STANCES.items():
            shown[f"{kind} abstained, {stance}"] = float(np.mean(np.array(values) < threshold))
        if kind in risk:
            shown[f"{kind} AUROC"] = auroc(sure[QuestionKind.ANSWERABLE], values)
            shown[f"{kind} AURC"] = risk[kind].area
    return shown


def curves(asked: Sequence[QuestionResult]) -> dict[QuestionKind, RiskCurve]:
    """Return risk and coverage of the answerable questions with those of each other kind.

    An answer is wrong if its best sentence is, and if there is none to give.
    """
    answerable, *others = ([one for one in asked if one.kind is kind] for kind in QuestionKind)
    mixes = [answerable + other for other in others if answerable and other]
    return {
        mix[-1].kind: RiskCurve.of(
            [one.confidence for one in mix], [not one.right for one in mix]
        )
        for mix in mixes
    }


def confidences(asked: Sequence[QuestionResult]) -> dict[QuestionKind, list[float]]:
    """Return how sure the answers to each kind of question were, the kinds in their order."""
    sure = {
        kind: [one.confidence for one in asked if one.kind is kind] for kind in QuestionKind
    }
    return {kind: values for kind, values in sure.items() if values}
