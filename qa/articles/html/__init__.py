"""Web pages: the article without what stands around it, and what it says of itself."""

from __future__ import annotations

from copy import deepcopy

from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.articles.html.boilerplate import is_boilerplate, main_content
from qa.articles.html.metadata import origin_of, title_of
from qa.articles.html.renderer import HtmlRenderer, is_invisible, parse_html, remove
from qa.types import Article


def read(raw: bytes, *, source: str) -> Article:
    """Read a web page: its article if one can be told from the rest, or else all of it."""
    root = parse_html(decode(raw, source))
    title, origin = title_of(root), origin_of(root)
    remove(root, is_invisible)
    whole = deepcopy(root)
    remove(root, is_boilerplate)
    builder = ArticleBuilder(source, title)
    HtmlRenderer(builder).render(main_content(root))
    if not builder:
        builder = ArticleBuilder(source, title)
        HtmlRenderer(builder).render(whole)
    return builder.article(source=source, raw=raw, origin=origin)
