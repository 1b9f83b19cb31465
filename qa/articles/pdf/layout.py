"""The lines of a printed page: put in reading order, and joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

HYPHEN = "\ufffe"  # where a word goes on in the next line
CELL = " | "
GAP = 1.5  # of the height of a line: between columns, or the cells of a table
ALIGNED = 3.0  # points: starts of lines of one column lie so near each other
FEWEST = 3  # rows that make columns
COLUMN = 15  # letters of a line of a column, on the average: cells have fewer
LOOSE = 1.35  # of the usual distance of two lines: there a paragraph ends
LARGER = 1.12  # of the usual height: not of the same paragraph
INDENT = 0.8  # of the height of a line
SHORT = 0.85  # of the width of the column: there a paragraph ends, if a sentence does
ENDED = re.compile(r"[.!?:…。！？؟][\"'”’)\]]*$")
ITEM = re.compile(r"(?:[•●▪■◦‣–-]|\(?(?:\d{1,2}|[a-z])[.)])\s")
NUMBER = re.compile(
    r"\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.I
)


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on a page, and the box that they fill, in points from below."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float
    """Of most of its signs: some fonts have a few that are higher."""

    def beside(self, other: Line) -> bool:
        """Tell whether another line goes on at its right."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        least = min(self.top - self.bottom, other.top - other.bottom)
        return other.left >= self.right - 1 and shared > least / 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, on the page where they begin."""

    text: str
    page: int
    top: float
    height: float
    is_open: bool = False
    """Its last line is full and ends no sentence: it may go on over the page's end."""


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in reading order: columns in turn, rows of tables whole."""
    rows = list(_rows(lines))
    gutter = _gutter(rows)
    if gutter is None:
        return [_joined(row) for row in rows]
    ordered: list[Line] = []
    for is_wide, band in groupby(rows, lambda row: _crosses(row, gutter)):
        band_ = list(band)
        if is_wide:
            ordered += [_joined(row) for row in band_]
            continue
        for side in (False, True):
            ordered += [line for row in band_ for line in row if (line.left >= gutter) == side]
    return ordered


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    row: list[Line] = []
    for line in lines:
        if row and not row[-1].beside(line):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _gutter(rows: Sequence[Sequence[Line]]) -> float | None:
    """Return where the right one of two columns begins, if their lines were drawn in rows."""
    pairs = [row for row in rows if len(row) == 2]
    starts = Counter(round(row[1].left / ALIGNED) for row in pairs)
    if not starts:
        return None
    start, count = min(starts.items(), key=lambda item: (-item[1], item[0]))
    columns = [row for row in pairs if round(row[1].left / ALIGNED) == start]
    letters = sum(len(line.text) for row in columns for line in row) / (2 * len(columns))
    if count < FEWEST or letters < COLUMN:
        return None
    return min(row[1].left for row in columns) - 1


def _crosses(row: Sequence[Line], gutter: float) -> bool:
    return any(line.left < gutter < line.right for line in row)


def _joined(row: Sequence[Line]) -> Line:
    first = row[0]
    if len(row) == 1:
        return first
    text = CELL.join(line.text for line in row)
    return Line(
        text,
        first.left,
        row[-1].right,
        min(line.bottom for line in row),
        max(line.top for line in row),
        first.height,
    )


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of each page without what stands at the edge of many: it is no text.

    So are numbers alone there, if there are several pages.
    """
    if len(pages) == 1:
        return [list(pages[0])]
    seen = Counter(key for lines in pages for key in {*map(_key, _margin(lines))})
    often = max(FEWEST, len(pages) // 4)
    kept: list[list[Line]] = []
    for lines in pages:
        outer = _margin(lines)
        gone = {
            line for line in outer if seen[_key(line)] >= often or NUMBER.fullmatch(line.text)
        }
        kept.append([line for line in lines if line not in gone])
    return kept


def _margin(lines: Sequence[Line]) -> list[Line]:
    """Return the highest and the lowest lines of a page: two each, or one of few."""
    by_height = sorted(lines, key=lambda line: (-line.bottom, line.left))
    count = 2 if len(lines) > 4 else int(len(lines) > 1)
    return [*by_height[:count], *by_height[len(lines) - count :]]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.bottom / ALIGNED)


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Return the paragraphs of all pages; one may go on over the page's end."""
    found: list[Paragraph] = []
    words = {
        word.lower() for lines in pages for line in lines for word in WORD.findall(line.text)
    }
    for number, lines in enumerate(pages):
        right = max((line.right for line in lines), default=0.0)
        for block in _blocks(lines, _leading(lines)):
            fresh = _paragraph(block, number, right, words)
            before = found[-1] if found else None
            if before and before.page != number and _goes_on(before, fresh):
                parts = [_as_line(before.text), _as_line(fresh.text)]
                found[-1] = replace(before, text=_text(parts, words), is_open=fresh.is_open)
            else:
                found.append(fresh)
    return found


