"""The nouns of the project: immutable, dependency-free, true by construction."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from qa.origin import NOWHERE, Origin


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in an article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"Empty or backward span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """Return how many code points two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def of(self, text: str) -> str:
        """Return the characters this span covers; a span past the end is an error."""
        if self.end > len(text):
            raise ValueError(f"Span {self.start}..{self.end} runs past {len(text)} characters")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed stretch of an article; `path` is the trail of headings down to it."""

    path: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One source, as the exact text that every offset refers to.

    `text` is NFC, its lines end in one newline; `sections` are in reading order and do not
    overlap. What lies between them (title, headings) is not content.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    source: str
    sha256: str
    origin: Origin = NOWHERE

    def __post_init__(self) -> None:
        ends = [0, *(s.span.end for s in self.sections)]
        starts = [*(s.span.start for s in self.sections), len(self.text)]
        if any(start < end for end, start in zip(ends, starts, strict=True)):
            raise ValueError(f"Sections overlap or run past the text: {self.source!r}")

    @classmethod
    def of(
        cls,
        title: str,
        text: str,
        *,
        sections: tuple[Section, ...] | None = None,
        source: str = "",
        raw: bytes | None = None,
        origin: Origin = NOWHERE,
    ) -> Article:
        """Make an article whose id and hash follow from what it was read from.

        Without `sections` the whole text is one, under no heading; `raw` are the file's bytes.
        """
        if sections is None:
            sections = (Section((), Span(0, len(text))),) if text.strip() else ()
        content = raw if raw is not None else f"{title}\n{text}".encode()
        sha256 = hashlib.sha256(content).hexdigest()
        return cls(sha256[:12], title, text, sections, source, sha256, origin)

    def path_at(self, span: Span) -> tuple[str, ...]:
        """Return the headings of the section that a span starts in."""
        after = bisect_right(self.sections, span.start, key=lambda s: s.span.start)
        return self.sections[after - 1].path if after else ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a stretch of one section of one article."""

    id: int
    article: Article = field(repr=False)
    span: Span

    def __post_init__(self) -> None:
        self.span.of(self.article.text)

    @property
    def text(self) -> str:
        """The passage as the article has it."""
        return self.span.of(self.article.text)

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that the passage stands under."""
        return self.article.path_at(self.span)

    @property
    def trail(self) -> str:
        """Where the passage stands, for people: title › heading › heading."""
        return " › ".join([self.article.title, *self.path])

    @property
    def place(self) -> tuple[str, str, Span]:
        """Where the passage stands among all: what comes first of those with equal scores."""
        return self.article.source, self.article.id, self.span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with the score of every stage that saw it.

    Its `twins` were found too, behind it, and say nothing that it does not.
    """

    passage: Passage
    score: float
    stages: Mapping[str, float] = field(default_factory=dict)
    twins: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, verbatim quotation: it reads its quote from the article, always.

    `short` is where in it the short answer stands, if there is one.
    """

    number: int
    article: Article = field(repr=False)
    span: Span
    short: Span | None = None

    def __post_init__(self) -> None:
        self.span.of(self.article.text)
        if self.short and self.short not in self.span:
            raise ValueError(f"The short answer lies outside the quotation: {self.short}")

    @property
    def quote(self) -> str:
        """The very words of the article."""
        return self.span.of(self.article.text)

    @property
    def short_answer(self) -> str:
        """The few words of it that answer, or nothing."""
        return self.short.of(self.article.text) if self.short else ""

    @property
    def title(self) -> str:
        """The title of the article."""
        return self.article.title

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that the quotation stands under."""
        return self.article.path_at(self.span)

    @property
    def trail(self) -> str:
        """Where the quotation stands, for people: title › heading › heading."""
        return " › ".join([self.title, *self.path])

    @property
    def link(self) -> str:
        """The address of the original, such that a browser lights the quotation; or nothing."""
        return self.article.origin.link(self.article.text, self.span.start, self.span.end)

    def __str__(self) -> str:
        start, end, origin = self.span.start, self.span.end, self.article.origin
        where = ", ".join(filter(None, (self.trail, str(origin))))
        quoted = f"[{self.number}] {where} ({start}–{end}): “{self.quote}”"
        return f"{quoted}\n    {self.link}" if origin.address else quoted

    def as_dict(self) -> dict[str, Any]:
        """Return the citation as JSON holds it."""
        return {
            "number": self.number,
            "article": self.article.id,
            "title": self.title,
            **asdict(self.article.origin),
            "link": self.link,
            "path": list(self.path),
            "quote": self.quote,
            "start": self.span.start,
            "end": self.span.end,
            "short_answer": self.short_answer,
            "short_start": self.short.start if self.short else None,
            "short_end": self.short.end if self.short else None,
        }


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the numbers of the citations that support it."""

    text: str
    cites: tuple[int, ...]

    def __str__(self) -> str:
        return " ".join([self.text, *(f"[{number}]" for number in self.cites)])


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every statement is a quotation, or an honest refusal.

    A refusal has no statements and no citations: `reason` says why, and `nearest` shows the
    sections that came closest; if words that no article knows are the reason, they are
    `unknown`. `asked` is the question as it was searched for. `rivals` are the numbers of
    citations whose short answers contradict each other.
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
        if self.unknown and not self.reason:
            raise ValueError("Unknown words are the reason of a silence")
        said = [c.short_answer for c in self.citations if c.number in self.rivals]
        if len(said) != len(self.rivals) or not all(said) or len({*said}) == 1:
            raise ValueError("Rivals are citations with different short answers")

    @property
    def outcome(self) -> Outcome:
        """Whether the question was answered."""
        return Outcome.ANSWERED if self.statements else Outcome.ABSTAINED

    @property
    def short_answer(self) -> str:
        """The few words that answer, of the first quotation that has them; or nothing."""
        return next((c.short_answer for c in self.citations if c.short), "")

    @property
    def sides(self) -> dict[str, tuple[int, ...]]:
        """What the rivals say: the numbers of the citations, by their short answer."""
        said: dict[str, tuple[int, ...]] = {}
        for citation in self.citations:
            if citation.number in self.rivals:
                said[citation.short_answer] = (
                    *said.get(citation.short_answer, ()),
                    citation.number,
                )
        return said

    @property
    def nearest(self) -> tuple[Passage, ...]:
        """The best passage of each of the three best sections, answer or not."""
        best: dict[tuple[str, tuple[str, ...]], Passage] = {}
        for hit in self.hits:
            best.setdefault((hit.passage.article.id, hit.passage.path), hit.passage)
        return tuple(best.values())[:3]

    def __str__(self) -> str:
        if not self.statements:
            return "\n".join([self.reason, *(f"Nearest: {p.trail}" for p in self.nearest)])
        said = " ".join(map(str, self.statements))
        return "\n".join([*self._heading(), said, "", *map(str, self.citations)])

    def _heading(self) -> list[str]:
        """Return the line above the sentences: who disagrees, or else the short answer."""
        sides = [str(Statement(short, cites)) for short, cites in self.sides.items()]
        if sides:
            return [f"The articles disagree: {' or '.join(sides)}."]
        return [self.short_answer] if self.short_answer else []

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as JSON holds it."""
        return {
            "question": self.question,
            "asked": self.asked,
            "outcome": str(self.outcome),
            "confidence": round(self.confidence, 4),
            "reason": self.reason,
            "unknown": list(self.unknown),
            "short_answer": self.short_answer,
            "rivals": list(self.rivals),
            "statements": [{"text": s.text, "cites": list(s.cites)} for s in self.statements],
            "citations": [citation.as_dict() for citation in self.citations],
            "nearest": [
                {"article": p.article.id, "title": p.article.title, "path": list(p.path)}
                for p in self.nearest
            ],
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; a history is a sequence of turns."""

    question: str
    answer: Answer
