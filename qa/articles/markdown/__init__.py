"""Markdown: headings give the sections, and the text is what a reader sees, without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.articles.html.renderer import HtmlRenderer, is_invisible, parse_html, remove
from qa.articles.markdown.front_matter import origin_of, parsed, title_of
from qa.types import Article

BREAK = re.compile(r"<br\b", re.IGNORECASE)

LONGEST = 1_000_000  # characters that are parsed at once
MARKED = re.compile(r"^(#|```|~~~)", re.MULTILINE)
"""How a line begins that is a heading, or the first or last of some code."""

PARSER = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)


def read(raw: bytes, *, source: str) -> Article:
    """Read Markdown: the title is that of the front matter, or a first heading of level one."""
    pieces = _pieces(decode(raw, source))
    tokens = PARSER.parse(next(pieces))
    written = tokens[0].content if tokens and tokens[0].type == "front_matter" else ""
    fields = parsed(written) if written else {}
    builder = ArticleBuilder(source, title_of(fields or {}))
    if fields is None:  # what stands between two rules may be text, too
        builder.paragraph(written)
    setting = _MarkdownRenderer(builder)
    setting.take_all(tokens)
    for piece in pieces:
        setting.take_all(PARSER.parse(piece))
    return builder.article(source=source, raw=raw, origin=origin_of(fields or {}))


def _pieces(text: str) -> Iterator[str]:
    """Yield a text that is short, or the parts of a long one: each ends before a heading.

    The parser takes 50 times the memory of what it parses.
    """
    start, is_code = 0, False
    for line in MARKED.finditer(text) if len(text) > LONGEST else ():
        if line[1] != "#":
            is_code = not is_code
        elif not is_code and line.start() - start > LONGEST:
            yield text[start : line.start()]
            start = line.start()
    yield text[start:]


class _MarkdownRenderer:
    """Sets tokens on a page: the rows and items among them take several."""

    def __init__(self, builder: ArticleBuilder) -> None:
        self._builder = builder
        self._item = ""

    def take_all(self, tokens: Sequence[Token]) -> None:
        """Write what some tokens show."""
        for number, token in enumerate(tokens):
            self.take(token, tokens[number - 1] if number else None)

    def take(self, token: Token, before: Token | None) -> None:
        """Write what one token shows; `before` tells a heading's words from a paragraph's."""
        if token.type == "inline" and before and before.type == "heading_open":
            self._builder.heading(int(before.tag[1]), visible(token.children or ()))
        elif token.type == "inline" and before and before.type in ("th_open", "td_open"):
            self._item += (" | " if self._item else "") + visible(token.children or ())
        elif token.type == "inline":
            self._write(self._item + visible(token.children or ()))
        elif token.type in ("fence", "code_block"):
            self._write(token.content)
        elif token.type == "html_block":
            self._render(token.content)
        elif token.type == "list_item_open":
            self._item = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type == "tr_close":
            self._write(self._item)

    def _render(self, html: str) -> None:
        self._item, root = "", parse_html(html)
        remove(root, is_invisible)
        HtmlRenderer(self._builder).render(root)

    def _write(self, words: str) -> None:
        self._item = ""
        self._builder.paragraph(words)


def visible(tokens: Sequence[Token]) -> str:
    """Return the words that a line of Markdown shows: no emphasis, addresses or tags."""
    return "".join(map(_shown, tokens))


def _shown(token: Token) -> str:
    if token.type == "image":
        return visible(token.children or ())
    if token.type == "hardbreak" or (
        token.type == "html_inline" and BREAK.match(token.content)
    ):
        return "\n"
    return {"softbreak": " ", "html_inline": ""}.get(token.type, token.content)
