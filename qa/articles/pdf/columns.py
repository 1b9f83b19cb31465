"""Columns of text that stand so near each other that their lines look like one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import NamedTuple, Self

from qa.articles.pdf.layout import is_prose
from qa.articles.pdf.signs import Sign

MIN_GUTTER = 0.35  # of the size of type: no space is wider where lines are not stretched
MIN_LETTERS_APART = 1.5  # widths of a letter, where all letters are as wide
MIN_LINES = 5  # one below the other that have a gap at one place
MIN_ALIGNED = 0.7  # of them, those whose right parts begin at one place
ALIGNMENT = 2.0  # points
MAX_ROWS = 300  # above and below: no page has more
MIN_ALIKE = 10  # letters of one width, of which a font is known that has no other

Place = tuple[float, float]
"""Where a gap between two signs begins, and where it ends."""


class Stretch(NamedTuple):
    """Signs side by side, and the gaps among them that may part columns."""

    signs: Sequence[Sign]
    gaps: tuple[Place, ...]

    @classmethod
    def of(cls, signs: Sequence[Sign]) -> Self:
        """Find the gaps of a row that are wider than its font's spaces."""
        widths = {round(sign.right - sign.left, 1) for sign in signs if sign.text.isalpha()}
        is_even = len(widths) == 1 and len(signs) > MIN_ALIKE
        least = MIN_LETTERS_APART * widths.pop() if is_even else MIN_GUTTER * signs[0].size
        spaces = (sign for sign in signs if sign.text == " ")
        return cls(signs, tuple((s.left, s.right) for s in spaces if s.right - s.left > least))


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip between columns that some rows leave free; others do not reach it."""

    place: Place
    rows: range
    parts: tuple[tuple[Stretch, ...], ...]
    """The parts of each of those rows: one, or two where it has both columns."""


def in_columns(stretches: Sequence[Sequence[Sign]]) -> list[Sequence[Sign]]:
    """Return stretches of signs, cut where they run over a gutter between columns of text."""
    rows, start = [Stretch.of(signs) for signs in stretches], 0
    while start < len(rows):
        gutter = max(_gutters(rows, start), key=_width, default=None)
        if gutter:
            rows[gutter.rows.start : gutter.rows.stop] = [
                r for part in gutter.parts for r in part
            ]
        else:
            start += 1
    return [row.signs for row in rows]


def _width(gutter: Gutter) -> tuple[int, float]:
    return len(gutter.parts), gutter.place[1] - gutter.place[0]


def _gutters(rows: Sequence[Stretch], start: int) -> Iterator[Gutter]:
    """Yield the gutters that a row runs over."""
    for gap in rows[start].gaps:
        below, place = _reach(rows[start : start + MAX_ROWS], gap)
        above, place = _reach(rows[max(0, start - MAX_ROWS) : start][::-1], place)
        within = range(start - above, start + below)
        parts = tuple(tuple(_parts(row, place)) for row in rows[within.start : within.stop])
        pairs = list(_pairs(parts, sum(place) / 2))
        if (
            len(pairs) >= MIN_LINES
            and _is_aligned(pairs)
            and is_prose(list(map(_row_texts, pairs)))
        ):
            yield Gutter(place, within, parts)


def _reach(rows: Sequence[Stretch], place: Place) -> tuple[int, Place]:
    """Return how many rows leave some of a place free, and what is left of it."""
    for number, row in enumerate(rows):
        free = _free(row, place)
        if free is None:
            return number, place
        place = free
    return len(rows), place


def _free(row: Stretch, place: Place) -> Place | None:
    """Return what a row leaves free of a place; nothing, if it runs over it."""
    around = (-inf, row.signs[0].left), (row.signs[-1].right, inf)
    shared = ((max(place[0], gap[0]), min(place[1], gap[1])) for gap in (*row.gaps, *around))
    widest = max(shared, key=lambda each: each[1] - each[0])
    return widest if widest[1] - widest[0] > MIN_GUTTER * row.signs[0].size / 2 else None


def _parts(row: Stretch, place: Place) -> Iterator[Stretch]:
    """Yield what stands left and right of a place."""
    middle = sum(place) / 2
    for number, sign in enumerate(row.signs):
        if (
            sign.text == " "
            and sign.left < middle < sign.right
            and 0 < number < len(row.signs) - 1
        ):
            yield Stretch.of(row.signs[:number])
            yield Stretch.of(row.signs[number + 1 :])
            return
    yield row


def _pairs(parts: Sequence[Sequence[Stretch]], middle: float) -> Iterator[Sequence[Stretch]]:
    """Yield what stands beside a gutter: parts of one row, or rows that a wider gap parted."""
    for part, below in pairwise([*parts, ()]):
        if len(part) > 1:
            yield part
        elif len(below) == 1 and _are_beside(part[0], below[0], middle):
            yield (*part, *below)


def _are_beside(left: Stretch, right: Stretch, middle: float) -> bool:
    """Tell whether two rows are on one line, left and right of a gutter."""
    last, first = left.signs[-1], right.signs[0]
    is_between = last.right <= middle <= first.left
    return is_between and min(last.top, first.top) > max(last.bottom, first.bottom)


def _is_aligned(pairs: Sequence[Sequence[Stretch]]) -> bool:
    """Tell whether most right parts begin at one place, which spaces in lines do not."""
    begins = Counter(round(right.signs[0].left / ALIGNMENT) for _, right in pairs)
    place, _ = begins.most_common(1)[0]
    return sum(begins[place + near] for near in (-1, 0, 1)) >= MIN_ALIGNED * len(pairs)


def _row_texts(pair: Sequence[Stretch]) -> list[str]:
    return ["".join(sign.text for sign in row.signs) for row in pair]
