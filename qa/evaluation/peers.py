"""The same library and questions, asked of this program and of its peers by their own code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Protocol

import numpy as np

from qa.assistant import Assistant
from qa.encoders.sentence_transformer import load_model
from qa.errors import MissingExtra
from qa.evaluation.benchmark import Benchmark, Question
from qa.evaluation.benchmark_run import open_benchmark
from qa.evaluation.correctness import is_right
from qa.evaluation.scale import peak_memory
from qa.index import load
from qa.settings import Settings
from qa.types import Article, Passage, Span

PASSAGES_READ = 8  # passages that a reader is given: as many as ours
Found = tuple[Article, Span]


class Peer(Protocol):
    """A program that is asked; a peer's own package is loaded when it is made, not before."""

    name: str

    def first(self, question: str) -> Found | None:
        """Return what it shows first, or nothing if it abstains."""
        ...


class OurAnswers:
    """The peer that is this program: its answer is the first quotation."""

    name = "this program"

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def first(self, question: str) -> Found | None:
        """Return the first quotation, or nothing if it abstains."""
        citations = self._assistant.ask(question).citations
        return (citations[0].article, citations[0].span) if citations else None


class PlainSearch:
    """The nearest passage by sentence-transformers, whole: a few lines, as in its tutorial."""

    name = "sentence-transformers"

    def __init__(self, model: str, passages: Sequence[Passage]) -> None:
        self._model = load_model(model)
        self._passages = passages
        texts = [passage.text for passage in passages]
        self._vectors = self._model.encode(texts, normalize_embeddings=True)

    def nearest(self, question: str, count: int) -> list[Passage]:
        """Return the passages nearest to a question, best first."""
        vector = self._model.encode([question], normalize_embeddings=True)[0]
        rows = np.argsort(-(self._vectors @ vector))[:count]
        return [self._passages[int(row)] for row in rows]

    def first(self, question: str) -> Found | None:
        """Return the nearest passage: it never abstains."""
        (nearest,) = self.nearest(question, 1)
        return nearest.article, nearest.span


class HaystackReader:
    """Haystack's extractive reader on the passages of a plain search, at its defaults."""

    name = "haystack"

    def __init__(self, model: str, search: PlainSearch) -> None:
        """Load a model for question answering from a folder.

        Raises:
            MissingExtra: if haystack is not installed.
        """
        os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
        try:
            from haystack import Document
            from haystack_integrations.components.readers.transformers import (
                TransformersExtractiveReader,
            )
        except ImportError as missing:
            raise MissingExtra("transformers-haystack", extra="peers") from missing
        self._document = Document
        self._reader: Any = TransformersExtractiveReader(model, top_k=1)
        self._reader.warm_up()
        self._search = search

    def first(self, question: str) -> Found | None:
        """Return the best span, or nothing if the likeliest is that there is none."""
        passages = {str(p.id): p for p in self._search.nearest(question, PASSAGES_READ)}
        documents = [self._document(id=n, content=p.text) for n, p in passages.items()]
        answers = self._reader.run(query=question, documents=documents)["answers"]
        best = max(answers, key=lambda answer: answer.score)
        if best.data is None:
            return None
        passage, offset = passages[best.document.id], best.document_offset
        start = passage.span.start
        return passage.article, Span(start + offset.start, start + offset.end)


class TxtaiPipeline:
    """Txtai's search and its extractive question answering, as in its tutorial."""

    name = "txtai"

    def __init__(self, model: str, reader: str, passages: Sequence[Passage]) -> None:
        """Load a model for search and one for question answering, and index the passages.

        Raises:
            MissingExtra: if txtai is not installed.
        """
        try:
            from txtai import RAG, Embeddings
        except ImportError as missing:
            raise MissingExtra("txtai", extra="peers") from missing
        self._passages = passages
        embeddings = Embeddings(path=model, content=True)
        embeddings.index((number, p.text, None) for number, p in enumerate(passages))
        self._search: Any = embeddings
        self._ask: Any = RAG(embeddings, reader, task="question-answering", output="reference")

    def first(self, question: str) -> Found | None:
        """Return the span it answers with; it refers to a passage for it.

        It reads several passages as one: what lies across two counts as the whole of one.
        """
        row = (None, question, question, None)
        try:
            ((_, answer, reference),) = self._ask([row])
        except TypeError:  # where the model says that nothing answers, it trips over that
            return None
        if not answer:
            return None
        passage = self._passages[int(reference)]
        start = passage.text.find(answer)
        if start < 0:
            return passage.article, passage.span
        at = passage.span.start + start
        return passage.article, Span(at, at + len(answer))


def compare_peers(  # noqa: PLR0913  # the whole of what there is to choose
    benchmark: Benchmark,
    off_topic: Iterable[Question],
    settings: Settings,
    *,
    model: str,
    reader: str | None,
    work: Path,
    limit: int,
) -> Iterator[tuple[str, dict[str, float] | str]]:
    """Yield the measures of each program, or what is to be done where it is not installed.

    `off_topic` are questions of other libraries, from which each should abstain. A passage is
    several sentences long, so that its being right is easier than a quotation's. Each program
    has a process of its own, so that its memory is its own.
    """
    open_benchmark(benchmark, settings, work)
    peers: dict[str, Callable[[], Peer]] = {
        OurAnswers.name: partial(_ours, settings, work),
        PlainSearch.name: partial(_plain_search, model, work),
    }
    if reader:
        peers[HaystackReader.name] = partial(_haystack, model, reader, work)
        peers[TxtaiPipeline.name] = partial(_txtai, model, reader, work)
    asked = [question for question in benchmark.questions if question.answerable][:limit]
    others = [*islice(off_topic, limit)]
    for name, make in peers.items():
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            yield name, alone.submit(_measure_alone, make, asked, others).result()


def _ours(settings: Settings, home: Path) -> Peer:
    return OurAnswers(Assistant(load(home), settings=settings))


def _plain_search(model: str, home: Path) -> PlainSearch:
    return PlainSearch(model, tuple(load(home).passages))


def _haystack(model: str, reader: str, home: Path) -> Peer:
    return HaystackReader(reader, _plain_search(model, home))


def _txtai(model: str, reader: str, home: Path) -> Peer:
    return TxtaiPipeline(model, reader, tuple(load(home).passages))


def _measure_alone(
    make: Callable[[], Peer], asked: Sequence[Question], off_topic: Sequence[Question]
) -> dict[str, float] | str:
    """Measure a program in a process of its own, with the most memory that it took."""
    try:
        peer = make()
    except MissingExtra as missing:
        return str(missing)
    return {**_measure(peer, asked, off_topic), "resident MB": peak_memory()}


def _measure(
    peer: Peer, asked: Sequence[Question], off_topic: Sequence[Question]
) -> dict[str, float]:
    peer.first(asked[0].text)  # nothing is timed for the first time
    seconds, right, abstained = list[float](), 0, 0
    for question in asked:
        started = perf_counter()
        found = peer.first(question.text)
        seconds.append(perf_counter() - started)
        right += found is not None and is_right(*found, question)
        abstained += found is None
    rejected = sum(peer.first(question.text) is None for question in off_topic)
    return {
        "what is shown first is right": right / len(asked),
        "answerable, and abstained from": abstained / len(asked),
        "off the topic, and abstained from": rejected / len(off_topic) if off_topic else np.nan,
        "a question, median ms": median(seconds) * 1000,
    }
