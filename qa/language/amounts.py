"""Amounts: the numbers that a text states, with their bounds and units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from qa.language.dates import ISO_DATE, MONTH, WRITTEN_DATE, moment
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
        "cm": "cm centimeter centimeters centimetre centimetres",
        "mm": "mm millimeter millimeters millimetre millimetres",
        "mile": "mile miles",
        "foot": "ft foot feet",
        "g": "g gram grams gramme grammes",
        "kg": "kg kilogram kilograms",
        "second": "second seconds",
        "tonne": "ton tons tonne tonnes",
        "litre": "litre litres liter liters",
        "hectare": "hectare hectares",
        "acre": "acre acres",
        "percent": "% percent",
        "degree": "° degree degrees",
        "dollar": "$ dollar dollars",
        "euro": "€ euro euros",
        "pound": "£ pound pounds",
        "minute": "min mins minute minutes",
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

CONVERSIONS: dict[str, tuple[str, float]] = {
    **{u: ("m", f) for u, f in {"mm": 0.001, "cm": 0.01, "m": 1, "km": 1000}.items()},
    **{u: ("m", f) for u, f in {"foot": 0.3048, "mile": 1609.344}.items()},
    **{u: ("kg", f) for u, f in {"g": 0.001, "kg": 1, "tonne": 1000}.items()},
    **{u: ("hectare", f) for u, f in {"hectare": 1, "acre": 0.404686}.items()},
    **{u: ("minute", f) for u, f in {"minute": 1, "hour": 60, "day": 1440}.items()},
    "week": ("minute", 7 * 1440),
    **{u: ("month", f) for u, f in {"month": 1, "year": 12}.items()},
}
"""Units of one measure: the one that they are all counted in, and how many of it each is."""

ROUNDED = 0.025  # of a number: what is said in another unit is rounded by so much
WHOLE = 0.3  # the same of a whole number, which may be a small one
DIGITS = r"\d[\d,]*(?:\.\d+)?"
NUMBER_NAME = "|".join([*NUMBER_WORDS, *SCALES])
FRACTIONS = {"half": 0.5, "quarter": 0.25}
FRACTION = rf"\b(?:half|quarter of)(?= an? (?!(?:{NUMBER_NAME})\b)[a-z])"
"""Parts of one thing: “a quarter of an hour”, but not those of a number."""

NUMBER = re.compile(
    rf"(?:{FRACTION}|\b{DIGITS}|\b(?:{NUMBER_NAME})\b)(?:(?:[ -]| and )(?:{NUMBER_NAME})\b)*",
    re.I,
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

    def is_comparable(self, other: Amount) -> bool:
        """Tell whether two are of one unit, or of units of one measure."""
        units = {self.unit, other.unit}
        return (
            self.unit == other.unit
            or units == {"person", ""}
            or (
                units <= CONVERSIONS.keys()
                and len({CONVERSIONS[unit][0] for unit in units}) == 1
            )
        )

    def excludes(self, other: Amount) -> bool:
        """Tell whether no number can be both, of one unit or of units of one measure."""
        if not self.is_comparable(other):
            return False
        one, another = self, other
        if self.unit != other.unit and self.unit in CONVERSIONS:
            one, another = self._convert(), other._convert()
        return one.high < another.low or another.high < one.low

    def _convert(self) -> Amount:
        """Return it in the unit of its measure, as wide as rounding makes it."""
        unit, each = CONVERSIONS[self.unit]
        low, high = (
            max(ROUNDED * number, WHOLE * (number % 1 == 0)) for number in (self.low, self.high)
        )
        return Amount((self.low - low) * each, (self.high + high) * each, unit)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of one unit, in the unit that all of its kind are measured in."""

    value: float
    unit: str


SIZES = CONVERSIONS | {
    "second": ("minute", 1 / 60),
    "month": ("minute", 43_830.0),
    "year": ("minute", 525_960.0),
}
"""What a unit comes to in the one that all of its kind are compared in."""

