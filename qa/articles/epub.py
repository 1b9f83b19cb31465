"""E-books: the chapters in order, under their own headings or those of the contents."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from qa.articles.archive import Archive
from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.articles.html.metadata import day
from qa.articles.html.renderer import HEADINGS, HtmlRenderer, is_invisible, parse_html, remove
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTAINER, LOCKED = "META-INF/container.xml", "META-INF/rights.xml"
NCX = "application/x-dtbncx+xml"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
PACKAGE = "{http://www.idpf.org/2007/opf}"
CONTENTS = "{http://www.daisy.org/z3986/2005/ncx/}"


def read(raw: bytes, *, source: str) -> Article:
    """Read an e-book.

    Raises:
        ArticleError: if it is locked, damaged, too large, or no e-book.
    """
    zipped = Archive(raw, source=source)
    if LOCKED in zipped.names:
        raise ArticleError(
            "{name} is locked: only its shop's programs open it.",
            hint="Use another copy.",
            name=source,
        )
    if CONTAINER not in zipped.names:
        raise ArticleError("{name} is not an e-book.", hint="Save it as .epub.", name=source)
    book = _Book(zipped)
    builder = ArticleBuilder(source, book.title)
    for name in book.chapters():
        if name in book.parts:
            builder.end_headings()
        _render(builder, decode(zipped.read(name), name), book.headings.get(name, ""))
    return builder.article(source=source, raw=raw, origin=book.origin)


def _render(builder: ArticleBuilder, chapter: str, heading: str) -> None:
    """Set a chapter; one without a heading is given that of the table of contents."""
    root = parse_html(chapter)
    remove(root, is_invisible)
    if heading and not any(True for _ in root.iter(*HEADINGS)):
        builder.heading(1, heading)
    HtmlRenderer(builder).render(root)


def _is_contents(item: _Element) -> bool:
    return "nav" in (item.get("properties") or "").split() or item.get("media-type") == NCX


@dataclass(frozen=True, slots=True)
class Label:
    """A file's name in the table of contents, and whether it stands at the top level there."""

    name: str
    words: str
    outermost: bool


class _Book:
    """What the package of an e-book says: what it is, and where its chapters lie."""

    def __init__(self, zipped: Archive) -> None:
        self._zipped = zipped
        container = zipped.tree(CONTAINER)
        root = next(container.iterfind(".//{*}rootfile[@full-path]"), None)
        if root is None:
            raise zipped.damage_error()
        path = root.get("full-path", "")
        self._package = zipped.tree(path)
        self._folder = posixpath.dirname(path)
        self.title = one_line(self._package.findtext(f".//{DUBLIN}title"))
        self.origin = Origin.of(
            date=day(self._package.findtext(f".//{DUBLIN}date") or ""),
            author=[each.text for each in self._package.iterfind(f".//{DUBLIN}creator")],
        )
        self._items = {
            item.get("id", ""): item
            for item in self._package.iterfind(f".//{PACKAGE}manifest/{PACKAGE}item")
        }
        self.headings: dict[str, str] = {}
        self.parts: set[str] = set()
        for label in self._labels():
            self.headings[label.name] = label.words
            self.parts |= {label.name} if label.outermost else set()

    def chapters(self) -> Iterator[str]:
        """Yield the names of the chapters in the zip, once each; contents are no chapter."""
        seen = set[str]()
        for reference in self._package.iterfind(f".//{PACKAGE}spine/{PACKAGE}itemref"):
            item = self._items.get(reference.get("idref", ""))
            if item is None or _is_contents(item):
                continue
            name = self._name(item.get("href", ""), self._folder)
            if name in self._zipped.names and name not in seen:
                seen.add(name)
                yield name

    def _name(self, href: str, folder: str) -> str:
        path = unquote(href.partition("#")[0])
        return posixpath.normpath(posixpath.join(folder, path))

    def _labels(self) -> Iterator[Label]:
        """Yield what the tables of contents name, the last first."""
        for item in self._items.values():
            name = self._name(item.get("href", ""), self._folder)
            if name not in self._zipped.names:
                continue
            folder = posixpath.dirname(name)
            if item.get("media-type") == NCX:
                yield from self._of_ncx(self._zipped.tree(name), folder)
            elif "nav" in (item.get("properties") or "").split():
                yield from self._of_nav(decode(self._zipped.read(name), name), folder)

    def _of_ncx(self, contents: _Element, folder: str) -> Iterator[Label]:
        for point in reversed(contents.findall(f".//{CONTENTS}navPoint")):
            target = point.find(f"{CONTENTS}content")
            label = one_line(point.findtext(f"{CONTENTS}navLabel/{CONTENTS}text"))
            if target is not None and label:
                outermost = next(point.iterancestors(point.tag), None) is None
                yield Label(self._name(target.get("src", ""), folder), label, outermost)

    def _of_nav(self, contents: str, folder: str) -> Iterator[Label]:
        for link in reversed(parse_html(contents).findall(".//nav//a[@href]")):
            label = one_line("".join(link.itertext()))
            if label:
                outermost = len(list(link.iterancestors("ol"))) == 1
                yield Label(self._name(link.get("href", ""), folder), label, outermost)
