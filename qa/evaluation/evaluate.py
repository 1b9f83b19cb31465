"""The evaluation: benchmarks are run, and every stage is measured."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.encoders import Encoder
from qa.evaluation.answer_metrics import curves
from qa.evaluation.benchmark import Benchmark, Question, QuestionKind
from qa.evaluation.benchmark_run import BenchmarkRun
from qa.evaluation.form_metrics import by_form, by_trap
from qa.evaluation.risk import RiskCurve
from qa.evaluation.table import ResultTable
from qa.evaluation.timing import median_ms
from qa.settings import Settings

QuestionProgress = Callable[[Iterable[Question], str], Iterable[Question]]
"""Yields the questions, and shows progress under a name."""

OFF_TOPIC_QUESTIONS = 200  # of the other benchmarks, that each library is asked at most
TIMED_QUESTIONS = 100  # questions that another encoder is timed on


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measurements: the table, and the risk–coverage curves by kind and benchmark."""

    table: ResultTable
    curves: Mapping[QuestionKind, Mapping[str, RiskCurve]]
    forms: Mapping[str, ResultTable]
    """How each form of question comes out, and each trap, where a benchmark tells them."""


def evaluate(
    benchmarks: Sequence[Benchmark],
    settings: Settings,
    *,
    work: Path,
    limit: int | None = None,
    against: Encoder | None = None,
    progress: QuestionProgress = lambda questions, _: questions,
) -> Evaluation:
    """Ask every question of its own library, and some of the others'.

    The indexes are kept in `work`; `limit` takes that many questions of each, by a fixed seed.
    The time of an answer is also given in multiples of what `against` takes to encode a
    question.

    Raises:
        MissingExtra: if a package of the extra `evaluation` is not installed.
    """
    table, risk = ResultTable(), defaultdict[QuestionKind, dict[str, RiskCurve]](dict)
    forms: dict[str, ResultTable] = {}
    for benchmark in benchmarks:
        own = _sample(benchmark.questions, limit)
        others = [q for b in benchmarks if b is not benchmark for q in b.questions]
        run = BenchmarkRun.of(benchmark, settings, work / benchmark.name)
        for question in progress(own, benchmark.name):
            run.ask(question, benchmark.kind(question))
        for question in progress(
            _sample(others, min(limit or OFF_TOPIC_QUESTIONS, OFF_TOPIC_QUESTIONS)),
            f"{benchmark.name}, off topic",
        ):
            run.ask(question, QuestionKind.OFF_TOPIC)
        rows = run.rows()
        if against:
            encoding = median_ms(against.questions, [[q.text] for q in own[:TIMED_QUESTIONS]])
            rows["whole ask in encodings"] = rows["whole ask p50 ms"] / encoding
        table.add(benchmark.name, rows)
        for kind, curve in curves(run.question_results).items():
            risk[kind][benchmark.name] = curve
        if any(question.form for question in own):
            forms[benchmark.name] = by_form(run.question_results)
            forms[f"{benchmark.name}, unanswerable"] = by_trap(run.question_results)
    return Evaluation(table, risk, forms)


def _sample(questions: Sequence[Question], limit: int | None) -> Sequence[Question]:
    if limit is None or limit >= len(questions):
        return questions
    return random.Random(0).sample(questions, limit)
