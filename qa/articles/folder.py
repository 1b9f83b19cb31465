"""Find the articles of a folder and read each by its format."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.articles.illegible import without_illegible
from qa.articles.registry import SUFFIXES, format_of
from qa.articles.warnings import warnings_of
from qa.errors import ArticleError, ArticleWarning
from qa.types import Article

USE = "Use {endings}."
ENDINGS = ", ".join(SUFFIXES)
IGNORED = ("~$", ".", "Thumbs.db", "desktop.ini")
"""How the names of files begin that programs leave, and nobody reads: locks, hidden files."""
MANIFEST, MARKS = "manifest.json", {"folder", "recipe", "files"}
"""The file of an index, and what stands in it: what is in its folder is no article."""
SAMPLE = 4_096  # bytes that tell whether a file without an ending is text


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a folder: the files to be read, and warnings about the others."""

    files: tuple[Path, ...]
    passed_over: tuple[ArticleError, ...] = ()


def contents_of(folder: Path) -> Contents:
    """Return the articles of a folder by name, and what in it cannot be read.

    Hidden files, and the folders of indexes, are left alone.

    Raises:
        ArticleError: if there is no such folder, or no file in it that could be an article.
    """
    if not folder.is_dir():
        raise ArticleError(f"There is no folder {folder}.", hint="Name a folder of articles.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise ArticleError(f"{folder} cannot be read.", hint="Let whoever runs this read it.")
    files: list[Path] = []
    links: list[Path] = []
    closed: list[OSError] = []
    others: Counter[str] = Counter()
    for place, folders, names in os.walk(folder, onerror=closed.append):
        here = Path(place)
        links += [here / name for name in sorted(folders) if (here / name).is_symlink()]
        folders[:] = [n for n in folders if not n.startswith(".") and not _is_index(here / n)]
        for file in (here / name for name in names if not name.startswith(IGNORED)):
            if not file.is_file():
                continue
            if is_readable(file):
                files.append(file)
            else:
                others[file.suffix.lower()] += 1
    if not files:
        raise ArticleError(
            f"There are no articles in {folder}.", hint=f"Put {ENDINGS} files there."
        )
    warnings = [
        *map(_link_warning, links),
        *(_not_opened(os.path.relpath(error.filename, folder), error) for error in closed),
        *(_unread(*each) for each in sorted(others.items())),
    ]
    return Contents(tuple(sorted(files)), tuple(warnings))


def article_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that are articles, by name."""
    return contents_of(folder).files


def is_readable(file: Path) -> bool:
    """Tell whether a file is of a format that can be read; without an ending, text is."""
    if file.suffix:
        return format_of(file) is not None
    try:
        with file.open("rb") as stream:
            sample = stream.read(SAMPLE)
    except OSError:
        return False
    cut = sample[:-4] if len(sample) == SAMPLE else sample  # the last sign may be cut
    try:
        return bool(cut) and "\0" not in cut.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return error.start >= len(cut) - 4 and len(sample) == SAMPLE


def readable_name(path: str) -> str:
    """Return a path as it can be written down: a name need not be Unicode on every system."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_folder(folder: Path) -> Iterator[Article | ArticleError]:
    """Yield every article of a folder, file by file, or the error that says why there is none.

    The same bytes twice are one article. What is passed over is said at the end.

    Raises:
        ArticleError: if there is no folder, or no file in it that could be an article.
    """
    seen: set[str] = set()
    contents = contents_of(folder)
    for file in contents.files:
        for found in read_file(file, name=file.relative_to(folder).as_posix()):
            if isinstance(found, Article):
                if found.id in seen:
                    continue
                seen.add(found.id)
            yield found
    yield from contents.passed_over


def read_file(file: Path, *, name: str | None = None) -> Iterator[Article | ArticleError]:
    """Yield the articles that a file holds; what cannot be read is an error among them.

    What could not be read of an article is a warning after it. `name` is what people will see
    of the file's path.
    """
    name = readable_name(name or file.name)
    try:
        for found in _articles(file, name):
            if isinstance(found, Article):
                article = without_illegible(found)
                yield article
                yield from warnings_of(article)
            else:
                yield found
    except OSError as error:
        yield _not_opened(name, error)
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
    found = format_of(file) or (SUFFIXES[".txt"] if not file.suffix else None)
    if found is None:
        raise ArticleError(
            "{name} is not in a format that can be read.",
            hint=USE.format(endings=ENDINGS),
            name=name,
        )
    yield from found.articles(file, source=name)


def _is_index(folder: Path) -> bool:
    """Tell a folder of an index of ours, whose files are no articles."""
    try:
        fields = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(fields, dict) and fields.keys() >= MARKS


def _not_opened(name: str, error: OSError) -> ArticleError:
    return ArticleError(
        "{name} could not be opened: {reason}.",
        name=readable_name(name),
        reason=error.strerror or "unknown error",
    )


def _link_warning(link: Path) -> ArticleWarning:
    return ArticleWarning(
        "{name} is a link to a folder, and was not followed.",
        hint="Name that folder itself.",
        name=readable_name(link.name),
    )


def _unread(suffix: str, count: int) -> ArticleWarning:
    if not suffix:
        problem = "Files without an ending that are not text cannot be read: {count} here."
        return ArticleWarning(problem, count=count)
    return ArticleWarning(
        "Files in {suffix} cannot be read: {count} here.",
        suffix=readable_name(suffix),
        count=count,
    )
