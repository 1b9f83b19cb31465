"""The formats that articles are read from; another one is a module and a line here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qa.articles import (
    delimited,
    docx,
    epub,
    html,
    jsonl,
    markdown,
    odt,
    pdf,
    plain_text,
    pptx,
    rst,
    rtf,
    subtitles,
    xlsx,
)
from qa.errors import ArticleError
from qa.plugins import FORMATS as PLUGIN_FORMATS
from qa.plugins import plugin
from qa.types import Article

MAX_FILE_BYTES = 200_000_000  # bytes of a file that is read as a whole


class Read(Protocol):
    """A function that makes an article of the bytes of a file.

    It raises an `ArticleError` where it cannot; anything else it raises is told as damage.
    `source` is what people will see of the file's path.
    """

    def __call__(self, raw: bytes, *, source: str) -> Article: ...  # noqa: D102


class ReadMany(Protocol):
    """A function that yields the articles of a file that may be too large for the memory."""

    def __call__(  # noqa: D102
        self, file: Path, *, source: str
    ) -> Iterator[Article | ArticleError]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format whose files hold one article each."""

    suffixes: tuple[str, ...]
    """The endings of its files' names, in small letters."""

    name: str
    """What people call it; the page and the command line list these names."""

    read: Read

    def articles(self, file: Path, *, source: str) -> Iterator[Article]:
        """Yield the article of a file.

        Raises:
            ArticleError: if the file is too large or damaged, or has no text.
        """
        article = self._parse(_bytes(file, source), source)
        if not article.sections:
            raise ArticleError(
                "{name} has no text under its title.",
                hint="Write some, or move it.",
                name=source,
            )
        yield article

    def _parse(self, raw: bytes, source: str) -> Article:
        try:
            return self.read(raw, source=source)
        except ArticleError:
            raise
        except Exception as broken:  # parsers promise nothing
            raise ArticleError(
                "{name} is damaged: {reason}.",
                hint="Save or download it again.",
                name=source,
                reason=type(broken).__name__,
            ) from broken


@dataclass(frozen=True, slots=True)
class BulkFormat:
    """A format whose files hold many articles each."""

    suffixes: tuple[str, ...]
    name: str
    read: ReadMany

    def articles(self, file: Path, *, source: str) -> Iterator[Article | ArticleError]:
        """Yield the articles of a file, and what is wrong with others."""
        yield from self.read(file, source=source)


FORMATS: tuple[Format | BulkFormat, ...] = (
    Format((".txt", ".text"), "text", plain_text.read),
    Format((".md", ".markdown"), "Markdown", markdown.read),
    Format((".rst", ".rest"), "reStructuredText", rst.read),
    Format((".html", ".htm", ".xhtml"), "web pages", html.read),
    Format((".pdf",), "PDF", pdf.read),
    Format((".docx",), "Word", docx.read),
    Format((".pptx",), "PowerPoint", pptx.read),
    Format((".xlsx", ".xlsm"), "Excel", xlsx.read),
    Format((".odt", ".ods"), "OpenDocument", odt.read),
    Format((".rtf",), "RTF", rtf.read),
    Format((".csv", ".tsv"), "CSV", delimited.read),
    Format((".epub",), "e-books", epub.read),
    Format((".srt", ".vtt"), "subtitles", subtitles.read),
    BulkFormat((".jsonl", ".ndjson"), "JSON lines", jsonl.read),
)
SUFFIXES = {suffix: each for each in FORMATS for suffix in each.suffixes}
"""The formats by the endings of their files' names."""


def format_of(file: Path) -> Format | BulkFormat | None:
    """Return the format that the ending of a file's name tells: ours, or a package's."""
    suffix = file.suffix.lower()
    if suffix in SUFFIXES or not suffix:
        return SUFFIXES.get(suffix)
    brought: Format | BulkFormat | None = plugin(PLUGIN_FORMATS, suffix.removeprefix("."))
    return brought


def format_names() -> tuple[str, ...]:
    """Return the names of the formats, for people."""
    return tuple(each.name for each in FORMATS)


def _bytes(file: Path, source: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        ArticleError: if there are too many.
        OSError: if it cannot be opened.
    """
    size = file.stat().st_size
    if size > MAX_FILE_BYTES:
        raise ArticleError(
            "{name} has {size} bytes; the limit is {limit}.",
            hint="Split it into parts.",
            name=source,
            size=size,
            limit=MAX_FILE_BYTES,
        )
    return file.read_bytes()
