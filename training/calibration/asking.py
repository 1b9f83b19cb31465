"""Cases for a calibration: the questions of benchmarks, asked of a reader."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Self

import numpy as np
from tqdm import tqdm

from qa.assistant import Assistant
from qa.encoders import open_encoder
from qa.evaluation import Benchmark, Question
from qa.evaluation.benchmark import QuestionKind
from qa.evaluation.benchmark_run import open_benchmark
from qa.evaluation.correctness import is_right
from qa.models import model_folder
from qa.readers import Reader, open_reader
from qa.readers.calibration import DeepFeatures, Features
from qa.readers.deep import DeepReader, DeepSentence
from qa.readers.fast import FastReader, ScoredSentence
from qa.settings import Settings
from qa.types import Hit
from training.calibration.weights import Case

QUESTIONS = 200  # of each benchmark
OFF_TOPIC = 60
FOLDS = 5


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
