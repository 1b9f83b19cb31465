"""Rows that look answerable and are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random

from training.reader.bm25 import BM25Index
from training.reader.records import Record
from training.reader.rows import Row, places, sentences, touches, unanswered

RETRIEVED = 12
NEAREST = 5  # of those that do not answer, one is drawn
SHORTEST = 150  # characters: with less left, a missing answer is too plain


def retrieved(
    picked: Sequence[Record], records: Sequence[Record], random_: Random
) -> Iterator[Row]:
    """Pair questions with passages that share their words and do not hold their answer."""
    titles = {record.context: record.title for record in records}
    nearest = BM25Index(titles).nearest([record.question for record in picked], RETRIEVED)
    for record, texts in zip(picked, nearest, strict=True):
        wrong = _wrong(record, texts)[:NEAREST]
        if wrong:
            text = random_.choice(wrong)
            yield unanswered(record.question, text, title=titles[text], kind="bm25")


def same_article(
    picked: Sequence[Record], records: Sequence[Record], random_: Random
) -> Iterator[Row]:
    """Pair questions with other passages of their article."""
    articles: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        if record.title:
            articles[record.title][record.context] = None
    for record in picked:
        wrong = _wrong(record, list(articles.get(record.title, ())))
        if wrong:
            text = random_.choice(wrong)
            yield unanswered(record.question, text, title=record.title, kind="title")


def removed(picked: Sequence[Record]) -> Iterator[Row]:
    """Leave the sentence that answers out of its passage."""
    for record in picked:
        spans = places(record)
        rest = [part for part in sentences(record.context) if not touches(part, spans)]
        text = " ".join(part.of(record.context) for part in rest)
        if len(text) > SHORTEST and not record.answered_in(text):
            yield unanswered(record.question, text, title=record.title, kind="removed")


def other_section(records: Sequence[Record], count: int, random_: Random) -> Iterator[Row]:
    """Pair questions about a story with another section of it."""
    stories: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        stories[record.title].append(record)
    for record in random_.sample(records, count):
        others = [r for r in stories[record.title] if not r.sections & record.sections]
        wrong = _wrong(record, [other.context for other in others])
        if wrong:
            text = random_.choice(wrong)
            yield unanswered(record.question, text, title=record.title, kind="story-")


def _wrong(record: Record, texts: Sequence[str]) -> list[str]:
    return [t for t in texts if t != record.context and not record.answered_in(t)]
