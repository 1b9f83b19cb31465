"""Fit how the reader's signs add up to a probability, and print how far it can be trusted.

`python -m training.calibrate BENCHMARK…` writes the weights into qa/models/reader/card.json.
Every figure it prints is cross-validated over articles: no question is judged by weights that
saw its article.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from qa.readers.minilm import CARD_NAMES, MODEL_FOLDER, MiniLMReader
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from qa.evaluation import Benchmark, Question, Table, read_benchmark
from qa.evaluation.benchmark import Kind
from qa.evaluation.benchmark_run import prepared
from qa.evaluation.correctness import is_right
from qa.evaluation.risk import auroc, found
from qa.settings import Settings
from qa.types import Hit

QUESTIONS = 400  # of each benchmark
OFF_TOPIC = 100
FOLDS = 5
CONTENDERS = 5  # sentences of a question that could have been the answer
BINS = 10  # of equally many answers, where chance and frequency are compared
REFUSED = (0.05, 0.08, 0.10, 0.15)
STANCES = {"eager": 0.03, "balanced": 0.08, "strict": 0.15}
"""The share of the answerable questions that each stance refuses, averaged over benchmarks."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts for; the sum and the bias are log-odds."""

    signs: Floats
    bias: float

    @classmethod
    def fit(cls, signs: Floats, right: Flags) -> Self:
        """Fit by logistic regression, every sign scaled to unit variance."""
        scaler = StandardScaler().fit(signs)
        model = LogisticRegression(max_iter=2000).fit(scaler.transform(signs), right)
        weights = model.coef_[0] / scaler.scale_
        return cls(weights, float(model.intercept_[0] - weights @ scaler.mean_))

    def odds(self, signs: Floats) -> Floats:
        """Return the log-odds of each row."""
        odds: Floats = signs @ self.signs + self.bias
        return odds


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what speaks for each sentence, and which sentences are right."""

    benchmark: str
    kind: Kind
    fold: int
    signs: Floats
    right: Flags

    def best(self, weights: Weights, count: int) -> Case:
        """Return the case with only the likeliest sentences, best first."""
        order = np.argsort(-weights.odds(self.signs), kind="stable")[:count]
        return replace(self, signs=self.signs[order], right=self.right[order])


@dataclass(frozen=True, slots=True)
class Judgement:
    """The chance of a question's best sentence, and whether that is right."""

    benchmark: str
    kind: Kind
    chance: float
    right: bool


def cases(benchmark: Benchmark, others: Sequence[Benchmark]) -> Iterator[Case]:
    """Ask the questions of a benchmark, and some that are off its topic.

    Each is asked twice: of the whole library, and as if it held but the article found best,
    since the search tells much in a large library and little in a small one. All hits are read,
    the unpromising too: they teach how much it says to be behind.
    """
    random_ = random.Random(1)
    assistant = prepared(benchmark, Settings(), Path(".cache") / "eval" / benchmark.name)
    reader = MiniLMReader()
    foreign = [question for other in others for question in other.questions]
    own = random_.sample(benchmark.questions, min(QUESTIONS, len(benchmark.questions)))
    asked = [(benchmark.kind(q), q) for q in own]
    asked += [(Kind.OFF_TOPIC, q) for q in random_.sample(foreign, OFF_TOPIC)]
    for kind, question in tqdm(asked, desc=benchmark.name):
        hits = assistant.search(question.text)
        signs, right, alone = _read(question, hits, reader)
        right &= kind is Kind.ANSWERABLE
        fold = sum(hits[0].passage.article.title.encode()) % FOLDS
        yield Case(benchmark.name, kind, fold, signs, right)
        yield Case(f"{benchmark.name} alone", kind, fold, signs[alone], right[alone])


def _read(
    question: Question, hits: Sequence[Hit], reader: MiniLMReader
) -> tuple[Floats, Flags, Flags]:
    """Return each sentence's signs, if it is right, and if it is of the best article."""
    rows = [
        (
            astuple(signs),
            is_right(hit.passage.article, span, question),
            hit.passage.article.title,
        )
        for hit, read in zip(hits, reader.features(question.text, hits), strict=True)
        for span, signs in read
    ]
    signs, right, titles = zip(*rows, strict=True)
    alone = [title == hits[0].passage.article.title for title in titles]
    return np.array(signs), np.array(right), np.array(alone)


