"""What is counted while questions are asked, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypeVar

import numpy as np

from qa.errors import MissingExtra
from qa.evaluation.benchmark import Question

T = TypeVar("T")
MEASURES = ("nDCG@10", "R@1", "R@5", "R@20")


@dataclass(slots=True)
class Tally:
    """The counts of one benchmark."""

    _gold: dict[str, dict[str, int]] = field(default_factory=dict)
    _runs: dict[str, dict[str, Mapping[str, float]]] = field(default_factory=dict)
    _values: dict[str, list[float]] = field(default_factory=dict)
    _confidence: dict[str, list[float]] = field(default_factory=dict)
    _seconds: dict[str, list[float]] = field(default_factory=dict)

    def found(self, search: str, question: Question, ranking: Mapping[str, float]) -> None:
        """Keep what a search found for a question."""
        self._gold[question.id] = dict.fromkeys(question.gold, 1)
        self._runs.setdefault(search, {})[question.id] = ranking

    def add(self, row: str, value: float) -> None:
        """Add a value to those whose mean a row shows."""
        self._values.setdefault(row, []).append(value)

    def confidence(self, kind: str, value: float) -> None:
        """Keep how sure an answer was, by the kind of its question."""
        self._confidence.setdefault(kind, []).append(value)

    def timed(self, stage: str, work: Callable[[], T]) -> T:
        """Do the work and keep how long it took."""
        start = perf_counter()
        done = work()
        self._seconds.setdefault(stage, []).append(perf_counter() - start)
        return done

    def summary(self) -> dict[str, float]:
        """Return the rows of the table: shares and means from 0 to 1, times in ms."""
        rows: dict[str, float] = {}
        for search, run in self._runs.items():
            rows |= {f"{search} {m}": v for m, v in _retrieval(self._gold, run).items()}
        rows |= {row: float(np.mean(values)) for row, values in self._values.items()}
        for kind in self._confidence.keys() - {"answerable"}:
            rows[f"{kind} AUROC"] = _auroc(
                self._confidence.get("answerable", []), self._confidence[kind]
            )
        return rows | self._times()

    def _times(self) -> dict[str, float]:
        """Return the median and the slow end of every stage, and of all together."""
        whole = [sum(stages) for stages in zip(*self._seconds.values(), strict=True)]
        return {
            f"{stage} p{share} ms": float(np.percentile(seconds, share)) * 1000
            for stage, seconds in {**self._seconds, "whole ask": whole}.items()
            for share in (50, 95)
            if seconds
        }


def _retrieval(
    gold: Mapping[str, Mapping[str, int]], run: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    try:
        import ir_measures
    except ImportError as missing:
        raise MissingExtra("ir-measures") from missing
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    scores = ir_measures.calc_aggregate(measures, gold, run)
    return {str(measure): float(scores[measure]) for measure in measures}


def _auroc(answerable: list[float], other: list[float]) -> float:
    """Return the chance that an answerable question is held the surer of the two."""
    try:
        from sklearn.metrics import roc_auc_score
    except ImportError as missing:
        raise MissingExtra("scikit-learn") from missing
    if not answerable or not other:
        return float("nan")
    return float(roc_auc_score([1] * len(answerable) + [0] * len(other), answerable + other))
