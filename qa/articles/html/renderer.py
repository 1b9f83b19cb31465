"""HTML as the text of an article: headings, paragraphs, lists, tables, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from qa.articles.characters import INVISIBLE, subscript, superscript
from qa.articles.math import linear
from qa.articles.numerals import numeral
from qa.articles.table import Table

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
    *("dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *(
        "header",
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
    ),
    *("search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    *HEADINGS,
}
CELLS = {"td", "th"}
LAID_OUT = ("table", "blockquote", *HEADINGS)
"""What no cell of a table of data holds."""
INVISIBLE_TAGS = {
    *("script", "style", "template", "noscript", "head", "title", "svg", "canvas", "iframe"),
    *("object", "embed", "audio", "video", "map", "select", "textarea", "input", "datalist"),
    *("progress", "meter", "rp", "rt", "button"),
}
"""Tags of which nothing is read anywhere."""
WITHDRAWN_TAGS = {"del", "s", "strike"}
STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
SMALL = {"sup": superscript, "sub": subscript}
LINK_SIGNS = {"¶", "#", "§", "↩", "↑", "^", "↩︎", "🔗"}
"""What is clicked on to go to a place, or back."""
DIGITS = 9  # of the number of an item
ITEM = re.compile(r"[^\W\d_][\w /’'-]{0,40}:\s")
"""How a line begins that says of what it is: `Good: …`."""
MIN_LINES, MAX_LINE = 3, 80  # of a list whose items are split_items by line breaks
WIDEST = 100  # columns of a table
CLOSED = tuple(":;,.!?–—-")


class Paragraphs(Protocol):
    """The interface of what takes the headings and paragraphs of a text, in their order."""

    def heading(self, level: int, heading: str) -> None:
        """Take a heading."""

    def paragraph(self, words: str) -> object:
        """Take a paragraph, an item of a list, or a row of a table."""


class CellText:
    """Takes the paragraphs of a cell, as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def heading(self, level: int, heading: str) -> None:  # noqa: ARG002
        """Take a heading as a line."""
        self.paragraph(heading)

    def paragraph(self, words: str) -> None:
        """Take a paragraph as a line."""
        self.lines += [words] if words else []


def parse_html(text: str) -> HtmlElement:
    """Return the tree of some HTML, however wrong it is; nothing is loaded or expanded."""
    from lxml import html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    seen = f"<html>{INVISIBLE.sub('', text)}".encode()  # or nothing at all would be an error
    return html.document_fromstring(seen, parser=parser)


def remove(root: HtmlElement, is_unwanted: Callable[[Any], bool]) -> None:
    """Take out of a tree what is not wanted, and all under it; the text after it stays."""
    for element in list(_outermost(root, is_unwanted)):
        element.tag = "div" if element.tag in BLOCKS else "span"
        element.clear(keep_tail=True)  # lxml refuses to move some texts that it has read


def _outermost(root: HtmlElement, is_unwanted: Callable[[Any], bool]) -> Iterator[HtmlElement]:
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is not root and is_unwanted(element):
            walk.skip_subtree()
            yield element


def is_invisible(element: HtmlElement) -> bool:
    """Tell what no one reads: scripts, fields, links that are only a sign, withdrawn words."""
    tag = element.tag
    if tag in INVISIBLE_TAGS:
        return not (_is_checkbox(element) or _is_toggle(element) or _is_formula(element))
    if tag == "a" and len(element) == 0 and (element.text or "").strip() in LINK_SIGNS:
        return True
    return is_withdrawn(element) or "katex-html" in str(element.get("class", ""))


def is_withdrawn(element: HtmlElement) -> bool:
    """Tell words that are struck out: they are not said any more."""
    return element.tag in WITHDRAWN_TAGS or bool(STRUCK.search(element.get("style", "")))


def _is_checkbox(element: HtmlElement) -> bool:
    """Tell the box of a task in a list."""
    is_box = element.tag == "input" and element.get("type") == "checkbox"
    return is_box and next(element.iterancestors("li"), None) is not None


def _is_toggle(element: HtmlElement) -> bool:
    """Tell a button that is the heading of what it shows."""
    if element.tag != "button":
        return False
    opens = "aria-expanded" in element.attrib or "aria-controls" in element.attrib
    within = next(element.iterancestors(*HEADINGS, "dt", "summary"), None)
    return opens or within is not None


