"""PDF: its outline gives the sections, or else its larger lines, or else its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from qa.articles.builder import ArticleBuilder, title_of_file
from qa.articles.pdf import pictures
from qa.articles.pdf.characters import lines_of
from qa.articles.pdf.headings import LEVELS, OutlineEntry, heading_key, is_short, write_sections
from qa.articles.pdf.layout import (
    MIN_LARGER,
    Line,
    Paragraph,
    in_order,
    paragraphs,
    usual_height,
)
from qa.articles.pdf.margins import without_margins
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 5_000
MAX_CHARACTERS = 20_000_000
MAX_ENTRIES = 5_000  # of an outline
MADE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
BY_PROGRAMS = re.compile(
    r"(?:microsoft word|untitled|powerpoint|document\d*)\b.*|.*\.\w{2,5}", re.I
)
"""Titles that programs give, and nobody else."""
ONE_AT_A_TIME = Lock()  # PDFium bears no threads


def read(raw: bytes, *, source: str) -> Article:
    """Read a PDF.

    Raises:
        ArticleError: if it is locked, damaged or too long, or has only pictures of text.
    """
    with ONE_AT_A_TIME, closing(_open(raw, source)) as document:
        if len(document) > MAX_PAGES:
            raise ArticleError(
                "{name} has {pages} pages; the limit is {limit}.",
                hint="Split it into parts.",
                name=source,
                pages=len(document),
                limit=MAX_PAGES,
            )
        entries = list(_outline(document))
        given = document.get_metadata_dict()
        pages = list(_pages(document, source))
    edges = [(page.bottom, page.top) for page in pages]
    found = paragraphs(without_margins([page.lines for page in pages], edges))
    unread = tuple(n for n, page in enumerate(pages, 1) if page.is_picture)
    if not found:
        raise ArticleError(
            "{name} has no text in it: its pages may be pictures.",
            hint="Recognise its text first, say with ocrmypdf.",
            name=source,
        )
    title, found = _title(given, found)
    builder = ArticleBuilder(source, title or title_of_file(source))
    write_sections(builder, found, entries)
    builder.end_pages(len(pages))
    article = builder.article(source=source, raw=raw, origin=_origin(given))
    return replace(article, unread_pages=unread)


def _open(raw: bytes, source: str) -> PdfDocument:
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
    alone = sum(each.height == first.height for each in found) == 1  # or there are headings
    larger = first.height > MIN_LARGER * usual_height(found)
    at_top = first.page == 0 and alone and larger and is_short(first)
    if at_top and (not title or heading_key(first.text) == heading_key(title)):
        return title or first.text, [each for each in found if each is not first]
    return title, found


def _outline(document: PdfDocument) -> Iterator[OutlineEntry]:
    for number, mark in enumerate(document.get_toc(max_depth=LEVELS)):
        if number == MAX_ENTRIES:
            return
        words, target = one_line(mark.get_title()), mark.get_dest()
        page = target.get_index() if target else None
        if words and target and page is not None:
            mode, place = target.get_view()
            top = place[1] if mode == XYZ and len(place) > 1 else None
            yield OutlineEntry(mark.level + 1, words, page, top)


XYZ = 1  # PDFium's number for a view of a point


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page in reading order, how high it is, and whether it is a picture."""

    lines: list[Line]
    bottom: float = 0.0
    top: float = 0.0
    is_picture: bool = False


def _pages(document: PdfDocument, source: str) -> Iterator[_Page]:
    """Yield the pages as they were drawn, with what was written into the fields of forms."""
    from pypdfium2 import PdfiumError

    if document.get_formtype():
        document.init_forms()
    signs = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except PdfiumError:  # a page that is damaged, of a file that is not
            yield _Page([])
            continue
        with closing(page):
            count, read = _read(page)
            if read.is_picture and pictures.are_read():
                lines = pictures.lines_on(page, source)
                read = replace(read, lines=lines, is_picture=not lines)
        signs += count
        if signs > MAX_CHARACTERS:
            raise ArticleError(
                "{name} has more than {limit} characters.",
                hint="Split it into parts.",
                name=source,
                limit=MAX_CHARACTERS,
            )
        lines = read.lines
        if document.formenv:
            lines = _filled_in(document, number, count, lines)
        yield replace(read, lines=in_order(lines))


def _read(page: PdfPage) -> tuple[int, _Page]:
    """Return how many characters a page has, and its lines as they were drawn."""
    from pypdfium2 import raw

    objects = list(page.get_objects(max_depth=3))
    has_picture = any(each.type == raw.FPDF_PAGEOBJ_IMAGE for each in objects)
    has_hidden = any(
        raw.FPDFTextObj_GetTextRenderMode(each) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        for each in objects
        if each.type == raw.FPDF_PAGEOBJ_TEXT
    )
    with closing(page.get_textpage()) as text:  # a picture's own text is written unseen
        lines = lines_of(text, has_hidden=has_hidden and not has_picture)
        count = text.count_chars()
    _, bottom, _, top = page.get_bbox()
    bottom = min(bottom, *(line.bottom for line in lines), top)
    return count, _Page(lines, bottom, top, not lines and has_picture)


def _filled_in(document: PdfDocument, number: int, count: int, lines: list[Line]) -> list[Line]:
    """Return the lines of a page with what stands in its fields, each behind its label."""
    from pypdfium2 import raw

    with closing(document[number]) as page:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        fields = lines_of(text, start=count)
    whole = list(lines)
    for field in fields:
        labels = [line for line in whole if line.beside(field)]
        label = max(labels, key=lambda line: line.right, default=None)
        whole.insert(whole.index(label) + 1 if label else len(whole), field)
    return whole
