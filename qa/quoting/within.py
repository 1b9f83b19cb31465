"""Rows within bounds: those whose numbers are more, less or between what a question says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from qa.articles.rows import Row
from qa.language.bounds import Bound
from qa.language.dimensions import Degree
from qa.quoting.columns import Column, bounded_column

WITHIN = "{count} of {every} rows with {condition}: {named}"
NONE_WITHIN = "None of {every} rows with {condition}; nearest: {named}"
MAX_ROWS = 12  # that are quoted and named of those that were counted


@dataclass(frozen=True, slots=True)
class Within:
    """The rows whose numbers are within the bounds that a question sets to columns."""

    bounds: tuple[tuple[Column, Bound], ...]
    """At least one, each with the column that it is set to."""

    rows: tuple[Row, ...]
    compared: tuple[Row, ...]

    @property
    def columns(self) -> list[Column]:
        """The columns that are bounded, each once."""
        return list({column.head: column for column, _ in self.bounds}.values())

    @property
    def condition(self) -> str:
        """What the rows have in common: “Weight (kg)” > 10."""
        return " & ".join(
            f"“{column.head}” {signs_of(bound)}{_unit_shown(column, bound)}"
            for column, bound in self.bounds
        )

    @property
    def nearest(self) -> Row:
        """The row that comes nearest to the first bound, if none is within."""
        column, bound = self.bounds[0]
        values = [value for value in column.values if value[0] in self.compared]
        row, *_ = min(values, key=lambda v: bound.distance(column.in_unit(v[2])))
        return row

    def __str__(self) -> str:
        said = [{row: cell.text for row, cell, _ in column.values} for column in self.columns]
        rows = self.rows or (self.nearest,)
        named = name_list(
            [
                f"{row.name.text} ({', '.join(texts[row] for texts in said)})"
                for row in rows
                if row.name
            ]
        )
        return (WITHIN if self.rows else NONE_WITHIN).format(
            count=len(self.rows),
            every=len(self.compared),
            condition=self.condition,
            named=named,
        )


def name_list(names: Sequence[str]) -> str:
    """Return names in a row, not too many."""
    more = f" … +{len(names) - MAX_ROWS}" if len(names) > MAX_ROWS else ""
    return f"{', '.join(names[:MAX_ROWS])}{more}"


def _unit_shown(column: Column, bound: Bound) -> str:
    return f" {bound.unit}" if bound.unit not in ("", column.unit) else ""


def signs_of(bound: Bound) -> str:
    """Return a bound as signs, without its unit: > 10, ≤ 5, 10–20."""
    low, high = (f"{end:.15g}" for end in (bound.low, bound.high))
    if bound.high == inf:
        return f"{'>' if bound.strict else '≥'} {low}"
    if bound.low == -inf:
        return f"{'<' if bound.strict else '≤'} {high}"
    return f"{low}–{high}"


def rows_within(
    bounds: Sequence[Bound], rest: str, rows: Sequence[Row], columns: Sequence[Column]
) -> Within | None:
    """Return the rows that are within all bounds, if it is clear which columns are meant.

    Of several bounds, no row is nearest to all: one must be within, or nothing is told.
    """
    found, left, compared = list[tuple[Column, Bound]](), tuple(rows), tuple(rows)
    for bound in bounds:
        column = bounded_column(bound, rest, columns)
        unit = (bound.unit or column.written_unit) if column else None
        if column is None or unit is None:
            return None
        meant = replace(_in_column_order(bound, column), unit=unit)
        numbers = {row: column.in_unit(number) for row, _, number in column.values}
        left = tuple(row for row in left if row in numbers and meant.holds(numbers[row]))
        compared = tuple(row for row in compared if row in numbers)
        found.append((column, meant))
    if not found or not compared or (len(found) > 1 and not left):
        return None
    return Within(tuple(found), left, compared)


def _in_column_order(bound: Bound, column: Column) -> Bound:
    """Return a bound as a column counts: older than 1950 is before it, faster is less time."""
    if not bound.sign or column.sign(Degree(bound.adjective, bound.sign)) == bound.sign:
        return bound
    low = -inf if bound.high == inf else bound.high
    high = inf if bound.low == -inf else bound.low
    return replace(bound, low=low, high=high)
