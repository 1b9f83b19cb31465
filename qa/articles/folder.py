"""Find the articles of a folder and read each by its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from qa.articles import docx, epub, html, jsonl, markdown, pdf, plain_text
from qa.articles.encoding import decoded
from qa.errors import ArticleError
from qa.types import Article

LARGEST = 200_000_000  # bytes of a file that is read as a whole

TEXTS: Mapping[str, Callable[..., Article]] = {
    ".txt": plain_text.read,
    ".text": plain_text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
}
BINARIES: Mapping[str, Callable[..., Article]] = {
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".epub": epub.read,
}
BULK = (".jsonl", ".ndjson")
FORMATS = (*TEXTS, *BINARIES, *BULK)
KINDS = ", ".join(FORMATS)
"""The names of the formats, for people."""


def article_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that are articles, by name; hidden ones are left alone."""
    if not folder.is_dir():
        raise ArticleError(f"There is no folder {folder}.", hint="Name a folder of articles.")
    files = (p for p in folder.rglob("*") if p.suffix.lower() in FORMATS and p.is_file())
    seen = [p for p in files if not any(n.startswith(".") for n in p.relative_to(folder).parts)]
    if not seen:
        raise ArticleError(
            f"There are no articles in {folder}.", hint=f"Put {KINDS} files there."
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
        if file.suffix.lower() in BULK:
            yield from jsonl.read_lines(file, source=name)
        else:
            yield read_article(file, name=name)
    except OSError as error:
        yield _unopened(name, error)
    except ArticleError as error:
        yield error


def read_article(file: Path, *, name: str | None = None) -> Article:
    """Read one file as the article it holds; `name` is what people will see of its path.

    Raises:
        ArticleError: if it cannot be opened, is not of its format, or has no content.
    """
    name = name or file.name
    suffix = file.suffix.lower()
    if suffix not in (*TEXTS, *BINARIES):
        raise ArticleError(
            "{name} is of no format that can be read.", hint=f"Use {KINDS}.", name=name
        )
    raw = _bytes(file, name)
    if suffix in TEXTS:
        article = TEXTS[suffix](decoded(raw, name), source=name, raw=raw)
    else:
        article = _parsed(BINARIES[suffix], raw, name)
    if not article.sections:
        raise ArticleError(
            "{name} has no text under its title.", hint="Write some, or move it.", name=name
        )
    return article


def _bytes(file: Path, name: str) -> bytes:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise ArticleError(
                "{name} has {size} bytes; {limit} are the limit.",
                hint="Cut it in parts.",
                name=name,
                size=size,
                limit=LARGEST,
            )
        return file.read_bytes()
    except OSError as error:
        raise _unopened(name, error) from error


def _unopened(name: str, error: OSError) -> ArticleError:
    reason = error.strerror or "unknown error"
    return ArticleError("{name} could not be opened: {reason}.", name=name, reason=reason)


def _parsed(read: Callable[..., Article], raw: bytes, name: str) -> Article:
    """Read a file by a parser, which may raise anything when the file is not as it must be."""
    try:
        return read(raw, source=name)
    except ArticleError:
        raise
    except Exception as broken:  # the libraries promise nothing
        raise ArticleError(
            "{name} is damaged: {reason}.",
            hint="Save or download it again.",
            name=name,
            reason=type(broken).__name__,
        ) from broken
