"""Tables read back from the text of an article: which cell stands where, under which head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from qa.articles.heads import are_heads
from qa.articles.table import BAR
from qa.types import Article, Section, Span

PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
LABEL_END = " — "
MAX_BETWEEN = 120  # characters of a line across a table that does not end it
MAX_HEADS = 120  # of one table, those of groups of columns with all below them


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its words, and the head of its column, if it has one."""

    head: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its label, which is its first cell, and the others."""

    span: Span
    label: Cell | None
    cells: tuple[Cell, ...]

    @property
    def every(self) -> tuple[Cell, ...]:
        """The label, if there is one, and the other cells."""
        return (*([self.label] if self.label else []), *self.cells)

    @property
    def name(self) -> Cell | None:
        """What the row goes by: its label, or the first cell of words if that is a number."""
        worded = (cell for cell in self.every if any(map(str.isalpha, cell.text)))
        return next(worded, self.label) if self.label else None


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as it stands in an article, below the spans of its heads."""

    heads: tuple[Span, ...]
    rows: tuple[Row, ...]


@lru_cache(maxsize=64)
def tables_in(article: Article, section: Section) -> tuple[TableText, ...]:
    """Return the tables of a section, in order."""
    text = article.text
    if text.find(BAR, section.span.start, section.span.end) < 0:
        return ()
    found = PARAGRAPH.finditer(text, section.span.start, section.span.end)
    return tuple(_tables(text, [Span(*paragraph.span()) for paragraph in found]))


def _tables(text: str, paragraphs: Sequence[Span]) -> Iterator[TableText]:
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and _is_drawn(paragraphs[end].of(text)):
            end += 1
        drawn, below = paragraphs[at:end], paragraphs[end:]
        said, used = _labelled_rows(text, drawn, below) if drawn else ([], 0)
        if said:
            yield TableText(tuple(drawn), tuple(said))
        elif len(drawn) > 1:
            yield _drawn_table(text, drawn)
        at = max(end + used, at + 1)


def _is_drawn(paragraph: str) -> bool:
    is_barred = BAR in paragraph and LABEL_END not in paragraph
    return is_barred and any(not sign.isspace() and sign != "|" for sign in paragraph)


def _labelled_rows(
    text: str, drawn: Sequence[Span], below: Sequence[Span]
) -> tuple[list[Row], int]:
    """Return the rows that say the heads of drawn ones with their cells, and how far they go.

    A line across the whole table, which heads a group of rows, does not end it.
    """
    named = [[cell.strip() for cell in span.of(text).split(BAR.strip())] for span in drawn[-2:]]
    pairs = [" › ".join(pair) for pair in product(*named)] if len(named) > 1 else []
    heads = [head.rstrip(":") for head in (*pairs, *named[-1], *named[0]) if head][:MAX_HEADS]
    longest_first = sorted({*heads}, key=len, reverse=True)
    head = re.compile(rf"(?:^|(?<=; )|(?<= — ))({'|'.join(map(re.escape, longest_first))}): ")
    rows, used, label_head = list[Row](), 0, named[-1][0]
    for number, span in enumerate(below, 1):
        row = _labelled_row(text, span, head, label_head)
        if row:
            rows, used = [*rows, row], number
        elif number - used > 1 or len(span) > MAX_BETWEEN:
            break
    return rows, used


def _labelled_row(text: str, span: Span, head: re.Pattern[str], label_head: str) -> Row | None:
    """Return a row of cells that are said with their heads, or nothing if it is none."""
    line = span.of(text)
    first = line.find(LABEL_END)
    begin = first + len(LABEL_END) if first >= 0 else 0
    found = list(head.finditer(line, begin))
    if not found or found[0].start() != begin:
        found = list(head.finditer(line))
        begin = 0
        if not found or found[0].start() != 0:
            return None
    ends = [*(match.start() - 2 for match in found[1:]), len(line)]
    cells = tuple(
        _cell(match[1], line, span.start, (match.end(), end))
        for match, end in zip(found, ends, strict=True)
        if end > match.end()
    )
    label = _cell(label_head, line, span.start, (0, first)) if begin and first else None
    return Row(span, label, cells)


def _drawn_table(text: str, drawn: Sequence[Span]) -> TableText:
    """Return a table without a head of its own, whose first row may say what is below it."""
    rows = [list(_drawn_cells(text, span)) for span in drawn]
    width = max(map(len, rows))
    first = [cell.text for cell in rows[0]]
    headed = are_heads(first, width)
    names = first if headed else [""] * width
    made = [
        Row(
            span,
            Cell(names[0], cells[0].text, cells[0].span),
            tuple(
                Cell(names[n] if len(cells) == width else "", cell.text, cell.span)
                for n, cell in enumerate(cells[1:], 1)
            ),
        )
        for span, cells in zip(drawn[headed:], rows[headed:], strict=True)
    ]
    return TableText(tuple(drawn[:headed]), tuple(made))


def _drawn_cells(text: str, span: Span) -> Iterator[Cell]:
    line = span.of(text)
    for match in re.finditer(r"[^|\s](?:[^|]*[^|\s])?", line):
        yield _cell("", line, span.start, match.span())


def _cell(head: str, line: str, at: int, place: tuple[int, int]) -> Cell:
    """Return the cell at a place of a line, without space around it; the line starts `at`."""
    words = line[slice(*place)]
    start = place[0] + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Cell(head, line[start:end], Span(at + start, at + end))
