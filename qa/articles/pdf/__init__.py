"""PDF: its outline gives the sections, or else its larger lines, or else its pages."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING

from qa.articles.builder import ArticleBuilder
from qa.articles.pdf.headings import (
    LEVELS,
    OutlineEntry,
    folded,
    is_short,
    usual_height,
    write_sections,
)
from qa.articles.pdf.layout import (
    GAP,
    HYPHEN,
    LARGER,
    Line,
    Paragraph,
    in_order,
    paragraphs,
    without_margins,
)
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MOST_PAGES = 5_000
MOST_SIGNS = 20_000_000
MOST_ENTRIES = 5_000  # of an outline
MADE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
BY_PROGRAMS = re.compile(
    r"(?:microsoft word|untitled|powerpoint|document\d*)\b.*|.*\.\w{2,5}", re.I
)
"""Titles that programs give, and nobody else."""
CUT = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]$")
"""A hyphen at the end of a line, after a letter."""
LEADER = re.compile(r"(?:[.·…] ?){6,}\d*$")
"""What leads to a page number in a table of contents, whose lines are no text."""
MARKS = {"\uf0b7": "•", "\uf0a7": "▪", "\x02": HYPHEN}
"""Signs of symbol fonts, and PDFium's own."""

ONE_AT_A_TIME = Lock()  # PDFium bears no threads


def read(raw: bytes, *, source: str) -> Article:
    """Read a PDF.

    Raises:
        ArticleError: if it is locked, damaged or too long, or has only pictures of text.
    """
    with ONE_AT_A_TIME, closing(_opened(raw, source)) as document:
        if len(document) > MOST_PAGES:
            raise ArticleError(
                "{name} has {pages} pages; {limit} are the limit.",
                hint="Cut it in parts.",
                name=source,
                pages=len(document),
                limit=MOST_PAGES,
            )
        entries = list(_outline(document))
        given = document.get_metadata_dict()
        pages = [in_order(lines) for lines in _pages(document, source)]
    found = paragraphs(without_margins(pages)) if pages else []
    if not found:
        raise ArticleError(
            "{name} has no text in it: its pages may be pictures.",
            hint="Recognise its text first, say with ocrmypdf.",
            name=source,
        )
    title, found = _title(given, found)
    builder = ArticleBuilder(source, title or PurePath(source).stem)
    write_sections(builder, found, entries)
    return builder.article(source=source, raw=raw, origin=_origin(given))


def _opened(raw: bytes, source: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(raw)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise ArticleError(
                "{name} is locked by a password.", hint="Save it without one.", name=source
            ) from error
        raise ArticleError(
            "{name} is damaged or cut short.", hint="Save or download it again.", name=source
        ) from error


def _origin(given: Mapping[str, str]) -> Origin:
    made = MADE.match(given.get("CreationDate", ""))
    date = "-".join(filter(None, made.groups())) if made else ""
    return Origin.of(date=date, author=given.get("Author"))


def _title(given: Mapping[str, str], found: list[Paragraph]) -> tuple[str, list[Paragraph]]:
    """Return the title, and what stands below it: the largest line at the top may be it."""
    said = one_line(given.get("Title"))
    title = "" if BY_PROGRAMS.fullmatch(said) else said
    largest = max(each.height for each in found)
    first = next((each for each in found[:4] if each.height == largest), found[0])
    at_top = first.page == 0 and first.height > LARGER * usual_height(found) and is_short(first)
    if at_top and (not title or folded(first.text) == folded(title)):
        return title or first.text, [each for each in found if each is not first]
    return title, found


def _outline(document: PdfDocument) -> Iterator[OutlineEntry]:
    for number, mark in enumerate(document.get_toc(max_depth=LEVELS)):
        if number == MOST_ENTRIES:
            return
        words, target = one_line(mark.get_title()), mark.get_dest()
        page = target.get_index() if target else None
        if words and target and page is not None:
            mode, place = target.get_view()
            top = place[1] if mode == XYZ and len(place) > 1 else None
            yield OutlineEntry(mark.level + 1, words, page, top)


XYZ = 1  # PDFium's number for a view of a point


def _pages(document: PdfDocument, source: str) -> Iterator[list[Line]]:
    """Yield the lines of each page as they were drawn."""
    from pypdfium2 import PdfiumError

    signs = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except PdfiumError:  # a page that is damaged, of a file that is not
            yield []
            continue
        with closing(page), closing(page.get_textpage()) as text:
            signs += text.count_chars()
            if signs > MOST_SIGNS:
                raise ArticleError(
                    "{name} has more than {limit} signs.",
                    hint="Cut it in parts.",
                    name=source,
                    limit=MOST_SIGNS,
                )
            yield list(_lines(text))


def _lines(text: PdfTextPage) -> Iterator[Line]:
    """Yield the stretches of signs of a page that no line's end and no wide gap parts."""
    stretch = _Stretch()
    for sign, place in _signs(text):
        if sign in "\r\n" or stretch.ends_before(place):
            yield from stretch.line()
            stretch = _Stretch()
        if sign not in "\r\n":
            stretch.add(sign, place)
    yield from stretch.line()


class _Stretch:
    """Signs side by side."""

    def __init__(self) -> None:
        self._signs: list[str] = []
        self._boxes: list[Box] = []

    def add(self, sign: str, place: Box | None) -> None:
        """Add a sign; a space fills no place."""
        self._signs.append(sign)
        self._boxes += [place] if place else []

    def ends_before(self, place: Box | None) -> bool:
        """Tell whether a sign stands far right of those before it, or on another line."""
        if not place or not self._boxes:
            return False
        left, _, bottom, top = place
        _, right, low, high = self._boxes[-1]
        height = max(high - low, top - bottom, 1.0)
        far = left - right > GAP * height or left < right - 2 * height
        return far or self._signs[-1] == HYPHEN or abs(bottom - low) > height

    def line(self) -> Iterator[Line]:
        """Yield the signs as a line, if there are any to be seen."""
        words = CUT.sub(HYPHEN, " ".join("".join(self._signs).split()))
        if words and self._boxes and not LEADER.search(words):
            lefts, rights, bottoms, tops = zip(*self._boxes, strict=True)
            heights = sorted(box[3] - box[2] for box in self._boxes)
            height = round(heights[len(heights) // 2], 1)
            yield Line(words, min(lefts), max(rights), min(bottoms), max(tops), height)


Box = tuple[float, float, float, float]
"""Left, right, bottom and top, in points."""


def _signs(text: PdfTextPage) -> Iterator[tuple[str, Box | None]]:
    """Yield each sign and its box; a space has none."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    for number in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, number)
        sign = chr(code) if 0 < code <= 0x10FFFF else ""
        sign = MARKS.get(sign, sign)
        if not sign or sign.isspace():
            yield sign or " ", None
        elif raw.FPDFText_GetLooseCharBox(text, number, pointer):
            yield sign, (box.left, box.right, box.bottom, box.top)
        else:
            yield sign, None
