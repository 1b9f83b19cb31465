"""What a visitor brings to the library, and which articles are to be asked: theirs alone."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from qa.articles import read_file
from qa.assistant import Assistant
from qa.callbacks import Progress, do_nothing
from qa.errors import ArticleError, QAError
from qa.index import Index
from qa.types import Article
from qa.ui.session.desk import Desk

MOST = 20  # articles of one visitor
LARGEST = 10_000_000  # bytes of a file: most of many are pictures
MOST_LINES = 100  # of a file with articles in bulk that are looked at
TOGETHER = 2_000_000  # bytes of text: encoding it takes minutes, while others wait


@dataclass(frozen=True, slots=True)
class Given:
    """A file as a visitor gave it: the name that they know it by, and where it lies now."""

    name: str
    file: Path


@dataclass(frozen=True, slots=True)
class Shelf:
    """A visitor's own articles, and the ids of those that are to be asked; none means all.

    It never changes: what is added or removed makes another shelf. The `assistant` knows the
    library and these articles; its index is deleted when nobody holds it any more.
    """

    articles: tuple[Article, ...] = ()
    chosen: frozenset[str] = frozenset()
    assistant: Assistant | None = None

    def desk(self, shared: Desk) -> Desk:
        """Return where this visitor's questions are handed in."""
        if not self.assistant and not self.chosen:
            return shared
        assistant = self.assistant or shared.assistant()
        chosen = {each for each in self.chosen if each in assistant.index.articles}
        return Desk.opened(assistant.within(chosen) if chosen else assistant)

    def choosing(self, chosen: Collection[object], shared: Desk) -> Shelf:
        """Return a shelf of which other articles are to be asked; unknown ones are left out."""
        known = self.desk(shared).assistant().index.articles
        there = (each for each in chosen if isinstance(each, str) and each in known)
        return replace(self, chosen=frozenset(there))

    def without(self, article: str, shared: Desk) -> Shelf:
        """Return a shelf that lacks the article of an id.

        Raises:
            QAError: if the index of the rest cannot be written.
        """
        left = tuple(own for own in self.articles if own.id != article)
        return self if left == self.articles else self._holding(left, shared, do_nothing)

    def holding(
        self, given: Sequence[Given], shared: Desk, progress: Progress = do_nothing
    ) -> tuple[Shelf, tuple[QAError, ...]]:
        """Return a shelf with more articles, and why each of the other files was not taken.

        Raises:
            QAError: if the library cannot be opened, or the index cannot be written.
        """
        library = shared.assistant().index.articles
        own, refused = self.articles, list[QAError]()
        for found in (found for each in given for found in islice(_read(each), MOST_LINES)):
            try:
                own = (*own, _fitting(found, own, library))
            except ArticleError as error:
                refused.append(error)
        shelf = self if own == self.articles else self._holding(own, shared, progress)
        return shelf, tuple(refused)

    def _holding(
        self, articles: tuple[Article, ...], shared: Desk, progress: Progress
    ) -> Shelf:
        """Return a shelf of the library as it is now and these articles."""
        library = shared.assistant()
        own = {article.id for article in articles}
        kept = frozenset(c for c in self.chosen if c in own or c in library.index.articles)
        if not articles:
            return Shelf(chosen=kept)
        before = self.assistant.index if self.assistant else None
        return Shelf(articles, kept, _indexed(library, articles, before, progress))


def _read(given: Given) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file, unless it is too large, and what is wrong with others."""
    name, size = given.name, given.file.stat().st_size if given.file.is_file() else 0
    if size <= LARGEST:
        yield from read_file(given.file, name=name)
        return
    yield ArticleError(
        "{name} has {size} bytes; {limit} are the limit.",
        hint="Cut it in parts.",
        name=name,
        size=size,
        limit=LARGEST,
    )


def _fitting(
    found: Article | ArticleError, own: Sequence[Article], library: Collection[str]
) -> Article:
    """Return an article that there is room for."""
    if isinstance(found, ArticleError):
        raise found
    name = found.source
    if len(own) == MOST:
        raise ArticleError(
            "{name} is over the {most} articles.",
            hint="Remove one first.",
            name=name,
            most=MOST,
        )
    if found.id in library or any(found.id == other.id for other in own):
        raise ArticleError("{name} is here already.", name=name)
    if sum(len(each.text.encode()) for each in (*own, found)) > TOGETHER:
        raise ArticleError(
            "{name} would make more than {limit} bytes of text together.",
            hint="Remove an article first.",
            name=name,
            limit=TOGETHER,
        )
    return found


def _indexed(
    library: Assistant, articles: Iterable[Article], before: Index | None, progress: Progress
) -> Assistant:
    """Return an assistant whose index lies in a folder that goes when the index does."""
    folder = Path(tempfile.mkdtemp(prefix="qa-shelf-"))
    try:
        extended = library.extended(articles, into=folder, known=before, progress=progress)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    words = extended.index.words  # which read from the folder
    weakref.finalize(words, shutil.rmtree, folder, ignore_errors=True)
    return extended
