"""The record of feedback: a verdict on an answer as one line of JSON, without its author."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from operator import index
from typing import Any, Self

from qa.answers import Answer, Outcome
from qa.types import Span

KEY_PATTERN = re.compile(r"[0-9a-f]{16}")
ARTICLE_ID = re.compile(r"[0-9a-f]{12}")
MAX_LINE_BYTES = 16_384  # bytes of a line
TEXT_FIELDS = ("key", "time", "question", "stance", "index")


class Verdict(StrEnum):
    """A thumb, or the reason why it is down."""

    UP = "up"
    DOWN = "down"
    ANSWER = "answer wrong"
    SOURCE = "source wrong"
    SHOULD_ABSTAIN = "should have stayed silent"
    KNOWN = "should have known"
    WITHDRAWN = "withdrawn"

    @property
    def thumb(self) -> Verdict:
        """The verdict without its reason."""
        return Verdict.DOWN if self.reason else self

    @property
    def reason(self) -> str:
        """Why the thumb is down, or nothing."""
        reasons = (reason for some in REASONS.values() for reason in some)
        return self.value if self in reasons else ""


REASONS: Mapping[Outcome, tuple[Verdict, ...]] = {
    Outcome.ANSWERED: (Verdict.ANSWER, Verdict.SOURCE, Verdict.SHOULD_ABSTAIN),
    Outcome.ABSTAINED: (Verdict.KNOWN,),
}
"""What can be wrong with an answer, and with an abstention."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """The article and span of a quotation, without its words."""

    article: str
    span: Span

    def __post_init__(self) -> None:
        if not ARTICLE_ID.fullmatch(self.article):
            raise ValueError(f"Not the id of an article: {self.article!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A verdict on an answer: of which library and stance, and what was quoted.

    `key` is the name of the answer, the same for all who got it; `question` is the question as
    it was searched for. People who change their minds name the verdict that this one replaces,
    so that nobody need be known.
    """

    key: str
    time: datetime
    question: str
    stance: str
    outcome: Outcome
    cited: tuple[QuotedSpan, ...]
    index: str
    verdict: Verdict
    replaces: Verdict = Verdict.WITHDRAWN

    def __post_init__(self) -> None:
        if not KEY_PATTERN.fullmatch(self.key) or not self.question.strip():
            raise ValueError("Feedback must name an answer and its question")
        if self.time.tzinfo is None:
            raise ValueError("A time must have its zone")
        if bool(self.cited) != (self.outcome is Outcome.ANSWERED):
            raise ValueError("An answer has citations, and an abstention has none")
        others = {*Verdict} - {reason for some in REASONS.values() for reason in some}
        if not {self.verdict, self.replaces} <= {*others, *REASONS[self.outcome]}:
            raise ValueError(f"No verdict on what {self.outcome}: {self.verdict}")
        if self.verdict is self.replaces:
            raise ValueError("A verdict cannot replace itself")
        if len(self.line) > MAX_LINE_BYTES:
            raise ValueError("The line is too long")

    @classmethod
    def on(
        cls, answer: Answer, *, key: str, stance: str, index: str, verdict: Verdict, **more: Any
    ) -> Self:
        """Return a verdict on an answer, given now."""
        cited = (QuotedSpan(c.article.id, c.span) for c in answer.citations)
        return cls(
            key=key,
            time=datetime.now(UTC).replace(microsecond=0),
            question=answer.asked,
            stance=stance,
            outcome=answer.outcome,
            cited=tuple(dict.fromkeys(cited)),
            index=index,
            verdict=verdict,
            **more,
        )

    @property
    def line(self) -> bytes:
        """The feedback as a line of a file."""
        fields = {
            "key": self.key,
            "time": self.time.isoformat(),
            "question": self.question,
            "stance": self.stance,
            "outcome": str(self.outcome),
            "cited": [
                {"article": c.article, "start": c.span.start, "end": c.span.end}
                for c in self.cited
            ],
            "index": self.index,
            **_verdict_fields(self.verdict),
            "replaces": None
            if self.replaces is Verdict.WITHDRAWN
            else _verdict_fields(self.replaces),
        }
        return json.dumps(fields, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Return the feedback of a line.

        Raises:
            ValueError: if it holds none.
        """
        try:
            given = json.loads(line)
            replaces = given["replaces"]
            if not all(isinstance(given[name], str) for name in TEXT_FIELDS):
                raise TypeError("texts are expected")
            if not isinstance(given["cited"], list):
                raise TypeError("a list of spans is expected")
            return cls(
                key=given["key"],
                time=datetime.fromisoformat(given["time"]),
                question=given["question"],
                stance=given["stance"],
                outcome=Outcome(given["outcome"]),
                cited=tuple(_parse_span(place) for place in given["cited"]),
                index=given["index"],
                verdict=_parse_verdict(given),
                replaces=_parse_verdict(
                    _verdict_fields(Verdict.WITHDRAWN) if replaces is None else replaces
                ),
            )
        except (AttributeError, KeyError, RecursionError, TypeError) as wrong:
            raise ValueError(f"No feedback: {wrong}") from wrong


def _verdict_fields(verdict: Verdict) -> dict[str, str]:
    return {"verdict": str(verdict.thumb), "reason": verdict.reason}


def _parse_verdict(given: Mapping[str, str]) -> Verdict:
    verdict = Verdict(given["reason"] or given["verdict"])
    if _verdict_fields(verdict) != {"verdict": given["verdict"], "reason": given["reason"]}:
        raise ValueError("A reason is for a thumb that is down")
    return verdict


def _parse_span(given: Mapping[str, Any]) -> QuotedSpan:
    return QuotedSpan(given["article"], Span(index(given["start"]), index(given["end"])))


def count_verdicts(given: Iterable[Feedback]) -> dict[str, Counter[Verdict]]:
    """Count the verdicts that still hold, by the key of their answer.

    Replaced and withdrawn ones do not count; a line that replaces no earlier one only adds.
    """
    counts = defaultdict[str, Counter[Verdict]](Counter)
    for one in given:
        count = counts[one.key]
        if count[one.replaces]:
            count[one.replaces] -= 1
        if one.verdict is not Verdict.WITHDRAWN:
            count[one.verdict] += 1
    return {key: +count for key, count in counts.items() if +count}
