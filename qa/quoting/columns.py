"""Columns of numbers: which of a table a question compares, and in what they are measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from qa.articles.rows import Cell, Row
from qa.language.amounts import SIZES, Quantity, quantity
from qa.language.bounds import Bound
from qa.language.dates import YEAR
from qa.language.dimensions import DIMENSIONS, Degree, Dimension, asked_dimensions
from qa.quoting.table_words import fits, head_scores, question_words, unit_of, words_of

MIN_NUMERIC_SHARE = 0.7  # of the filled cells of a column that is compared
AGE, SPEED = ("old", "young", "new"), ("fast", "quick", "slow")
ANY_NUMBER = ("many", "much", "few", "little")
WHEN = (*AGE, "late", "recent", "early")
DATE = "date"
SIZE = frozenset({"large"})
"""What a sum without another word is compared by: of net, tax and total, the total."""

MIN_HEAD_SHARE = 0.2  # of a head, from where on a question names it


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of a column that are numbers, of those rows that are compared."""

    head: str
    values: tuple[tuple[Row, Cell, Quantity], ...]

    @property
    def unit(self) -> str:
        """The unit of its cells, or else the one that its head names."""
        units = {q.unit for _, _, q in self.values} - {""}
        return units.pop() if units else unit_of(self.head, [])

    @property
    def written_unit(self) -> str | None:
        """The unit that its numbers are written in; None if they are of several."""
        kind, head = self.unit, unit_of(self.head, [])
        if kind not in SIZES or SIZES[kind][0] == SIZES.get(head, ("", 1.0))[0]:
            return head or kind
        written = {unit_of("", [cell.text]) for _, cell, _ in self.values}
        return written.pop() or None if len(written) == 1 else None

    def sign(self, degree: Degree) -> int:
        """Return whether a greater value is meant, 1, or a smaller one, -1.

        What is old was made early, unless its age is said; what is fast takes a short time.
        """
        words, units = words_of(self.head), {q.unit for _, _, q in self.values}
        is_age = "age" in words or units == {"minute"}
        is_time = bool({"time", "durat"} & words or {"minute", "clock"} & units)
        flips = (degree.adjective in AGE and not is_age) or (
            degree.adjective in SPEED and is_time
        )
        return -degree.sign if flips else degree.sign

    def in_unit(self, number: Quantity) -> float:
        """Return a number of it as bounds are compared with it: of a date, the year."""
        if number.unit == DATE:
            return float(floor(number.value))
        own = unit_of(self.head, [])
        return number.value * (SIZES.get(own, ("", 1.0))[1] if not number.unit else 1.0)


def number_columns(rows: Sequence[Row]) -> list[Column]:
    """Return the columns that are numbers of one unit, in their order."""
    heads = dict.fromkeys(cell.head for row in rows for cell in row.cells if cell.head)
    return [column for head in heads if (column := _numbers(head, rows))]


def _numbers(head: str, rows: Sequence[Row]) -> Column | None:
    """Return a column as numbers of one unit, or nothing if too few of its cells are."""
    cells = [(row, cell) for row in rows for cell in row.cells if cell.head == head]
    filled = [(row, cell) for row, cell in cells if any(map(str.isalnum, cell.text))]
    values = [(row, cell, q) for row, cell in filled if (q := quantity(cell.text))]
    units = {q.unit for _, _, q in values}
    if not values or len(values) < MIN_NUMERIC_SHARE * len(filled) or len(units - {""}) > 1:
        return None
    return Column(head, tuple(values))


def compared_column(adjective: str, rest: str, columns: Sequence[Column]) -> Column | None:
    """Return the column that a superlative asks to compare, if one fits best."""
    dimensions = [dimension for dimension in DIMENSIONS if adjective in dimension.asking]
    if adjective in ANY_NUMBER:
        dimensions += asked_dimensions(question_words(rest))
    found = _best(columns, rest, dimensions, least=1)
    dated = [column for column in columns if column.unit == DATE]
    return found or (dated[0] if adjective in WHEN and len(dated) == 1 else None)


def bounded_column(bound: Bound, rest: str, columns: Sequence[Column]) -> Column | None:
    """Return the column whose numbers a bound is set to, if one fits best."""
    adjectives = {bound.adjective} - {"", *ANY_NUMBER}
    dimensions = [m for m in DIMENSIONS if m.asking & adjectives]
    dimensions = dimensions or asked_dimensions(question_words(rest))
    alike = [column for column in columns if _is_alike(bound, column)]
    found = _best(alike, rest, dimensions, least=1)
    is_told = bound.is_year or (bound.unit and not dimensions)
    if found or not is_told:
        return found
    return alike[0] if len(alike) == 1 else _best(alike, rest, asked_dimensions(SIZE), least=1)


def _is_alike(bound: Bound, column: Column) -> bool:
    """Tell whether numbers of a column can be compared with a bound."""
    kind = SIZES.get(bound.unit, (bound.unit, 1.0))[0]
    own = SIZES.get(column.unit, (column.unit, 1.0))[0]
    if own == DATE:
        return bound.is_year
    if bound.unit or own == "clock":  # no bound is read as a time of day
        return kind == own
    years = sum(YEAR.fullmatch(cell.text) is not None for _, cell, _ in column.values)
    is_other = bound.adjective not in ("", *AGE)
    return is_other or bound.is_year == (2 * years > len(column.values))


def _best(
    columns: Sequence[Column], rest: str, dimensions: Sequence[Dimension], *, least: float
) -> Column | None:
    """Return the column that a question names, or that fits a dimension, if one is best."""
    if not columns:
        return None
    named = head_scores([column.head for column in columns], question_words(rest))
    scored = []
    for column in columns:
        cells = [cell.text for _, cell, _ in column.values]
        fit = max((fits(m, column.head, cells) for m in dimensions), default=0.0)
        scored.append(
            (2 * (named[column.head] > MIN_HEAD_SHARE) + named[column.head] / 10 + fit, column)
        )
    best = max(score for score, _ in scored)
    first = [column for score, column in scored if score == best]
    return first[0] if best >= least and len(first) == 1 else None
