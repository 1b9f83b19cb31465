"""Risk against coverage, and other measures of how far confidence can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qa.errors import MissingExtra

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RiskCurve:
    """Coverage and risk as the threshold falls (El-Yaniv & Wiener 2010).

    Row k is of the k + 1 surest answers: the confidence of the last, the share of the questions
    that they are, and the share of them that is wrong. Three arrays of one length. Equally sure
    answers come in any order: each counts as wrong as they are on the average.
    """

    confidence: Floats
    coverage: Floats
    risk: Floats

    @classmethod
    def of(cls, confidence: Sequence[float], wrong: Sequence[bool]) -> Self:
        """Order the answers, at least one, by how sure they were."""
        sure = np.asarray(confidence, float)
        values, alike, sizes = np.unique(-sure, return_inverse=True, return_counts=True)
        share = np.bincount(alike, weights=np.asarray(wrong, float)) / sizes
        count = np.arange(1, len(sure) + 1)
        errors = np.cumsum(np.repeat(share, sizes))
        return cls(np.repeat(-values, sizes), count / len(sure), errors / count)

    @property
    def area(self) -> float:
        """The mean risk over all coverages: AURC (Geifman & El-Yaniv 2017)."""
        return float(self.risk.mean())

    def at(self, threshold: float) -> tuple[float, float]:
        """Return coverage and risk of the answers that are at least so sure."""
        answered = int(np.sum(self.confidence >= threshold))
        if not answered:
            return 0.0, 0.0
        return float(self.coverage[answered - 1]), float(self.risk[answered - 1])


def auroc(answerable: Sequence[float], other: Sequence[float]) -> float:
    """Return the probability that an answerable question is the surer one of a pair.

    Raises:
        MissingExtra: if scikit-learn is not installed.
    """
    try:
        from sklearn.metrics import roc_auc_score
    except ImportError as missing:
        raise MissingExtra("scikit-learn", extra="evaluation") from missing
    labels = [1] * len(answerable) + [0] * len(other)
    return float(roc_auc_score(labels, [*answerable, *other]))


def abstained_share(
    answerable: Sequence[float], other: Sequence[float], *, abstained: float
) -> float:
    """Return the share of the others abstained from, if `abstained` of the answerable are."""
    threshold = np.sort(answerable)[int(abstained * len(answerable))]
    return float(np.mean(np.asarray(other) < threshold))
