"""Ask benchmarks their questions, and measure every stage."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.encoders import Encoder
from qa.evaluation.answer_metrics import curves
from qa.evaluation.benchmark import Benchmark, Kind, Question
from qa.evaluation.benchmark_run import Examination
from qa.evaluation.risk import Curve
from qa.evaluation.table import Table
from qa.evaluation.timing import median_ms
from qa.settings import Settings

Watch = Callable[[Iterable[Question], str], Iterable[Question]]
"""Passes the questions on and shows, under a name, how far they are."""

OFF_TOPIC = 200  # questions of the other benchmarks that each library is asked
ENCODED = 100  # questions that another encoder is timed on


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured: the table, and the risk–coverage curves by kind and benchmark."""

    table: Table
    curves: Mapping[Kind, Mapping[str, Curve]]


def evaluate(
    benchmarks: Sequence[Benchmark],
    settings: Settings,
    *,
    work: Path,
    limit: int | None = None,
    against: Encoder | None = None,
    watch: Watch = lambda questions, _: questions,
) -> Evaluation:
    """Ask every question of its own library, and some of the others'.

    The indexes are kept in `work`; `limit` takes that many questions of each, by a fixed seed.
    The time of an answer is told in times that `against` needs to encode a question, too.

    Raises:
        MissingExtra: if a package of the extra `evaluation` is not installed.
    """
    table, risk = Table(), defaultdict[Kind, dict[str, Curve]](dict)
    for benchmark in benchmarks:
        own = _sample(benchmark.questions, limit)
        others = [q for b in benchmarks if b is not benchmark for q in b.questions]
        examination = Examination.of(benchmark, settings, work / benchmark.name)
        for question in watch(own, benchmark.name):
            examination.ask(question, benchmark.kind(question))
        for question in watch(_sample(others, OFF_TOPIC), f"{benchmark.name}, off topic"):
            examination.ask(question, Kind.OFF_TOPIC)
        rows = examination.rows()
        if against:
            encoding = median_ms(against.questions, [[q.text] for q in own[:ENCODED]])
            rows["whole ask in encodings"] = rows["whole ask p50 ms"] / encoding
        table.add(benchmark.name, rows)
        for kind, curve in curves(examination.asked).items():
            risk[kind][benchmark.name] = curve
    return Evaluation(table, risk)


def _sample(questions: Sequence[Question], limit: int | None) -> Sequence[Question]:
    if limit is None or limit >= len(questions):
        return questions
    return random.Random(0).sample(questions, limit)
