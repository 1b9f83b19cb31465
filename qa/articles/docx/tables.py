"""The heads of Word's tables: a first row that is set apart from those below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.articles.docx.styles import Styles
from qa.articles.docx.xml import at, attribute, is_on, new_element, value, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

UNSHADED = {"", "AUTO", "FFFFFF"}
HEXADECIMAL, FIRST_ROW = re.compile(r"[0-9A-Fa-f]{4}"), 0x20
"""How older files say which parts of a style a table shows, and the bit of its first row."""


def mark_heads(document: _Element, styles: Styles) -> None:
    """Mark the first row of each table as heads, where its type or ground says it is."""
    for table in document.iter("{*}tbl"):
        rows = table.findall("{*}tr")
        if len(rows) < 2 or any(at(row, "trPr/tblHeader") is not None for row in rows):
            continue
        first, *others = rows
        is_bold = _is_bold(first, styles) and not _is_bold(others[0], styles)
        if is_bold or _is_shaded(first, others) or _is_set_apart(table, styles):
            properties = at(first, "trPr")
            if properties is None:
                properties = new_element(first, "trPr")
                first.insert(0, properties)
            properties.append(new_element(properties, "tblHeader"))


def _is_bold(row: _Element, styles: Styles) -> bool:
    """Tell a row of several cells whose words are all in bold type."""
    runs = [
        (run, paragraph)
        for paragraph in row.iter("{*}p")
        for run in paragraph.iter("{*}r")
        if words_of(run).strip()
    ]
    is_row = len(row.findall("{*}tc")) > 1
    return is_row and bool(runs) and all(styles.is_bold(*each) for each in runs)


def _is_shaded(row: _Element, others: list[_Element]) -> bool:
    """Tell a row on grounds of its own: of banded rows, each ground comes again."""
    grounds = _grounds(row)
    return bool(grounds) and grounds.isdisjoint(UNSHADED.union(*map(_grounds, others)))


def _grounds(row: _Element) -> set[str]:
    """Return the colours that the cells of a row stand on."""
    cells = row.findall("{*}tc")
    return {attribute(at(cell, "tcPr/shd"), "fill").upper() for cell in cells}


def _is_set_apart(table: _Element, styles: Styles) -> bool:
    """Tell whether the style of a table sets its first row in bold type."""
    look = at(table, "tblPr/tblLook")
    mask = attribute(look, "val")
    by_mask = HEXADECIMAL.fullmatch(mask) is not None and int(mask, 16) & FIRST_ROW
    is_shown = attribute(look, "firstRow") in ("1", "true") or bool(by_mask)
    style = styles.by_id.get(value(table, "tblPr/tblStyle"))
    parts = style.iter("{*}tblStylePr") if style is not None else ()
    firsts = [part for part in parts if attribute(part, "type") == "firstRow"]
    return is_shown and any(is_on(part, "rPr/b") for part in firsts)
