"""What a question of rows compares, within what bounds, and what is left of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.language.bounds import Bound, bounds_in
from qa.language.dimensions import Degree, superlative, superlative_pattern
from qa.language.question_kinds import asks_whether, asks_which, counted

NEGATION = re.compile(
    r"\b(?:not|no|none|never|neither|nor|cannot|without|except)\b|n[’']t\b", re.I
)
CHOICE = re.compile(r"\bor\b", re.I)
SHARE = re.compile(r"\b(?:most|many|few|half|only)\b", re.I)
"""What a row that holds does not prove, nor one that does not disprove."""


@dataclass(frozen=True, slots=True)
class RowQuestion:
    """A question of rows: what it compares, what bounds it sets, and what is left of it."""

    question: str
    rest: str
    """Without superlative and bounds."""

    degree: Degree | None
    superlative: str
    bounds: tuple[Bound, ...]

    @classmethod
    def of(cls, question: str) -> RowQuestion:
        """Find what a question compares."""
        bounds = tuple(bounds_in(question))
        rest = question
        for bound in reversed(bounds):
            rest = f"{rest[: bound.start]} {rest[bound.end :]}"
        found = superlative_pattern().search(rest)
        if found is None:
            return cls(question, rest, None, "", bounds)
        left = f"{rest[: found.start()]} {rest[found.end() :]}"
        return cls(question, left, superlative(found[1]), found[1], bounds)

    @property
    def about(self) -> str:
        """What is left of it, and the adjectives of what it compares."""
        degrees = [
            self.degree.adjective if self.degree else "",
            *(b.adjective for b in self.bounds),
        ]
        return " ".join([self.rest, *degrees])

    @property
    def is_plain(self) -> bool:
        """Whether the rows that it describes answer it, and no others.

        Others do if it negates something or, where it sets bounds, if it gives a choice or asks
        whether most are within, or the heaviest.
        """
        if NEGATION.search(self.rest):
            return False
        if not self.bounds:
            return True
        is_share = self.degree is not None or SHARE.search(self.rest) is not None
        return not CHOICE.search(self.rest) and not (is_share and asks_whether(self.question))

    @property
    def noun(self) -> str:
        """What is counted, listed or chosen, if it asks for that."""
        return counted(self.question) or asks_which(self.question)
