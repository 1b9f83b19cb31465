"""Rows that look answerable and are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random

from training.reader.bm25 import BM25Index
from training.reader.records import Record
from training.reader.rows import Row, answer_spans, overlaps_any, sentences, unanswerable_row

MAX_RETRIEVED = 12
MAX_NEAREST = 5  # of those that do not answer, one is drawn
MIN_PASSAGE = 150  # characters: with less left, a missing answer is too plain


def from_retrieval(
    picked: Sequence[Record], records: Sequence[Record], random_: Random
) -> Iterator[Row]:
    """Pair questions with passages that share their words and do not hold their answer."""
    titles = {record.context: record.title for record in records}
    nearest = BM25Index(titles).nearest([record.question for record in picked], MAX_RETRIEVED)
    for record, texts in zip(picked, nearest, strict=True):
        wrong = _not_answering(record, texts)[:MAX_NEAREST]
        if wrong:
            text = random_.choice(wrong)
            yield unanswerable_row(record.question, text, title=titles[text], kind="bm25")


def from_same_article(
    picked: Sequence[Record], records: Sequence[Record], random_: Random
) -> Iterator[Row]:
    """Pair questions with other passages of their article."""
    articles: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        if record.title:
            articles[record.title][record.context] = None
    for record in picked:
        wrong = _not_answering(record, list(articles.get(record.title, ())))
        if wrong:
            text = random_.choice(wrong)
            yield unanswerable_row(record.question, text, title=record.title, kind="title")


def without_answer(picked: Sequence[Record]) -> Iterator[Row]:
    """Leave the sentence that answers out of its passage."""
    for record in picked:
        spans = answer_spans(record)
        rest = [part for part in sentences(record.context) if not overlaps_any(part, spans)]
        text = " ".join(part.of(record.context) for part in rest)
        if len(text) > MIN_PASSAGE and not record.answered_in(text):
            yield unanswerable_row(record.question, text, title=record.title, kind="removed")


def from_other_section(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Pair questions about a story with another section of it."""
    stories: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        stories[record.title].append(record)
    for record in random_.sample(records, count):
        others = [r for r in stories[record.title] if not r.sections & record.sections]
        wrong = _not_answering(record, [other.context for other in others])
        if wrong:
            text = random_.choice(wrong)
            yield unanswerable_row(record.question, text, title=record.title, kind="story-")


def _not_answering(record: Record, texts: Sequence[str]) -> list[str]:
    return [t for t in texts if t != record.context and not record.answered_in(t)]
