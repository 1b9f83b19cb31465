"""Markdown: headings give the sections, and the text is what a reader sees, without markup.

It is made HTML by markdown-it, and that is read as a web page is. What other programs put into
Markdown (templates, Pandoc's and Quarto's marks) is taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.articles import front_matter
from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.articles.html.notes import place_notes
from qa.articles.html.renderer import HtmlRenderer, is_invisible, parse_html, remove
from qa.articles.markdown.dialects import as_common_mark
from qa.articles.markdown.parser import html_of
from qa.types import Article

MAX_PARSED = 1_000_000  # characters at once
MARKED = re.compile(r"^(#|```|~~~)", re.MULTILINE)
"""How a line begins that is a heading, or the first or last of some code."""


def read(raw: bytes, *, source: str) -> Article:
    """Read Markdown: the title is that of the front matter, or a first heading of level one."""
    fields, written, text = front_matter.split(decode(raw, source))
    builder = ArticleBuilder(source, front_matter.title_of(fields))
    builder.paragraph(written)
    renderer = HtmlRenderer(builder)
    for piece in _pieces(as_common_mark(text)):
        root = parse_html(html_of(piece))
        remove(root, is_invisible)
        place_notes(root)
        renderer.render(root)
    origin = front_matter.origin_of(fields)
    return builder.article(source=source, raw=raw, origin=origin)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text that is short, or the parts of a long one: each ends before a heading.

    The parser takes 50 times the memory of what it parses.
    """
    start, is_code = 0, False
    for line in MARKED.finditer(text) if len(text) > MAX_PARSED else ():
        if line[1] != "#":
            is_code = not is_code
        elif not is_code and line.start() - start > MAX_PARSED:
            yield text[start : line.start()]
            start = line.start()
    yield text[start:]
