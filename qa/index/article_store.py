"""The article store: one table of all articles, each read from disk on demand and cached."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.index.segments import (
    ARTICLE_ROW,
    ArticleRecord,
    ArticleSegment,
    StructuredArray,
    segment_names,
)
from qa.types import Article

CACHED_CHARACTERS = 8_000_000  # of the articles read last


class ArticleStore:
    """The segments of a folder, and a cache of the articles read last; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open a folder.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        self.segments = [ArticleSegment.open(folder, name) for name in segment_names(folder)]
        self.table = join_tables([segment.articles for segment in self.segments], ARTICLE_ROW)
        sizes = [len(segment.articles) for segment in self.segments]
        self._segment_of: NDArray[np.intp] = np.repeat(np.arange(len(sizes)), sizes)
        self._cache = ArticleCache(CACHED_CHARACTERS)

    def segment(self, row: int) -> ArticleSegment:
        """Return the segment of the article in a row."""
        return self.segments[int(self._segment_of[row])]

    def record(self, row: int) -> ArticleRecord:
        """Return the article in a row as bytes.

        Raises:
            IndexBroken: if they were changed.
        """
        return self.segment(row).record(self.table[row])

    def article(self, row: int) -> Article:
        """Return the article in a row.

        Raises:
            IndexBroken: if its bytes were changed.
        """
        found = self._cache.get(row)
        if found is None:
            found = self.record(row).article()
            self._cache.put(row, found)
        return found


class ArticleCache:
    """The articles read last, up to so many characters of text in all."""

    def __init__(self, limit: int) -> None:
        self._limit, self._characters = limit, 0
        self._articles: OrderedDict[int, Article] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, row: int) -> Article | None:
        """Return the article of a row, if it is in the cache."""
        with self._lock:
            if row in self._articles:
                self._articles.move_to_end(row)
            return self._articles.get(row)

    def put(self, row: int, article: Article) -> None:
        """Add the article of a row, and drop those that were used longest ago."""
        with self._lock:
            if row in self._articles:
                return
            self._articles[row] = article
            self._characters += len(article.text)
            while self._characters > self._limit and len(self._articles) > 1:
                _, oldest = self._articles.popitem(last=False)
                self._characters -= len(oldest.text)


def join_tables(tables: list[StructuredArray], kind: np.dtype[np.void]) -> StructuredArray:
    """Return tables as one; of no tables, an empty one."""
    return np.concatenate([np.empty(0, kind), *tables])
