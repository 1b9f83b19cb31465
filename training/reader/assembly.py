"""Rows from sentences, pairs, claims and stories: most of their passages are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from qa.types import Span
from training.reader.bm25 import BM25Index
from training.reader.records import Record
from training.reader.rows import Row, occurrences, overlaps_any, sentences, unanswerable_row

MAX_PASSAGE = 950  # characters of a passage, as long as the program's own
MAX_SENTENCE = 400  # characters
MAX_DISTRACTORS = 4  # sentences put beside the one that answers
RANDOM_SENTENCES = 12  # that distractors are drawn from, where near ones are not
NEAR_SENTENCES = 6  # before and after in their text
RETRIEVED_SENTENCES = 30  # found by BM25
TOO_NEAR = 6  # the first of those, which may answer the question too
REASON_QUESTION = re.compile(r"(why|how)\b", re.IGNORECASE)


def from_sentences(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Put the sentence that answers among distractors; a fifth of the rows go without it."""
    order = list(dict.fromkeys(record.context for record in records))
    place = {context: number for number, context in enumerate(order)}
    for record in random_.sample(records, min(count, len(records))):
        at, near = place[record.context], random_.random() < 0.5
        size = random_.randint(1, MAX_DISTRACTORS)
        around = order[max(0, at - NEAR_SENTENCES) : at + NEAR_SENTENCES + 1]
        pool = around if near else random_.sample(order, RANDOM_SENTENCES)
        pool = [s for s in pool if s != record.context and not record.answered_in(s)]
        distractors = random_.sample(pool, min(size, len(pool)))
        if random_.random() < 0.2 and distractors:
            yield unanswerable_row(record.question, " ".join(distractors), kind="qamr-")
            continue
        text, where = _insert(distractors, record.context, random_)
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
    """Put the answering sentence among distractors of its case; where in it is not known."""
    short = [record for record in records if len(record.context) < MAX_SENTENCE]
    for cased in (True, False):
        group = [r for r in short if any(map(str.isupper, r.context)) == cased]
        yield from _rows_among_distractors(group, count // 2, random_)


def _rows_among_distractors(
    records: Sequence[Record], count: int, random_: Random
) -> Iterator[Row]:
    index = BM25Index(record.context.strip() for record in records)
    picked = random_.sample(records, min(count, len(records)))
    nearest = index.nearest([record.question for record in picked], RETRIEVED_SENTENCES)
    for record, texts in zip(picked, nearest, strict=True):
        answer, near = record.context.strip(), random_.random() < 0.5
        pool = texts[TOO_NEAR:] if near else random_.sample(index.texts, RANDOM_SENTENCES)
        pool = [text for text in pool if text != answer]
        distractors = random_.sample(pool, min(random_.randint(1, MAX_DISTRACTORS), len(pool)))
        if random_.random() < 0.15 and distractors:
            yield unanswerable_row(record.question, " ".join(distractors), kind="pairs-")
            continue
        text, where = _insert(distractors, answer, random_)
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
    """Put the sentence that tells whether a claim is true among distractors like it."""
    short = [r for r in records if r.is_only_evidence and len(r.context) < MAX_SENTENCE]
    yield from _rows_among_distractors(short, count, random_)


def from_stories(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Take stories, two thirds of the questions asking why or how.

    Most answers are told in other words: then only the passage is known to answer.
    """
    reasons = [record for record in records if REASON_QUESTION.match(record.question)]
    rest = [record for record in records if not REASON_QUESTION.match(record.question)]
    picked = random_.sample(reasons, min(len(reasons), count * 2 // 3))
    picked += random_.sample(rest, min(len(rest), count // 3))
    for record in picked:
        answer, text = record.answers[0], record.context
        found = occurrences(answer, text) if len(answer) > 3 else ()
        if len(found) == 1:
            evidence = tuple(part for part in sentences(text) if overlaps_any(part, found))
            yield _story_row(record, found, evidence)
        elif len(text) < MAX_PASSAGE:
            yield _story_row(record, (Span(0, len(text)),), None)


def _story_row(
    record: Record, spans: tuple[Span, ...], evidence: tuple[Span, ...] | None
) -> Row:
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


def _insert(distractors: Sequence[str], sentence: str, random_: Random) -> tuple[str, Span]:
    """Put a sentence somewhere among distractors, and return where it is."""
    at = random_.randint(0, len(distractors))
    start = sum(len(other) + 1 for other in distractors[:at])
    text = " ".join([*distractors[:at], sentence, *distractors[at:]])
    return text, Span(start, start + len(sentence))