def _paragraph(block: Sequence[Line], page: int, right: float, words: set[str]) -> Paragraph:
    text, last = _text(block, words), block[-1]
    full = last.right - last.left > SHORT * (right - last.left)
    is_open = text.endswith(HYPHEN) or (full and not ENDED.search(text))
    return Paragraph(text, page, block[0].top, median(line.height for line in block), is_open)


WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines of a page."""
    steps = [
        above.bottom - below.bottom
        for above, below in pairwise(lines)
        if 0 < above.bottom - below.bottom < 3 * above.height
    ]
    return median(steps) if steps else 0.0


def _blocks(lines: Sequence[Line], leading: float) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and _ends(block, line, leading):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _ends(block: Sequence[Line], line: Line, leading: float) -> bool:
    """Tell whether a paragraph ends before a line."""
    last, step = block[-1], block[-1].bottom - line.bottom
    if last.text.endswith(HYPHEN):
        return False
    if CELL in last.text or CELL in line.text or ITEM.match(line.text):
        return True
    low, high = sorted((last.height, line.height))
    if high > LARGER * low:
        return True
    closed = ENDED.search(last.text) is not None
    if step <= 0:  # the next column
        return closed or not line.text[:1].islower()
    right = max(each.right for each in block)
    left = min(each.left for each in block)
    short = last.right - left < SHORT * (max(right, line.right) - left)
    indented = line.left - block[-1].left > INDENT * line.height
    return step > LOOSE * leading or (closed and (short or indented))


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Tell whether a paragraph that begins a page goes on with the last one of another."""
    low, high = sorted((before.height, after.height))
    return before.is_open and after.text[:1].islower() and high <= LARGER * low


def _text(block: Iterable[Line], words: set[str]) -> str:
    """Return the words of some lines; those that were cut at a line's end are whole again."""
    said = ""
    for line in block:
        if said.endswith(HYPHEN):
            said = _mended(said[:-1], line.text, words)
        else:
            said = f"{said} {line.text}" if said else line.text
    return said


def _mended(before: str, after: str, words: set[str]) -> str:
    """Join a word: with its hyphen if the text has it so elsewhere, and never without."""
    first, last = LAST_WORD.search(before), FIRST_WORD.match(after)
    if not first or not last:
        return f"{before}-{after}"
    whole, parted = f"{first[0]}{last[0]}".lower(), f"{first[0]}-{last[0]}".lower()
    both = {first[0].lower(), last[0].lower()} <= words and len(first[0]) > 3 < len(last[0])
    keeps = whole not in words and (parted in words or both)
    keeps = keeps or not after[:1].islower()
    return f"{before}-{after}" if keeps else f"{before}{after}"


LAST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
FIRST_WORD = re.compile(r"[^\W\d_]+")


def _as_line(text: str) -> Line:
    return Line(text, 0.0, 0.0, 0.0, 0.0, 0.0)
