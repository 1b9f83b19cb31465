"""The journal: a line of JSON for each question, and the numbers that they sum up to."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from uuid import uuid4

from prometheus_client import Counter, Gauge, Histogram

from qa.errors import QAError
from qa.trace import STAGES, Trace

log = logging.getLogger("qa.journal")

LEVELS = {"off": logging.CRITICAL, "events": logging.INFO, "questions": logging.DEBUG}
"""What the setting `log` says: nothing, a line for each question, or its text in it too."""

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds
QUESTIONS = Counter("qa_questions", "Questions, by how they ended", ["via", "outcome"])
SECONDS = Histogram("qa_stage_seconds", "Seconds that a stage took", ["stage"], buckets=BUCKETS)
IN_PROGRESS = Gauge("qa_questions_in_progress", "Questions that are being answered")


@dataclass(slots=True)
class JournalEntry:
    """The journal's entry of a question: when and how it was asked, how it ended, how fast."""

    via: str
    question: str
    id: str = field(default_factory=lambda: uuid4().hex[:12])
    time: str = field(default_factory=lambda: datetime.now(UTC).isoformat("T", "milliseconds"))
    outcome: str = "left"
    sentences: int = 0
    confidence: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)

    def note_answer(self, trace: Trace) -> None:
        """Note the answer."""
        self.outcome = str(trace.answer.outcome)
        self.sentences = len(trace.answer.statements)
        self.confidence = trace.answer.confidence
        self.stages = dict(trace.seconds)

    def line(self, seconds: float, *, with_text: bool) -> str:
        """Return the line of the journal."""
        said: dict[str, object] = {
            "time": self.time,
            "id": self.id,
            "via": self.via,
            "outcome": self.outcome,
            "sentences": self.sentences,
            "confidence": round(self.confidence, 3),
            **{f"{name}_ms": _ms(self.stages.get(name, 0)) for name in STAGES},
            "total_ms": _ms(seconds),
        }
        return json.dumps(said | ({"question": self.question} if with_text else {}))


@contextmanager
def entry(via: str, question: str) -> Iterator[JournalEntry]:
    """Note a question that is asked by the page or by a program, whatever comes of it."""
    noted, started = JournalEntry(via, question), perf_counter()
    IN_PROGRESS.inc()
    try:
        yield noted
    except QAError as error:
        noted.outcome = type(error).__name__
        raise
    except Exception:
        noted.outcome = "failed"
        raise
    finally:
        IN_PROGRESS.dec()
        _write(noted, perf_counter() - started)


def keep_journal(level: str) -> None:
    """Write the journal to standard error, as the setting `log` says."""
    log.setLevel(LEVELS[level])
    log.propagate = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers = [handler]


def _write(noted: JournalEntry, seconds: float) -> None:
    QUESTIONS.labels(noted.via, noted.outcome).inc()
    for stage, took in noted.stages.items():
        SECONDS.labels(stage).observe(took)
    log.info("%s", noted.line(seconds, with_text=log.isEnabledFor(logging.DEBUG)))


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
