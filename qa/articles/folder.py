"""Find the articles of a folder and read each by its format."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from qa.articles import markdown, plain
from qa.errors import ArticleError
from qa.types import Article

Reader = Callable[..., Article]

FORMATS: Mapping[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}
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
    try:
        yield read_article(file, name=name)
    except ArticleError as error:
        yield error


def read_article(file: Path, *, name: str | None = None) -> Article:
    """Read one file as the article it holds; `name` is what people will see of its path.

    Raises:
        ArticleError: if it cannot be opened, is no text of that format, or has no content.
    """
    name = name or file.name
    read = FORMATS.get(file.suffix.lower())
    if read is None:
        raise ArticleError(f"{name} is of no format that can be read.", hint=f"Use {KINDS}.")
    try:
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise ArticleError(f"{name} could not be opened: {reason}.") from error
    article = read(_decoded(raw, name), source=name, raw=raw)
    if not article.sections:
        raise ArticleError(
            f"{name} has no text under its title.", hint="Write some, or move it."
        )
    return article


def _decoded(raw: bytes, name: str) -> str:
    """Return the text as every offset counts it: NFC, newlines, no byte-order mark."""
    if b"\0" in raw:
        raise ArticleError(f"{name} is a binary file, not text.", hint="Save it as UTF-8 text.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name} is not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}.",
            hint="Save it as UTF-8 text.",
        ) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines)
