"""What the reader learns from: a question, a passage, and where the answer is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from itertools import pairwise
from random import Random

from qa.types import Span
from training.reader.records import Record

# Plainer than qa.language.sentences, and as it was when the shipped weights were trained.
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Gen|Col|Lt|Sgt|Rev|Hon|Gov|Sen|Rep|No|vs|etc|ca|cf"
    r"|Inc|Ltd|Co|Corp|Mt|Ft|e\.g|i\.e|U\.S|U\.K|[A-Z])|\b[a-z]\.[a-z])\.$"
)
BOUNDARY = re.compile(r"[.!?][\"”’'\])]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
LOWER_BOUNDARY = re.compile(r"(?<=\s)[.!?]\s+|[a-z0-9)\"][.!?]\s+(?=\S)|\n+")

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One training example; its spans count characters of the context."""

    question: str
    context: str
    answerable: bool
    spans: Spans = ()
    """Where the answer may stand."""

    inside: bool = False
    """Whether the answer is only known to lie somewhere inside the spans."""

    evidence: Spans | None = ()
    """The sentences that answer; None where that is unknown."""

    unsure: Spans = ()
    """Sentences that may answer or not: they teach nothing about evidence."""

    title: str = ""
    prefix: str = ""
    """Title and heading that the model reads before the context."""

    kind: str = ""
    """How the row was made."""

    verdict: str = ""
    """What the passage says to a question that wants yes or no; empty if it is none."""

    group: int = -1
    """Rows of one question that are learnt together, by a number; -1 of a row that is alone."""

    def as_json(self) -> str:
        """Return the row as a line of JSON, a span as its two numbers."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(fields, ensure_ascii=False, default=astuple)

    @classmethod
    def from_json(cls, line: str) -> Row:
        """Read a row back."""
        fields = json.loads(line)
        for name in ("spans", "evidence", "unsure"):
            if fields[name] is not None:
                fields[name] = tuple(Span(*pair) for pair in fields[name])
        return cls(**fields)


def answerable_row(record: Record, kind: str) -> Row:
    """Make the row of a record that has an answer; an inexact one may stand in many places."""
    spans = answer_spans(record)
    holding = tuple(s for s in sentences(record.context) if overlaps_any(s, spans))
    sure = len(spans) == 1 or len(holding) == 1
    return Row(
        record.question,
        record.context,
        answerable=True,
        spans=spans,
        evidence=holding if sure else (),
        unsure=() if sure else holding,
        title=record.title,
        kind=kind,
    )


def unanswerable_row(question: str, context: str, *, title: str = "", kind: str) -> Row:
    """Make a row whose passage does not answer."""
    return Row(question, context, answerable=False, title=title, kind=kind)


def answer_spans(record: Record) -> Spans:
    """Return where the answer of a record may stand."""
    found = () if record.is_exact else occurrences(record.answers[0], record.context)
    return found or (record.answer,)


def occurrences(needle: str, text: str) -> Spans:
    """Return every place where the needle stands as whole words, case ignored."""
    found = re.finditer(rf"(?<!\w){re.escape(needle)}(?!\w)", text, re.IGNORECASE)
    return tuple(Span(*match.span()) for match in found)


def overlaps_any(span: Span, others: Sequence[Span]) -> bool:
    """Return whether a span shares a character with one of the others."""
    return any(span.overlap(other) for other in others)


def sentences(text: str) -> Spans:
    """Return the sentences of a text, in order; a text in lower case has rules of its own."""
    boundary = BOUNDARY if re.search(r"[A-Z]", text) else LOWER_BOUNDARY
    cuts = [0]
    for match in boundary.finditer(text):
        head = text[cuts[-1] : match.end()].rstrip()
        if text[match.start()] == "\n" or not ABBREVIATION.search(head[-12:]):
            cuts.append(match.end())
    pieces = ((start, text[start:end]) for start, end in pairwise([*cuts, len(text)]))
    return tuple(
        Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        for start, piece in pieces
        if piece.strip()
    )


def crop(row: Row, limit: int, random_: Random) -> Row:
    """Keep as many whole sentences as fit the limit, those with the answer among them."""
    parts = sentences(row.context)
    if len(row.context) <= limit or len(parts) < 2:
        return row
    held = [n for n, part in enumerate(parts) if overlaps_any(part, row.spans + row.unsure)]
    held = held or [random_.randrange(len(parts))]
    window = Span(parts[held[0]].start, parts[held[-1]].end)
    while wider := _wider(window, parts, limit):
        window = random_.choice(wider)
    return replace(
        row,
        context=window.of(row.context),
        spans=_within(window, row.spans),
        unsure=_within(window, row.unsure),
        evidence=None if row.evidence is None else _within(window, row.evidence),
    )


def _wider(window: Span, parts: Spans, limit: int) -> list[Span]:
    """Return the window with the sentence before and with the sentence after."""
    before = [part for part in parts if part.end <= window.start][-1:]
    after = [part for part in parts if part.start >= window.end][:1]
    grown = [Span(part.start, window.end) for part in before]
    grown += [Span(window.start, part.end) for part in after]
    return [span for span in grown if len(span) <= limit]


def _within(window: Span, spans: Spans) -> Spans:
    """Return what of the spans lies in the window, counted from its start."""
    return tuple(
        Span(
            max(span.start, window.start) - window.start,
            min(span.end, window.end) - window.start,
        )
        for span in spans
        if span.overlap(window)
    )
