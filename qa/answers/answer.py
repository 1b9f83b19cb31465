"""The answer to a question, as text and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from qa.answers.citation import Citation
from qa.answers.question import Correction, Intent, Substitution
from qa.answers.statement import Comparison, Statement
from qa.types import Article, Hit, Passage

YES_NO = ("", "yes", "no")


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every statement is a quotation, or an abstention.

    An abstention has no statements and no citations: `reason` says why, and `nearest` shows the
    sections that came closest; if words that no article knows are the reason, they are
    `unknown`. `asked` is the question as it was searched for, `substitutions` what was put
    into it for what, and `corrections` the slips that were mended in it; a question asked as
    `exact` has none. `rivals` are the numbers of citations whose short answers contradict each
    other.

    A turn that asked several things at once has an answer to each in `parts`, and what can be
    said of their values in `comparison`. `note` is what was counted or listed, in our own
    words, and `choices` are what can be asked instead or next. `yes_no` is yes or no, if the
    question wants one of them and the quotations surely say which. `unread_beside` are articles
    with pages that cannot be read, where what no article mentions may stand.
    """

    question: str
    asked: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    rivals: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    intent: Intent = Intent.QUESTION
    parts: tuple[Answer, ...] = ()
    comparison: Comparison | None = None
    note: str = ""
    choices: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    yes_no: str = ""
    unread_beside: tuple[Article, ...] = ()

    def __post_init__(self) -> None:
        quotes = {c.number: c.quote for c in self.citations}
        if len(quotes) != len(self.citations):
            raise ValueError("Two citations share a number")
        if {n for s in self.statements for n in s.cites} != quotes.keys():
            raise ValueError("Statements cite other numbers than the answer lists")
        for statement in self.statements:
            if not any(quotes[number] == statement.text for number in statement.cites):
                raise ValueError(f"Unsupported statement: {statement.text!r}")
        if bool(self.statements) == bool(self.reason):
            raise ValueError("An answer has statements or the reason why it has none")
        if (self.comparison and not self.parts) or (self.unknown and not self.reason):
            raise ValueError("A comparison has parts, and unknown words are a reason")
        if self.yes_no not in YES_NO or (self.yes_no and self.reason):
            raise ValueError(f"Only an answer says yes or no: {self.yes_no!r}")
        shorts = [c.short_answer for c in self.citations if c.number in self.rivals]
        if len(shorts) != len(self.rivals) or not all(shorts) or len({*shorts}) == 1:
            raise ValueError("Contradicting citations have different short answers")

    @property
    def outcome(self) -> Outcome:
        """Whether the question was answered."""
        return Outcome.ANSWERED if self.statements else Outcome.ABSTAINED

    @property
    def short_answer(self) -> str:
        """The few words that answer, of the first quotation that has them; or nothing.

        Of rows of a table that tie for first, which contradict nothing, it is those of each.
        """
        shorts = [*dict.fromkeys(c.short_answer for c in self.citations if c.short)]
        is_one = self.rivals or self.parts or self.intent is not Intent.QUESTION
        return ", ".join(shorts[:1] if is_one else shorts)

    @property
    def sides(self) -> dict[str, tuple[int, ...]]:
        """The citations that contradict each other: their numbers, by their short answer."""
        sides: dict[str, tuple[int, ...]] = {}
        for citation in self.citations:
            if citation.number in self.rivals:
                sides[citation.short_answer] = (
                    *sides.get(citation.short_answer, ()),
                    citation.number,
                )
        return sides

    @property
    def nearest(self) -> tuple[Passage, ...]:
        """The best passage of each of the three best sections, answer or not."""
        best: dict[tuple[str, tuple[str, ...]], Passage] = {}
        for hit in self.hits:
            best.setdefault((hit.passage.article.id, hit.passage.path), hit.passage)
        return tuple(best.values())[:3]

    @property
    def unread(self) -> tuple[Article, ...]:
        """The articles that have pages which cannot be read, where an answer may stand."""
        near = {passage.article.id: passage.article for passage in self.nearest}
        found = near | {article.id: article for article in self.unread_beside}
        return tuple(article for article in found.values() if article.unread_pages)

    def __str__(self) -> str:
        understood = self.understood
        lines = [f"Understood as: {understood}"] if understood else []
        lines += map(str, self.corrections)
        return "\n".join([*lines, self.text])

    @property
    def understood(self) -> str:
        """How the question was read, if not as it stands; of several at once, all of them."""
        if self.parts:
            return " · ".join(part.asked for part in self.parts)
        question = self.question
        for correction in self.corrections:
            question = question.replace(correction.original, correction.used)
        return self.asked if self.asked != question else ""

    @property
    def text(self) -> str:
        """The answer and its citations, whatever the question was read as."""
        offered = [f"You can ask: {choice}" for choice in self.choices]
        if not self.statements:
            near = [f"Nearest: {p.trail}" for p in self.nearest]
            unread = map(_unread_pages, self.unread)
            return "\n".join([self.reason, *unread, *near, *offered])
        return "\n".join(
            [*self._heading(), self._statement_text(), "", *map(str, self.citations), *offered]
        )

    def _statement_text(self) -> str:
        """Return the statements, the items of a list each on a line."""
        said, before = "", None
        for statement in self.statements:
            breaks = statement.is_item or (before and before.is_item)
            said += ("\n" if breaks else " ") * bool(before) + str(statement)
            before = statement
        return said

    def _heading(self) -> list[str]:
        """Return what stands above the sentences: who disagrees, or else the short answer."""
        if self.comparison:
            return [str(self.comparison)]
        if self.note:
            is_compared = self.intent is Intent.QUESTION and self.short_answer
            return [self.short_answer, self.note] if is_compared else [self.note]
        sides = [str(Statement(short, cites)) for short, cites in self.sides.items()]
        if sides:
            return [f"The articles disagree: {' or '.join(sides)}."]
        if self.yes_no:
            return [f"{self.yes_no.capitalize()}."]
        return [self.short_answer] if self.short_answer else []

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as JSON holds it."""
        return {
            "question": self.question,
            "asked": self.asked,
            "intent": str(self.intent),
            "substitutions": [{"said": s.said, "meant": s.meant} for s in self.substitutions],
            "corrections": [asdict(correction) for correction in self.corrections],
            "parts": [part.asked for part in self.parts],
            "comparison": str(self.comparison or ""),
            "note": self.note,
            "choices": list(self.choices),
            "outcome": str(self.outcome),
            "confidence": round(self.confidence, 4),
            "reason": self.reason,
            "unknown": list(self.unknown),
            "short_answer": self.short_answer,
            "yes_no": self.yes_no,
            "rivals": list(self.rivals),
            "statements": [
                {"text": s.text, "cites": list(s.cites), "is_item": s.is_item}
                for s in self.statements
            ],
            "citations": [citation.as_dict() for citation in self.citations],
            "nearest": [
                {"article": p.article.id, "title": p.article.title, "path": list(p.path)}
                for p in self.nearest
            ],
            "unread": [
                {"article": a.id, "source": a.source, "pages": list(a.unread_pages)}
                for a in (() if self.statements else self.unread)
            ],
        }


def _unread_pages(article: Article) -> str:
    """Return how many pages of an article are pictures, in a sentence."""
    count, name = len(article.unread_pages), article.source or article.title
    if count == 1:
        return f"1 page of {name} is a picture and cannot be read."
    return f"{count} pages of {name} are pictures and cannot be read."


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; a history is a sequence of turns."""

    question: str
    answer: Answer
