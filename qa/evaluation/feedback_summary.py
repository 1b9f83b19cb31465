"""A summary of the feedback: what stands, and what it makes of the questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from qa.evaluation.feedback_benchmark import Judged, judged
from qa.feedback import Feedback, Verdict, standing
from qa.index import Index


@dataclass(frozen=True, slots=True)
class Opinions:
    """How often each verdict stands, on how many answers, and what it makes of questions.

    `unread` lines told nothing.
    """

    verdicts: Mapping[Verdict, int]
    answers: int
    unread: int
    questions: tuple[Judged, ...]

    @classmethod
    def of(cls, given: Sequence[Feedback], index: Index, *, unread: int = 0) -> Self:
        """Sum the feedback up, against the library as it is now."""
        counts = standing(given)
        total = sum(counts.values(), Counter[Verdict]())
        verdicts = {verdict: total[verdict] for verdict in Verdict if total[verdict]}
        return cls(verdicts, len(counts), unread, judged(given, index))

    def as_dict(self) -> dict[str, Any]:
        """Return the summary as JSON holds it."""
        return {
            "verdicts": {str(verdict): count for verdict, count in self.verdicts.items()},
            "answers": self.answers,
            "unread": self.unread,
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
        if self.unread:
            yield f"Lines that could not be read: {self.unread:,}"
        for known, name in ((True, "Answerable"), (False, "Unanswerable"), (None, "Open")):
            some = [one for one in self.questions if one.answerable is known]
            yield f"{name}: {len(some):,}"
            yield from (f"  {one.question} ({one.why})" for one in some if one.why)
