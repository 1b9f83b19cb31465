"""reStructuredText: docutils makes HTML of it, and that is read as a web page is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any

from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.articles.front_matter import origin_of, split_headers, title_of
from qa.articles.html.notes import place_notes
from qa.articles.html.renderer import HtmlRenderer, is_invisible, parse_html, remove
from qa.types import Article

DIRECTIVE = re.compile(r"^[ \t]*\.\. (?:\|[^|\n]+\| )?([a-zA-Z][\w:.+-]*)::", re.MULTILINE)
ROLE = re.compile(r"(?<![\w`]):([a-zA-Z][\w:.+-]*):`[^`\n]+`")
LINK = re.compile(r"`[^`<]+<[^>`]+>`_")
HEADING = re.compile(r"^\S[^\n]*\n([=\-~^\"'*+#])\1{2,}[ \t]*$", re.MULTILINE)
FORM = re.compile(r"^(?P<words>[^<]*?)\s*<(?P<target>[^<>]*)>$", re.DOTALL)
BLANK_HEAD = re.compile(
    r"^(?P<border>[ \t]*={2,}(?: +=+)+)[ \t]*\n(?P<heads>[ \t]*\S[^\n]*)(?=\n[ \t]*=)",
    re.MULTILINE,
)
"""The heads of a simple table, and the border above them."""

SETTINGS: dict[str, Any] = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "halt_level": 6,
    "report_level": 3,  # a message of an error holds the words that could not be read
    "warning_stream": False,
    "syntax_highlight": "none",
    "math_output": "MathML",
    "embed_stylesheet": False,
    "stylesheet_path": [],
    "smart_quotes": False,
    "docinfo_xform": 0,
    "doctitle_xform": False,
    "sectsubtitle_xform": False,
    "traceback": True,
    "_disable_config": True,
    "initial_header_level": 1,
    "footnote_references": "brackets",
}


def read(raw: bytes, *, source: str) -> Article:
    """Read reStructuredText; what Sphinx alone knows is read for its words."""
    return article_of(decode(raw, source), raw=raw, source=source)


def article_of(text: str, *, raw: bytes, source: str) -> Article:
    """Return the article that a text of reStructuredText holds."""
    fields, body = split_headers(text)
    root = parse_html(_html(body))
    remove(root, lambda element: is_invisible(element) or _is_message(element))
    place_notes(root)
    builder = ArticleBuilder(source, title_of(fields))
    HtmlRenderer(builder).render(root)
    return builder.article(source=source, raw=raw, origin=origin_of(fields))


def is_rst(text: str) -> bool:
    """Tell a plain text that is written in reStructuredText: by its marks below headings."""
    marked = DIRECTIVE.search(text) or ROLE.search(text) or LINK.search(text)
    return marked is not None and HEADING.search(text) is not None


def _html(text: str) -> str:
    from docutils.core import publish_parts

    _know(DIRECTIVE.findall(text), ROLE.findall(text))
    text = BLANK_HEAD.sub(_fill_blank_head, text)
    parts = publish_parts(text, writer="html5", settings_overrides=SETTINGS)
    return str(parts["html_body"])


def _is_message(element: Any) -> bool:
    """Tell what docutils says of an error, but for the words that it could not read."""
    if element.get("class") == "system-messages":
        return True
    parent = element.getparent()
    if parent is None or parent.get("class") != "system-message":
        return False
    return element.tag != "pre" or str(element.text_content()).startswith("..")


def _fill_blank_head(found: re.Match[str]) -> str:
    """Put a comment into the first head of a table if it is blank: docutils loses the others.

    Heads that stand between the columns are put into them, if there is one for each.
    """
    border, heads = found["border"], found["heads"]
    columns = [column.span() for column in re.finditer("=+", border)]
    first, *others = columns
    if heads[: first[1]].strip():
        return found[0]
    if any(heads[end:start].strip() for (_, end), (start, _) in pairwise(columns)):
        words = heads.split()
        fits = [
            len(word) <= end - start for word, (start, end) in zip(words, others, strict=False)
        ]
        if len(words) != len(others) or not all(fits):
            return found[0]
        heads = " " * first[1]
        for word, (start, _) in zip(words, others, strict=True):
            heads = heads.ljust(start) + word
    return f"{border}\n{heads[: first[0]]}..{heads[first[0] + 2 :]}"


def _know(directives: Iterable[str], roles: Iterable[str]) -> None:
    """Teach docutils to read the words of what it does not know."""
    from docutils.parsers.rst.directives import register_directive
    from docutils.parsers.rst.languages import en
    from docutils.parsers.rst.roles import register_local_role

    for name in {name.lower() for name in directives} - {*en.directives}:
        register_directive(name, _content())
    for name in {name.lower() for name in roles} - {*en.roles}:
        register_local_role(name, _words)


@cache
def _content() -> type[Any]:
    """Return a directive that shows its argument and what stands in it."""
    from docutils import nodes
    from docutils.parsers.rst import Directive

    class Content(Directive):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = None

        def run(self) -> list[Any]:
            box = nodes.container()
            if self.arguments and self.name not in HIDDEN_ARGUMENTS:
                box += nodes.paragraph("", self.arguments[0])
            if self.name not in HIDDEN_CONTENT:
                self.state.nested_parse(self.content, self.content_offset, box)
            return [box]

    return Content


HIDDEN_ARGUMENTS = {
    *("index", "toctree", "automodule", "autoclass", "autofunction", "module", "currentmodule"),
    *("highlight", "literalinclude", "tabularcolumns", "only", "sectionauthor"),
}
HIDDEN_CONTENT = {"toctree", "index", "highlight"}


def _words(_: str, rawtext: str, text: str, *__: Any) -> tuple[list[Any], list[Any]]:
    """Return what a role shows: the words before its target, or the last part of a name."""
    from docutils import nodes, utils

    given = utils.unescape(text)
    form = FORM.match(given)
    words = form["words"] if form and form["words"] else given
    if words.startswith("~"):
        words = words.rpartition(".")[2]
    return [nodes.inline(rawtext, words)], []
