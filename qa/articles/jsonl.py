"""Articles in bulk: a line of JSON each, with a title, a text or sections, and an origin."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.articles import plain_text
from qa.articles.builder import ArticleBuilder, clean, title_of_file
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

MAX_LINE_BYTES = 50_000_000
HINT = (
    'A line is {"title": …, "text": …}, or has "sections": [{"heading": …, "text": …}] for it.'
)


def read(file: Path, *, source: str) -> Iterator[Article | ArticleError]:
    """Yield the article of each line, or what is wrong with it; the others are read.

    An article's source is the file with the `id` that the line gives, or its number. Its own id
    follows from the bytes of the line.
    """
    with file.open("rb") as stream:
        number = found = 0
        while raw := stream.readline(MAX_LINE_BYTES):
            number += 1
            line = JsonLine(raw.strip().removeprefix(codecs.BOM_UTF8), source, number)
            if len(raw) == MAX_LINE_BYTES:
                yield line.error(
                    "{name}, line {line} has {limit} bytes or more.", limit=MAX_LINE_BYTES
                )
                return
            if line.raw:
                found += 1
                yield line.outcome()
        if not found:
            yield ArticleError("{name} has no articles.", hint=HINT, name=source)


@dataclass(frozen=True, slots=True)
class JsonLine:
    """One line of a file."""

    raw: bytes
    source: str
    number: int

    def error(self, problem: str, **values: object) -> ArticleError:
        """Return the error of the line."""
        return ArticleError(problem, hint=HINT, name=self.source, line=self.number, **values)

    def outcome(self) -> Article | ArticleError:
        """Return the article that it holds, or why it holds none."""
        try:
            article = self._article(self._object())
        except ArticleError as error:
            return error
        except (TypeError, AttributeError):  # of values of another kind
            return self.error("{name}, line {line} is malformed.")
        return article if article.sections else self.error("{name}, line {line} has no text.")

    def _object(self) -> dict[str, Any]:
        try:
            given = json.loads(self.raw)
        except json.JSONDecodeError as broken:
            problem = "{name}, line {line} is not JSON: {reason} at character {at}."
            raise self.error(problem, reason=broken.msg.lower(), at=broken.pos) from broken
        except (ValueError, RecursionError) as broken:
            raise self.error("{name}, line {line} is not JSON in UTF-8.") from broken
        if not isinstance(given, dict):
            raise self.error("{name}, line {line} is not an object.")
        return given

    def _article(self, given: dict[str, Any]) -> Article:
        title = one_line(given.get("title")) or title_of_file(self.source)
        name = f"{self.source}#{one_line(given.get('id')) or self.number}"
        origin = Origin.of(**{key: given.get(key) for key in ("date", "author", "url")})
        if given.get("sections"):
            builder = _sections(title, given["sections"])
            return builder.article(source=name, raw=self.raw, origin=origin)
        text = clean(_text(given.get("text")))
        sections = plain_text.sections_of(text)
        return Article.of(
            title, text, sections=sections, source=name, raw=self.raw, origin=origin
        )


def _sections(title: str, sections: list[Any]) -> ArticleBuilder:
    """Return the sections that a line gives, each a heading, its level and a text."""
    builder = ArticleBuilder("", title)
    for section in sections:
        given = section.get("level", 1)
        level = max(1, given) if isinstance(given, int) else 1
        builder.heading(level, _text(section.get("heading")))
        builder.paragraph(_text(section.get("text")))
    return builder


def _text(given: object) -> str:
    """Return a text that may be left out, and may be nothing else."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise TypeError(f"No text: {type(given)}")
    return given
