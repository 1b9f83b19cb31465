"""Dates and hours that a text states, as far as it states them."""

from __future__ import annotations

import re
from collections.abc import Mapping

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
CALENDAR = re.compile(rf"{MONTHS}|{WEEKDAYS}", re.IGNORECASE)
MONTH = re.compile(rf"\b{MONTHS}", re.IGNORECASE)
WEEKDAY = re.compile(rf"\b{WEEKDAYS}", re.IGNORECASE)
DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTHS}"
    rf"|\b{MONTHS}\.? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
WRITTEN_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTHS}(?:,? \d{{4}})?|{MONTHS} "
    rf"\d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|{MONTHS},? \d{{4}}|(?<![\d,.$€£])(?:1\d{{3}}|20\d{{2}})\b(?![,.]\d))",
    re.IGNORECASE,
)
"""A date as it is written in a sentence, with its year if that has one: 3 May 1912, May 3."""

YEAR = re.compile(r"(?<![\d,.$€£])(1\d{3}|20\d{2})(s?)\b(?![,.]\d)")
"""Not a part of 12,000, nor of 1912.5, nor $1912."""
ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?")
DAY_NUMBER = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")
MONTH_NUMBERS = {
    month: number
    for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
PERIOD = re.compile(r"(1\d{3}|20\d{2})\s*(?:[-–—]|to|until)\s*(1\d{3}|20\d{2})")
HOUR = re.compile(
    r"\b(?P<twelve>\d{1,2})(?:[:.](?P<past>\d\d))?\s?(?P<half>[ap])\.?m\b"
    r"|\b(?P<hour>\d{1,2}):(?P<minute>\d\d)\b",
    re.IGNORECASE,
)

Date = Mapping[str, frozenset[int | str]]
"""What may be meant, by year, month, day, weekday and minute; a part not stated is missing."""

Moment = tuple[int, int, int]
"""Year, month and day, to be put in order; a month or a day that is not stated is 0."""


def moment(text: str, *, year: int = 0) -> Moment | None:
    """Return the first year, month and day that a text states; without a year, this one."""
    if iso := ISO_DATE.search(text):
        return int(iso[1]), int(iso[2]), int(iso[3] or 0)
    stated, month, day = YEAR.search(text), MONTH.search(text), DAY_NUMBER.search(text)
    if not stated and not month:
        return None
    return (
        int(stated[1]) if stated else year,
        month_number(month.group()) if month else 0,
        int(day[1]) if day and month else 0,
    )


def month_number(name: str) -> int:
    """Return the number of a month by its name, from 1."""
    return MONTH_NUMBERS[name.casefold()[:3]]


def date(text: str) -> Date:
    """Return the date that a text states; of two dates neither."""
    stated: dict[str, set[int | str]] = {
        "month": {found.casefold()[:3] for found in MONTH.findall(text)},
        "day": {int(a or b) for a, b in DAY.findall(text)},
        "weekday": {found.casefold() for found in WEEKDAY.findall(text)},
        "minute": set(map(_minute, HOUR.finditer(text))),
    }
    several = any(len(values) > 1 for values in stated.values())
    if several or (len(YEAR.findall(text)) > 1 and not PERIOD.search(text)):
        return {}
    stated["year"] = set[int | str](years(text))
    return {part: frozenset(values) for part, values in stated.items() if values}


def differ(one: Date, other: Date) -> bool:
    """Tell whether two dates cannot be one: a part that both state has nothing in common."""
    return any(one[part].isdisjoint(other[part]) for part in one.keys() & other.keys())


def years(text: str) -> set[int]:
    """Return the years that a text names, with all those of a decade or between two of them."""
    found: set[int] = set()
    for year, decade in YEAR.findall(text):
        found.update(range(int(year), int(year) + (10 if decade else 1)))
    for first, last in PERIOD.findall(text):
        found.update(range(int(first), int(last) + 1))
    return found


def _minute(hour: re.Match[str]) -> int:
    """Return the minute of the day."""
    if hour["hour"]:
        return 60 * int(hour["hour"]) + int(hour["minute"])
    noon = 12 if hour["half"].casefold() == "p" else 0
    return 60 * (int(hour["twelve"]) % 12 + noon) + int(hour["past"] or 0)
