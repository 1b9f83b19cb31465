"""The headings of a Word document: by their styles, or else short paragraphs in bold type."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qa.articles.docx.styles import Styles
from qa.articles.docx.xml import at, kind, new_element, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_HEADING = 120  # characters, where no style marks it
MIN_HEADINGS = 2  # bold paragraphs that make sections
MIN_SIZE = 1.15  # of the usual size of type
MAX_LEVEL = 6
CLOSED = tuple(".,;:!…")


def mark_headings(document: _Element, styles: Styles) -> None:
    """Give each heading the style that mammoth knows headings by."""
    body = at(document, "body")
    if body is None:
        return
    levels = {
        paragraph: level
        for paragraph in body.iter("{*}p")
        if (level := styles.outline_level(paragraph)) is not None
    }
    if not levels:
        levels = _bold(body, styles)
    for paragraph, level in levels.items():
        if words_of(paragraph).strip():
            _set_style(paragraph, f"Heading{min(level + 1, MAX_LEVEL)}")


def _bold(body: _Element, styles: Styles) -> dict[_Element, int]:
    """Return the short bold or large paragraphs above others, with levels by their size."""
    paragraphs = [each for each in body if kind(each) == "p" and words_of(each).strip()]
    sizes = {
        paragraph: size
        for paragraph in paragraphs
        if not styles.is_title(paragraph) and (size := _heading_size(paragraph, styles))
    }
    above = [each for each, below in pairwise(paragraphs) if below not in sizes]
    found = sum(paragraph in sizes for paragraph in above)
    if found < MIN_HEADINGS or len(sizes) > 2 * found:
        return {}
    order = sorted({*sizes.values()}, reverse=True)
    levels = {paragraph: 1 + order.index(size) for paragraph, size in sizes.items()}
    first, *others = paragraphs
    if first in sizes and others and others[0] in sizes:  # the title, above the first heading
        levels[first] = 0
    return levels


def _heading_size(paragraph: _Element, styles: Styles) -> int:
    """Return the size of the type of a paragraph that may be a heading, or nothing."""
    words = words_of(paragraph).strip()
    if len(words) > MAX_HEADING or words.endswith(CLOSED) or not any(map(str.isalpha, words)):
        return 0
    runs = [run for run in paragraph.iter("{*}r") if words_of(run).strip()]
    size = min(styles.size(run, paragraph) for run in runs)
    is_bold = all(styles.is_bold(run, paragraph) for run in runs)
    return size if is_bold or size > MIN_SIZE * styles.usual_size else 0


def _set_style(paragraph: _Element, name: str) -> None:
    properties = at(paragraph, "pPr")
    if properties is None:
        properties = new_element(paragraph, "pPr")
        paragraph.insert(0, properties)
    style = at(properties, "pStyle")
    if style is not None:
        properties.remove(style)
    properties.insert(0, new_element(paragraph, "pStyle", val=name))
