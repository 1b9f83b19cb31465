"""Spreadsheets: each sheet is a section, and each of its tables is read row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import groupby
from typing import Any

from qa.articles.archive import Archive
from qa.articles.builder import ArticleBuilder
from qa.articles.html.metadata import day
from qa.articles.table import Table
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

MAX_XML_BYTES = 50_000_000
MAX_MERGED = 10_000  # cells that are shown as one
LITERAL = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\\(.)|([$€£¥])')
"""What a format of numbers puts beside a number: words, a currency."""
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([0#?]+))?")


def read(raw: bytes, *, source: str) -> Article:
    """Read a spreadsheet, with the values that its formulas had when it was saved."""
    from openpyxl import load_workbook

    archive = Archive(raw, source=source, max_bytes=MAX_XML_BYTES)
    if "xl/workbook.xml" not in archive.names:
        raise ArticleError(
            "{name} is not a spreadsheet.", hint="Save it as .xlsx.", name=source
        )
    book = load_workbook(io.BytesIO(raw), data_only=True)
    builder = ArticleBuilder(source, one_line(book.properties.title))
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        builder.end_headings()
        if len(sheets) > 1:
            builder.section(sheet.title)
        for block in _blocks(sheet):
            builder.table(_table(block))
    created = book.properties.created
    origin = Origin.of(
        date=day(created.isoformat()) if created else "", author=book.properties.creator
    )
    return builder.article(source=source, raw=raw, origin=origin)


def _blocks(sheet: Any) -> Iterator[list[list[str]]]:
    """Yield the tables of a sheet, with empty rows between them."""
    merged = {
        place: (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        if area.size["rows"] * area.size["columns"] < MAX_MERGED
        for row in area.rows
        for place in row
    }
    rows = (
        [_display_text(_origin_cell(sheet, cell, merged)) for cell in row]
        for row in sheet.iter_rows()
        if not sheet.row_dimensions[row[0].row].hidden
    )
    for is_filled, block in groupby(rows, any):
        if is_filled:
            yield list(block)


def _origin_cell(sheet: Any, cell: Any, merged: dict[tuple[int, int], tuple[int, int]]) -> Any:
    """Return the cell whose value a place shows: the first of those merged there."""
    place = merged.get((cell.row, cell.column))
    return sheet.cell(*place) if place else cell


def _table(rows: Sequence[Sequence[str]]) -> Table:
    used = [n for n in range(len(rows[0])) if any(row[n] for row in rows)]
    return Table.of([[row[n] for n in used] for row in rows], of_sheet=True)


def _display_text(cell: Any) -> str:
    """Return a cell as it is shown; what is struck out is left out."""
    value, form = cell.value, str(cell.number_format)
    if value is None or (cell.font and cell.font.strike):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, form.partition(";")[0])
    return _moment(value, form) if isinstance(value, datetime) else str(value)


def _moment(value: datetime, form: str) -> str:
    """Return a day, and the time on it if that is shown."""
    is_day = value.time() == time() and "h" not in form.lower()
    return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")


def _number(value: float, form: str) -> str:
    """Return a number in its format, as far as digits, groups, percents and currencies go."""
    literals = ["".join(filter(None, found)) for found in LITERAL.findall(form)]
    plain = LITERAL.sub("\0", form)
    digits = DIGITS.search(plain)
    if form in ("General", "@") or not digits or "E" in plain or "/" in plain:
        return f"{value:.15g}"
    is_share = "%" in plain
    places = len(digits[1] or "")
    group = "," if "," in digits[0] else ""
    number = f"{abs(value) * (100 if is_share else 1):{group}.{places}f}"
    if "#" in (digits[1] or ""):
        number = number.rstrip("0").rstrip(".")
    before = "".join(literals[: plain[: digits.start()].count("\0")])
    after = "".join(literals[plain[: digits.start()].count("\0") :])
    space = " " if plain[digits.end() :].startswith(" ") else ""
    before += " " if before and plain[: digits.start()].endswith(" ") else ""
    minus = "-" if value < 0 else ""
    return f"{minus}{before}{number}{'%' if is_share else ''}{space}{after}".strip()
