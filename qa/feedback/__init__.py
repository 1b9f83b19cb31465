"""Feedback: what people think of answers, saved, read, and pushed to a data set if wanted."""

from __future__ import annotations

from qa.feedback.ledger import Ledger
from qa.feedback.push import PushedLedger, open_ledger
from qa.feedback.record import REASONS, Feedback, QuotedSpan, Verdict, count_verdicts

__all__ = [
    "REASONS",
    "Feedback",
    "Ledger",
    "PushedLedger",
    "QuotedSpan",
    "Verdict",
    "count_verdicts",
    "open_ledger",
]
