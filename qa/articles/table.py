"""Tables as text: the one way in which a row of any format becomes a line that can be quoted.

The row of the heads is drawn, `Part | Weight (kg) | Price (€)`, and each row below it says
its cells with their heads: `Wheel D4 — Weight (kg): 9; Price (€): 99`. So a row that is quoted
alone says what its cells are. A table without heads is drawn row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.articles.heads import caption_count, head_count

BAR = " | "
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

    captions: tuple[str, ...] = ()
    """What stands across the whole table, above its heads."""

    spans: bool = True
    """Whether a cell may be wider than a column."""

    @classmethod
    def of(
        cls,
        rows: Sequence[Sequence[str]],
        *,
        heads: int = 0,
        labelled: bool = False,
        of_sheet: bool = False,
        spans: bool = True,
    ) -> Table:
        """Make a table of rows of any width; if none is marked as a head, some may be told."""
        filled = [tuple(map(str.strip, row)) for row in rows if any(map(str.strip, row))]
        width = max(map(len, filled), default=0)
        even = tuple((*row, *[""] * (width - len(row))) for row in filled)
        captions = caption_count(even, spans=spans)
        said = tuple(next(filter(None, row)) for row in even[:captions])
        even, heads = even[captions:], max(0, heads - captions)
        if not heads and not labelled:
            heads = head_count(even, of_sheet=of_sheet)
        heads = heads if heads < len(even) else 0
        return cls(even, heads, labelled and width == 2, said, spans)

    def lines(self) -> Iterator[str]:
        """Yield each row as a paragraph."""
        heads = self._heads()
        yield from self.captions
        for row in self.rows[: self.heads]:
            yield _join_cells(row)
        for row in self.rows[self.heads :]:
            if self.labelled and all(row):
                yield f"{row[0].rstrip(':')}: {_flat(row[1])}"
            elif self.spans and len({*row}) == 1:  # one cell as wide as the table
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
