"""The published training sets, as they are read."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.types import Span

CLAIM = re.compile(r"(.{2,60}?) (is|was|are|were|has|can) (.+)\.")
CLAIM_LABELS = {"SUPPORTS": "yes", "REFUTES": "no"}
MIN_QUESTION = 25  # characters: a shorter question is asked of many texts


@dataclass(frozen=True, slots=True)
class Record:
    """A question and the text that holds its answer, or seems to."""

    question: str
    context: str
    answers: tuple[str, ...]
    starts: tuple[int, ...]
    answerable: bool
    is_exact: bool
    """Whether the answer stands at its offset, not only somewhere in the text."""

    title: str
    sections: frozenset[str]
    """Which sections of a story the context is made of."""

    is_only_evidence: bool
    """Whether nothing else was named as evidence."""

    verdict: str = ""
    """Whether the text says yes or no to the question, if it was made of a claim."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Record:
        """Read any of the five sets: what one does not say is left at its plainest."""
        return cls(
            question=fields["question"]
            if "question" in fields
            else as_question(fields["claim"]),
            context=_context(fields),
            answers=tuple(fields.get("answers", ())),
            starts=tuple(fields.get("answer_starts", ())),
            answerable=fields.get("answerable", True),
            is_exact=fields.get("exact", True),
            title=fields.get("title", "").replace("_", " "),
            sections=frozenset(map(str, fields.get("gold", ()))),
            is_only_evidence=len(fields.get("evidence_sentences", ())) < 2,
            verdict=CLAIM_LABELS.get(fields.get("label", ""), ""),
        )

    @property
    def answer(self) -> Span:
        """Where the first answer stands in the context."""
        return Span(self.starts[0], self.starts[0] + len(self.answers[0]))

    def answered_in(self, text: str) -> bool:
        """Return whether a text holds one of the answers, case ignored."""
        return any(answer.lower() in text.lower() for answer in self.answers)


def read(file: Path, without: frozenset[str]) -> tuple[Record, ...]:
    """Read a training set, less what has a question or a text of a benchmark."""
    records = map(Record.of, _lines(file))
    return tuple(
        r for r in records if not {normalized(r.question), normalized(r.context)} & without
    )


def _context(fields: Mapping[str, Any]) -> str:
    """Return the text that a question, a sentence or a claim is to be held against."""
    if "evidence_sentences" in fields:
        return str(fields["evidence_sentences"][0])
    return str(fields["context"] if "context" in fields else fields["positive"])


def as_question(claim: str) -> str:
    """Ask whether a claim is true, if it can be asked by moving one word; else return it."""
    found = CLAIM.fullmatch(claim)
    if not found:
        return claim
    who, verb, what = found.groups()
    return f"{verb.capitalize()} {who} {what}?"


def benchmark_texts(folder: Path) -> frozenset[str]:
    """Return the questions and passages of the benchmarks in a folder, as `normalized` text."""
    questions = (r["question"] for f in folder.glob("*/questions.jsonl.gz") for r in _lines(f))
    passages = (r["text"] for f in folder.glob("*/passages.jsonl.gz") for r in _lines(f))
    telling = (question for question in questions if len(question) > MIN_QUESTION)
    return frozenset(map(normalized, (*telling, *passages)))


def normalized(text: str) -> str:
    """Return a text without what often differs between copies: spaces, case, punctuation."""
    return re.sub(r"\W+", "", text.lower())


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
