"""How far predictions can be trusted: calibration error, stances, abstentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from qa.evaluation import ResultTable
from qa.evaluation.benchmark import QuestionKind
from qa.evaluation.risk import abstained_share, auroc
from training.calibration.fitting import Prediction

BINS = 10  # of equally many answers, where probability and frequency are compared
ABSTAINED_SHARES = (0.05, 0.08, 0.10, 0.15)
STANCE_SHARES = {"eager": 0.02, "balanced": 0.06, "strict": 0.12}
"""The share of right answers that each stance gives up by abstaining, averaged over benchmarks.

Only answerable questions whose best sentence is right count: a wrong answer is no loss."""


def stance_thresholds(predictions: Sequence[Prediction]) -> dict[str, float]:
    """Return the highest threshold of each stance that gives up no more than it may."""
    answerable = defaultdict[str, list[float]](list)
    for one in predictions:
        if one.kind is QuestionKind.ANSWERABLE and one.right:
            answerable[one.benchmark].append(one.probability)
    thresholds = np.arange(1, 100) / 100
    abstained = np.mean(
        [
            np.less.outer(probabilities, thresholds).mean(axis=0)
            for probabilities in answerable.values()
        ],
        axis=0,
    )
    return {
        name: float(thresholds[abstained <= share].max(initial=0.0))
        for name, share in STANCE_SHARES.items()
    }


def calibration_error(predictions: Sequence[Prediction]) -> float:
    """Return the distance of probability and frequency, averaged over bins of probability."""
    order = sorted(predictions, key=lambda one: one.probability)
    bins = np.array_split(np.array([(one.probability, one.right) for one in order]), BINS)
    apart = [abs(np.subtract(*group.mean(axis=0))) * len(group) for group in bins]
    return float(sum(apart) / len(order))


def report(predictions: Sequence[Prediction], thresholds: Mapping[str, float]) -> ResultTable:
    """Show, for each benchmark, how often the best sentence is right, and abstentions."""
    table = ResultTable()
    for name in dict.fromkeys(one.benchmark for one in predictions):
        table.add(
            name, _rows([one for one in predictions if one.benchmark == name], thresholds)
        )
    return table


def _rows(
    predictions: Sequence[Prediction], thresholds: Mapping[str, float]
) -> dict[str, float]:
    answerable = [one for one in predictions if one.kind is QuestionKind.ANSWERABLE]
    rows = {"right sentence first": float(np.mean([one.right for one in answerable]))}
    for kind in QuestionKind:
        probabilities = [one.probability for one in predictions if one.kind is kind]
        if not probabilities:
            continue
        if kind is not QuestionKind.ANSWERABLE:
            sure = [one.probability for one in answerable]
            rows[f"{kind} AUROC"] = auroc(sure, probabilities)
            for share in ABSTAINED_SHARES:
                rows[f"{kind} abstained, {share:.0%} of answerable"] = abstained_share(
                    sure, probabilities, abstained=share
                )
        for name, threshold in thresholds.items():
            rows[f"{kind} abstained, {name}"] = float(
                np.mean(np.array(probabilities) < threshold)
            )
    return rows
