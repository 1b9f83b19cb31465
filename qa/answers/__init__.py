"""Answers: statements, each supported by citations of the articles."""

from __future__ import annotations

from qa.answers.answer import Answer, Outcome, Turn
from qa.answers.citation import Citation, cite
from qa.answers.question import Correction, Intent, Substitution
from qa.answers.statement import Comparison, Statement

__all__ = [
    "Answer", "Citation", "Comparison", "Correction", "Intent", "Outcome", "Statement",
    "Substitution", "Turn", "cite",
]  # fmt: skip
