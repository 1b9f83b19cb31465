"""Articles in bulk: a line of JSON each, with a title, a text or sections, and an origin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from qa.articles import plain
from qa.articles.page import Page, clean
from qa.errors import ArticleError
from qa.origin import Origin, told
from qa.types import Article

LONGEST = 50_000_000  # bytes of a line
HINT = (
    'A line is {"title": …, "text": …}, or has "sections": [{"heading": …, "text": …}] for it.'
)


def read_lines(file: Path, *, source: str) -> Iterator[Article | ArticleError]:
    """Yield the article of each line, or what is wrong with it; the others are read.

    An article's source is the file with the `id` that the line gives, or its number. Its own id
    follows from the bytes of the line.
    """
    with file.open("rb") as stream:
        number = found = 0
        while line := stream.readline(LONGEST):
            number += 1
            if len(line) == LONGEST:
                problem = f"{source}, line {number} has more than {LONGEST:,} bytes."
                yield ArticleError(problem, hint="Cut it in parts.")
                return
            if line.strip():
                found += 1
                yield _outcome(line.strip().removeprefix(b"\xef\xbb\xbf"), source, number)
        if not found:
            yield ArticleError(f"{source} has no articles.", hint=HINT)


def _outcome(line: bytes, source: str, number: int) -> Article | ArticleError:
    try:
        return _article(line, source, number)
    except ArticleError as error:
        return error


def _article(line: bytes, source: str, number: int) -> Article:
    given = _object(line, f"{source}, line {number}")
    title = told(given.get("title")) or PurePath(source).stem
    name = f"{source}#{told(given.get('id')) or number}"
    origin = Origin.of(**{key: given.get(key) for key in ("date", "author", "url")})
    try:
        if given.get("sections"):
            page = _page(title, given["sections"])
            article = page.article(source=name, raw=line, origin=origin)
        else:
            text = clean(_text(given.get("text")))
            sections = plain.sections_of(text)
            article = Article.of(
                title, text, sections=sections, source=name, raw=line, origin=origin
            )
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ArticleError(
            f"{source}, line {number} is not as it must be.", hint=HINT
        ) from wrong
    if not article.sections:
        raise ArticleError(f"{source}, line {number} has no text.", hint=HINT)
    return article


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except json.JSONDecodeError as broken:
        raise ArticleError(
            f"{where} is no JSON: {broken.msg.lower()} at character {broken.pos}.", hint=HINT
        ) from broken
    except (ValueError, RecursionError) as broken:
        raise ArticleError(f"{where} is no JSON in UTF-8.", hint=HINT) from broken
    if not isinstance(given, dict):
        raise ArticleError(f"{where} is no object.", hint=HINT)
    return given


def _page(title: str, sections: list[Any]) -> Page:
    """Return the sections that a line gives, each a heading, its level and a text."""
    page = Page("", title)
    for section in sections:
        level = section.get("level", 1)
        page.head(max(1, level) if isinstance(level, int) else 1, _text(section.get("heading")))
        page.write(_text(section.get("text")))
    return page


def _text(given: object) -> str:
    """Return a text that may be left out, and may be nothing else."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise TypeError(f"No text: {type(given)}")
    return given
