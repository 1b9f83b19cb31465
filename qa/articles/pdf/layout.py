"""The lines of a printed page: put in reading order, and joined to paragraphs."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

HYPHEN = "\ufffe"  # where a word goes on in the next line
CELL = " | "
MIN_GAP = 1.5  # of the height of a line: between columns, or the cells of a table
ALIGNMENT = 3.0  # points, within which lines of one column start
MIN_ROWS = 3  # rows that make columns
MIN_COLUMN_LETTERS = 15  # of a line, on average: cells have fewer
MIN_GOING_ON = 0.3  # of the lines of a column begin within a sentence
MAX_LEADING = 1.35  # of the usual distance of two lines: there a paragraph ends
MIN_LARGER = 1.12  # of the usual height: not of the same paragraph
MIN_INDENT = 0.8  # of the height of a line
MAX_SHORT = 0.85  # of the width of the column: there a paragraph ends, if a sentence does
SENTENCE_END = re.compile(r"[.!?:…。！？؟][\"'”’)\]]*$")
ITEM = re.compile(r"(?:[•●▪■◦○‣➢✓*–-]|\(?(?:\d{1,2}|[a-z])[.)])\s")
BULLET = re.compile(r"[•●▪■◦○‣➢✓*o–-]|\(?(?:\d{1,2}|[a-z])[.)]")
NESTED = re.compile(r"\Ao\s+(?=[^\W\d_a-z])")
"""How an item begins whose point is a small letter in another font."""
NOTE = re.compile(r"(?:[¹²³⁰⁴-⁹]+|\[?\d{1,3}\]?|[*†‡]+)\s*\S")
"""How a footnote begins."""
MAX_NOTE = 0.95  # of the usual height: footnotes
MIN_LONG = 60  # characters of a paragraph that is not a heading
HEADING_STEP = 1.6  # of the height of a heading: how far below one another its lines are


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

    cells: tuple[str, ...] = ()
    """What stands side by side in it with wide gaps between: the cells of a row."""

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
    """It ends no sentence: it may go on over the page's end."""

    is_full: bool = False
    """Its last line is as long as the others."""

    cells: tuple[str, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()
    """Where in the text other pages begin, each with its number."""


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in reading order: columns in turn, rows of tables whole."""
    rows = list(_rows(_with_bullets(lines)))
    gutters = _gutters(rows)
    ordered: list[Line] = []
    for is_wide, band in groupby(rows, lambda row: _crosses(row, gutters)):
        band_ = list(band)
        if is_wide or not gutters:
            ordered += [_join_row(row) for row in band_]
            continue
        for column in range(len(gutters) + 1):
            ordered += [
                line for row in band_ for line in row if bisect(gutters, line.left) == column
            ]
    return ordered


def _with_bullets(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the points and numbers of items put before their text."""
    points = [line for line in lines if BULLET.fullmatch(line.text)]
    if not points:
        return list(lines)
    placed: dict[Line, Line] = {}
    for point in points:
        beside = [line for line in lines if point.beside(line) and line not in points]
        text = min(beside, key=lambda line: line.left, default=None)
        if text is not None and text not in placed:
            placed[text] = point
    alone = {*points} - {*placed.values()}
    return [
        _after_bullet(placed[line], line) if line in placed else line
        for line in lines
        if line not in points or line in alone
    ]


def _after_bullet(point: Line, line: Line) -> Line:
    return replace(line, text=f"{point.text} {line.text}", left=point.left)


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    row: list[Line] = []
    for line in lines:
        if row and not row[-1].beside(line):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _gutters(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Return where the columns but the first begin, if their lines were drawn in rows."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    for count in sorted(counts, key=lambda each: (-counts[each], each)):
        alike = [row for row in rows if len(row) == count]
        starts = Counter(
            tuple(round(line.left / ALIGNMENT) for line in row[1:]) for row in alike
        )
        start = min(starts, key=lambda each: (-starts[each], each))
        columns = [
            row
            for row in alike
            if all(
                abs(line.left / ALIGNMENT - place) <= 1
                for line, place in zip(row[1:], start, strict=True)
            )
        ]
        said = [[line.text for line in row] for row in columns]
        if len(said) >= MIN_ROWS and is_prose(said):
            return [min(row[n].left for row in columns) - 1 for n in range(1, count)]
    return []


def is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Tell columns of text from those of a table: their lines are long, and words go on."""
    letters = [sum(len(row[n]) for row in rows) / len(rows) for n in range(len(rows[0]))]
    firsts = [line[0] for row in rows for line in row if line[0].isalpha()]
    cased = [first for first in firsts if first.lower() != first.upper()]
    going_on = sum(first.islower() for first in cased)
    return min(letters) >= MIN_COLUMN_LETTERS and going_on >= MIN_GOING_ON * len(cased)


def _crosses(row: Sequence[Line], gutters: Sequence[float]) -> bool:
    return any(line.left < gutter < line.right for line in row for gutter in gutters)


def _join_row(row: Sequence[Line]) -> Line:
    """Return a row as one line; what a colon announces is no other cell."""
    first = row[0]
    if len(row) == 1:
        return first
    cells: list[str] = []
    for line in row:
        if cells and cells[-1].endswith(":"):
            cells[-1] += f" {line.text}"
        else:
            cells.append(line.text)
    return Line(
        CELL.join(cells),
        first.left,
        row[-1].right,
        min(line.bottom for line in row),
        max(line.top for line in row),
        first.height,
        tuple(cells),
    )


def usual_height(parts: Iterable[Line | Paragraph]) -> float:
    """Return the height of most signs."""
    sizes: Counter[float] = Counter()
    for each in parts:
        sizes[each.height] += len(each.text)
    return min(sizes, key=lambda size: (-sizes[size], size), default=1.0)


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Return the paragraphs of all pages; one may go on over the page's end and its notes."""
    found: list[Paragraph] = []
    usual = usual_height(line for lines in pages for line in lines)
    words = {
        word.lower() for lines in pages for line in lines for word in WORD.findall(line.text)
    }
    last: int | None = None  # the place of the last paragraph that is no note
    for number, lines in enumerate(pages):
        right = max((line.right for line in lines), default=0.0)
        blocks = _blocks(lines, _leading(lines), usual)
        fresh = [_paragraph(block, number, right, words) for block in blocks]
        if last is not None and fresh and _goes_on(found[last], fresh[0], usual):
            found[last] = _continue(found[last], fresh.pop(0), words)
        body = [n for n, each in enumerate(fresh) if not _is_note(each, usual)]
        last = len(found) + body[-1] if body else last
        found += fresh
    return found


def _continue(before: Paragraph, after: Paragraph, words: set[str]) -> Paragraph:
    """Return a paragraph with its rest on another page."""
    text = _text([_as_line(before.text), _as_line(after.text)], words)
    breaks = (*before.breaks, (len(text) - len(after.text), after.page))
    return replace(
        before, text=text, is_open=after.is_open, is_full=after.is_full, breaks=breaks
    )


def _is_note(paragraph: Paragraph, usual: float) -> bool:
    return paragraph.height < MAX_NOTE * usual and NOTE.match(paragraph.text) is not None


def _paragraph(block: Sequence[Line], page: int, right: float, words: set[str]) -> Paragraph:
    text, last = NESTED.sub("◦ ", _text(block, words)), block[-1]
    full = last.right - last.left > MAX_SHORT * (right - last.left)
    is_open = text.endswith(HYPHEN) or not SENTENCE_END.search(text)
    height = median(line.height for line in block)
    return Paragraph(text, page, block[0].top, height, is_open, full, block[0].cells)


WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines of a page."""
    steps = [
        above.bottom - below.bottom
        for above, below in pairwise(lines)
        if 0 < above.bottom - below.bottom < 3 * above.height
    ]
    return median(steps) if steps else 0.0


def _blocks(lines: Sequence[Line], leading: float, usual: float) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and _ends(block, line, leading, usual):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _ends(block: Sequence[Line], line: Line, leading: float, usual: float) -> bool:
    """Tell whether a paragraph ends before a line."""
    last, step = block[-1], block[-1].bottom - line.bottom
    low, high = sorted((last.height, line.height))
    closed = SENTENCE_END.search(last.text) is not None
    is_heading = low > MIN_LARGER * usual and not closed
    if last.text.endswith(HYPHEN):
        return False
    if _is_item(block, line) or high > MIN_LARGER * low:
        return True
    if is_heading and 0 < step < HEADING_STEP * high:
        return False
    if step <= 0:  # the next column
        return closed or not line.text[:1].islower()
    return step > MAX_LEADING * leading or (closed and _is_short_or_indented(block, line))


def _is_item(block: Sequence[Line], line: Line) -> bool:
    """Tell the row of a table, and the item of a list."""
    is_row = bool(block[-1].cells or line.cells)
    return is_row or ITEM.match(line.text) is not None or _is_nested(block, line)


def _is_nested(block: Sequence[Line], line: Line) -> bool:
    deeper = line.left > block[0].left + 1 or NESTED.match(block[0].text) is not None
    return deeper and NESTED.match(line.text) is not None


def _is_short_or_indented(block: Sequence[Line], line: Line) -> bool:
    """Tell whether a paragraph ends before its column does, or the next begins within it."""
    last = block[-1]
    right = max(each.right for each in block)
    left = min(each.left for each in block)
    short = last.right - left < MAX_SHORT * (max(right, line.right) - left)
    return short or line.left - last.left > MIN_INDENT * line.height


def _goes_on(before: Paragraph, after: Paragraph, usual: float) -> bool:
    """Tell whether a paragraph that begins a page goes on with the last one of another."""
    low, high = sorted((before.height, after.height))
    if not before.is_open or high > MIN_LARGER * low or after.cells or ITEM.match(after.text):
        return False
    is_text = len(before.text) > MIN_LONG and high <= MIN_LARGER * usual and not before.cells
    return is_text and (before.is_full or after.text[:1].islower())


def _text(block: Iterable[Line], words: set[str]) -> str:
    """Return the words of some lines; those that were cut at a line's end are whole again."""
    said = ""
    for line in block:
        if said.endswith(HYPHEN):
            said = _join_words(said[:-1], line.text, words)
        else:
            said = f"{said} {line.text}" if said else line.text
    return said


def _join_words(before: str, after: str, words: set[str]) -> str:
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
