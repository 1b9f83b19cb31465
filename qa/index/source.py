"""Articles as they are given, read one at a time, unless their file is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from qa.articles import article_files, read_file
from qa.errors import ArticleError
from qa.index.manifest import sha256_of
from qa.index.texts import Entry, Texts
from qa.types import Article

Refused = Callable[[ArticleError], object]
"""What hears why a file holds no article."""


def unheard(error: ArticleError) -> None:
    """Hear of nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A file, and what people see of its path."""

    file: Path
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: files, or those in hand; it can be read again."""

    given: Sequence[Named | Article]
    folder: Path | None = None

    @classmethod
    def of(cls, articles: str | Path | Iterable[Article]) -> Self:
        """Return the source that is a folder, whose files go by their paths in it, or in hand.

        Raises:
            ArticleError: if there is no such folder, or no article in it.
        """
        if not isinstance(articles, str | Path):
            return cls(tuple(articles))
        folder = Path(articles)
        files = (Named(f, f.relative_to(folder).as_posix()) for f in article_files(folder))
        return cls(tuple(files), folder)

    @classmethod
    def at(cls, places: Iterable[str | Path | Article], root: str | Path | None = None) -> Self:
        """Return the source that is files, the articles of folders, and articles in hand.

        A file goes by its path in the root; what does not lie there goes by its name, or by
        its path in the folder.

        Raises:
            ArticleError: if there is nothing at a place, or no article.
        """
        given = [
            each
            for place in places
            for each in ([place] if isinstance(place, Article) else _files(Path(place), root))
        ]
        return cls(given)

    def read(self, old: Texts | None, refused: Refused) -> Iterator[Article | Entry]:
        """Yield the articles; an old entry stands for that of a file that is as it was.

        Each file that holds no article is refused.

        Raises:
            ArticleError: if the source is a folder, and none of its files can be read.
        """
        read = 0
        for given in self.given:
            for found in _read(given, old):
                if isinstance(found, ArticleError):
                    refused(found)
                else:
                    read += 1
                    yield found
        if self.folder and not read:
            raise ArticleError(
                f"No article of {self.folder} could be read.",
                hint="Mend or move them, then try again.",
            )


def _files(place: Path, root: str | Path | None) -> Iterator[Named]:
    if not place.exists():
        raise ArticleError(f"There is no {place}.", hint="Name a file or a folder of articles.")
    inside = root is not None and place.resolve().is_relative_to(Path(root).resolve())
    folder = place if place.is_dir() else place.parent
    top = Path(root).resolve() if root and inside else folder.resolve()
    for file in article_files(place) if place.is_dir() else (place,):
        yield Named(file, file.resolve().relative_to(top).as_posix())


def _read(
    given: Named | Article, old: Texts | None
) -> Iterable[Article | Entry | ArticleError]:
    if isinstance(given, Article):
        return [given]
    entry = _unchanged(given, old)
    return [entry] if entry else read_file(given.file, name=given.name)


def _unchanged(named: Named, old: Texts | None) -> Entry | None:
    """Return the old article that was read from these very bytes under this name."""
    try:
        row = old.find(sha256_of(named.file)[:12]) if old else None
    except OSError:  # reading it will say why
        return None
    entry = old.entry(row) if old and row is not None else None
    return entry if entry and entry.source == named.name else None
