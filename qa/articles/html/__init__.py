"""Web pages: the article without what stands around it, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.articles.html.boilerplate import Boilerplate, is_enough, main_content
from qa.articles.html.metadata import origin_of, title_of
from qa.articles.html.renderer import HtmlRenderer, is_invisible, parse_html, remove
from qa.types import Article

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def read(raw: bytes, *, source: str) -> Article:
    """Read a web page: its article if one can be told from the rest, or else all of it."""
    root = parse_html(decode(raw, source))
    title, origin = title_of(root), origin_of(root)
    article = _without_boilerplate(root)
    remove(article, is_invisible)
    builder = ArticleBuilder(source, title)
    HtmlRenderer(builder).render(main_content(article))
    if not builder:
        remove(root, is_invisible)
        builder = ArticleBuilder(source, title)
        HtmlRenderer(builder).render(root)
    return builder.article(source=source, raw=raw, origin=origin)


def _without_boilerplate(root: HtmlElement) -> HtmlElement:
    """Return a page without what stands around its article, as long as enough is left."""
    page = Boilerplate.of(root)
    tests: tuple[Callable[[Any], bool], ...] = (page.is_likely, page.is_surely)
    for test in tests:
        kept = deepcopy(root)
        remove(kept, test)
        if is_enough(main_content(kept), root):
            return kept
    remove(kept := deepcopy(root), page.is_hidden)
    return kept
