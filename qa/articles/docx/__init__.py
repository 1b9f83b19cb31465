"""Word documents: heading styles give the sections; notes stand below what they belong to."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from qa.articles.archive import Archive
from qa.articles.builder import ArticleBuilder
from qa.articles.html.metadata import day
from qa.articles.html.renderer import HtmlRenderer, is_invisible, parse_html, remove
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 20_000_000  # bytes of XML: a million words
OLD = b"\xd0\xcf\x11\xe0"  # how Word's old files begin, and those locked by a password
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
"""
BLOCKS = ("p", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6")
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"


def read(raw: bytes, *, source: str) -> Article:
    """Read a Word document.

    Raises:
        ArticleError: if it is locked, damaged or too large.
    """
    if raw.startswith(OLD):
        raise ArticleError(
            "{name} is locked by a password, or of an old format.",
            hint="Save it as .docx without one.",
            name=source,
        )
    zipped = Archive(raw, source=source, largest=LARGEST)
    if "word/document.xml" not in zipped.names:
        raise ArticleError("{name} is no Word document.", hint="Save it as .docx.", name=source)
    title, origin = _said(zipped)
    root = parse_html(_html(raw))
    _place_notes(root)
    styled = root.find(".//h1[@class='title']")
    builder = ArticleBuilder(source, title if styled is None else "".join(styled.itertext()))
    HtmlRenderer(builder).render(root)
    return builder.article(source=source, raw=raw, origin=origin)


def _html(raw: bytes) -> str:
    """Return what mammoth makes of a document, without its pictures."""
    import mammoth

    converted = mammoth.convert_to_html(
        io.BytesIO(raw),
        style_map=STYLES,
        convert_image=_no_picture,
        include_embedded_style_map=False,
    )
    return str(converted.value)


def _no_picture(image: object) -> list[object]:  # noqa: ARG001
    return []


def _said(zipped: Archive) -> tuple[str, Origin]:
    """Return the title and the origin that the properties of a document give."""
    if "docProps/core.xml" not in zipped.names:
        return "", Origin()
    try:
        said = zipped.tree("docProps/core.xml")
    except ArticleError:  # the text may be whole
        return "", Origin()
    date = said.findtext(f"{TERMS}created") or ""
    return one_line(said.findtext(f"{DUBLIN}title")), Origin.of(
        date=day(date), author=said.findtext(f"{DUBLIN}creator")
    )


def _place_notes(root: HtmlElement) -> None:
    """Move each footnote from the end to below the paragraph or table that refers to it."""
    notes = {note.get("id"): note for note in root.iterfind(".//li[@id]")}
    for mark in root.findall(".//sup/a[@href]"):
        note = notes.pop(mark.get("href", "").removeprefix("#"), None)
        if note is None:
            continue
        outer = [each for each in mark.iterancestors() if each.tag in BLOCKS][-1:]
        for block in outer:
            remove(note, is_invisible)
            words = "".join(note.itertext()).strip()
            moved = note.makeelement("p", {"class": "note"})
            moved.text = f"{mark.text} {words}"
            note.drop_tree()
            _after(block).addnext(moved)


def _after(block: HtmlElement) -> HtmlElement:
    """Return the last note that stands below a block already, or the block."""
    last = block
    for each in block.itersiblings():
        if each.tag != "p" or each.get("class") != "note":
            break
        last = each
    return last
