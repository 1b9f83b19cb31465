"""Rows from the articles and questions that were written for this.

They are cut into passages just as the program cuts them, and each question is put beside those
that answer it, those that a careless reader would quote, and others that a search ranks high:
of its own article, or of a small library. A tenth of the articles is held out for choosing and
never trained on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from qa.encoders import Encoder
from qa.evaluation.written import WrittenArticle, WrittenQuestion, locate
from qa.index import build
from qa.language.sentences import sentences
from qa.passages import heading_variants, split_article
from qa.search import search
from qa.settings import Settings
from qa.types import Article, Passage, Span
from training.reader.rows import Row, occurrences, overlaps_any, unanswerable_row

TOKENS = (128, 128, 128, 64, 190)  # of a passage, drawn: the program's own size, mostly
HELD_OUT_DIGIT = "3"  # last digit of the numbers of articles held out
LIBRARY = 12  # articles that are searched together
SEARCH_NEGATIVES = 3  # passages beside a question that do not answer it
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
            ranked = [passages[at] for at in order]
            yield from _rows(question, ranked, article=each.article, others=1)


def from_libraries(
    written: Sequence[WrittenArticle], encoder: Encoder, random_: Random
) -> Iterator[Row]:
    """Put every question beside passages that the search finds in a library of a few articles.

    The rows of a question are a group: what answers must be told from all that was found.
    """
    shuffled, groups, settings = random_.sample(written, len(written)), count(), Settings()
    for start in range(0, len(shuffled), LIBRARY):
        library = shuffled[start : start + LIBRARY]
        with TemporaryDirectory() as home:
            articles = [each.article for each in library]
            index = build(articles, into=home, settings=settings, encoder=encoder)
            for each in library:
                own = [p for p in index.passages if p.article.id == each.article.id]
                for question in each.questions:
                    hits = search(question.text, index, encoder=encoder, settings=settings).hits
                    found = [hit.passage for hit in hits]
                    missed = [p for p in own if p not in found]
                    rows = _rows(
                        question, found + missed, article=each.article, others=SEARCH_NEGATIVES
                    )
                    group = next(groups)
                    yield from (replace(row, group=group) for row in rows)


def _rows(
    question: WrittenQuestion, passages: Sequence[Passage], *, article: Article, others: int
) -> Iterator[Row]:
    """Yield the passages that answer, and those of the others that are likeliest to seem to."""
    text = article.text
    evidence = tuple(filter(None, (locate(f, text) for f in question.evidence)))
    if len(evidence) < len(question.evidence):
        return
    if question.trap == DENIED:
        return
    near = locate(question.near, text) if question.near else None
    own = [p for p in passages if p.article.id == article.id]
    answering = [p for p in own if overlaps_any(p.span, evidence)]
    tempting = [p for p in own if near and p.span.overlap(near)]
    rest = [p for p in passages if p not in answering and p not in tempting]
    for passage in answering:
        yield _answered(question, passage, evidence)
    for passage in tempting + rest[:others]:
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
