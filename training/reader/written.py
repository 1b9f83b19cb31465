"""Rows from the articles and questions that were written for this.

They are cut into passages just as the program cuts them, and each question is put beside the
passages of its own article: those that answer it, those that a careless reader would quote, and
the one of the others that a search would rank highest. A tenth of the articles is held out for
choosing and never trained on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from qa.encoders import Encoder
from qa.evaluation.written import WrittenArticle, WrittenQuestion, locate
from qa.language.sentences import sentences
from qa.passages import heading_variants, split_article
from qa.types import Passage, Span
from training.reader.rows import Row, occurrences, overlaps_any, unanswerable_row

TOKENS = (128, 128, 128, 64, 190)  # of a passage, drawn: the program's own size, mostly
HELD_OUT_DIGIT = "3"  # last digit of the numbers of articles held out
DENIED = "presupposition"
"""A trap that teaches wrong: often the text says outright that it is not so, an answer."""


def is_held_out(written: WrittenArticle) -> bool:
    """Tell whether an article is held out: its number ends in three."""
    return Path(written.name).name.split("-")[0].endswith(HELD_OUT_DIGIT)


def from_written(
    written: Sequence[WrittenArticle], encoder: Encoder, random_: Random
) -> Iterator[Row]:
    """Put every question beside passages of its article."""
    for each in written:
        passages = split_article(
            each.article,
            tokens=random_.choice(TOKENS),
            window=encoder.window,
            count_tokens=encoder.count,
        )
        asked = encoder.questions([question.text for question in each.questions])
        cosines = asked @ encoder.passages([passage.text for passage in passages]).T
        for question, near in zip(each.questions, cosines, strict=True):
            order = np.argsort(-near, kind="stable")
            yield from _rows(question, [passages[at] for at in order])


def _rows(question: WrittenQuestion, passages: Sequence[Passage]) -> Iterator[Row]:
    """Yield the passages that answer, the one that seems to, and the nearest of the others."""
    text = passages[0].article.text
    evidence = tuple(filter(None, (locate(f, text) for f in question.evidence)))
    if len(evidence) < len(question.evidence):
        return
    if question.trap == DENIED:
        return
    near = locate(question.near, text) if question.near else None
    answering = [p for p in passages if overlaps_any(p.span, evidence)]
    tempting = [p for p in passages if near and p.span.overlap(near)]
    rest = [p for p in passages if p not in answering and p not in tempting]
    for passage in answering:
        yield _answered(question, passage, evidence)
    for passage in tempting + rest[:1]:
        yield _headed(unanswerable_row(question.text, passage.text, kind="written-"), passage)


def _answered(question: WrittenQuestion, passage: Passage, evidence: Sequence[Span]) -> Row:
    """Mark the sentences of a passage that answer, and the few words where there are any."""
    at, text = passage.span.start, passage.article.text
    parts = [s for s in sentences(text, passage.span) if overlaps_any(s, evidence)]
    inside = [span for span in evidence if span.overlap(passage.span)]
    short = [
        Span(span.start + found.start, span.start + found.end)
        for span in inside
        for words in question.short
        for found in occurrences(words, span.of(text))
    ]
    short = [span for span in short if span in passage.span]
    row = Row(
        question.text,
        passage.text,
        answerable=True,
        spans=tuple(_shifted(s, at, len(passage.text)) for s in short or inside),
        evidence=tuple(_shifted(part, at, len(passage.text)) for part in parts),
        kind="written",
        verdict=question.yes_no,
    )
    return _headed(row, passage)


def _headed(row: Row, passage: Passage) -> Row:
    return replace(row, prefix=next(heading_variants(passage)))


def _shifted(span: Span, by: int, length: int) -> Span:
    return Span(max(0, span.start - by), min(length, span.end - by))
