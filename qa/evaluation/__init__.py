"""How good the answers are, measured on benchmarks with known answers."""

from __future__ import annotations

from qa.evaluation.benchmark import Benchmark, Question, read_benchmark
from qa.evaluation.conversations import evaluate_conversations
from qa.evaluation.encoding_speed import compare_encoders
from qa.evaluation.evaluate import Evaluation, evaluate
from qa.evaluation.feedback_benchmark import (
    FeedbackQuestion,
    feedback_questions,
    write_benchmark,
)
from qa.evaluation.feedback_summary import FeedbackSummary
from qa.evaluation.risk_plot import draw
from qa.evaluation.table import ResultTable

__all__ = [
    "Benchmark",
    "Evaluation",
    "FeedbackQuestion",
    "FeedbackSummary",
    "Question",
    "ResultTable",
    "compare_encoders",
    "draw",
    "evaluate",
    "evaluate_conversations",
    "feedback_questions",
    "read_benchmark",
    "write_benchmark",
]
