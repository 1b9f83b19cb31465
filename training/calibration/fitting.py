"""Weights fitted on cases, and what they predict of cases that they have not seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.benchmark import QuestionKind
from training.calibration.weights import Case, Floats, Weights

CONTENDERS = 5  # sentences of a question that could have been the answer


@dataclass(frozen=True, slots=True)
class Prediction:
    """The probability of a question's best sentence, and whether that is right."""

    benchmark: str
    kind: QuestionKind
    probability: float
    right: bool


def fit(cases: Sequence[Case]) -> Weights:
    """Fit on every sentence, then again on those that came near the top.

    What odds stand for is learnt last, from the best sentence of each question alone (Platt
    1999): being the best of many, it is right more or less often than its features say.
    """
    weights = _fit(cases)
    weights = _fit([case.best(weights, CONTENDERS) for case in cases])
    best = [case.best(weights, 1) for case in cases]
    odds = np.concatenate([weights.odds(case.features) for case in best])
    right = np.concatenate([case.right for case in best])
    scale = Weights.fit(odds[:, None], right, _balance(best))
    slope = float(scale.features[0])
    return Weights(slope * weights.features, slope * weights.bias + scale.bias)


def _fit(cases: Sequence[Case]) -> Weights:
    features = np.concatenate([case.features for case in cases])
    return Weights.fit(
        features, np.concatenate([case.right for case in cases]), _balance(cases)
    )


def _balance(cases: Sequence[Case]) -> Floats:
    """Return a weight for each sentence, so that every benchmark counts alike."""
    sizes = defaultdict[str, int](int)
    for case in cases:
        sizes[case.benchmark] += 1
    mean = len(cases) / len(sizes)
    return np.concatenate([np.full(len(c.right), mean / sizes[c.benchmark]) for c in cases])


def cross_validate(cases: Sequence[Case]) -> list[Prediction]:
    """Predict each case by weights that saw no case of its fold."""
    predictions = []
    for fold in sorted({case.fold for case in cases}):
        weights = fit([case for case in cases if case.fold != fold])
        for case in (case.best(weights, 1) for case in cases if case.fold == fold):
            probability = 1 / (1 + np.exp(-weights.odds(case.features)[0]))
            predictions.append(
                Prediction(case.benchmark, case.kind, float(probability), bool(case.right[0]))
            )
    return predictions


def predictions_by_score(cases: Sequence[Case]) -> list[Prediction]:
    """Predict each case by the scores that a reader gave its sentences."""
    best = [case.best(Weights(np.ones(1), 0.0), 1) for case in cases]
    return [
        Prediction(case.benchmark, case.kind, float(case.features[0, 0]), bool(case.right[0]))
        for case in best
    ]
