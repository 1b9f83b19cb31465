"""Find the articles of a folder and read each by its format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.articles.registry import SUFFIXES, format_of
from qa.errors import ArticleError
from qa.types import Article

ENDINGS = ", ".join(SUFFIXES)


def article_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that are articles, by name; hidden ones are left alone."""
    if not folder.is_dir():
        raise ArticleError(f"There is no folder {folder}.", hint="Name a folder of articles.")
    files = (p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    seen = [p for p in files if not any(n.startswith(".") for n in p.relative_to(folder).parts)]
    if not seen:
        raise ArticleError(
            f"There are no articles in {folder}.", hint=f"Put {ENDINGS} files there."
        )
    return tuple(sorted(seen))


def read_folder(folder: Path) -> Iterator[Article | ArticleError]:
    """Yield every article of a folder, file by file, or the error that says why there is none.

    The same bytes twice are one article.

    Raises:
        ArticleError: if there is no folder, or no file in it that could be an article.
    """
    seen: set[str] = set()
    for file in article_files(folder):
        for found in read_file(file, name=file.relative_to(folder).as_posix()):
            if isinstance(found, Article):
                if found.id in seen:
                    continue
                seen.add(found.id)
            yield found


def read_file(file: Path, *, name: str | None = None) -> Iterator[Article | ArticleError]:
    """Yield the articles that a file holds; what cannot be read is an error among them.

    `name` is what people will see of its path.
    """
    name = name or file.name
    try:
        yield from _articles(file, name)
    except OSError as error:
        reason = error.strerror or "unknown error"
        yield ArticleError("{name} could not be opened: {reason}.", name=name, reason=reason)
    except ArticleError as error:
        yield error


def read_article(file: Path, *, name: str | None = None) -> Article:
    """Read one file as the article it holds; `name` is what people will see of its path.

    Raises:
        ArticleError: if it cannot be opened, is not of its format, or has no content.
    """
    for found in read_file(file, name=name):
        if isinstance(found, ArticleError):
            raise found
        return found
    raise ArticleError("{name} has no articles.", name=name or file.name)


def _articles(file: Path, name: str) -> Iterator[Article | ArticleError]:
    found = format_of(file)
    if found is None:
        raise ArticleError(
            "{name} is of no format that can be read.", hint=f"Use {ENDINGS}.", name=name
        )
    yield from found.articles(file, source=name)
