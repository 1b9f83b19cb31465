"""Bounds that a question sets to a number: “more than 10 kg”, “under €200”, “before 1990”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from qa.language.amounts import DECIMAL_COMMA, NUMBER, SIZES, UNITS, value_of
from qa.language.dates import YEAR
from qa.language.dimensions import comparative

ABOVE, BELOW = "over above after exceeding beyond", "under below before"
AT_LEAST = ("at least", "from", "since", "minimum of")
AT_MOST = ("at most", "up to", "until", "maximum of")
WORDS = "|".join([*ABOVE.split(), *BELOW.split(), *AT_LEAST, *AT_MOST]).replace(" ", r"\s+")
AMOUNT = rf"[$€£]?\s?-?(?:{NUMBER.pattern})(?!\d|[.,:]\d)"
"""A whole number: no part of a time of day or of a date."""

BOUND = re.compile(
    rf"""(?<!\d[.,:])\b(?:
      (?:between|from|since)\s+(?P<low>{AMOUNT})(?:\s?[^\W\d]+)?
       (?:\s+(?:and|to|until|till)\s+|\s?[-–—]\s?)(?P<high>{AMOUNT})
      |(?P<no>(?:no|not)\s+)?(?P<two>(?:more\s+|less\s+)?\w+)\s+than\s+(?P<than>{AMOUNT})
      |(?P<word>{WORDS})
       \s+(?P<number>{AMOUNT})
      |(?P<first>{AMOUNT})(?:\s?[^\W\d]+)?\s+or\s+(?P<or>\w+)
    )(?P<unit>\s?(?:%|°|[^\W\d_]+))?""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """The range that a number must be in: `low` to `high`, both included unless `strict`."""

    start: int
    end: int
    """Where in the question it is said."""

    low: float
    high: float
    strict: bool
    unit: str
    """What is behind the number, or before it; of no unit that we know it is nothing."""

    adjective: str = ""
    """Of which it asks for more or less, if it says so: “heavier than”."""

    sign: int = 0

    @property
    def is_year(self) -> bool:
        """Whether it is a year that bounds: a number of four digits, of no unit."""
        ends = [end for end in (self.low, self.high) if abs(end) != inf]
        return not self.unit and all(YEAR.fullmatch(f"{end:g}") for end in ends)

    def holds(self, number: float) -> bool:
        """Tell whether a number is within, in the unit of its kind."""
        low, high = self._ends
        return low < number < high if self.strict else low <= number <= high

    def distance(self, number: float) -> float:
        """Return how far a number is from being within."""
        low, high = self._ends
        return max(low - number, number - high, 0.0)

    @property
    def _ends(self) -> tuple[float, float]:
        size = SIZES.get(self.unit, ("", 1.0))[1]
        return self.low * size, self.high * size


def bounds_in(question: str) -> Iterator[Bound]:
    """Yield the bounds that a question sets."""
    for found in BOUND.finditer(question):
        bound = _bound(found)
        if bound:
            yield bound


def _bound(found: re.Match[str]) -> Bound | None:
    unit, end = _unit(found)
    place = found.start(), end
    if found["low"]:
        ends = sorted((_number(found["low"]), _number(found["high"])))
        return Bound(*place, ends[0], ends[1], strict=False, unit=unit)
    if found["number"]:
        word, number = " ".join(found["word"].lower().split()), _number(found["number"])
        is_low = word in ABOVE.split() or word in AT_LEAST
        strict = word in (*ABOVE.split(), *BELOW.split())
        low, high = (number, inf) if is_low else (-inf, number)
        return Bound(*place, low, high, strict=strict, unit=unit)
    degree = comparative(found["two"] or found["or"] or "")
    if degree is None:
        return None
    number = _number(found["than"] or found["first"])
    is_low = (degree.sign > 0) != bool(found["no"])
    low, high = (number, inf) if is_low else (-inf, number)
    strict = bool(found["than"]) and not found["no"]
    sign = degree.sign * (-1 if found["no"] else 1)
    return Bound(*place, low, high, strict, unit, degree.adjective, sign)


def _number(said: str) -> float:
    plain = DECIMAL_COMMA.sub(r"\1.\2", said)
    return value_of(plain)[0] * (-1 if "-" in said.split(maxsplit=1)[0][:2] else 1)


def _unit(found: re.Match[str]) -> tuple[str, int]:
    """Return the unit of a bound, and where the bound ends: behind it, if it is one."""
    said = re.search(r"[$€£]|(?<=[\d\s])(?:%|°|[^\W\d_]+)(?=\s+(?:or|and)\b)", found[0])
    behind = (found["unit"] or "").strip().casefold()
    if behind in UNITS:
        return UNITS[behind], found.end()
    unit = UNITS.get(said[0].casefold(), "") if said else ""
    return unit, found.end() - len(found["unit"] or "")
