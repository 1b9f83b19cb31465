"""The interface of a reader, and the evidence that it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.types import Excerpt, Hit, Passage, Span


@dataclass(frozen=True, slots=True)
class YesNo:
    """How likely a passage says yes, and no, to a question that wants one of them: 0 to 1."""

    yes: float
    no: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, and the probability, 0 to 1, that it answers the question.

    `short` is where in the sentence the short answer stands, if the reader knows one;
    `yes_no` is what its passage says, if the reader can tell yes from no.
    """

    passage: Passage
    span: Span
    score: float
    short: Span | None = None
    yes_no: YesNo | None = None

    @property
    def excerpt(self) -> Excerpt:
        """The sentence with its short answer."""
        return Excerpt(self.passage.article, self.span, self.short)


class Reader(Protocol):
    """Scores the sentences of passages by how likely they answer a question.

    It returns every sentence of every passage, best first; equal scores come in the order of
    the hits. A score is a probability, so it can be compared with a threshold.
    """

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score each sentence of the passages."""
        ...


def best_first(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Order evidence by its score, and equal scores as they came."""
    return tuple(sorted(evidence, key=lambda sentence: -sentence.score))
