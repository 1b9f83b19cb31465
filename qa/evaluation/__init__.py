"""How good the answers are, measured on benchmarks with known answers."""

from __future__ import annotations

from qa.evaluation.benchmark import Benchmark, Question, read_benchmark
from qa.evaluation.encoding_speed import race
from qa.evaluation.evaluate import Evaluation, evaluate
from qa.evaluation.feedback_benchmark import Judged, judged, write_benchmark
from qa.evaluation.feedback_summary import Opinions
from qa.evaluation.risk_plot import draw
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
