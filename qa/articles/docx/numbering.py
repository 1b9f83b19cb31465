"""The numbers that Word gives to paragraphs and headings by itself, written before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.articles.docx.styles import Styles
from qa.articles.docx.xml import at, attribute, is_on, new_element, text_run, value, words_of
from qa.articles.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
FORMS = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "ordinal": "1",
}
PART = re.compile(r"%([1-9])")


def write_numbers(document: _Element, numbering: _Element | None, styles: Styles) -> None:
    """Write the numbers of lists and headings into their paragraphs; points stay lists."""
    if numbering is None:
        return
    lists = _Lists(numbering, styles)
    for paragraph in document.iter("{*}p"):
        number, level = styles.numbering(paragraph)
        marker = lists.next(number, level) if number and words_of(paragraph).strip() else None
        if marker is not None:
            _write(paragraph, marker)


def _write(paragraph: _Element, marker: str) -> None:
    properties = at(paragraph, "pPr")
    if properties is None:
        properties = new_element(paragraph, "pPr")
        paragraph.insert(0, properties)
    for old in list(properties.iterchildren("{*}numPr")):
        properties.remove(old)
    no_list = new_element(paragraph, "numPr")
    no_list.extend(
        [new_element(paragraph, "ilvl", val="0"), new_element(paragraph, "numId", val="0")]
    )
    properties.append(no_list)
    if marker:
        properties.addnext(text_run(paragraph, f"{marker} "))


@dataclass
class _Lists:
    """The lists that a document defines, and how far each has counted."""

    numbering: _Element
    styles: Styles
    counts: dict[str, list[int]] = field(default_factory=dict)
    restarted: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._lists = {attribute(n, "numId"): n for n in self.numbering.iterchildren("{*}num")}
        self._kinds = {
            attribute(each, "abstractNumId"): each
            for each in self.numbering.iterchildren("{*}abstractNum")
        }

    def next(self, number: str, level: int) -> str | None:
        """Return what stands before the next paragraph of a list; nothing if it is a point."""
        kind = self._kind(number)
        if kind is None or level >= LEVELS:
            return None
        key = attribute(kind, "abstractNumId")
        counts = self.counts.setdefault(key, [])
        start = self._start(number, level)
        while len(counts) <= level:
            counts.append(_first(_level(kind, len(counts))) - 1)
        if start is not None and (number, level) not in self.restarted:
            self.restarted.add((number, level))
            counts[level] = start - 1
        counts[level] += 1
        del counts[level + 1 :]
        form = value(_level(kind, level), "numFmt") or "decimal"
        return None if form == "bullet" else self._marker(kind, level, counts)

    def _marker(self, kind: _Element, level: int, counts: list[int]) -> str:
        here = _level(kind, level)
        is_legal = is_on(here, "isLgl")

        def part(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form = value(_level(kind, place), "numFmt") or "decimal"
            if place > level or form == "none":
                return ""
            return numeral(counts[place], "1" if is_legal else FORMS.get(form, "1"))

        text = at(here, "lvlText")
        pattern = value(here, "lvlText") if text is not None else f"%{level + 1}."
        return PART.sub(part, pattern).strip()

    def _kind(self, number: str) -> _Element | None:
        """Return what a list is like, perhaps by way of a style that is named for it."""
        kind = self._kinds.get(value(self._lists.get(number), "abstractNumId"))
        style = self.styles.by_id.get(value(kind, "numStyleLink"))
        if style is not None:
            other = self._lists.get(value(style, "pPr/numPr/numId"))
            kind = self._kinds.get(value(other, "abstractNumId"), kind)
        return kind

    def _start(self, number: str, level: int) -> int | None:
        """Return the number at which a list begins anew."""
        for override in self._lists[number].iterchildren("{*}lvlOverride"):
            start = value(override, "startOverride")
            if attribute(override, "ilvl") == str(level) and start.isdecimal():
                return int(start)
        return None


def _level(kind: _Element | None, level: int) -> _Element | None:
    levels = kind.iterchildren("{*}lvl") if kind is not None else ()
    return next((each for each in levels if attribute(each, "ilvl") == str(level)), None)


def _first(level: _Element | None) -> int:
    start = value(level, "start")
    return int(start) if start.isdecimal() and len(start) < 9 else 1
