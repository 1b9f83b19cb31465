"""Web pages: the article without what stands around it, and what it says of itself."""

from __future__ import annotations

from copy import deepcopy

from qa.articles.builder import Page
from qa.articles.html.boilerplate import is_clutter, main_part
from qa.articles.html.metadata import origin_of, title_of
from qa.articles.html.renderer import Setting, is_unread, strip, tree_of
from qa.types import Article


def read(text: str, *, source: str, raw: bytes) -> Article:
    """Read a web page: its article if one can be told from the rest, or else all of it."""
    root = tree_of(text)
    title, origin = title_of(root), origin_of(root)
    strip(root, is_unread)
    whole = deepcopy(root)
    strip(root, is_clutter)
    page = Page(source, title)
    Setting(page).take(main_part(root))
    if not page:
        page = Page(source, title)
        Setting(page).take(whole)
    return page.article(source=source, raw=raw, origin=origin)
