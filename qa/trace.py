"""The trace of an answer: what each stage on the way from the question to it gave."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from qa.answers import Answer
from qa.fusion import Ranking
from qa.readers import Evidence
from qa.readers.base import best_first
from qa.search import SearchResult
from qa.types import Hit

STAGES = ("understand", "search", "read", "answer")
SHOWN_SENTENCES = 8  # of those that were read, in the text


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer, the search and the evidence that it comes of, and the seconds of each stage.

    The answer says how the question was understood. What needs no search, a greeting say, has
    neither hits nor evidence; of several questions at once there is the evidence of all.
    """

    answer: Answer
    search: SearchResult = field(default_factory=SearchResult)
    evidence: tuple[Evidence, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    def __post_init__(self) -> None:
        if tuple(self.seconds) != STAGES:
            raise ValueError(f"Not the seconds of each stage: {self.seconds}")

    @property
    def probabilities(self) -> dict[int, float]:
        """The probability of the best sentence of each passage that was read, by its id."""
        probabilities: dict[int, float] = {}
        for sentence in self.evidence:
            number = sentence.passage.id
            probabilities[number] = max(sentence.score, probabilities.get(number, 0.0))
        return probabilities

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        """Yield the hits with the scores of each stage, the best sentences, and the times."""
        yield f"Searched for: {self.answer.asked}"
        if self.answer.hits:
            yield " fused  vectors   words   prob.  passage"
        probabilities = self.probabilities
        for hit in self.answer.hits:
            fused, vectors, words = (
                hit.stages.get(name) for name in ("fused", "vectors", "words")
            )
            cells = _cell(fused, 6), _cell(vectors, 7), _cell(words, 6)
            probability = _cell(probabilities.get(hit.passage.id), 6)
            yield f"{'  '.join([*cells, probability])}  {hit.passage.trail}"
        if self.evidence:
            yield " prob.  sentence"
        for sentence in self.evidence[:SHOWN_SENTENCES]:
            said = " ".join(sentence.excerpt.text.split())
            yield f"{_cell(sentence.score, 6)}  {said}"
        yield _times(self.seconds)
        if self.search.seconds:
            yield f"search: {_times(self.search.seconds)}"

    def as_dict(self) -> dict[str, Any]:
        """Return the trace as JSON holds it, beside its answer."""
        probabilities = self.probabilities
        return {
            "asked": self.answer.asked,
            "hits": [_hit_as_dict(hit, probabilities) for hit in self.answer.hits],
            "evidence": [_evidence_as_dict(sentence) for sentence in self.evidence],
            "seconds": {**self.seconds},
            "search_seconds": {**self.search.seconds},
        }


Steps = Generator[tuple[Hit, ...], None, Trace]
"""Yields hits as soon as they are found, and returns the trace of the answer."""


def finish(steps: Steps) -> Trace:
    """Run all steps, and return the trace."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            trace: Trace = done.value
            return trace


def join(
    answer: Answer, parts: Sequence[Trace], seconds: Mapping[str, float] = MappingProxyType({})
) -> Trace:
    """Return the trace of an answer to several questions: what was found for any of them.

    `seconds` are those of the stages that are of no part.
    """
    searches = [part.search for part in parts]
    names = dict.fromkeys(name for search in searches for name in search.seconds)
    return Trace(
        answer,
        SearchResult(
            answer.hits,
            _best_scores(search.vectors for search in searches),
            _best_scores(search.words for search in searches),
            _best_scores(search.fused for search in searches),
            {n: sum(search.seconds.get(n, 0.0) for search in searches) for n in names},
        ),
        best_first([sentence for part in parts for sentence in part.evidence]),
        add_seconds(seconds, *(part.seconds for part in parts)),
    )


def _best_scores(rankings: Iterable[Ranking]) -> Ranking:
    """Return the best score of each passage in any of the rankings."""
    best: dict[int, float] = {}
    for ranking in rankings:
        for number, score in ranking.items():
            best[number] = max(score, best.get(number, score))
    return best


def add_seconds(*some: Mapping[str, float]) -> dict[str, float]:
    """Return the seconds of each stage in all of them together."""
    return {stage: sum(seconds.get(stage, 0.0) for seconds in some) for stage in STAGES}


def _hit_as_dict(hit: Hit, probabilities: Mapping[int, float]) -> dict[str, Any]:
    passage = hit.passage
    return {
        "article": passage.article.id,
        "title": passage.article.title,
        "path": list(passage.path),
        "start": passage.span.start,
        "end": passage.span.end,
        "score": hit.score,
        "stages": {**hit.stages},
        "probability": probabilities.get(passage.id),
    }


def _evidence_as_dict(sentence: Evidence) -> dict[str, Any]:
    excerpt = sentence.excerpt
    return {
        "article": excerpt.article.id,
        "pages": list(excerpt.pages),
        "start": excerpt.span.start,
        "end": excerpt.span.end,
        "sentence": excerpt.text,
        "short_answer": excerpt.short_answer,
        "probability": sentence.score,
    }


def _cell(score: float | None, width: int) -> str:
    return f"{'–' if score is None else format(score, '.3f'):>{width}}"


def _times(seconds: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {1000 * took:.0f} ms" for name, took in seconds.items())
