"""The headings of a PDF: of its outline, or else its larger lines, or else its pages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa.articles.builder import ArticleBuilder
from qa.articles.pdf.layout import HYPHEN, MIN_LARGER, Paragraph, usual_height
from qa.articles.table import Table
from qa.types import page_heading

MAX_HEADING = 150  # characters
MIN_HEADINGS = 2  # larger lines that make sections
LEVELS = 4  # sizes of headings that count as different

Headings = dict[int, list[tuple[int, str]]]
"""The headings above a paragraph, by its number, each with its level."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of an outline: its level, its page, and how high on that page it stands."""

    level: int
    words: str
    page: int
    top: float | None


def write_sections(
    builder: ArticleBuilder, found: Sequence[Paragraph], entries: Sequence[OutlineEntry]
) -> None:
    """Write the paragraphs under the headings that there are, and rows as tables."""
    headings = _by_outline(found, entries) if entries else _by_size(found)
    if not headings:
        headings = _by_page(found)
    starts = {*headings}
    number = 0
    while number < len(found):
        rows = _rows(found, number, starts)
        for level, words in headings.get(number, []):
            builder.turn_to(found[number].page)
            builder.heading(level, words)
        if len(rows) > 1:
            builder.turn_to(found[number].page)
            builder.table(Table.of([row.cells for row in rows]))
        else:
            _write(builder, found[number], [words for _, words in headings.get(number, [])])
        number += len(rows)


def _rows(
    found: Sequence[Paragraph], number: int, starts: Collection[int]
) -> Sequence[Paragraph]:
    """Return the rows of the table that begins with a paragraph, or just that."""
    end = number + 1
    while (
        end < len(found)
        and found[number].cells
        and len(found[end].cells) == len(found[number].cells)
        and found[end].page == found[number].page
        and end not in starts
    ):
        end += 1
    return found[number:end]


def _write(builder: ArticleBuilder, paragraph: Paragraph, above: Sequence[str]) -> None:
    """Write a paragraph without the heading that it begins with, or that it just is."""
    builder.turn_to(paragraph.page)
    if any(_says(paragraph, heading_key(words)) for words in above):
        return
    text = paragraph.text.replace(HYPHEN, "-")
    cut = max((len(words) for words in above if _runs_in(text, words)), default=0)
    text = text[cut:].lstrip()
    cut = len(paragraph.text) - len(text)
    start = builder.paragraph(text)
    for offset, page in paragraph.breaks:
        builder.turn_to(page, at=start + max(0, offset - cut))


def _runs_in(text: str, heading: str) -> bool:
    """Tell whether a paragraph begins with its heading, and a sentence after it."""
    rest = text[len(heading) :].lstrip()
    return text.startswith(heading) and rest[:1].isupper()


def _by_outline(found: Sequence[Paragraph], entries: Sequence[OutlineEntry]) -> Headings:
    headings: Headings = {}
    least = 0  # headings keep their order
    for entry in entries:
        number = _place(found, entry, least)
        if number is not None:
            headings.setdefault(number, []).append((entry.level, entry.words))
            least = number
    return headings


def _place(found: Sequence[Paragraph], entry: OutlineEntry, least: int) -> int | None:
    """Return which paragraph an entry leads to: the one that says it, or that stands there."""
    first = max(least, bisect_left(found, entry.page, key=lambda each: each.page))
    last = bisect_left(found, entry.page + 1, key=lambda each: each.page)
    wanted = heading_key(entry.words)
    for number in range(first, last):
        if _says(found[number], wanted):
            return number
    for number in range(first, last):
        if entry.top is None or found[number].top <= entry.top + found[number].height:
            return number
    return last if last < len(found) else None


def _says(paragraph: Paragraph, heading: str) -> bool:
    """Tell whether a paragraph is just a heading, though perhaps with a number before it."""
    if len(paragraph.text) > 2 * MAX_HEADING or not heading:
        return False
    said = heading_key(paragraph.text)
    return said.endswith(heading) and len(said) - len(heading) <= len("appendixa")


def _by_size(found: Sequence[Paragraph]) -> Headings:
    """Take the short paragraphs that are larger than most of the text for its headings."""
    usual = usual_height(found)
    large = {
        number: each
        for number, each in enumerate(found)
        if each.height > MIN_LARGER * usual and is_short(each)
    }
    if not MIN_HEADINGS <= len(large) <= len(found) / 2:
        return {}
    sizes = sorted({each.height for each in large.values()}, reverse=True)[:LEVELS]
    return {
        number: [(1 + sum(size > each.height for size in sizes), each.text)]
        for number, each in large.items()
    }


def _by_page(found: Sequence[Paragraph]) -> Headings:
    if found[0].page == found[-1].page:
        return {}
    headings: Headings = {}
    for number, each in enumerate(found):
        if not number or found[number - 1].page != each.page:
            headings[number] = [(1, page_heading(each.page + 1))]
    return headings


def is_short(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph could be a heading: not long, and with a letter in it."""
    return len(paragraph.text) <= MAX_HEADING and any(map(str.isalpha, paragraph.text))


def heading_key(words: str) -> str:
    """Return the letters of a heading, by which it is recognised."""
    return "".join(sign for sign in words.casefold() if sign.isalpha())
