"""The summary of the feedback: the verdicts, and the questions made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from qa.evaluation.feedback_benchmark import FeedbackQuestion, feedback_questions
from qa.feedback import Feedback, Verdict, count_verdicts
from qa.index import Index


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """The number of each verdict, the number of answers, and the questions made of them.

    `unreadable` is the number of lines that could not be read.
    """

    verdicts: Mapping[Verdict, int]
    answers: int
    unreadable: int
    questions: tuple[FeedbackQuestion, ...]

    @classmethod
    def of(cls, given: Sequence[Feedback], index: Index, *, unreadable: int = 0) -> Self:
        """Sum the feedback up, against the library as it is now."""
        counts = count_verdicts(given)
        total = sum(counts.values(), Counter[Verdict]())
        verdicts = {verdict: total[verdict] for verdict in Verdict if total[verdict]}
        return cls(verdicts, len(counts), unreadable, feedback_questions(given, index))

    def as_dict(self) -> dict[str, Any]:
        """Return the summary as JSON holds it."""
        return {
            "verdicts": {str(verdict): count for verdict, count in self.verdicts.items()},
            "answers": self.answers,
            "unreadable": self.unreadable,
            "questions": [
                {"question": one.question, "answerable": one.answerable, "why": one.why}
                for one in self.questions
            ],
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        given = sum(self.verdicts.values())
        yield f"Verdicts that stand: {given:,}, on answers: {self.answers:,}"
        yield from (f"  {verdict}: {count:,}" for verdict, count in self.verdicts.items())
        if self.unreadable:
            yield f"Lines that could not be read: {self.unreadable:,}"
        for known, name in ((True, "Answerable"), (False, "Unanswerable"), (None, "Open")):
            some = [one for one in self.questions if one.answerable is known]
            yield f"{name}: {len(some):,}"
            yield from (f"  {one.question} ({one.why})" for one in some if one.why)
