"""The heads of a table that marks none: they are told by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMBER = re.compile(r"[^\w]{0,3}\d")
"""How a cell begins that holds a number, perhaps after a sign or a currency."""
YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d(?:[/–-]\d{2,4})?")
MIN_ROWS = 3  # below heads that words alone tell
MAX_HEAD = 40  # characters of a head

Cells = Sequence[str]


def head_count(rows: Sequence[Cells], *, of_sheet: bool = False) -> int:
    """Return how many rows at the top of a table are its heads, though none is marked.

    A sheet of a spreadsheet has them wherever its first row is words.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    if _are_groups(rows[0], rows[1]) and _is_over_numbers(rows[1], rows[2:]):
        return 2
    first, *others = rows
    if not are_heads(first):
        return 0
    is_sheet = of_sheet and not any(map(NUMBER.match, first))
    return int(is_sheet or _is_over_numbers(first, others) or _is_over_others(first, others))


def caption_count(rows: Sequence[Cells], *, spans: bool = True) -> int:
    """Return how many rows at the top say one thing for the whole table below them.

    Without `spans` no cell is wider than a column, and cells that say the same are several.
    """
    count = 0
    while count + 2 < len(rows) and len(rows[0]) > 1 and _is_caption(rows[count], spans=spans):
        count += 1
    return count


def _is_caption(row: Cells, *, spans: bool) -> bool:
    """Tell a row of one cell of words, as wide as the table or followed by nothing."""
    is_wide = spans and len(row) > 2 and {*row} <= {row[0], ""}  # two that agree are a record
    return bool(row[0]) and not NUMBER.match(row[0]) and (is_wide or not any(row[1:]))


def are_heads(row: Cells, width: int | None = None) -> bool:
    """Tell names of columns: words or years, each another, in all but perhaps the first."""
    width = len(row) if width is None else width
    filled = [cell.strip() for cell in row if cell.strip()]
    names = len({*filled}) == len(filled) >= width - (not row[0].strip()) and width > 1
    return names and all(YEAR.fullmatch(cell) or not NUMBER.match(cell) for cell in filled)


def _are_groups(groups: Cells, row: Cells) -> bool:
    """Tell heads of groups of columns: they say the same of neighbours, whose own differ."""
    pairs = {*zip(groups[1:], row[1:], strict=True)}
    is_shared = len({*groups[1:]}) < len(groups) - 1 and len({*groups[1:]}) > 1
    words = [cell for cell in (*groups[1:], *row[1:]) if cell]
    are_names = all(YEAR.fullmatch(cell) or not NUMBER.match(cell) for cell in words)
    return is_shared and all(groups[1:]) and len(pairs) == len(row) - 1 and are_names


def _is_over_numbers(heads: Cells, rows: Sequence[Cells]) -> bool:
    """Tell words or years over a column of numbers alone; years are no head of other years."""
    columns = _columns(rows, len(heads))
    years = [n for n, cell in enumerate(heads) if YEAR.fullmatch(cell)]
    if any(all(map(YEAR.fullmatch, columns[n])) for n in years):
        return False
    return any(column and all(map(NUMBER.match, column)) for column in columns)


def _is_over_others(heads: Cells, rows: Sequence[Cells]) -> bool:
    """Tell words over a column whose every cell is of another kind than its head.

    Of two columns only the first is looked at: the second may be the values of labels, whose
    first is no head of the others.
    """
    if len(rows) < MIN_ROWS or any(map(str.isdigit, "".join(heads))):
        return False
    if any(len(head) > MAX_HEAD or head.endswith((".", ":", ";")) for head in heads):
        return False
    columns = list(zip(heads, _columns(rows, len(heads)), strict=True))
    return any(
        len(column) >= MIN_ROWS and _are_others(head, column)
        for head, column in (columns if len(columns) > 2 else columns[:1])
        if head
    )


def _are_others(head: str, cells: Sequence[str]) -> bool:
    """Tell cells that all have a digit or an at sign, all begin small, or all say more."""
    begin_small = head[0].isupper() and all(cell[0].islower() for cell in cells)
    say_more = all(len(cell.split()) > len(head.split()) for cell in cells)
    return begin_small or say_more or all(re.search(r"[\d@]", cell) for cell in cells)


def _columns(rows: Sequence[Cells], width: int) -> list[list[str]]:
    """Return the filled cells of each column."""
    return [[row[n] for row in rows if row[n]] for n in range(width)]
