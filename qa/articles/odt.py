"""OpenDocument texts and spreadsheets: turned into HTML, and read as a web page is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.articles.archive import Archive
from qa.articles.builder import ArticleBuilder
from qa.articles.html.metadata import day
from qa.articles.html.notes import place_notes
from qa.articles.html.renderer import HtmlRenderer, is_invisible, remove
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

MAX_XML_BYTES = 50_000_000
MAX_REPEATED = 100  # cells that are written as one
TAGS: Mapping[str, str] = {
    "p": "p",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "table-header-rows": "thead",
    "list-item": "li",
    "list-header": "li",
    "line-break": "br",
    "a": "span",
    "text-box": "div",
    "section": "div",
    "covered-table-cell": "template",
}
LEFT_OUT = {
    *("tracked-changes", "annotation", "note-citation", "forms", "sequence-decls", "title"),
    *("desc", "shapes", "binary-data", "variable-decls", "user-field-decls"),
}
MAX_HEADING_LEVEL = 6
TABLE_HEADING = "Table_20_Heading"  # LibreOffice's style of the paragraphs in heads
DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def read(raw: bytes, *, source: str) -> Article:
    """Read an OpenDocument text or spreadsheet.

    Raises:
        ArticleError: if it is locked, damaged, too large, or no such document.
    """
    archive = Archive(raw, source=source, max_bytes=MAX_XML_BYTES)
    if "content.xml" not in archive.names:
        raise ArticleError(
            "{name} is not an OpenDocument file.", hint="Save it again.", name=source
        )
    content = archive.tree("content.xml")
    title, origin = _properties(archive)
    root = _Html(OdfStyles.of(content)).of(content)
    remove(root, is_invisible)
    place_notes(root)
    builder = ArticleBuilder(source, title)
    HtmlRenderer(builder).render(root)
    return builder.article(source=source, raw=raw, origin=origin)


def _properties(archive: Archive) -> tuple[str, Origin]:
    if "meta.xml" not in archive.names:
        return "", Origin()
    try:
        meta = archive.tree("meta.xml")
    except ArticleError:  # the text may be whole
        return "", Origin()
    author = meta.findtext(".//{*}initial-creator") or meta.findtext(f".//{DUBLIN}creator")
    date = meta.findtext(".//{*}creation-date") or meta.findtext(f".//{DUBLIN}date") or ""
    return one_line(meta.findtext(f".//{DUBLIN}title")), Origin.of(
        date=day(date), author=author
    )


def _kind(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: _Element, name: str) -> str:
    said = (str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name)
    return next(said, "")


@dataclass(frozen=True, slots=True)
class OdfStyles:
    """The names of the styles that say something: raised, struck out, bold, numbered."""

    tags: Mapping[str, str]
    bold: frozenset[str]
    numbered: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def of(cls, content: _Element) -> OdfStyles:
        """Return the styles that a document defines."""
        tags: dict[str, str] = {}
        for style in content.iter("{*}style"):
            for properties in style.iter("{*}text-properties"):
                tag = _tag_of(properties)
                if tag:
                    tags[_attribute(style, "name")] = tag
        bold = (
            _attribute(style, "name")
            for style in content.iter("{*}style")
            if _attribute(style, "parent-style-name") == TABLE_HEADING
            or any(
                _attribute(properties, "font-weight") == "bold"
                for properties in style.iter("{*}text-properties")
            )
        )
        numbered = (
            _attribute(style, "name")
            for style in content.iter("{*}list-style")
            if style.find("{*}list-level-style-number") is not None
        )
        titles = (
            _attribute(style, "name")
            for style in content.iter("{*}style")
            if _attribute(style, "parent-style-name") == "Title"
        )
        return cls(
            tags,
            frozenset(bold) | {TABLE_HEADING},
            frozenset(numbered),
            frozenset(titles) | {"Title"},
        )


def _tag_of(properties: _Element) -> str:
    position = _attribute(properties, "text-position").partition(" ")[0]
    line = _attribute(properties, "text-line-through-style")
    if line not in ("", "none") or _attribute(properties, "display") == "none":
        return "del"
    if position == "super" or (position.endswith("%") and position[0] not in "-0"):
        return "sup"
    return "sub" if position == "sub" or position.startswith("-") else ""


class _Html:
    """Makes HTML of the elements of a document."""

    def __init__(self, styles: OdfStyles) -> None:
        from lxml import html

        self._html = html
        self._styles = styles
        self._notes: list[HtmlElement] = []

    def of(self, content: _Element) -> HtmlElement:
        """Return the body of a document, with its notes at the end."""
        root = self._html.Element("html")
        body = content.find(".//{*}body")
        if body is not None:
            self._take(body, root)
        root.extend(self._notes)
        return root

    def _take(self, element: _Element, into: HtmlElement) -> None:
        """Add what stands in an element to an element of HTML."""
        _add(into, element.text)
        for child in element:
            if _kind(child) not in LEFT_OUT:
                self._child(child, into)
            _add(into, child.tail)

    def _child(self, child: _Element, into: HtmlElement) -> None:
        kind = _kind(child)
        if kind == "s" or kind == "tab":
            _add(into, " ")
        elif kind == "note":
            self._note(child, into)
        elif kind == "table-cell":
            self._cells(child, into)
        else:
            element = self._html_element(child, into)
            self._take(child, element)

    def _html_element(self, child: _Element, into: HtmlElement) -> HtmlElement:
        """Return the element of HTML for one of a document, which may be that around it."""
        kind, style = _kind(child), _attribute(child, "style-name")
        if kind == "h" or (kind == "p" and style in self._styles.titles):
            level = _attribute(child, "outline-level")
            number = int(level) if level.isdecimal() else 0
            tag = f"h{min(max(number, 1), MAX_HEADING_LEVEL)}"
        elif kind == "list":
            inherits = not style and next(into.iterancestors("ol"), None) is not None
            tag = "ol" if style in self._styles.numbered or inherits else "ul"
        elif kind in ("span", "p") and style in self._styles.tags:
            tag = self._styles.tags[style] if kind == "span" else "p"
        else:
            tag = TAGS.get(kind, "")
        if not tag:
            return into
        element = self._html.Element(tag)
        into.append(element)
        if kind == "table" and _attribute(child, "name"):
            self._sheet_name(child, element)
        return element

    def _sheet_name(self, table: _Element, element: HtmlElement) -> None:
        parent = table.getparent()
        if parent is not None and _kind(parent) == "spreadsheet":
            heading = self._html.Element("h1")
            heading.text = _attribute(table, "name")
            element.addprevious(heading)

    def _cells(self, cell: _Element, into: HtmlElement) -> None:
        repeated = _attribute(cell, "number-columns-repeated")
        count = int(repeated) if repeated.isdecimal() else 1
        for _ in range(min(count, MAX_REPEATED)):
            element = self._html.Element("th" if self._is_bold(cell) else "td")
            for name, key in (("colspan", "columns"), ("rowspan", "rows")):
                spanned = _attribute(cell, f"number-{key}-spanned")
                if spanned:
                    element.set(name, spanned)
            into.append(element)
            self._take(cell, element)

    def _is_bold(self, cell: _Element) -> bool:
        """Tell a cell whose words are all in bold type, by its paragraphs or parts of them."""
        bold = self._styles.bold
        if _attribute(cell, "style-name") in bold:
            return True
        said = [
            (paragraph, part)
            for paragraph in cell.iter("{*}p", "{*}h")
            for part in (paragraph, *paragraph.iter("{*}span"))
            if (part.text or "").strip()
        ]
        styles = ([_attribute(each, "style-name") for each in pair] for pair in said)
        return bool(said) and all(not bold.isdisjoint(names) for names in styles)

    def _note(self, note: _Element, into: HtmlElement) -> None:
        """Add the mark of a note, and keep its words."""
        number = len(self._notes) + 1
        words = note.findtext("{*}note-citation") or str(number)
        mark, link = self._html.Element("sup"), self._html.Element("a")
        link.set("href", f"#footnote-{number}")
        link.text = f"[{words}]"
        mark.append(link)
        into.append(mark)
        item = self._html.Element("li")
        item.set("id", f"footnote-{number}")
        self._take(note, item)
        self._notes.append(item)


def _add(element: HtmlElement, text: str | None) -> None:
    """Add words at the end of what stands in an element."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
