"""Tables of an article, drawn as such again: their columns, and the cells of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from qa.articles.rows import Cell, Row, TableText, tables_in
from qa.language.sentences import blocks
from qa.types import Article, Span

Column = tuple[str, int]
"""The head of a column, and how many of that name stand before it in a row."""


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table by its columns; what a row lacks in one of them is empty there."""

    table: TableText
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, table: TableText) -> Self:
        """Draw a table: a column that the first row lacks stands where others have it."""
        columns: list[Column] = []
        for row in table.rows:
            at = 0
            for column in by_column(row):
                if column not in columns:
                    columns.insert(at, column)
                at = columns.index(column) + 1
        return cls(table, tuple(columns))

    @property
    def span(self) -> Span:
        """From its first head or row to its last."""
        spans = [*self.table.heads, *(row.span for row in self.table.rows)]
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    @property
    def heads(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(head for head, _ in self.columns)

    def between(self, text: str) -> list[Span]:
        """Return the lines across the table, which head groups of its rows."""
        spans = [*self.table.heads, *(row.span for row in self.table.rows)]
        found = (block for block in blocks(text, self.span))
        return [block for block in found if not any(map(block.overlap, spans))]

    def cells(self, row: Row) -> Iterator[Cell | None]:
        """Yield what a row has in each column, if it has something."""
        cells = by_column(row)
        return (cells.get(column) for column in self.columns)


def by_column(row: Row) -> Mapping[Column, Cell]:
    """Return the cells of a row by their columns, in order."""
    seen: Counter[str] = Counter()
    cells: dict[Column, Cell] = {}
    for cell in row.every:
        cells[cell.head, seen[cell.head]] = cell
        seen[cell.head] += 1
    return cells


def drawn_tables(article: Article, within: Span) -> Sequence[DrawnTable]:
    """Return the tables of the section of an article that a span lies in, in order."""
    section = next((s for s in article.sections if within in s.span), None)
    return [DrawnTable.of(table) for table in tables_in(article, section)] if section else []


def quoted_row(article: Article, span: Span) -> tuple[DrawnTable, Row] | None:
    """Return the row that a quotation is, and its table, if that has heads."""
    for drawn in drawn_tables(article, span):
        row = next((row for row in drawn.table.rows if row.span == span), None)
        if row and any(drawn.heads):
            return drawn, row
    return None
