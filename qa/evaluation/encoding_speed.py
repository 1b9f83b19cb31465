"""The speed of encoding, beside sentence-transformers, and whether retrieval is as good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from qa.encoders import Encoder, Vectors
from qa.encoders.sentence_transformer import load_model
from qa.evaluation.benchmark import Benchmark
from qa.evaluation.ranking_metrics import Rankings
from qa.passages import embedding_texts, split_article
from qa.settings import Settings
from qa.types import Passage

SEGMENT_ROWS = 128  # passages a turn: whatever else the machine does slows both alike
DEPTH = 100  # passages a question; of each article the best counts

Encode = Callable[[Sequence[str]], Vectors]


@dataclass(slots=True)
class TimedEncoder:
    """An encoder that is timed: its vectors, and the seconds of each turn."""

    name: str
    passages: Encode
    questions: Encode
    seconds: list[float] = field(default_factory=list)
    encoded: list[Vectors] = field(default_factory=list)

    def encode_timed(self, texts: Sequence[str]) -> None:
        """Encode some passages against the clock."""
        start = perf_counter()
        self.encoded.append(self.passages(texts))
        self.seconds.append(perf_counter() - start)

    @property
    def vectors(self) -> Vectors:
        """The vectors of all passages, in their order."""
        return np.concatenate(self.encoded)


def compare_encoders(
    benchmark: Benchmark,
    settings: Settings,
    *,
    ours: Encoder,
    against: str,
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> dict[str, float]:
    """Encode a benchmark's passages in turns: with ours, and with sentence-transformers.

    That is given the whole turn at once and has its own defaults; `against` names the model.
    Then each is asked the questions, among its own vectors.
    """
    passages = [
        passage
        for article in benchmark.articles
        for passage in split_article(
            article, tokens=settings.passage_tokens, window=ours.window, count_tokens=ours.count
        )
    ]
    texts = embedding_texts(passages, window=ours.window, count_tokens=ours.count)
    runners = (
        TimedEncoder("ours", ours.passages, ours.questions),
        _sentence_transformer(against),
    )
    for runner in runners:
        runner.passages(texts[:1])  # nothing is timed for the first time
    for start in progress(range(0, len(texts), SEGMENT_ROWS)):
        for runner in runners if start // SEGMENT_ROWS % 2 else reversed(runners):
            runner.encode_timed(texts[start : start + SEGMENT_ROWS])
    return {**_speed(*runners), **_likeness(benchmark, passages, *runners)}


def _sentence_transformer(name: str) -> TimedEncoder:
    model = load_model(name)

    def encode(texts: Sequence[str]) -> Vectors:
        vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    return TimedEncoder("theirs", encode, encode)


def _speed(ours: TimedEncoder, theirs: TimedEncoder) -> dict[str, float]:
    ratios = np.divide(theirs.seconds, ours.seconds)
    return {
        **{
            f"{runner.name}, passages a second": len(runner.vectors) / sum(runner.seconds)
            for runner in (ours, theirs)
        },
        "ours, times as fast": float(np.median(ratios)),
    }


def _likeness(
    benchmark: Benchmark, passages: Sequence[Passage], ours: TimedEncoder, theirs: TimedEncoder
) -> dict[str, float]:
    """Return how alike the vectors are, and how near the top each puts the right articles."""
    asked = [question for question in benchmark.questions if question.gold]
    rankings, tops = Rankings(), list[list[set[int]]]()
    for runner in (ours, theirs):
        scores = runner.questions([question.text for question in asked]) @ runner.vectors.T
        order = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
        tops.append([set(row[:10]) for row in order.tolist()])
        for question, row, found in zip(asked, scores, order.tolist(), strict=True):
            best = {passages[n].article.id: float(row[n]) for n in reversed(found)}
            rankings.add(runner.name, question, best)
    shared = [len(one & other) / len(one) for one, other in zip(*tops, strict=True)]
    cosines = (ours.vectors * theirs.vectors).sum(axis=1)
    return {
        "least cosine": float(cosines.min()),
        "mean cosine": float(cosines.mean()),
        "the same in the ten nearest": float(np.mean(shared)),
        **rankings.rows(),
    }
