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
    """The rows whose numbers are within the bounds that a question sets to a column."""

    column: Column
    bound: Bound
    rows: tuple[Row, ...]
    compared: tuple[Row, ...]

    @property
    def condition(self) -> str:
        """What the rows have in common: “Weight (kg)” > 10."""
        unit = f" {self.bound.unit}" if self.bound.unit not in ("", self.column.unit) else ""
        return f"“{self.column.head}” {signs_of(self.bound)}{unit}"

    @property
    def nearest(self) -> Row:
        """The row that comes nearest to the bounds, if none is within."""
        values = [value for value in self.column.values if value[0] in self.compared]
        row, *_ = min(values, key=lambda v: self.bound.distance(self.column.in_unit(v[2])))
        return row

    def __str__(self) -> str:
        said = {row: cell.text for row, cell, _ in self.column.values}
        rows = self.rows or (self.nearest,)
        named = listed([f"{row.name.text} ({said[row]})" for row in rows if row.name])
        return (WITHIN if self.rows else NONE_WITHIN).format(
            count=len(self.rows),
            every=len(self.compared),
            condition=self.condition,
            named=named,
        )


def listed(names: Sequence[str]) -> str:
    """Return names in a row, not too many."""
    more = f" … +{len(names) - MAX_ROWS}" if len(names) > MAX_ROWS else ""
    return f"{', '.join(names[:MAX_ROWS])}{more}"


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
    """Return the rows that are within all bounds, if it is clear which columns are meant."""
    left, found = tuple(rows), None
    for bound in bounds:
        column = bounded_column(bound, rest, columns)
        if column is None:
            return None
        meant = _as_counted(bound, column)
        numbers = {row: column.in_unit(number) for row, _, number in column.values}
        left = tuple(row for row in left if row in numbers and meant.holds(numbers[row]))
        found = Within(column, meant, left, tuple(row for row in rows if row in numbers))
    return found if found and found.compared else None


def _as_counted(bound: Bound, column: Column) -> Bound:
    """Return a bound as a column counts: older than 1950 is before it, faster is less time."""
    if not bound.sign or column.sign(Degree(bound.adjective, bound.sign)) == bound.sign:
        return bound
    low = -inf if bound.high == inf else bound.high
    high = inf if bound.low == -inf else bound.low
    return replace(bound, low=low, high=high)
