"""Weights fitted on cases, and what they predict of cases that they have not seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from qa.evaluation.benchmark import QuestionKind
from training.calibration.weights import Case, Flags, Floats, Weights

RIDGE = 0.005  # of the squared weights, beside the mean loss of a question


@dataclass(frozen=True, slots=True)
class Prediction:
    """The probability of a question's best sentence, and whether that is right."""

    benchmark: str
    kind: QuestionKind
    probability: float
    right: bool


def fit(cases: Sequence[Case]) -> Weights:
    """Fit what puts the right sentence first, then what the odds of that sentence stand for.

    The second is learnt from the best sentence of each question alone (Platt 1999): being the
    best of many, it is right more or less often than its features say. What all sentences of a
    question have in common, as how well its words were found, counts only there.
    """
    ranking = Weights(rank(cases), 0.0)
    best = [case.best(ranking, 1) for case in cases]
    shared = _shared_features(cases)
    features = np.concatenate([case.features for case in best])
    odds = ranking.odds(features)[:, None]
    right = np.concatenate([case.right for case in best])
    scale = Weights.fit(np.hstack([odds, features[:, shared]]), right, _balance(best))
    weights = scale.features[0] * ranking.features
    weights[shared] = scale.features[1:]
    return Weights(weights, scale.bias)


def _shared_features(cases: Sequence[Case]) -> Flags:
    """Tell which features are the same for all sentences of each question."""
    several = [case.features for case in cases if len(case.features) > 1]
    if not several:
        return np.zeros(cases[0].features.shape[1], bool)
    shared: Flags = np.all([np.ptp(features, axis=0) == 0 for features in several], axis=0)
    return shared


def rank(cases: Sequence[Case]) -> Floats:
    """Return weights that give right sentences the most of a softmax over their question's.

    Conditional logistic regression (McFadden 1974): only sentences that were read beside each
    other are compared. A question that has no right sentence, or no wrong one, tells nothing.
    """
    mixed = [case for case in cases if case.right.any() and not case.right.all()]
    if not mixed:  # each question had one sentence: nothing to compare, so all are taken alike
        features = np.concatenate([case.features for case in cases])
        right = np.concatenate([case.right for case in cases])
        return Weights.fit(features, right, _balance(cases)).features
    features = np.concatenate([case.features for case in mixed])
    spread = features.std(axis=0)
    spread[spread == 0] = 1
    features = features / spread
    right = np.concatenate([case.right for case in mixed])
    sizes = np.array([len(case.right) for case in mixed])
    counts = _balance([replace(case, right=case.right[:1]) for case in mixed]) / len(mixed)

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = features @ weights
        every, among = _totals(odds, sizes), _totals(np.where(right, odds, -np.inf), sizes)
        shares = np.exp(odds - np.repeat(every, sizes))
        shares -= np.where(right, np.exp(odds - np.repeat(among, sizes)), 0)
        slope = (shares * np.repeat(counts, sizes)) @ features
        total = float(counts @ (every - among))
        return total + RIDGE * float(weights @ weights), slope + 2 * RIDGE * weights

    found = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B")
    weights: Floats = found.x / spread
    return weights


def _totals(odds: Floats, sizes: NDArray[np.int64]) -> Floats:
    """Return the log of the sum of the exponentials of each question's odds."""
    starts = np.cumsum(sizes) - sizes
    highest = np.maximum.reduceat(odds, starts)
    sums = np.add.reduceat(np.exp(odds - np.repeat(highest, sizes)), starts)
    totals: Floats = highest + np.log(sums)
    return totals


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