CLOCK = re.compile(r"\s*(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap]\.?m\.?)?\s*", re.I)
MINUS = re.compile(r"(?<![\w.,%])[-−–]\s?[$€£¥]?$")
DECIMAL_COMMA = re.compile(r"(?<![\d,.])(\d+),(\d{1,2}|\d{4,})(?![\d,.])")


def quantity(text: str) -> Quantity | None:
    """Return the one number that a cell states, with its sign; the middle of a range.

    Units of one kind are made one: hours are minutes, and months too; a date is a year and a
    part. Of a text with other words than a unit, or with several numbers, it is nothing.
    """
    if (dated := _year_of_date(text.strip())) is not None:
        return Quantity(dated, "date")
    if clock := CLOCK.fullmatch(text):
        late = (clock[3] or "").lower().startswith("p") and int(clock[1]) < 12
        return Quantity(float(int(clock[1]) * 60 + int(clock[2]) + 720 * late), "clock")
    plain = DECIMAL_COMMA.sub(r"\1.\2", text)
    found = list(amounts(plain, 0, len(plain)))
    first = NUMBER.search(plain)
    if len(found) != 1 or first is None:
        return None
    amount, sign = found[0], -1.0 if MINUS.search(plain[: first.start()]) else 1.0
    ends = [end for end in (amount.low, amount.high) if end not in (inf, 0.0)] or [0.0]
    unit, size = SIZES.get(amount.unit, (amount.unit, 1.0))
    return Quantity(sign * size * sum(ends) / len(ends), unit)


def _year_of_date(text: str) -> float | None:
    """Return the year of a cell that is a date, and a part for its month and day."""
    is_iso = ISO_DATE.fullmatch(re.split(r"[T ]", text)[0]) is not None
    is_written = MONTH.search(text) is not None and WRITTEN_DATE.fullmatch(text) is not None
    stated = moment(text) if is_iso or is_written else None
    if stated is None or not stated[0]:
        return None
    year, month, day = stated
    return year + (31 * month + day) / 500


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
        if last.group().split()[0].casefold() in FRACTIONS:
            behind = behind.lstrip().partition(" ")[2]
        low, high = _bounds(before, first.group(), last.group())
        yield Amount(low, high, _unit(before, behind))


def _bounds(before: str, first: str, last: str) -> tuple[float, float]:
    """Widen a number as far as the words before it allow, and a round one by half a step."""
    (one, _), (other, step) = value_of(first), value_of(last)
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


def value_of(said: str) -> tuple[float, float]:
    """Return a number, and what one in its last place is worth: 1,200 is one of hundreds."""
    total = current = 0.0
    step = 1.0
    for word in re.findall(rf"{DIGITS}|[a-z]+", said.casefold()):
        if word[0].isdigit():
            current, step = float(word.replace(",", "")), _last_place(word)
        elif word in NUMBER_WORDS:
            current, step = current + NUMBER_WORDS[word], 1.0
        elif word in FRACTIONS:
            current, step = FRACTIONS[word], FRACTIONS[word]
        elif word in SCALES:
            current, step = max(current, 1) * SCALES[word], step * SCALES[word]
            if SCALES[word] >= SCALES["thousand"]:
                total, current = total + current, 0.0
    return total + current, step


def _last_place(digits: str) -> float:
    whole, _, decimals = digits.replace(",", "").partition(".")
    zeros = len(whole) - len(whole.rstrip("0"))
    return 10.0 ** (-len(decimals) if decimals else zeros)


def called(text: str, adjective: str) -> tuple[int, int] | None:
    """Return where the only amount stands that a text says to be so: “310 metres long”."""
    places = []
    for number in NUMBER.finditer(text):
        unit = UNIT_BEHIND.match(text, number.end())
        places.append((number.start(), (unit or number).end()))
    said = re.compile(rf" {re.escape(adjective)}\b", re.IGNORECASE)
    found = [place for place in places if said.match(text, place[1])]
    return found[0] if len(found) == 1 else None
