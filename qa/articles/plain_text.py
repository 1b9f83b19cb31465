"""Plain text: find the title, the headings and the paragraphs without being told."""

from __future__ import annotations

import re
from pathlib import PurePath

from qa.articles.encoding import decode
from qa.language.sentences import LIST_ITEM, blocks
from qa.types import Article, Section, Span

LONGEST_HEADING = 80  # characters
LONGEST_TITLE = 160
SLUG = re.compile(r"[^\W_]+(?:[-_’'][^\W_]+){2,}")
CLOSED = re.compile(r"[.!…。！؟:;,][\"'”’)\]]*$|[?？][\"'”’)\]]+$")
RULE = re.compile(r"[=\-~*_#\s]{3,}")


def read(raw: bytes, *, source: str) -> Article:
    """Read plain text: a title line, perhaps a slug, then paragraphs under bare headings."""
    text = decode(raw, source)
    parts = [span for span in blocks(text) if not RULE.fullmatch(span.of(text))]
    title = PurePath(source).stem
    if len(parts) > 1 and is_title(parts[0].of(text)):
        title = parts.pop(0).of(text)
        if SLUG.fullmatch(parts[0].of(text)):
            parts.pop(0)
    return Article.of(title, text, sections=_sections(text, parts), source=source, raw=raw)


def sections_of(text: str) -> tuple[Section, ...]:
    """Return the sections of a text that has no title in it."""
    return _sections(text, [span for span in blocks(text) if not RULE.fullmatch(span.of(text))])


def is_title(line: str) -> bool:
    """Tell a title: one line, perhaps long, that is not a sentence."""
    return (
        "\n" not in line and len(line) <= LONGEST_TITLE and not line.endswith((".", ":", ","))
    )


def is_heading(line: str) -> bool:
    """Tell a bare short line, with no stop at its end, from a paragraph."""
    short = "\n" not in line and len(line) <= LONGEST_HEADING
    bare = not CLOSED.search(line) and not LIST_ITEM.match(line)
    return short and bare and line[0].isalnum() and not line[0].islower()


def _sections(text: str, parts: list[Span]) -> tuple[Section, ...]:
    """Gather the paragraphs under the heading, or the two headings, above them."""
    sections: list[Section] = []
    path: tuple[str, ...] = ()
    fresh = True
    headings = _headings(text, parts)
    for number, span in enumerate(parts):
        if number in headings:
            path = (*path, span.of(text)) if number - 1 in headings else (span.of(text),)
            fresh = True
        elif fresh:
            sections.append(Section(path, span))
            fresh = False
        else:
            sections[-1] = Section(path, Span(sections[-1].span.start, span.end))
    return tuple(sections)


def _headings(text: str, parts: list[Span]) -> set[int]:
    """Return which parts are headings: those just above a paragraph, at most two in a row.

    More short lines in a row than that are verse or a table, whose words are content.
    """
    bare = [is_heading(span.of(text)) for span in parts]
    found: set[int] = set()
    for number in range(len(parts) - 1):
        if bare[number] and not bare[number + 1]:
            row = number
            while row and bare[row - 1]:
                row -= 1
            found |= {number} if number - row > 1 else set(range(row, number + 1))
    return found
