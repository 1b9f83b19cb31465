"""Amounts: the numbers that a text states, with their bounds and units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from qa.language.terms import terms

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {word: number for number, word in enumerate(ONES.split())}
NUMBER_WORDS |= {word: 10 * number for number, word in enumerate(TENS.split(), 2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
UNITS = {
    word: unit
    for unit, words in {
        "m": "m meter meters metre metres",
        "km": "km kilometer kilometers kilometre kilometres",
        "mile": "mile miles",
        "foot": "ft foot feet",
        "kg": "kg kilogram kilograms",
        "tonne": "ton tons tonne tonnes",
        "litre": "litre litres liter liters",
        "hectare": "hectare hectares",
        "acre": "acre acres",
        "percent": "% percent",
        "degree": "° degree degrees",
        "dollar": "$ dollar dollars",
        "euro": "€ euro euros",
        "pound": "£ pound pounds",
        "minute": "minute minutes",
        "hour": "hour hours",
        "day": "day days",
        "week": "week weeks",
        "month": "month months",
        "year": "year years",
        "person": "people person persons men women children victims residents passengers "
        "workers soldiers inhabitants dead died killed injured wounded hurt missing deaths "
        "fatalities lives perished drowned",
    }.items()
    for word in words.split()
}
"""The unit that a word names; all words for people, and for what befell them, name one."""

DIGITS = r"\d[\d,]*(?:\.\d+)?"
NUMBER_NAME = "|".join([*NUMBER_WORDS, *SCALES])
NUMBER = re.compile(
    rf"(?:\b{DIGITS}|\b(?:{NUMBER_NAME})\b)(?:(?:[ -]| and )(?:{NUMBER_NAME})\b)*", re.I
)
RANGE_MARK = re.compile(r"\s*(?:to|and|or|[-–—])\s*", re.I)
UNIT_BEHIND = re.compile(r"[\s-]*(%|°|[^\W\d_]+)")
AT_LEAST = re.compile(
    r"(?:at least|(?<!no )more than|no (?:less|fewer) than|over|above)\s+$", re.I
)
AT_MOST = re.compile(
    r"(?:at most|up to|no more than|(?<!no )(?:less|fewer) than|under|below|nearly|almost)\s+$",
    re.I,
)
APPROXIMATELY = re.compile(r"(?:about|around|some|roughly|approximately|circa)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number from `low` to `high` of a unit, empty where none is named."""

    low: float
    high: float
    unit: str

    def excludes(self, other: Amount) -> bool:
        """Tell whether no number of the one unit can be both."""
        units = {self.unit, other.unit} - {""}
        same = self.unit == other.unit or units == {"person"}
        return same and (self.high < other.low or other.high < self.low)


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """Yield the amounts that begin between two offsets of a text.

    The words around them count too: “at least” before, and the unit behind.
    """
    found = [match for match in NUMBER.finditer(text) if start <= match.start() < end]
    while found:
        first = last = found.pop(0)
        if found and RANGE_MARK.fullmatch(text[first.end() : found[0].start()]):
            last = found.pop(0)
        before, behind = text[: first.start()], text[last.end() :]
        low, high = _bounds(before, first.group(), last.group())
        yield Amount(low, high, _unit(before, behind))


def _bounds(before: str, first: str, last: str) -> tuple[float, float]:
    """Widen a number as far as the words before it allow, and a round one by half a step."""
    (one, _), (other, step) = _value(first), _value(last)
    low, high = sorted([one, other])
    if AT_LEAST.search(before):
        return low, inf
    if AT_MOST.search(before):
        return 0, high
    slack = step / 2 if step >= SCALES["hundred"] else 0
    if APPROXIMATELY.search(before):
        slack = max(slack, high / 10)
    return low - slack, high + slack


def _unit(before: str, behind: str) -> str:
    """Return the unit: a coin before the number, or the word behind it."""
    word = UNIT_BEHIND.match(behind)
    said = word.group(1).casefold() if word else ""
    return UNITS.get(before[-1:]) or UNITS.get(said) or "".join(terms(said))


def _value(said: str) -> tuple[float, float]:
    """Return a number, and what one in its last place is worth: 1,200 is one of hundreds."""
    total = current = 0.0
    step = 1.0
    for word in re.findall(rf"{DIGITS}|[a-z]+", said.casefold()):
        if word[0].isdigit():
            current, step = float(word.replace(",", "")), _last_place(word)
        elif word in NUMBER_WORDS:
            current, step = current + NUMBER_WORDS[word], 1.0
        elif word in SCALES:
            current, step = max(current, 1) * SCALES[word], step * SCALES[word]
            if SCALES[word] >= SCALES["thousand"]:
                total, current = total + current, 0.0
    return total + current, step


def _last_place(digits: str) -> float:
    whole, _, decimals = digits.replace(",", "").partition(".")
    zeros = len(whole) - len(whole.rstrip("0"))
    return 10.0 ** (-len(decimals) if decimals else zeros)