def _is_formula(element: HtmlElement) -> bool:
    return element.tag == "script" and str(element.get("type")).startswith("math/")


class HtmlRenderer:
    """Writes the elements of a tree as paragraphs, in reading order, however deep they lie."""

    def __init__(self, builder: Paragraphs) -> None:
        self._builder = builder
        self._line: list[str] = []
        self._before_item = ""
        self._terms: list[str] = []
        self._lists: list[Numbering] = []
        self._small: list[int] = []
        self._pre = 0

    def render(self, root: HtmlElement) -> None:
        """Write all that stands under an element."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._end(element)
                self._add(element.tail if element is not root else "")
            elif self._whole(element, is_root=element is root):
                walk.skip_subtree()
            else:
                self._start(element)
                self._add(element.text)
        self._flush()

    def _whole(self, element: HtmlElement, *, is_root: bool) -> bool:
        """Write an element that is read as a whole, if it is such."""
        if element.tag == "math":
            self._line.append(linear(element))
            return True
        if element.tag != "table" or is_root or not _is_data(element):
            return False
        self._flush()
        if self._before_item.rstrip() not in ("", "•"):
            self._builder.paragraph(self._before_item)
            self._before_item = ""
        for caption in element.iter("caption"):
            self._builder.paragraph(cell_text(caption).replace("\n", " "))
        for line in table_of(element).lines():
            self._builder.paragraph(line)
        return True

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS or tag in CELLS:
            self._flush()
        if tag in ("ol", "ul", "menu"):
            self._lists.append(Numbering(element))
        elif tag == "li":
            self._before_item = self._lists[-1].marker(element) if self._lists else "• "
        elif tag == "dd" and self._terms:
            self._before_item = _term(self._terms)
            self._terms = []
        elif tag in SMALL or element.get("epub:type") == "noteref":
            self._small.append(len(self._line))
        elif tag == "input":
            self._line.append("☑ " if "checked" in element.attrib else "☐ ")
        elif tag == "q":
            self._line.append("“")
        self._pre += tag == "pre"

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._line.append("\n")
        elif tag == "q":
            self._line.append("”")
        elif tag in HEADINGS:
            self._builder.heading(HEADINGS[tag], self._words())
        elif tag == "dt":
            self._terms.append(self._words())
        elif tag in BLOCKS or tag in CELLS:
            self._flush()
        elif (tag in SMALL or element.get("epub:type") == "noteref") and self._small:
            self._shrink(SMALL.get(tag, superscript), self._small.pop())
        self._leave(tag)

    def _leave(self, tag: str) -> None:
        """End what a tag began."""
        self._pre -= tag == "pre"
        if tag in ("ol", "ul", "menu"):
            self._lists.pop()
        elif tag in ("li", "dd"):
            self._before_item = ""
        elif tag == "dl":
            for term in filter(None, self._terms):
                self._builder.paragraph(term)
            self._terms = []

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text if self._pre else SPACE.sub(" ", text))

    def _flush(self) -> None:
        """End a paragraph, or several whose lines are items of their own."""
        words = self._words()
        if not words:
            return
        before, self._before_item = self._before_item, ""
        for number, part in enumerate([words] if self._pre else split_items(words)):
            self._builder.paragraph(part if number else before + part)

    def _words(self) -> str:
        """Return the words that are not written yet."""
        words = "".join(self._line)
        self._line.clear()
        if self._pre:
            return words.strip("\n")
        return AROUND_BREAK.sub("\n", SPACES.sub(" ", words)).strip(" \n")

    def _shrink(self, form: Callable[[str, str], str], start: int) -> None:
        """Raise or lower what was written since some place."""
        words = "".join(self._line[start:])
        before = "".join(self._line[max(0, start - 3) : start])
        if words.strip():
            self._line[start:] = [form(words.strip(), before)]


class Numbering:
    """The numbers or bullets before the items of a list."""

    def __init__(self, element: HtmlElement) -> None:
        self._is_numbered = element.tag == "ol"
        self._form = element.get("type", "1")
        self._step = -1 if "reversed" in element.attrib else 1
        first = len(element.findall("li")) if self._step < 0 else 1
        self._next = _number(element.get("start"), first)

    def marker(self, item: HtmlElement) -> str:
        """Return what stands before the next item, a point or its number."""
        if not self._is_numbered:
            return "• "
        number = _number(item.get("value"), self._next)
        self._next = number + self._step
        return f"{numeral(number, self._form)}. "


def _number(given: str | None, default: int) -> int:
    digits = (given or "").strip()
    sound = digits.removeprefix("-").isdecimal() and len(digits) < DIGITS
    return int(digits) if sound else default


def _term(terms: list[str]) -> str:
    """Return the term of a definition as it stands before it."""
    words = ", ".join(filter(None, terms)).replace("\n", " ")
    if not words:
        return ""
    return f"{words} " if words.endswith(CLOSED) else f"{words}: "


def split_items(words: str) -> list[str]:
    """Return the items of a paragraph whose lines are items, or the paragraph.

    Lines are items if they begin as `Good: …`, or are several short ones in a row.
    """
    lines = words.split("\n")
    if len(lines) == 1:
        return lines
    if sum(ITEM.match(line) is not None for line in lines) > 1:
        starts = [n for n, line in enumerate(lines) if ITEM.match(line) or not n]
        ends = [*starts[1:], len(lines)]
        return ["\n".join(lines[a:b]) for a, b in zip(starts, ends, strict=True)]
    is_list = len(lines) >= MIN_LINES and all(
        len(line) <= MAX_LINE and not line[:1].islower() and not line.endswith(",")
        for line in lines
    )
    return lines if is_list else [words]


def cell_text(element: HtmlElement) -> str:
    """Return the text of a cell; its paragraphs are lines."""
    cell = CellText()
    HtmlRenderer(cell).render(element)
    return "\n".join(line.removeprefix("• ") for line in cell.lines)


def table_of(element: HtmlElement) -> Table:
    """Return a table of data; a cell over several rows or columns stands in each of them."""
    rows: list[list[str]] = []
    spans: dict[int, tuple[int, str]] = {}  # by column: how many rows more, and what
    heads = 0
    elements = [[c for c in row if c.tag in CELLS] for row in element.iter("tr")]
    for cells in elements:
        row: list[str] = []
        _fill(row, spans)
        for cell in cells:
            text = cell_text(cell)
            below = min(_number(cell.get("rowspan"), 1), len(elements)) - 1
            for _ in range(max(1, min(_number(cell.get("colspan"), 1), WIDEST))):
                if below > 0:
                    spans[len(row)] = (below, text)
                row.append(text)
            _fill(row, spans)
        rows.append(row[:WIDEST] if len(cells) < WIDEST else row)
        is_head = _is_head(cells)
        heads += is_head and heads == len(rows) - 1
    labelled = not heads and all(_is_label(cells) for cells in elements if cells)
    return Table.of(rows, heads=heads, labelled=labelled)


def _fill(row: list[str], spans: dict[int, tuple[int, str]]) -> None:
    """Add to a row the cells above that reach down to it."""
    while len(row) in spans:
        below, text = spans.pop(len(row))
        if below > 1:
            spans[len(row)] = (below - 1, text)
        row.append(text)


def _is_head(cells: list[Any]) -> bool:
    """Tell a row of heads: marked as such, or bold throughout."""
    if not cells:
        return False
    within = next(cells[0].iterancestors("thead", "tbody", "table"), None)
    if within is not None and within.tag == "thead":
        return True
    return len(cells) > 1 and all(cell.tag == "th" or _is_bold(cell) for cell in cells)


def _is_bold(cell: HtmlElement) -> bool:
    words = "".join(cell.itertext()).strip()
    bold = "".join("".join(each.itertext()) for each in cell.iter("b", "strong")).strip()
    return bool(words) and words == bold


def _is_label(cells: list[Any]) -> bool:
    return len(cells) == 2 and cells[0].tag == "th" and cells[1].tag == "td"


def _is_data(table: HtmlElement) -> bool:
    """Tell a table of data from one that only lays a page out."""
    rows = [sum(cell.tag in CELLS for cell in row) for row in table.iter("tr")]
    if max(rows, default=0) < 2:
        return False
    return not any(each is not table for each in table.iter(*LAID_OUT))
