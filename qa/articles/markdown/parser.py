"""Markdown as HTML: CommonMark with what GitHub, Pandoc and MkDocs add to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from qa.articles.html.renderer import INVISIBLE_TAGS

MAX_NESTING = 100  # of lists and quotations; what lies deeper is read as it is written
HIDING_TAG = re.compile(
    rf"<({'|'.join(sorted(INVISIBLE_TAGS - {'input', 'button'}))}|plaintext|xmp)\b[^>]*>",
    re.IGNORECASE,
)
CHUNK = re.compile(r"\{?(?P<language>=?\w+)(?P<options>[^}]*)\}?")
HIDDEN_CHUNK = re.compile(r"\b(?:echo|include)\s*=\s*(?:F|FALSE|false)\b")
HIDDEN_LANGUAGES = {"css", "js"}
RAW_HTML = {"=html", "=html5"}


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(
        ["table", "strikethrough"]
    )
    parser.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin).use(admon_plugin)
    parser.use(attrs_plugin, spans=True, allowed=())
    parser.use(container_plugin, "box", validate=_is_box, render=_box)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, renderer=_formula)
    rules: dict[str, Any] = {
        "image": _image,
        "fence": _fence,
        "html_block": _html,
        "html_inline": _html,
        "footnote_caption": _footnote_caption,
        "footnote_block_open": _nothing_but("<section class='footnotes'><ol>"),
        "footnote_anchor": _nothing_but(""),
    }
    for name, rule in rules.items():
        parser.add_render_rule(name, rule)
    return parser


def html_of(text: str) -> str:
    """Return some Markdown as HTML, which holds every word of it."""
    env: dict[str, Any] = {}
    tokens = PARSER.parse(text, env)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return f"<p>{escape(text)}</p>".replace("\n\n", "</p><p>")
    return str(PARSER.renderer.render(tokens, PARSER.options, env))


def _is_box(params: str, _: str) -> bool:
    return bool(params.strip())


def _box(_: RendererHTML, tokens: Sequence[Token], place: int, *__: Any) -> str:
    return "<div>" if tokens[place].nesting == 1 else "</div>"


def _formula(written: str, options: dict[str, Any]) -> str:
    """Return a formula in the signs that it is written with: `$5$` may be a price."""
    mark = "$$" if options.get("display_mode") else "$"
    return escape(f"{mark}{written}{mark}")


def _image(self: RendererHTML, tokens: Sequence[Token], place: int, *given: Any) -> str:
    """Return the words that stand for a picture."""
    return escape(self.renderInlineAsText(tokens[place].children or (), *given))


def _fence(_: RendererHTML, tokens: Sequence[Token], place: int, *__: Any) -> str:
    """Return code as it is shown; a chunk that R Markdown does not show is left out."""
    token = tokens[place]
    chunk = CHUNK.match(token.info.strip())
    if token.info.startswith("{") and chunk:
        if chunk["language"] in RAW_HTML:
            return _without_hiding_tags(token.content)
        if chunk["language"] in HIDDEN_LANGUAGES or HIDDEN_CHUNK.search(chunk["options"]):
            return ""
    return f"<pre>\n{escape(token.content)}</pre>"


def _html(_: RendererHTML, tokens: Sequence[Token], place: int, *__: Any) -> str:
    return _without_hiding_tags(tokens[place].content)


def _without_hiding_tags(html: str) -> str:
    """Return HTML without the unclosed tags that would hide all that comes after them."""

    def keep_if_closed(tag: re.Match[str]) -> str:
        return tag[0] if f"</{tag[1].lower()}" in html[tag.end() :].lower() else ""

    return HIDING_TAG.sub(keep_if_closed, html)


def _footnote_caption(_: RendererHTML, tokens: Sequence[Token], place: int, *__: Any) -> str:
    return f"[{tokens[place].meta['id'] + 1}]"


def _nothing_but(html: str) -> Callable[..., str]:
    def rule(*_: Any) -> str:
        return html

    return rule


PARSER = _parser()
