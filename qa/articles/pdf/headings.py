"""The headings of a PDF: of its outline, or else its larger lines, or else its pages."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.articles.builder import ArticleBuilder
from qa.articles.pdf.layout import HYPHEN, LARGER, Paragraph

LONGEST_HEADING = 150  # characters
FEWEST = 2  # headings, told by their size, that make sections
LEVELS = 4  # sizes of headings that are told apart

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
    """Set the paragraphs under the headings that there are."""
    headings = _by_outline(found, entries) if entries else _by_size(found)
    if not headings:
        headings = _by_page(found)
    for number, paragraph in enumerate(found):
        above = headings.get(number, [])
        for level, words in above:
            builder.heading(level, words)
        if not any(_says(paragraph, folded(words)) for _, words in above):
            builder.paragraph(paragraph.text.replace(HYPHEN, "-"))


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
    wanted = folded(entry.words)
    for number in range(first, last):
        if _says(found[number], wanted):
            return number
    for number in range(first, last):
        if entry.top is None or found[number].top <= entry.top + found[number].height:
            return number
    return last if last < len(found) else None


def _says(paragraph: Paragraph, heading: str) -> bool:
    """Tell whether a paragraph is just a heading, though perhaps with a number before it."""
    if len(paragraph.text) > 2 * LONGEST_HEADING or not heading:
        return False
    said = folded(paragraph.text)
    return said.endswith(heading) and len(said) - len(heading) <= len("appendixa")


def _by_size(found: Sequence[Paragraph]) -> Headings:
    """Take the short paragraphs that are larger than most of the text for its headings."""
    usual = usual_height(found)
    large = {
        number: each
        for number, each in enumerate(found)
        if each.height > LARGER * usual and is_short(each)
    }
    if not FEWEST <= len(large) <= len(found) / 2:
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
            headings[number] = [(1, f"Page {each.page + 1}")]
    return headings


def usual_height(found: Sequence[Paragraph]) -> float:
    """Return the height of most signs."""
    sizes: Counter[float] = Counter()
    for each in found:
        sizes[each.height] += len(each.text)
    return min(sizes, key=lambda size: (-sizes[size], size))


def is_short(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph could be a heading: not long, and with a letter in it."""
    return len(paragraph.text) <= LONGEST_HEADING and any(map(str.isalpha, paragraph.text))


def folded(words: str) -> str:
    """Return words by which a heading is known again: numbers and signs apart."""
    return "".join(sign for sign in words.casefold() if sign.isalpha())
