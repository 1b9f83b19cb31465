"""The margins of pages: letterheads, footers and numbers, which are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qa.articles.pdf.layout import Line

MIN_PAGES = 3  # pages that have the same line at their edge
SHARE = 4  # one page of so many has it, at the least
ZONE = 0.16  # of the height of a page, at its top and at its bottom
TOLERANCE = 3.0  # points
NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
NUMBER_AT_END = re.compile(r"^\d{1,4}(?=\W)|(?<=\W)\d{1,4}$|(?<=\W)\d{1,4}(?= of \d{1,4}$)")

Key = tuple[str, int]
Edges = tuple[float, float]
"""Where a page ends, below and above."""


def without_margins(
    pages: Sequence[Sequence[Line]], edges: Sequence[Edges]
) -> list[list[Line]]:
    """Return the lines of each page without those at its edge that others have too.

    They must say the same, but for the number of the page: an invoice's number is none.
    """
    if len(pages) == 1:
        return [list(pages[0])]
    keys = [
        {line: set(_keys(line, number)) for line in lines} for number, lines in enumerate(pages)
    ]
    seen = Counter(key for page in keys for key in set().union(*page.values()))
    often = max(MIN_PAGES, len(pages) // SHARE)
    kept: list[list[Line]] = []
    for lines, known, page in zip(pages, keys, edges, strict=True):
        common = {line for line in lines if any(seen[key] >= often for key in known[line])}
        gone = {line for end in _ends(lines, page) for line in _outer(end, common)}
        kept.append([line for line in lines if line not in gone])
    return kept


def _ends(lines: Sequence[Line], page: Edges) -> tuple[list[Line], list[Line]]:
    """Return the lines at the top and at the bottom of a page, the outermost first."""
    bottom, top = page
    zone = ZONE * (top - bottom)
    above = sorted((each for each in lines if each.bottom > top - zone), key=_from_top)
    below = sorted((each for each in lines if each.top < bottom + zone), key=_from_bottom)
    return above, below


def _from_top(line: Line) -> float:
    return -line.bottom


def _from_bottom(line: Line) -> float:
    return line.bottom


def _outer(end: Sequence[Line], common: set[Line]) -> Iterator[Line]:
    """Yield the lines from an edge inwards, as long as they are common or numbers."""
    for line in end:
        if line not in common and not NUMBER.fullmatch(line.text):
            return
        yield line


def _keys(line: Line, page: int) -> Iterator[Key]:
    """Yield what other pages may share of a line: its text, or all but the page's number."""
    height = round(line.bottom / TOLERANCE)
    found = NUMBER_AT_END.search(line.text)
    for near in (height, height + 1):  # of two neighbours, a line of another page has one
        yield line.text, near
        if found:
            rest = f"{line.text[: found.start()]}\0{line.text[found.end() :]}"
            yield f"{rest}\0{int(found[0]) - page}", near
