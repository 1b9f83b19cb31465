"""The table of results: a row for each measure, a column for each benchmark."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

UNITS = {
    "questions": ".0f",
    " ms": ".0f",
    " s": ".1f",
    " MB": ",.0f",
    " encodings": ".1f",
    " questions": ",.0f",
    " a second": ".1f",
    " as fast": ".2f",
    " cosine": ".6f",
}
"""How the measures of such names are shown; all others are shares, in percent."""
SHORT_MS = 9.95  # ms: fewer are shown with a digit behind the point


@dataclass(slots=True)
class ResultTable:
    """The measures of each benchmark, in the order they were taken."""

    columns: dict[str, Mapping[str, float]] = field(default_factory=dict)

    def add(self, name: str, rows: Mapping[str, float]) -> None:
        """Add a benchmark."""
        self.columns[name] = rows

    def as_json(self) -> str:
        """Return the table as JSON: benchmark, measure, value."""
        return json.dumps(self.columns, indent=2)

    def __str__(self) -> str:
        lines = [["", *self.columns], ["---", *("---:" for _ in self.columns)]]
        lines += [
            [measure, *(_format(measure, rows.get(measure)) for rows in self.columns.values())]
            for measure in self._measures()
        ]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(f"| {' | '.join(_pad(line, widths))} |" for line in lines)

    def _measures(self) -> list[str]:
        """Put the rows of all columns in one order: each after the one before it there."""
        measures: list[str] = []
        for rows in self.columns.values():
            place = 0
            for measure in rows:
                if measure not in measures:
                    measures.insert(place, measure)
                place = measures.index(measure) + 1
        return measures


def _pad(line: list[str], widths: list[int]) -> list[str]:
    first, *others = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
    return [first, *(cell.rstrip().rjust(len(cell)) for cell in others)]


def _format(measure: str, value: float | None) -> str:
    if value is None or math.isnan(value):
        return "–"
    unit = next((unit for unit in UNITS if measure.endswith(unit)), "")
    if unit == " ms" and value < SHORT_MS:
        return f"{value:.1f}"
    return f"{value:{UNITS[unit]}}" if unit else f"{100 * value:.1f}"
