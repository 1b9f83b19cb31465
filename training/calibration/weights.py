"""Weights of features, and the cases that they are fitted on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from qa.evaluation.benchmark import QuestionKind

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of features, and a bias; their sum is the log-odds."""

    features: Floats
    bias: float

    @classmethod
    def fit(cls, features: Floats, right: Flags, weights: Floats | None = None) -> Self:
        """Fit by logistic regression, every feature scaled to unit variance."""
        scaler = StandardScaler().fit(features)
        model = LogisticRegression(max_iter=2000)
        model.fit(scaler.transform(features), right, sample_weight=weights)
        fitted = model.coef_[0] / scaler.scale_
        return cls(fitted, float(model.intercept_[0] - fitted @ scaler.mean_))

    def odds(self, features: Floats) -> Floats:
        """Return the log-odds of each row."""
        odds: Floats = features @ self.features + self.bias
        return odds


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the features of each sentence, and which sentences are right."""

    benchmark: str
    kind: QuestionKind
    fold: int
    features: Floats
    right: Flags

    def best(self, weights: Weights, count: int) -> Case:
        """Return the case with only the likeliest sentences, best first."""
        order = np.argsort(-weights.odds(self.features), kind="stable")[:count]
        return replace(self, features=self.features[order], right=self.right[order])
