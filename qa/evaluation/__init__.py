"""How good the answers are, measured on benchmarks with known answers."""

from __future__ import annotations

from qa.evaluation.benchmark import Benchmark, Question, read_benchmark
from qa.evaluation.encoding import race
from qa.evaluation.judged import Judged, judged, write_benchmark
from qa.evaluation.opinions import Opinions
from qa.evaluation.picture import draw
from qa.evaluation.run import Evaluation, evaluate
from qa.evaluation.table import Table

__all__ = [
    "Benchmark",
    "Evaluation",
    "Judged",
    "Opinions",
    "Question",
    "Table",
    "draw",
    "evaluate",
    "judged",
    "race",
    "read_benchmark",
    "write_benchmark",
]
