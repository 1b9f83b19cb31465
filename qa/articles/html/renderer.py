"""HTML as a text: its headings, paragraphs, lists and tables set on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qa.articles.builder import INVISIBLE, ArticleBuilder
from qa.articles.html.boilerplate import UNREAD

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SPACE = re.compile(r"\s+")
SPACES = re.compile(r" {2,}")
AROUND_BREAK = re.compile(r" *\n *")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
    ),
    *(
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
    ),
    *(
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
    ),
    *("section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", *HEADINGS),
}
CELLS = {"td", "th"}
LAID_OUT = ("table", "blockquote", *HEADINGS)
"""What no cell of a table of data holds."""
RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
SMALL = {"sup": RAISED, "sub": LOWERED}
MOST_SMALL = 4  # signs of a number that is raised or lowered
SIGNS = {"¶", "#", "§", "↩", "↑", "^", "↩︎", "🔗"}
"""What is clicked on to go to a place, or back."""
DIGITS = 9  # of the number of an item


def parse_html(text: str) -> HtmlElement:
    """Return the tree of some HTML, however wrong it is; nothing is loaded or expanded."""
    from lxml import html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    seen = f"<html>{INVISIBLE.sub('', text)}".encode()  # or nothing at all would be an error
    return html.document_fromstring(seen, parser=parser)


def remove(root: HtmlElement, unwanted: Callable[[Any], bool]) -> None:
    """Take out of a tree what is not wanted, and all under it; the text after it stays."""
    for element in [each for each in root.iter() if each is not root and unwanted(each)]:
        element.tag = "div" if element.tag in BLOCKS else "span"
        element.clear(keep_tail=True)  # lxml refuses to move some texts that it has read


def is_invisible(element: HtmlElement) -> bool:
    """Tell what no one reads: scripts, fields, links that are only a sign."""
    return element.tag in UNREAD or (
        element.tag == "a" and len(element) == 0 and (element.text or "").strip() in SIGNS
    )


class HtmlRenderer:
    """Sets the elements of a tree on a page, one after the other, however deep they lie."""

    def __init__(self, builder: ArticleBuilder) -> None:
        self._builder = builder
        self._line: list[str] = []
        self._item = ""
        self._numbers: list[int] = []
        self._small: list[int] = []
        self._row: HtmlElement | None = None
        self._cells = self._pre = 0

    def render(self, root: HtmlElement) -> None:
        """Set all that stands under an element."""
        from lxml import etree

        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(element)
                self._add(element.text)
            else:
                self._end(element)
                self._add(element.tail if element is not root else "")
        self._flush()

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS or (tag in CELLS and self._row is None):
            self._part()
        if tag in ("ol", "ul"):
            self._numbers.append(_first(element))
        elif tag == "li":
            self._item = self._marker()
        elif tag == "tr" and self._row is None and _is_data(element):
            self._row, self._cells = element, 0
        elif tag in CELLS and self._row is not None:
            self._line.append(" | " if self._cells else "")
            self._cells += 1
        elif _is_small(element):
            self._small.append(len(self._line))
        self._pre += tag == "pre"

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._line.append(" " if self._row is not None else "\n")
        elif tag in HEADINGS and self._row is None:
            self._builder.heading(HEADINGS[tag], self._said())
        elif element is self._row:
            self._row = None
            self._flush()
        elif tag in BLOCKS or (tag in CELLS and self._row is None):
            self._part()
        elif _is_small(element):
            self._shrink(SMALL.get(tag, RAISED), self._small.pop())
        self._leave(tag)

    def _leave(self, tag: str) -> None:
        """End what a tag began."""
        self._pre -= tag == "pre"
        if tag in ("ol", "ul"):
            self._numbers.pop()
        elif tag == "li":
            self._item = ""

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text if self._pre else SPACE.sub(" ", text))

    def _part(self) -> None:
        """End a paragraph; within a row of a table it only ends a word."""
        if self._row is None:
            self._flush()
        else:
            self._line.append(" ")

    def _flush(self) -> None:
        item, words = self._item, self._said()
        if words:
            self._builder.paragraph(item + words)
            self._item = ""

    def _said(self) -> str:
        """Return the words that are not set yet."""
        words = "".join(self._line)
        self._line.clear()
        if self._pre:
            return words.strip("\n")
        return AROUND_BREAK.sub("\n", SPACES.sub(" ", words)).strip(" \n|")

    def _marker(self) -> str:
        """Return what stands before the item of a list."""
        if not self._numbers or self._numbers[-1] < 0:
            return "• "
        self._numbers[-1] += 1
        return f"{self._numbers[-1] - 1}. "

    def _shrink(self, signs: dict[int, int], start: int) -> None:
        """Raise or lower a number that follows its word: 10⁶ is not 106."""
        words = "".join(self._line[start:]).strip()
        if 0 < len(words) <= MOST_SMALL and all(ord(sign) in signs for sign in words):
            self._line[start:] = [words.translate(signs)]


def _first(element: HtmlElement) -> int:
    """Return the number that a list begins with; one without numbers has none."""
    start = element.get("start", "1")
    if element.tag == "ul":
        return -1
    return int(start) if start.isdecimal() and len(start) < DIGITS else 1


def _is_small(element: HtmlElement) -> bool:
    return element.tag in SMALL or element.get("epub:type") == "noteref"


def _is_data(row: HtmlElement) -> bool:
    """Tell a row of data from one that only lays a page out."""
    cells = [cell for cell in row if cell.tag in CELLS]
    return len(cells) > 1 and next(row.iter(*LAID_OUT), None) is None
