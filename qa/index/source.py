"""The source of articles: files, folders or articles in hand, read one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from qa.articles import article_files, contents_of, read_file, readable_name
from qa.callbacks import OnError
from qa.errors import ArticleError
from qa.files import sha256_of
from qa.index.articles import ArticleEntry, Articles
from qa.types import Article

PAGED = ".pdf"  # how the names of files end that have pages


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file, and the name by which people know it."""

    file: Path
    name: str


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """The files to read articles from, or articles in hand; it can be read again."""

    items: Sequence[SourceFile | Article]
    folder: Path | None = None
    warnings: Sequence[ArticleError] = ()
    """What is to be said of what else the folder holds."""

    @classmethod
    def of(cls, articles: str | Path | Iterable[Article]) -> Self:
        """Return a folder, whose files go by their paths in it, or articles in hand.

        Raises:
            ArticleError: if there is no such folder, or no article in it.
        """
        if not isinstance(articles, str | Path):
            return cls(tuple(articles))
        folder = Path(articles)
        contents = contents_of(folder)
        names = (readable_name(f.relative_to(folder).as_posix()) for f in contents.files)
        files = map(SourceFile, contents.files, names)
        return cls(tuple(files), folder, contents.passed_over)

    @classmethod
    def from_paths(
        cls, paths: Iterable[str | Path | Article], root: str | Path | None = None
    ) -> Self:
        """Return files, folders of articles, and articles in hand as one source.

        A file goes by its path in the root; a file elsewhere goes by its name, or by its path
        in the folder.

        Raises:
            ArticleError: if there is nothing at a path, or no article.
        """
        items: list[SourceFile | Article] = []
        for path in paths:
            if isinstance(path, Article):
                items.append(path)
            else:
                items += _source_files(Path(path), root)
        return cls(items)

    def read(self, old: Articles | None, on_error: OnError) -> Iterator[Article | ArticleEntry]:
        """Yield the articles; for a file that has not changed, its entry in the old version.

        `on_error` is called for each file that holds no article.

        Raises:
            ArticleError: if the source is a folder, and none of its files can be read.
        """
        read = 0
        for item in self.items:
            for found in _read(item, old):
                if isinstance(found, ArticleError):
                    on_error(found)
                else:
                    read += 1
                    yield found
        if self.folder and not read:
            raise ArticleError(
                f"No article of {self.folder} could be read.",
                hint="Repair or move them, then try again.",
            )
        for warning in self.warnings:
            on_error(warning)


def _source_files(path: Path, root: str | Path | None) -> Iterator[SourceFile]:
    if not path.exists():
        raise ArticleError(f"There is no {path}.", hint="Name a file or a folder of articles.")
    inside = root is not None and path.resolve().is_relative_to(Path(root).resolve())
    folder = path if path.is_dir() else path.parent
    top = Path(root).resolve() if root and inside else folder.resolve()
    for file in article_files(path) if path.is_dir() else (path,):
        yield SourceFile(file, readable_name(file.resolve().relative_to(top).as_posix()))


def _read(
    item: SourceFile | Article, old: Articles | None
) -> Iterable[Article | ArticleEntry | ArticleError]:
    if isinstance(item, Article):
        return [item]
    entry = _unchanged_entry(item, old)
    return [entry] if entry else read_file(item.file, name=item.name)


def _unchanged_entry(source_file: SourceFile, old: Articles | None) -> ArticleEntry | None:
    """Return the old entry of the article, if it was read from the same bytes and name.

    A PDF that was indexed before pages were kept is read again.
    """
    try:
        row = old.find_row(sha256_of(source_file.file)[:12]) if old else None
    except OSError:  # reading it will say why
        return None
    entry = old.entry(row) if old and row is not None else None
    if not entry or entry.source != source_file.name:
        return None
    is_whole = entry.pages or not entry.source.lower().endswith(PAGED)
    return entry if is_whole else None
