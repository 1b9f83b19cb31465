"""Tables as text: the one way in which a row of any format becomes a line that can be quoted.

The row of the heads is drawn, `Part | Weight (kg) | Price (€)`, and each row below it says
its cells with their heads: `Wheel D4 — Weight (kg): 9; Price (€): 99`. So a row that is quoted
alone says what its cells are. A table without heads is drawn row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BAR = " | "
NUMBER = re.compile(r"[^\w]{0,3}\d")
"""How a cell begins that holds a number, perhaps after a sign or a currency."""
YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d(?:[/–-]\d{2,4})?")
BREAK = re.compile(r"(?<=[,;:.!?])\s*\n\s*")
SPACES = re.compile(" {2,}")
LINE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, all rows of one width; a cell that spans stands in each place."""

    rows: tuple[tuple[str, ...], ...]
    heads: int = 0
    """Rows at the top that say what is below them."""

    labelled: bool = False
    """Whether the first cell of each row is the head of the second, and there are no others."""

    @classmethod
    def of(
        cls, rows: Sequence[Sequence[str]], *, heads: int = 0, labelled: bool = False
    ) -> Table:
        """Make a table of rows of any width; if none is marked as a head, one may be told."""
        filled = [tuple(map(str.strip, row)) for row in rows if any(map(str.strip, row))]
        width = max(map(len, filled), default=0)
        even = tuple((*row, *[""] * (width - len(row))) for row in filled)
        heads = min(heads, len(even))
        if not heads and not labelled and _has_head(even):
            heads = 1
        return cls(even, heads if heads < len(even) else 0, labelled and width == 2)

    def lines(self) -> Iterator[str]:
        """Yield each row as a paragraph."""
        heads = self._heads()
        for row in self.rows[: self.heads]:
            yield _join_cells(row)
        for row in self.rows[self.heads :]:
            if self.labelled and all(row):
                yield f"{row[0].rstrip(':')}: {_flat(row[1])}"
            elif len({*row}) == 1:  # one cell as wide as the table
                yield row[0]
            else:
                yield row_with_heads(heads, row) if heads else _join_cells(row)

    def _heads(self) -> tuple[str, ...]:
        """Return the head of each column: of a group of columns, its own below the group's."""
        columns = zip(*self.rows[: self.heads], strict=True)
        return tuple(" › ".join(dict.fromkeys(filter(None, map(_flat, c)))) for c in columns)


def row_with_heads(heads: Sequence[str], row: Sequence[str]) -> str:
    """Return a row as a sentence: its first cell, and the others with their heads."""
    label, *cells = map(_flat, row)
    named = [
        f"{head.rstrip(':')}: {cell}" if head else cell
        for head, cell in zip(heads[1:], cells, strict=True)
        if cell
    ]
    if not label:
        return "; ".join(named)
    return f"{label} — {'; '.join(named)}" if named else label


def _join_cells(row: Sequence[str]) -> str:
    """Return a row as it is drawn; what is empty at its end is left out."""
    return SPACES.sub(" ", BAR.join(row).strip(" |"))


def _flat(cell: str) -> str:
    """Return a cell on one line."""
    return LINE.sub(", ", BREAK.sub(" ", cell))


def is_head(row: Sequence[str], width: int) -> bool:
    """Tell a row that may say what is below it: words, each another, in all columns."""
    return are_heads(row, width) and not any(map(NUMBER.match, map(str.strip, row)))


def are_heads(row: Sequence[str], width: int) -> bool:
    """Tell names of columns: words or years, each another, in all but perhaps the first."""
    filled = [cell.strip() for cell in row if cell.strip()]
    names = len({*filled}) == len(filled) >= width - (not row[0].strip()) and width > 1
    return names and all(YEAR.fullmatch(cell) or not NUMBER.match(cell) for cell in filled)


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row is the head: words or years over a column of numbers alone.

    Years are no head of other years.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first, *others = rows
    if not are_heads(first, len(first)):
        return False
    columns = [[row[n] for row in others if row[n]] for n in range(len(first))]
    years = [n for n, cell in enumerate(first) if YEAR.fullmatch(cell)]
    if any(all(map(YEAR.fullmatch, columns[n])) for n in years):
        return False
    return any(column and all(map(NUMBER.match, column)) for column in columns)