def fit(cases: Sequence[Case]) -> Weights:
    """Fit on every sentence, then again on those that came near the top.

    What odds stand for is learnt last, from the best sentence of each question alone (Platt
    1999): being the best of many, it is right more or less often than its signs say.
    """
    weights = _fit(cases)
    weights = _fit([case.best(weights, CONTENDERS) for case in cases])
    best = [case.best(weights, 1) for case in cases]
    odds = np.concatenate([weights.odds(case.signs) for case in best])
    scale = Weights.fit(odds[:, None], np.concatenate([case.right for case in best]))
    slope = float(scale.signs[0])
    return Weights(slope * weights.signs, slope * weights.bias + scale.bias)


def _fit(cases: Sequence[Case]) -> Weights:
    signs = np.concatenate([case.signs for case in cases])
    return Weights.fit(signs, np.concatenate([case.right for case in cases]))


def judged(cases: Sequence[Case]) -> list[Judgement]:
    """Judge each case by weights that saw no case of its fold."""
    judgements = []
    for fold in range(FOLDS):
        weights = fit([case for case in cases if case.fold != fold])
        for case in (case.best(weights, 1) for case in cases if case.fold == fold):
            chance = 1 / (1 + np.exp(-weights.odds(case.signs)[0]))
            judgements.append(
                Judgement(case.benchmark, case.kind, float(chance), bool(case.right[0]))
            )
    return judgements


def stances(judgements: Sequence[Judgement]) -> dict[str, float]:
    """Return the highest threshold of each stance that refuses no more than it may."""
    answerable = defaultdict[str, list[float]](list)
    for one in judgements:
        if one.kind is Kind.ANSWERABLE:
            answerable[one.benchmark].append(one.chance)
    thresholds = np.arange(1, 100) / 100
    refused = np.mean(
        [np.less.outer(chances, thresholds).mean(axis=0) for chances in answerable.values()],
        axis=0,
    )
    return {
        name: float(thresholds[refused <= share].max(initial=0.0))
        for name, share in STANCES.items()
    }


def calibration_error(judgements: Sequence[Judgement]) -> float:
    """Return how far chance and frequency are apart, averaged over answers alike in chance."""
    order = sorted(judgements, key=lambda one: one.chance)
    bins = np.array_split(np.array([(one.chance, one.right) for one in order]), BINS)
    apart = [abs(np.subtract(*group.mean(axis=0))) * len(group) for group in bins]
    return float(sum(apart) / len(order))


def report(judgements: Sequence[Judgement], thresholds: Mapping[str, float]) -> Table:
    """Show, for each benchmark, how often the best sentence is right and silence is."""
    table = Table()
    for name in dict.fromkeys(one.benchmark for one in judgements):
        table.add(name, _rows([one for one in judgements if one.benchmark == name], thresholds))
    return table


def _rows(judgements: Sequence[Judgement], thresholds: Mapping[str, float]) -> dict[str, float]:
    answerable = [one for one in judgements if one.kind is Kind.ANSWERABLE]
    rows = {"right sentence first": float(np.mean([one.right for one in answerable]))}
    for kind in Kind:
        chances = [one.chance for one in judgements if one.kind is kind]
        if not chances:
            continue
        if kind is not Kind.ANSWERABLE:
            sure = [one.chance for one in answerable]
            rows[f"{kind} AUROC"] = auroc(sure, chances)
            for share in REFUSED:
                rows[f"{kind} found at {share:.0%} refused"] = found(
                    sure, chances, refused=share
                )
        for name, threshold in thresholds.items():
            rows[f"{kind} refused, {name}"] = float(np.mean(np.array(chances) < threshold))
    return rows


def main() -> None:
    """Gather the cases, print what they show, write the weights."""
    benchmarks = [read_benchmark(Path(path)) for path in sys.argv[1:]]
    gathered = [
        case
        for benchmark in benchmarks
        for case in cases(benchmark, [b for b in benchmarks if b is not benchmark])
    ]
    judgements = judged(gathered)
    thresholds = stances(judgements)
    print(report(judgements, thresholds))
    print("Thresholds:", ", ".join(f"{name} {bar:.2f}" for name, bar in thresholds.items()))
    print(f"Expected calibration error: {calibration_error(judgements):.3f}")
    weights = fit(gathered)
    card = json.loads((MODEL_FOLDER / "card.json").read_text("utf-8"))
    card |= {
        "weights": dict(zip(CARD_NAMES, map(float, weights.signs), strict=True)),
        "bias": weights.bias,
    }
    (MODEL_FOLDER / "card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
