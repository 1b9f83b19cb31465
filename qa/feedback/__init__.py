"""What people think of answers: kept, pushed if that is wanted, and read again."""

from __future__ import annotations

from qa.feedback.ledger import Ledger
from qa.feedback.push import PushedLedger, open_ledger
from qa.feedback.record import REASONS, Cited, Feedback, Verdict, standing

__all__ = [
    "REASONS",
    "Cited",
    "Feedback",
    "Ledger",
    "PushedLedger",
    "Verdict",
    "open_ledger",
    "standing",
]
