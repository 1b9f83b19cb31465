"""From features to a probability, by a logistic regression that is kept in a model's card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any, Self

import numpy as np


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a sentence that a reader which ranks can tell."""

    evidence: float
    """Mean of its tokens' evidence logits."""

    answer: float
    """Best span within it, start plus end logit, less that of no answer."""

    top_score: float
    """Fused score of the best passage of the search, 0 to 1: is the library about this?"""

    score_gap: float
    """How much lower the search put its own passage: 0 or less."""


@dataclass(frozen=True, slots=True)
class DeepFeatures:
    """The features of a sentence that the deep model has read too."""

    evidence: float
    """Mean of its tokens' evidence logits."""

    answer: float
    """Best span within it, start plus end logit, less that of no answer."""

    passage: float
    """Logit that its passage answers."""

    fast: float
    """Log-odds that the fast reader gave it."""

    top_score: float
    """Fused score of the best passage of the search, 0 to 1: is the library about this?"""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights of features whose sum is the log-odds that a sentence answers.

    Fitted by `python -m training.calibrate`: logistic regression, then Platt scaling on the
    best sentence of each question (Platt 1999).
    """

    weights: tuple[float, ...]
    bias: float

    @classmethod
    def of(cls, card: Mapping[str, Any], features: Sequence[str]) -> Self:
        """Read the weights of a model's card, in the order of the features."""
        return cls(tuple(card["weights"][name] for name in features), card["bias"])

    def log_odds(self, features: Features | DeepFeatures) -> float:
        """Return the log-odds of a sentence."""
        return self.bias + float(np.dot(self.weights, astuple(features)))

    def probability(self, features: Features | DeepFeatures) -> float:
        """Return the probability of a sentence, 0 to 1."""
        return probability(self.log_odds(features))


def probability(log_odds: float) -> float:
    """Return the probability of which these are the log-odds."""
    return float(1 / (1 + np.exp(-log_odds)))
