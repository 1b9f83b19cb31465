"""What a turn means: what it wants, how it reads alone, and into which questions it falls."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.answers import Answer, Correction, Intent
from qa.conversation.intents import Wanted
from qa.conversation.rewriting import Rewrite
from qa.search import NO_BACKGROUND, Background

FACT = Wanted(Intent.QUESTION)


@dataclass(frozen=True, slots=True)
class Understanding:
    """A turn as it is understood: one question, several at once, or something else."""

    rewrite: Rewrite
    wanted: Wanted = FACT
    parts: tuple[str, ...] = ()
    background: Background = NO_BACKGROUND
    typed: str = ""
    """The turn before its slips were corrected, if it had any."""

    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.parts) != (self.wanted.intent is Intent.COMPOUND):
            raise ValueError("Several questions at once, and only those, have parts")

    @property
    def question(self) -> str:
        """The turn as it was typed, but for slips that were corrected."""
        return self.rewrite.question

    @property
    def asked(self) -> str:
        """The turn as it would be asked alone."""
        return self.rewrite.asked

    @property
    def is_single(self) -> bool:
        """Whether it is one question for a fact."""
        return self.wanted.intent is Intent.QUESTION

    def corrected(self, answer: Answer) -> Answer:
        """Return an answer to what was typed, which says what was corrected in it."""
        if not self.corrections:
            return answer
        return replace(answer, question=self.typed, corrections=self.corrections)
