"""The spool: articles that were read and wait to be written to an index."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field

from qa.errors import DiskError
from qa.index.articles import ArticleEntry
from qa.index.segments import ArticleRecord
from qa.types import Article

SPOOL_MEMORY = 32_000_000  # bytes that are kept in memory; more are in a temporary file


@dataclass(frozen=True, slots=True)
class PlannedArticle:
    """An article that waits to be written, by what it goes and how it is to be kept."""

    name: str
    former: str
    """The name by which it went before, if it is moved."""

    pinned: bool
    read: Callable[[], Article] = field(compare=False, repr=False)


class ArticleSpool:
    """Holds articles in the order of their addition, in memory while they are few."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(SPOOL_MEMORY)  # noqa: SIM115  # see below
        weakref.finalize(self, self._file.close)
        self._size = 0

    def put(self, article: Article, *, pinned: bool, former: str = "") -> PlannedArticle:
        """Add an article.

        Raises:
            DiskError: if the disk of temporary files is full.
        """
        metadata, text = ArticleRecord.of(article)
        start = self._size
        try:
            self._file.seek(start)
            self._file.write(metadata + text)
        except OSError as refused:
            raise DiskError(tempfile.gettempdir(), refused) from refused
        self._size += len(metadata) + len(text)

        def read() -> Article:
            self._file.seek(start)
            found = self._file.read(len(metadata)), self._file.read(len(text))
            return ArticleRecord(*found).article()

        return PlannedArticle(name_of(article), former, pinned, read)


def name_of(article: Article | ArticleEntry) -> str:
    """Return the name of an article's file, or its title if it comes from none."""
    return article.source or article.title
