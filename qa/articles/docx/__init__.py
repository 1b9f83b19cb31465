"""Word documents: heading styles give the sections; notes stand below what they belong to.

mammoth makes HTML of them, of a copy in which what it would leave out is plain text: equations,
fields, controls, text boxes, automatic numbers. What was withdrawn is taken out.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from qa.articles.archive import Archive
from qa.articles.builder import ArticleBuilder
from qa.articles.docx.content import make_plain
from qa.articles.docx.headings import mark_headings
from qa.articles.docx.numbering import write_numbers
from qa.articles.docx.styles import Styles
from qa.articles.docx.tables import mark_heads
from qa.articles.docx.xml import attribute
from qa.articles.html.metadata import day
from qa.articles.html.notes import place_notes
from qa.articles.html.renderer import HtmlRenderer, is_invisible, parse_html, remove
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_XML_BYTES = 20_000_000  #: a million words
OLD = b"\xd0\xcf\x11\xe0"  # how Word's old files begin, and those locked by a password
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
"""
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"


def read(raw: bytes, *, source: str) -> Article:
    """Read a Word document.

    Raises:
        ArticleError: if it is locked, damaged or too large.
    """
    if raw.startswith(OLD):
        raise ArticleError(
            "{name} is locked by a password, or in an old format.",
            hint="Save it as .docx without one.",
            name=source,
        )
    archive = Archive(raw, source=source, max_bytes=MAX_XML_BYTES)
    main = _main_part(archive)
    if not main:
        raise ArticleError(
            "{name} is not a Word document.", hint="Save it as .docx.", name=source
        )
    title, origin = _properties(archive)
    root = parse_html(_html(_plain_copy(archive, main)))
    remove(root, is_invisible)
    place_notes(root)
    styled = root.find(".//h1[@class='title']")
    builder = ArticleBuilder(source, title if styled is None else "".join(styled.itertext()))
    HtmlRenderer(builder).render(root)
    return builder.article(source=source, raw=raw, origin=origin)


def _main_part(archive: Archive) -> str:
    """Return the name of the part that holds the text, whatever a program has called it."""
    if "_rels/.rels" in archive.names:
        for relation in archive.tree("_rels/.rels"):
            if attribute(relation, "Type").endswith("/officeDocument"):
                name = posixpath.normpath(attribute(relation, "Target").lstrip("/"))
                is_text = name in archive.names and name.startswith("word/")
                return name if is_text else ""
    return "word/document.xml" if "word/document.xml" in archive.names else ""


def _plain_copy(archive: Archive, main: str) -> bytes:
    """Return the document with all its text in plain paragraphs, and without pictures."""
    from lxml import etree

    document = archive.tree(main)
    folder = posixpath.dirname(main)
    styles = Styles.of(_part(archive, f"{folder}/styles.xml"))
    make_plain(document)
    mark_headings(document, styles)
    mark_heads(document, styles)
    write_numbers(document, _part(archive, f"{folder}/numbering.xml"), styles)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as copy:
        for name in sorted(archive.names):
            if name == main:
                copy.writestr(name, etree.tostring(document, encoding="UTF-8"))
            elif name.endswith((".xml", ".rels")):
                copy.writestr(name, archive.read(name))
    return held.getvalue()


def _part(archive: Archive, name: str) -> _Element | None:
    """Return a part that may be missing, or damaged in a document that is not."""
    try:
        return archive.tree(name) if name in archive.names else None
    except ArticleError:
        return None


def _html(document: bytes) -> str:
    """Return what mammoth makes of a document, without its pictures."""
    import mammoth

    converted = mammoth.convert_to_html(
        io.BytesIO(document),
        style_map=STYLES,
        convert_image=_no_picture,
        include_embedded_style_map=False,
    )
    return str(converted.value)


def _no_picture(image: object) -> list[object]:  # noqa: ARG001
    return []


def _properties(archive: Archive) -> tuple[str, Origin]:
    """Return the title and the origin that the properties of a document give."""
    core = _part(archive, "docProps/core.xml")
    if core is None:
        return "", Origin()
    date = core.findtext(f"{TERMS}created") or ""
    author = core.findtext(f"{DUBLIN}creator")
    return one_line(core.findtext(f"{DUBLIN}title")), Origin.of(date=day(date), author=author)
