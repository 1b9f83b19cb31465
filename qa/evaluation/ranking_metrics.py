"""Ranking metrics: how near the top the searches put the articles that answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.errors import MissingExtra
from qa.evaluation.benchmark import Question
from qa.fusion import Ranking
from qa.index import Index

METRICS = ("nDCG@10", "R@1", "R@5")


@dataclass(slots=True)
class Rankings:
    """The rankings of each search for each question."""

    _gold: dict[str, dict[str, int]] = field(default_factory=dict)
    _runs: dict[str, dict[str, Mapping[str, float]]] = field(default_factory=dict)

    def add(self, search: str, question: Question, ranking: Mapping[str, float]) -> None:
        """Keep what a search found: the score of each article."""
        self._gold[question.id] = dict.fromkeys(question.gold, 1)
        self._runs.setdefault(search, {})[question.id] = ranking

    def rows(self) -> dict[str, float]:
        """Return the measures of each search, from 0 to 1.

        Raises:
            MissingExtra: if ir-measures is not installed.
        """
        return {
            f"{search} {measure}": value
            for search, run in self._runs.items()
            for measure, value in _measure(self._gold, run).items()
        }


def by_article(ranking: Ranking, index: Index) -> dict[str, float]:
    """Give each article the score of its best passage."""
    best: dict[str, float] = {}
    for number, score in ranking.items():
        article = index.passages[number].article.id
        best[article] = max(score, best.get(article, score))
    return best


def rerank(fused: Ranking, probabilities: Mapping[int, float]) -> dict[int, float]:
    """Put the passages read before the others, by the probability of their best sentence."""
    above = max(fused.values(), default=0.0) + 1
    return {**fused, **{number: above + p for number, p in probabilities.items()}}


def _measure(
    gold: Mapping[str, Mapping[str, int]], run: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    try:
        import ir_measures
    except ImportError as missing:
        raise MissingExtra("ir-measures", extra="evaluation") from missing
    measures = [ir_measures.parse_measure(name) for name in METRICS]
    scores = ir_measures.calc_aggregate(measures, gold, run)
    return {str(measure): float(scores[measure]) for measure in measures}
