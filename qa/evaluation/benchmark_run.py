"""The benchmark run: a library is asked every question, and all results are collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from qa.assistant import Assistant
from qa.encoders import open_encoder
from qa.evaluation import answer_metrics, reading_metrics
from qa.evaluation.answer_metrics import QuestionResult
from qa.evaluation.benchmark import Benchmark, Question, QuestionKind
from qa.evaluation.correctness import is_right
from qa.evaluation.ranking_metrics import Rankings, by_article, rerank
from qa.evaluation.reading_metrics import GivenPassageResult
from qa.evaluation.timing import StageTimes
from qa.fusion import Ranking, reciprocal_rank, sorted_ids
from qa.index import build
from qa.settings import Settings
from qa.trace import Trace
from qa.types import Hit, Passage


def open_benchmark(benchmark: Benchmark, settings: Settings, home: Path) -> Assistant:
    """Open the benchmark's index, built if it is not there yet."""
    encoder, articles = open_encoder(settings.encoder), benchmark.articles
    index = build(articles, into=home, settings=settings, encoder=encoder)
    return Assistant(index, settings=settings, encoder=encoder)


@dataclass(slots=True)
class BenchmarkRun:
    """The questions that one library was asked, and their results."""

    benchmark: Benchmark
    assistant: Assistant
    passages: Mapping[str, Sequence[Passage]]
    """Those of each article, by its id."""

    question_results: list[QuestionResult] = field(default_factory=list)
    given_passage_results: list[GivenPassageResult] = field(default_factory=list)
    rankings: Rankings = field(default_factory=Rankings)
    times: StageTimes = field(default_factory=StageTimes)

    @classmethod
    def of(cls, benchmark: Benchmark, settings: Settings, home: Path) -> Self:
        """Open the benchmark's index, built if need be."""
        assistant = open_benchmark(benchmark, settings, home)
        passages = defaultdict[str, list[Passage]](list)
        for passage in assistant.index.passages:
            passages[passage.article.id].append(passage)
        return cls(benchmark, assistant, passages)

    def ask(self, question: Question, kind: QuestionKind) -> None:
        """Ask a question as a person would, and again of the right passages alone."""
        trace = self.assistant.trace(question.text)
        self.times.add(trace.seconds)
        self.question_results.append(_judge(question, kind, trace))
        if kind is not QuestionKind.OFF_TOPIC and question.given_articles:
            if question.gold:
                self._rank(question, trace)
            self._read_given_passages(question, trace.search.fused)

    def rows(self) -> dict[str, float]:
        """Return every measure: shares from 0 to 1, times in ms."""
        return {
            **self.rankings.rows(),
            **reading_metrics.rows(self.given_passage_results, long=self.benchmark.long),
            **answer_metrics.rows(self.question_results),
            **self.times.rows(),
        }

    def _rank(self, question: Question, trace: Trace) -> None:
        """Keep how each search ranked the articles."""
        found = trace.search
        searches = {
            "words": found.words,
            "vectors": found.vectors,
            "rank fusion": reciprocal_rank(found.words, found.vectors),
            "fused": found.fused,
            "reranked": rerank(found.fused, trace.probabilities),
        }
        for name, ranking in searches.items():
            self.rankings.add(name, question, by_article(ranking, self.assistant.index))

    def _read_given_passages(self, question: Question, fused: Ranking) -> None:
        """Read the passages that the question was written about, as the search scored them."""
        passages = {
            p.id: p for article in question.given_articles for p in self.passages[article]
        }
        scores = {number: fused.get(number, 0.0) for number in passages}
        hits = [Hit(passages[number], scores[number]) for number in sorted_ids(scores)]
        pipeline, asked = self.assistant.pipeline, question.text
        evidence = pipeline.read(asked, hits)
        answer = pipeline.answer(asked, asked=asked, hits=hits, evidence=evidence)
        self.given_passage_results.append(GivenPassageResult.of(question, answer, evidence))


def _judge(question: Question, kind: QuestionKind, trace: Trace) -> QuestionResult:
    answer, evidence = trace.answer, trace.evidence
    cited = [is_right(c.article, c.span, question) for c in answer.citations]
    return QuestionResult(
        kind,
        answer.confidence,
        right=any(is_right(e.passage.article, e.span, question) for e in evidence[:1]),
        cites_right=any(cited) if cited else None,
        form=question.form,
        trap=question.trap,
        yes_no_right=answer.yes_no == question.yes_no if answer.yes_no else None,
    )
