"""Rows from sentences and stories: passages put together, answers found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from qa.types import Span
from training.reader.index import WordIndex
from training.reader.records import Record
from training.reader.rows import Row, occurrences, sentences, touches, unanswered

LONGEST = 950  # characters of a passage, as long as the program's own
SENTENCE = 400
OTHERS = 4  # sentences put beside the one that answers
DRAWN = 12
NEIGHBOURS = 6
RETRIEVED = 30
ALIKE = 6  # the nearest sentences of a question, which may answer it too
REASON = re.compile(r"(why|how)\b", re.IGNORECASE)


def from_sentences(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Put the sentence of a question among others, near ones or any; a fifth go without it."""
    order = list(dict.fromkeys(record.context for record in records))
    place = {context: number for number, context in enumerate(order)}
    for record in random_.sample(records, min(count, len(records))):
        at, near = place[record.context], random_.random() < 0.5
        size = random_.randint(1, OTHERS)
        around = order[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        pool = around if near else random_.sample(order, DRAWN)
        pool = [s for s in pool if s != record.context and not record.answered_in(s)]
        others = random_.sample(pool, min(size, len(pool)))
        if random_.random() < 0.2 and others:
            yield unanswered(record.question, " ".join(others), kind="qamr-")
            continue
        text, where = _among(others, record.context, random_)
        start = where.start + record.answer.start
        span = Span(start, start + len(record.answer))
        yield Row(
            record.question,
            text,
            answerable=True,
            spans=(span,),
            evidence=(where,),
            kind="qamr",
        )


def from_pairs(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Put the answering sentence among others of its case; where in it is not known."""
    short = [record for record in records if len(record.context) < SENTENCE]
    for cased in (True, False):
        group = [r for r in short if any(map(str.isupper, r.context)) == cased]
        yield from _paired(group, count // 2, random_)


def _paired(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    index = WordIndex(record.context.strip() for record in records)
    picked = random_.sample(records, min(count, len(records)))
    nearest = index.nearest([record.question for record in picked], RETRIEVED)
    for record, texts in zip(picked, nearest, strict=True):
        answer, near = record.context.strip(), random_.random() < 0.5
        pool = texts[ALIKE:] if near else random_.sample(index.texts, DRAWN)
        pool = [text for text in pool if text != answer]
        others = random_.sample(pool, min(random_.randint(1, OTHERS), len(pool)))
        if random_.random() < 0.15 and others:
            yield unanswered(record.question, " ".join(others), kind="pairs-")
            continue
        text, where = _among(others, answer, random_)
        yield Row(
            record.question,
            text,
            answerable=True,
            spans=(where,),
            inside=True,
            evidence=(where,),
            kind="pairs",
            verdict=record.verdict,
        )


def from_claims(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Put the sentence that tells whether a claim is true among others like it."""
    short = [r for r in records if r.sole and len(r.context) < SENTENCE]
    yield from _paired(short, count, random_)


def from_stories(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Take stories, two thirds of the questions asking why or how.

    Most answers are told in other words: then only the passage is known to answer.
    """
    reasons = [record for record in records if REASON.match(record.question)]
    rest = [record for record in records if not REASON.match(record.question)]
    picked = random_.sample(reasons, min(len(reasons), count * 2 // 3))
    picked += random_.sample(rest, min(len(rest), count // 3))
    for record in picked:
        answer, text = record.answers[0], record.context
        found = occurrences(answer, text) if len(answer) > 3 else ()
        if len(found) == 1:
            evidence = tuple(part for part in sentences(text) if touches(part, found))
            yield _told(record, found, evidence)
        elif len(text) < LONGEST:
            yield _told(record, (Span(0, len(text)),), None)


def _told(record: Record, spans: tuple[Span, ...], evidence: tuple[Span, ...] | None) -> Row:
    return Row(
        record.question,
        record.context,
        answerable=True,
        spans=spans,
        inside=evidence is None,
        evidence=evidence,
        title=record.title,
        kind="story?" if evidence is None else "story",
    )


def _among(others: Sequence[str], sentence: str, random_: Random) -> tuple[str, Span]:
    """Put a sentence somewhere among others, and return where it is."""
    at = random_.randint(0, len(others))
    start = sum(len(other) + 1 for other in others[:at])
    text = " ".join([*others[:at], sentence, *others[at:]])
    return text, Span(start, start + len(sentence))
