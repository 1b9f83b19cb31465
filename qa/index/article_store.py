"""The articles of a folder as rows of one table, each read from disk when it is asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.index.segments import ARTICLE, Chunk, Stored, Table, chunk_names
from qa.types import Article

REMEMBERED = 8_000_000  # characters of the articles read last


class Stock:
    """The runs of a folder, and what was read of them last; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open a folder.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        self.chunks = [Chunk.open(folder, name) for name in chunk_names(folder)]
        self.table = joined([chunk.articles for chunk in self.chunks], ARTICLE)
        sizes = [len(chunk.articles) for chunk in self.chunks]
        self._chunk_of: NDArray[np.intp] = np.repeat(np.arange(len(sizes)), sizes)
        self._recent = Recent(REMEMBERED)

    def chunk(self, row: int) -> Chunk:
        """Return the run that the article of a row is in."""
        return self.chunks[int(self._chunk_of[row])]

    def stored(self, row: int) -> Stored:
        """Return the bytes of the article of a row.

        Raises:
            IndexBroken: if they were changed.
        """
        return self.chunk(row).stored(self.table[row])

    def article(self, row: int) -> Article:
        """Return the article of a row.

        Raises:
            IndexBroken: if its bytes were changed.
        """
        found = self._recent.get(row)
        if found is None:
            found = self.stored(row).article()
            self._recent.put(row, found)
        return found


class Recent:
    """The articles read last, as many as have so many characters together."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._articles: OrderedDict[int, Article] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, row: int) -> Article | None:
        """Return the article of a row, if it is one of them."""
        with self._lock:
            if row in self._articles:
                self._articles.move_to_end(row)
            return self._articles.get(row)

    def put(self, row: int, article: Article) -> None:
        """Remember the article of a row, and forget those that were read longest ago."""
        with self._lock:
            if row in self._articles:
                return
            self._articles[row] = article
            self._held += len(article.text)
            while self._held > self._most and len(self._articles) > 1:
                _, oldest = self._articles.popitem(last=False)
                self._held -= len(oldest.text)


def joined(tables: list[Table], kind: np.dtype[np.void]) -> Table:
    """Return tables as one, though there be none."""
    return np.concatenate([np.empty(0, kind), *tables])
