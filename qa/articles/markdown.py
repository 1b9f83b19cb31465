"""Markdown: headings give the sections, and the text is what a reader sees, without markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from qa.articles.front import origin_of, parsed, title_of
from qa.origin import Origin
from qa.types import Article, Section, Span

BREAK = re.compile(r"<br\b", re.IGNORECASE)
PHRASE = re.compile(r"[abiqsu]|abbr|cite|code|em|kbd|mark|small|span|strong|sub|sup")
"""Tags within a phrase: they part no words."""

PARSER = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)


def read(text: str, *, source: str, raw: bytes) -> Article:
    """Read Markdown: the title is that of the front matter, or a first heading of level one."""
    page = _Page(PurePath(source).stem)
    tokens = PARSER.parse(text)
    if tokens and tokens[0].type == "front_matter":
        page.introduce(tokens[0].content)
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        page.take(token, before)
    page.close()
    whole = "\n\n".join(page.parts)
    return Article.of(
        page.title,
        whole,
        sections=tuple(page.sections),
        source=source,
        raw=raw,
        origin=page.origin,
    )


class _Page:
    """The text written so far, and where its sections begin."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.origin = Origin()
        self.parts: list[str] = []
        self.sections: list[Section] = []
        self._trail: list[tuple[int, str]] = []
        self._start: int | None = None
        self._length = 0
        self._item = ""
        self._titled = False

    def take(self, token: Token, before: Token | None) -> None:
        """Write what one token shows; `before` tells a heading's words from a paragraph's."""
        if token.type == "inline" and before and before.type == "heading_open":
            self._head(int(before.tag[1]), visible(token.children or ()).strip())
        elif token.type == "inline" and before and before.type in ("th_open", "td_open"):
            self._item += (" | " if self._item else "") + visible(token.children or ())
        elif token.type == "inline":
            self._write(self._item + visible(token.children or ()))
        elif token.type in ("fence", "code_block"):
            self._write(token.content)
        elif token.type == "html_block":
            self._write(_html_text(token.content))
        elif token.type == "list_item_open":
            self._item = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type == "tr_close":
            self._write(self._item)

    def close(self) -> None:
        """End the section that is open."""
        if self._start is not None:
            path = tuple(heading for _, heading in self._trail)
            self.sections.append(Section(path, Span(self._start, self._length)))
        self._start = None

    def introduce(self, written: str) -> None:
        """Take what the front matter says; what stands between two rules may be text, too."""
        fields = parsed(written)
        if fields is None:
            self._write(written)
            return
        self._titled = bool(title_of(fields))
        self.title = title_of(fields) or self.title
        self.origin = origin_of(fields)

    def _head(self, level: int, heading: str) -> None:
        first = not self.parts
        self.close()
        self._trail = [above for above in self._trail if above[0] < level]
        if first and level == 1 and (not self._titled or heading == self.title):
            self.title = heading or self.title
        elif heading:
            self._trail.append((level, heading))
        self._append(heading)

    def _write(self, words: str) -> None:
        self._item = ""
        start = self._append(words)
        if self._start is None and self._length > start:
            self._start = start

    def _append(self, words: str) -> int:
        """Add a part and return where it starts."""
        words = unicodedata.normalize("NFC", words.strip())
        if not words:
            return self._length
        start = self._length + (2 if self.parts else 0)
        self.parts.append(words)
        self._length = start + len(words)
        return start


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


class _Words(HTMLParser):
    """The words between tags, apart where a tag parts them; scripts and styles have none."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._mute = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._part(tag)
        self._mute = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        self._mute = False

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.words.append(data)

    def _part(self, tag: str) -> None:
        if not PHRASE.fullmatch(tag):
            self.words.append(" ")


def _html_text(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.words).split())
