"""A visitor's own articles, and the selection of articles to ask: nobody else sees either."""

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
from qa.settings import Settings
from qa.types import Article
from qa.ui.session.provider import AssistantProvider

MAX_REFUSED = 100  # articles beyond the limit that are looked at in a file of many
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that a visitor uploaded: its name on their machine, and its path on ours."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class VisitorLibrary:
    """A visitor's own articles, and the ids of those articles that are asked; none means all.

    It is immutable: adding and removing articles returns another one. Its `assistant` knows
    the shared library and these articles; its index is deleted when it is garbage.
    """

    articles: tuple[Article, ...] = ()
    selected: frozenset[str] = frozenset()
    assistant: Assistant | None = None

    def provider(self, shared: AssistantProvider) -> AssistantProvider:
        """Return the provider of the assistant that answers this visitor."""
        if not self.assistant and not self.selected:
            return shared
        assistant = self.assistant or shared.assistant()
        selected = {each for each in self.selected if each in assistant.index.articles}
        return AssistantProvider.of(assistant.within(selected) if selected else assistant)

    def select(self, articles: Collection[object], shared: AssistantProvider) -> VisitorLibrary:
        """Return the library with other articles selected; unknown ids are left out."""
        known = self.provider(shared).assistant().index.articles
        there = (each for each in articles if isinstance(each, str) and each in known)
        return replace(self, selected=frozenset(there))

    def remove(self, article: str, shared: AssistantProvider) -> VisitorLibrary:
        """Return the library without the article of an id.

        Raises:
            QAError: if the index of the rest cannot be written.
        """
        rest = tuple(own for own in self.articles if own.id != article)
        return self if rest == self.articles else self._with(rest, shared, do_nothing)

    def add(
        self,
        files: Sequence[UploadedFile],
        shared: AssistantProvider,
        progress: Progress = do_nothing,
    ) -> tuple[VisitorLibrary, tuple[QAError, ...]]:
        """Return the library with the files' articles, and why each other file was refused.

        Raises:
            QAError: if the library cannot be opened, or the index cannot be written.
        """
        assistant = shared.assistant()
        library, limits = assistant.index.articles, assistant.settings
        most = limits.upload_articles + MAX_REFUSED
        own, refused = self.articles, list[QAError]()
        for found in (each for file in files for each in islice(_read(file, limits), most)):
            try:
                own = (*own, _checked_article(found, own, library, limits))
            except ArticleError as error:
                refused.append(error)
        added = self if own == self.articles else self._with(own, shared, progress)
        return added, tuple(refused)

    def _with(
        self, articles: tuple[Article, ...], shared: AssistantProvider, progress: Progress
    ) -> VisitorLibrary:
        """Return a library of the shared articles as they are now, and these of one's own."""
        library = shared.assistant()
        own = {article.id for article in articles}
        selected = frozenset(
            each for each in self.selected if each in own or each in library.index.articles
        )
        if not articles:
            return VisitorLibrary(selected=selected)
        before = self.assistant.index if self.assistant else None
        return VisitorLibrary(
            articles, selected, _extend_library(library, articles, before, progress)
        )


def _read(file: UploadedFile, limits: Settings) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    size = file.path.stat().st_size if file.path.is_file() else 0
    limit = int(limits.upload_file_mb * MEGA)
    if size <= limit:
        yield from read_file(file.path, name=file.name)
        return
    yield ArticleError(
        "{name} has {size} bytes; the limit is {limit}.",
        hint="Split it into parts.",
        name=file.name,
        size=size,
        limit=limit,
    )


def _checked_article(
    found: Article | ArticleError,
    own: Sequence[Article],
    library: Collection[str],
    limits: Settings,
) -> Article:
    """Return an article that is within the limits.

    Raises:
        ArticleError: if it is not, or could not be read.
    """
    if isinstance(found, ArticleError):
        raise found
    name = found.source
    if len(own) >= limits.upload_articles:
        raise ArticleError(
            "{name} is over the {most} articles.",
            hint="Remove one first.",
            name=name,
            most=limits.upload_articles,
        )
    if found.id in library or any(found.id == other.id for other in own):
        raise ArticleError("{name} is here already.", name=name)
    if sum(len(each.text.encode()) for each in (*own, found)) > limits.upload_text_mb * MEGA:
        raise ArticleError(
            "{name} would make more than {limit} bytes of text together.",
            hint="Remove an article first.",
            name=name,
            limit=int(limits.upload_text_mb * MEGA),
        )
    return found


def _extend_library(
    library: Assistant, articles: Iterable[Article], before: Index | None, progress: Progress
) -> Assistant:
    """Return an assistant whose index lies in a folder that is deleted along with it."""
    folder = Path(tempfile.mkdtemp(prefix="qa-uploads-"))
    try:
        extended = library.extend_library(
            articles, into=folder, reuse=before, progress=progress
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    words = extended.index.words  # which read from the folder
    weakref.finalize(words, shutil.rmtree, folder, ignore_errors=True)
    return extended
