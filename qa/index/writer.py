"""The writer of a version's articles: new ones beside those of the old version that stay."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from io import BufferedWriter
from pathlib import Path
from typing import Self

import numpy as np

from qa.files import link
from qa.index.articles import Articles
from qa.index.segments import (
    ARTICLE_ROW,
    ARTICLES_SUFFIX,
    FULL_SEGMENT,
    METADATA_SUFFIX,
    PASSAGE_ROW,
    PASSAGES_SUFFIX,
    SMALL_SEGMENT,
    SUFFIXES,
    TEXT_SUFFIX,
    ArticleRecord,
    ArticleSegment,
    StructuredArray,
    content_hash,
    source_hash,
)
from qa.types import Article, Span


class IndexWriter:
    """Writes segments of articles to an empty folder, and carries over those of an old version.

    A segment that loses nothing is linked; one that is small, or loses more than half, is
    merged with others; of any other only the tables are written anew.
    """

    def __init__(self, folder: Path, old: Articles | None) -> None:
        self._folder, self._old = folder, old
        self._keeps = np.ones(len(old) if old else 0, bool)
        segments = old.store.segments if old else []
        last = max((int(segment.name) for segment in segments), default=0)
        room = 2 * len(segments)  # for rewritten ones: each ends two others at the most
        self._rewrites = SegmentWriter(folder, last + 1)
        self._additions = SegmentWriter(folder, last + 1 + room)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Carry over the old version and finish the segments, unless something went wrong."""
        with closing(self._rewrites), closing(self._additions):
            if raised[0] is None:
                if self._old:
                    self._carry_over(self._old)
                self._rewrites.finish()
                self._additions.finish()

    def add(
        self, article: Article, *, first_id: int, spans: Sequence[Span], pinned: bool
    ) -> None:
        """Write a new article and its passages, numbered from `first_id` on."""
        passages = np.empty(len(spans), PASSAGE_ROW)
        passages["id"] = np.arange(first_id, first_id + len(spans))
        passages["start"] = [span.start for span in spans]
        passages["end"] = [span.end for span in spans]
        self._write(article, passages, pinned=pinned)

    def move(self, article: Article, *, pinned: bool) -> None:
        """Write an article of the old version anew; its passages are the same."""
        if self._old is None:
            raise ValueError("There is no old version")
        row = self._old.row(article.id)
        self.drop(row)
        self._write(article, self._old.passages.rows_of(row), pinned=pinned)

    def drop(self, row: int) -> None:
        """Leave out the article in a row of the old version."""
        self._keeps[row] = False

    def _write(self, article: Article, passages: StructuredArray, *, pinned: bool) -> None:
        record = ArticleRecord.of(article)
        row = np.zeros((), ARTICLE_ROW)
        row["id"] = article.id
        row["content_hash"] = np.void(content_hash(article))
        row["metadata_hash"], row["text_hash"] = map(np.void, record.hashes)
        row["source"], row["pinned"] = source_hash(article.source), pinned
        self._additions.write(record, row, passages)

    def _carry_over(self, old: Articles) -> None:
        """Link or rewrite every segment of the old version."""
        first = 0
        for segment in old.store.segments:
            rows = range(first, first + len(segment.articles))
            first += len(rows)
            kept = [row for row in rows if self._keeps[row]]
            if _is_worth_linking(segment, old.table[kept]):
                self._link(segment, old, kept)
                continue
            for row in kept:
                self._rewrites.write(
                    old.store.record(row), old.table[row].copy(), old.passages.rows_of(row)
                )

    def _link(self, segment: ArticleSegment, old: Articles, kept: Sequence[int]) -> None:
        whole = len(kept) == len(segment.articles)
        for suffix in SUFFIXES if whole else (METADATA_SUFFIX, TEXT_SUFFIX):
            link(segment.folder / f"{segment.name}{suffix}", self._folder)
        if not whole:
            passages = [old.passages.rows_of(row) for row in kept]
            np.save(self._folder / f"{segment.name}{ARTICLES_SUFFIX}", old.table[kept])
            np.save(self._folder / f"{segment.name}{PASSAGES_SUFFIX}", np.concatenate(passages))


class SegmentWriter:
    """Writes articles to one segment after the other, each until it is full."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._number = folder, number
        self._articles: list[StructuredArray] = []
        self._passages: list[StructuredArray] = []
        self._passage_count = 0
        self._files: list[BufferedWriter] = []

    def write(
        self, record: ArticleRecord, row: StructuredArray, passages: StructuredArray
    ) -> None:
        """Write an article, its row, where its offsets are filled in, and its passages."""
        if not self._files:
            paths = map(self._path, (METADATA_SUFFIX, TEXT_SUFFIX))
            self._files += (path.open("xb") for path in paths)
        metadata, text = self._files
        row["metadata_at"], row["metadata_size"] = metadata.tell(), len(record.metadata)
        row["text_at"], row["text_size"] = text.tell(), len(record.text)
        row["passages"] = len(passages)
        metadata.write(record.metadata)
        text.write(record.text)
        self._articles.append(row)
        self._passages.append(passages)
        self._passage_count += len(passages)
        if self._passage_count >= FULL_SEGMENT:
            self.finish()

    def finish(self) -> None:
        """Finish the open segment, if there is one."""
        if not self._files:
            return
        self.close()
        np.save(self._path(ARTICLES_SUFFIX), np.array(self._articles, ARTICLE_ROW))
        np.save(self._path(PASSAGES_SUFFIX), np.concatenate(self._passages))
        self._articles, self._passages, self._passage_count = [], [], 0
        self._number += 1

    def close(self) -> None:
        """Close all open files, even if closing one fails on a full disk."""
        with ExitStack() as stack:
            for file in self._files:
                stack.callback(file.close)
            self._files = []

    def _path(self, suffix: str) -> Path:
        return self._folder / f"{self._number:08}{suffix}"


def _is_worth_linking(segment: ArticleSegment, kept: StructuredArray) -> bool:
    """Tell whether many passages and at least half of the text of a segment stay."""
    many = int(kept["passages"].sum()) >= SMALL_SEGMENT
    size, whole = (int(table["text_size"].sum()) for table in (kept, segment.articles))
    return many and 2 * size >= whole
