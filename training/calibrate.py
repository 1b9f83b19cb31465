"""Fit how a reader's features add up to a probability, and print how far it can be trusted.

`python -m training.calibrate --reader deep FOLDER…` writes the weights into the card of the
reader; the folders are benchmarks or written articles. The fast reader comes first: what it
says is a feature of the deep one. Every figure printed is cross-validated over articles: no
question is predicted by weights that saw its article.

Of any other reader that the settings can name, `--reader NAME` prints how far its own scores
can be trusted, and the threshold on them that each stance stands for.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from qa.assistant import Assistant
from qa.encoders import open_encoder
from qa.evaluation import Benchmark, Question, ResultTable, read_benchmark
from qa.evaluation.benchmark import QuestionKind
from qa.evaluation.benchmark_run import open_benchmark
from qa.evaluation.correctness import is_right
from qa.evaluation.risk import abstained_share, auroc
from qa.models import model_folder
from qa.readers import Reader, open_reader
from qa.readers.calibration import DeepFeatures, Features
from qa.readers.deep import DeepReader, DeepSentence
from qa.readers.fast import FastReader, ScoredSentence
from qa.settings import Settings
from qa.types import Hit

QUESTIONS = 200  # of each benchmark
OFF_TOPIC = 60
FOLDS = 5
CONTENDERS = 5  # sentences of a question that could have been the answer
BINS = 10  # of equally many answers, where probability and frequency are compared
ABSTAINED_SHARES = (0.05, 0.08, 0.10, 0.15)
STANCE_SHARES = {"eager": 0.02, "balanced": 0.06, "strict": 0.12}
"""The share of right answers that each stance gives up by abstaining, averaged over benchmarks.

Only answerable questions whose best sentence is right count: a wrong answer is no loss."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts for; the sum and the bias are log-odds."""

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


@dataclass(frozen=True, slots=True)
class Prediction:
    """The probability of a question's best sentence, and whether that is right."""

    benchmark: str
    kind: QuestionKind
    probability: float
    right: bool


@dataclass(frozen=True, slots=True)
class ScoringReader:
    """A reader that is taken at its word: the one feature of a sentence is its score."""

    reader: Reader

    def case(
        self, assistant: Assistant, question: Question, benchmark: str, kind: QuestionKind
    ) -> Case:
        """Ask a question, and gather the score of every sentence read."""
        asked = assistant.understand(question.text).asked
        hits = assistant.pipeline.search(asked).hits
        evidence = self.reader.read(asked, hits)
        right = [
            kind is QuestionKind.ANSWERABLE and is_right(e.passage.article, e.span, question)
            for e in evidence
        ]
        scores = np.array([[e.score] for e in evidence])
        return Case(benchmark, kind, _fold(hits), scores, np.array(right))


@dataclass(frozen=True, slots=True)
class FeatureReader:
    """A reader that is calibrated: its folder, and what it knows of each sentence."""

    folder: Path
    names: tuple[str, ...]
    fast: FastReader
    deep: DeepReader | None

    @classmethod
    def of(cls, name: str) -> Self:
        """Open the reader of that name, `fast` or `deep`."""
        fast = FastReader()
        if name == "fast":
            return cls(model_folder("fast"), Features.__slots__, fast, None)
        return cls(model_folder("deep"), DeepFeatures.__slots__, fast, DeepReader(fast=fast))

    def case(
        self, assistant: Assistant, question: Question, benchmark: str, kind: QuestionKind
    ) -> Case:
        """Ask a question, and gather the features of every sentence read."""
        asked = assistant.understand(question.text).asked
        hits = assistant.pipeline.search(asked).hits
        ranked = list(self.fast.score(asked, hits))
        scored: Sequence[ScoredSentence | DeepSentence] = ranked
        if self.deep:
            scored = self.deep.read_on(asked, ranked)
        right = [
            kind is QuestionKind.ANSWERABLE
            and is_right(s.hit.passage.article, s.span, question)
            for s in scored
        ]
        features = np.array([astuple(s.features) for s in scored])
        return Case(benchmark, kind, _fold(hits), features, np.array(right))


def _fold(hits: Sequence[Hit]) -> int:
    """Return the fold of the article that a search found first."""
    return sum(hits[0].passage.article.title.encode()) % FOLDS


def reader_named(name: str) -> FeatureReader | ScoringReader:
    """Return one of our readers with its features, or any other with its scores."""
    if name in ("fast", "deep"):
        return FeatureReader.of(name)
    return ScoringReader(open_reader(name, open_encoder(Settings().encoder)))


def cases(
    benchmark: Benchmark,
    others: Sequence[Benchmark],
    reader: FeatureReader | ScoringReader,
) -> Iterator[Case]:
    """Ask the questions of a benchmark, and some that are off its topic.

    Written articles are each asked alone, too: the search tells much in a large library and
    little in a small one.
    """
    random_ = random.Random(1)
    assistant = open_benchmark(benchmark, Settings(), Path(".cache") / "eval" / benchmark.name)
    own = random_.sample(benchmark.questions, min(QUESTIONS, len(benchmark.questions)))
    foreign = [question for other in others for question in other.questions]
    for question in tqdm(own, desc=benchmark.name):
        kind = benchmark.kind(question)
        yield reader.case(assistant, question, benchmark.name, kind)
        if question.form:
            alone = assistant.within(question.given_articles)
            yield reader.case(alone, question, f"{benchmark.name} alone", kind)
    for question in random_.sample(foreign, min(OFF_TOPIC, len(foreign))):
        yield reader.case(assistant, question, benchmark.name, QuestionKind.OFF_TOPIC)


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
    for fold in range(FOLDS):
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


def main() -> None:
    """Gather the cases, print what they show, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="benchmarks, written articles")
    parser.add_argument("--reader", default="deep", help="fast, deep, or any of the settings'")
    options = parser.parse_args()
    benchmarks = [read_benchmark(folder) for folder in options.folders]
    reader = reader_named(options.reader)
    gathered = [
        case
        for benchmark in benchmarks
        for case in cases(benchmark, [b for b in benchmarks if b is not benchmark], reader)
    ]
    predictions = (
        cross_validate(gathered)
        if isinstance(reader, FeatureReader)
        else predictions_by_score(gathered)
    )
    thresholds = stance_thresholds(predictions)
    print(report(predictions, thresholds))
    print("Thresholds:", ", ".join(f"{name} {bar:.2f}" for name, bar in thresholds.items()))
    print(f"Expected calibration error: {calibration_error(predictions):.3f}")
    if isinstance(reader, FeatureReader):
        write_weights(reader, fit(gathered))


def write_weights(reader: FeatureReader, weights: Weights) -> None:
    """Write the weights into the card of a reader."""
    card = json.loads((reader.folder / "card.json").read_text("utf-8"))
    card |= {
        "weights": dict(zip(reader.names, map(float, weights.features), strict=True)),
        "bias": weights.bias,
    }
    (reader.folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
