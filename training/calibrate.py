"""Fit how the reader's signs add up to a probability, and print how far it can be trusted.

`python -m training.calibrate BENCHMARK…` writes the weights into qa/models/reader/card.json.
Every figure it prints is cross-validated over articles: no question is judged by weights that
saw its article.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from qa.evaluation import Benchmark, Question, Table, read_benchmark
from qa.evaluation.run import prepared
from qa.evaluation.scores import is_right
from qa.readers.minilm import FOLDER, MiniLMReader, Signs
from qa.settings import Settings
from qa.types import Hit

QUESTIONS = 400  # of each benchmark
OFF_TOPIC = 100
FOLDS = 5
CONTENDERS = 5  # sentences of a question that could have been the answer
REFUSED = (0.05, 0.08, 0.10, 0.15)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what speaks for each sentence, and which sentences are right."""

    benchmark: str
    kind: str
    fold: int
    signs: NDArray[np.float64]
    right: NDArray[np.bool_]


def cases(benchmark: Benchmark, others: Sequence[Benchmark]) -> Iterator[Case]:
    """Ask the questions of a benchmark, and some that are off its topic.

    Each is asked twice: of the whole library, and as if it held but the article found best,
    since the search tells much in a large library and little in a small one.
    """
    random_ = random.Random(1)
    assistant = prepared(benchmark, Settings(), Path(".cache") / "eval" / benchmark.name)
    reader = MiniLMReader()
    foreign = [question for other in others for question in other.questions]
    own = random_.sample(benchmark.questions, min(QUESTIONS, len(benchmark.questions)))
    asked = [("", q) for q in own] + [
        ("off-topic", q) for q in random_.sample(foreign, OFF_TOPIC)
    ]
    for kind, question in tqdm(asked, desc=benchmark.name):
        known = kind or ("answerable" if question.answerable else "unanswerable")
        hits = assistant.search(question.text)
        signs, right, alone = _read(question, hits, reader)
        right &= known == "answerable"
        fold = sum(hits[0].passage.article.title.encode()) % FOLDS
        yield Case(benchmark.name, known, fold, signs, right)
        yield Case(f"{benchmark.name} alone", known, fold, signs[alone], right[alone])


def _read(
    question: Question, hits: Sequence[Hit], reader: MiniLMReader
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return each sentence's signs, if it is right, and if it is of the best article."""
    rows = [
        (
            astuple(signs),
            is_right(hit.passage.article, span, question),
            hit.passage.article.title,
        )
        for hit, found in zip(hits, reader.signs(question.text, hits), strict=True)
        for span, signs in found
    ]
    signs, right, titles = zip(*rows, strict=True)
    alone = [title == hits[0].passage.article.title for title in titles]
    return np.array(signs), np.array(right), np.array(alone)


def fit(cases: Sequence[Case]) -> Pipeline:
    """Fit on every sentence, then again on those that came near the top."""
    model = _fit(cases, [np.arange(len(case.right)) for case in cases])
    near = [np.argsort(-model.decision_function(case.signs))[:CONTENDERS] for case in cases]
    return _fit(cases, near)


def _fit(cases: Sequence[Case], rows: Sequence[NDArray[np.int64]]) -> Pipeline:
    signs = np.concatenate(
        [case.signs[chosen] for case, chosen in zip(cases, rows, strict=True)]
    )
    right = np.concatenate(
        [case.right[chosen] for case, chosen in zip(cases, rows, strict=True)]
    )
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    return model.fit(signs, right)


def judged(cases: Sequence[Case]) -> list[tuple[Case, float, bool]]:
    """Return each case with its best sentence's probability, and whether that is right."""
    found = []
    for fold in range(FOLDS):
        model = fit([case for case in cases if case.fold != fold])
        for case in (case for case in cases if case.fold == fold):
            chances = model.predict_proba(case.signs)[:, 1]
            best = int(np.argmax(chances))
            found.append((case, float(chances[best]), bool(case.right[best])))
    return found


def report(found: Sequence[tuple[Case, float, bool]]) -> Table:
    """Show, for each benchmark, how often the best sentence is right and silence is."""
    table = Table()
    for name in dict.fromkeys(case.benchmark for case, _, _ in found):
        ours = [
            (case.kind, chance, right)
            for case, chance, right in found
            if case.benchmark == name
        ]
        answerable = [chance for kind, chance, _ in ours if kind == "answerable"]
        rows = {"right sentence first": np.mean([r for k, _, r in ours if k == "answerable"])}
        for kind in dict.fromkeys(kind for kind, _, _ in ours if kind != "answerable"):
            other = [chance for k, chance, _ in ours if k == kind]
            labels = [1] * len(answerable) + [0] * len(other)
            rows[f"{kind} AUROC"] = roc_auc_score(labels, answerable + other)
            for share in REFUSED:
                bar = np.quantile(answerable, share)
                rows[f"{kind} found at {share:.0%} refused"] = np.mean(np.array(other) < bar)
        for share in REFUSED:
            rows[f"bar at {share:.0%} refused"] = np.quantile(answerable, share)
        table.add(name, {row: float(value) for row, value in rows.items()})
    return table


def main() -> None:
    """Gather the cases, print the table, write the weights."""
    benchmarks = [read_benchmark(Path(path)) for path in sys.argv[1:]]
    gathered = [
        case
        for benchmark in benchmarks
        for case in cases(benchmark, [b for b in benchmarks if b is not benchmark])
    ]
    print(report(judged(gathered)))
    scaler, regression = (step for _, step in fit(gathered).steps)
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - weights @ scaler.mean_)
    card = json.loads((FOLDER / "card.json").read_text("utf-8"))
    card |= {
        "weights": dict(zip(Signs.__slots__, map(float, weights), strict=True)),
        "bias": bias,
    }
    (FOLDER / "card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
