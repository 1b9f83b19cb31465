"""A text as it is searched: what is written in several ways is written in one.

Nothing of it is ever shown: quotations stand as their articles have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from qa.language.languages import ENGLISH, LANGUAGES

INVISIBLE = dict.fromkeys(
    [
        *(0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    ]
)
"""Soft hyphens, joiners, marks of direction and the like: none is a part of a word."""

RAISED = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉™®℠ªº"), " ")
"""Signs that NFKC would join to the word or number before them."""

HYPHEN = r"\-\u2010\u2011"
COMPOUND = re.compile(rf"(?<![\w{HYPHEN}])[^\W_]+(?:[{HYPHEN}][^\W_]+){{1,2}}(?![\w{HYPHEN}])")
BROKEN_NUMBER = re.compile(r"\d(?:[,.'’/-] ?\d| \d{3})")
"""What a text must have for a number or date in it to be folded: most have none."""

DIGIT = re.compile(r"\d")
BY_COMMA = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![,.]?\d)")
BY_POINT = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![,.]?\d)")
BY_POINTS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){2,}(?![,.]?\d)")
BY_SPACE = re.compile(r"(?<![\d.,])(?<!\d )[1-9]\d{0,2}(?:[ '’]\d{3})+(?!\d)(?! \d)")
YEAR_FIRST = re.compile(r"(?<![\d./-])([12]\d{3})([-/])(\d\d?)\2(\d\d?)(?![\d/]|-\d)")
DAY_FIRST = re.compile(r"(?<![\d.])(\d\d?)\.\s?(\d\d?)\.\s?([12]\d{3})(?!\d)")
SHORT_MONTH = re.compile(r"[JFMASOND][a-z]{2,3}\b\.?")
SHORT_MONTHS = frozenset(
    ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"]
)
MAY = re.compile(
    r"(?<=\d )[Mm]ay\b|\b[Mm]ay\b(?=,? (?:the )?\d)|(?:(?<=\bin )|(?<=\bof )|(?<=\bby )"
    r"|(?<=\blate )|(?<=\bfrom )|(?<=\bsince )|(?<=\buntil )|(?<=\bearly ))May\b"
)
"""The month, not the verb."""

NTH = re.compile(r"(\d\d?)(?:st|nd|rd|th)\b", re.IGNORECASE)
MONTHS = LANGUAGES[ENGLISH].months
"""May is “mai” to the search, for “may” is a common word."""

IDEOGRAPHS = r"\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KATAKANA = r"\u30a0-\u30ff\u31f0-\u31ff"
UNSPACED = re.compile(rf"[{IDEOGRAPHS}{KATAKANA}\u3041-\u309f\uac00-\ud7af]+")
"""Chinese and Japanese, which write no spaces, and Korean, which glues its particles on."""

HIRAGANA = re.compile(r"[\u3041-\u309f]+")
"""The script in which Japanese writes its grammar."""


def folded(text: str, language: str = ENGLISH) -> str:
    """Return a text with one way of writing for each word, number and date."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(INVISIBLE).translate(RAISED))
        text = UNSPACED.sub(lambda run: f" {' '.join(pairs(run.group()))} ", text)
    numbered = DIGIT.search(text) is not None
    if numbered and BROKEN_NUMBER.search(text):
        text = _dates(_numbers(text, language))
    return _months(text, numbered=numbered) if language == ENGLISH else text


def pairs(run: str) -> Iterator[str]:
    """Yield every two neighbours of a run of characters, but those of grammar alone.

    They find words where no dictionary says where one begins.
    """
    if len(run) == 1 or HIRAGANA.fullmatch(run):
        yield run
        return
    for first, second in pairwise(run):
        if not HIRAGANA.fullmatch(first + second):
            yield first + second


def compounds(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the parts of the words with hyphens, which others write as one: “e-mail”."""
    for match in COMPOUND.finditer(text):
        parts = tuple(re.split(f"[{HYPHEN}]", match.group()))
        if not all(map(str.isdigit, parts)):
            yield parts


def _numbers(text: str, language: str) -> str:
    """Write numbers without marks between their thousands."""
    by_point = BY_POINT if LANGUAGES[language].grouped_by_point else BY_POINTS
    for grouped in (BY_COMMA, by_point, BY_SPACE):
        text = grouped.sub(lambda found: re.sub(r"\D", "", found.group()), text)
    return text


def _dates(text: str) -> str:
    """Write dates as day, month by its English name, and year."""
    text = YEAR_FIRST.sub(lambda d: _date(d, year=1, month=3, day=4), text)
    return DAY_FIRST.sub(lambda d: _date(d, year=3, month=2, day=1), text)


def _months(text: str, *, numbered: bool) -> str:
    """Write the months beside a number in full, and the number as it counts."""
    if numbered:
        text = SHORT_MONTH.sub(_in_full, NTH.sub(r"\1", text))
    return MAY.sub(MONTHS[4], text) if "May" in text or "may " in text else text


def _date(found: re.Match[str], *, year: int, month: int, day: int) -> str:
    if not (1 <= int(found[month]) <= 12 and 1 <= int(found[day]) <= 31):
        return found.group()
    return f"{int(found[day])} {MONTHS[int(found[month]) - 1]} {found[year]}"


def _in_full(found: re.Match[str]) -> str:
    """Return the name of a month, if it is one: “Mar. 5”, but no “Mar a Lago”."""
    short, text = found.group().rstrip("."), found.string
    beside = (
        text[max(found.start() - 2, 0) : found.start()],
        text[found.end() : found.end() + 2],
    )
    if short not in SHORT_MONTHS or not DIGIT.search(" ".join(beside)):
        return found.group()
    return next(name for name in MONTHS if name.startswith(short[:3].lower()))
