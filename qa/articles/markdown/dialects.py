"""Dialects of Markdown: translated into CommonMark, or left out where no reader sees them."""

from __future__ import annotations

import re
import textwrap

CODE = r"""
(?P<fence>^[ \t]*(?:>[ \t]*)*(?P<ticks>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=ticks)[^\n]*$|\Z))
|(?P<code>(?<!`)(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`))
"""
"""Code, in which every character stands for itself."""
TEMPLATE = r"""
(?P<comment>\{\#(?!\w+\}).{0,5000}?\#\}|\{\{!--.{0,5000}?--\}\}
    |\{%-?\s*comment\s*-?%\}.{0,20000}?\{%-?\s*endcomment\s*-?%\})
|(?P<tag>\{%.{0,2000}?%\})|(?P<value>\{\{.{0,2000}?\}\})|(?P<ruby><%.{0,2000}?%>)
"""
FLAGS = re.MULTILINE | re.DOTALL | re.VERBOSE
CODE_ALONE = re.compile(CODE, FLAGS)
CODE_OR_TEMPLATE = re.compile(f"{CODE}|{TEMPLATE}", FLAGS)
WITHIN_TARGET = re.compile(r"\]\((?:[^()\s]*)$")
QUOTED = re.compile(
    r"""\{\{[-<%]?\s*(?P<sign>["'])(?P<words>.*?)(?P=sign)\s*"""
    r"(?:\.format|%|\|\s*(?:t|_|trans\w*|safe|link)\b)"
)
"""An expression that is words to be filled: `{{ 'Glossary of terms'.format(…) }}`."""
CONTROL = re.compile(
    r"\{%-?\s*(?:end\w*|if|elsif|elif|else|unless|for|case|when|with|block|raw|capture|assign|set"
    r"|include|import|from|extends|macro|call|filter|autoescape|load|trans|blocktrans|highlight"
    r"|alert|note|tip|warning|info|hint|tabs?|details|sidenote|callout|notice)\b"
)
RUBY_VALUE = re.compile(r"<%-?=")
ALERT = re.compile(
    r"^(?P<quote>[ \t]*(?:>[ \t]*)+)\[!(?P<kind>\w+)\][-+]?[ \t]*(?P<words>[^\n]*)$", re.M
)
MKDOCS = re.compile(r"^([ \t]*)\?\?\?\+?(?=[ \t]+\w)", re.MULTILINE)
ATTRIBUTES = re.compile(
    r"^(#{1,6}[ \t][^\n]*?)[ \t]*\{:?[ \t]*[#.][^{}\n]*\}[ \t]*$", re.MULTILINE
)
KRAMDOWN = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*$\n?", re.MULTILINE)
FENCED_DIV = re.compile(
    r"^([ \t]*:{3,})[ \t]*(?:\{[^}\n]*\}|[\w.-]+)[ \t]*:*[ \t]*$", re.MULTILINE
)
WIKI_LINK = re.compile(r"!?\[\[(?:[^\]|\n]{0,300}\|)?([^\]|\n]{1,300})\]\]")
SUBSCRIPT = re.compile(r"(?<=[A-Za-z)\]])~(\d{1,4}[+-]?)~(?!~)")
SUPERSCRIPT = re.compile(r"(?<=[\w)\]])\^([-+−\d][\d.,]{0,6}|[a-z])\^")
WITHIN_HTML = re.compile(
    r"^[ \t]*<(?P<tag>[a-zA-Z]+)\b(?P<rest>[^>\n]*\smarkdown(?:=[\"']?\w+[\"']?)?[^>\n]*)>"
    r"(?P<words>.*?)</(?P=tag)>",
    re.MULTILINE | re.DOTALL,
)
FOOTNOTE_SPACE = re.compile(r"(?<=\S)[ \t]+(?=\[\^[^\]\s]+\](?!:))")
INLINE_R = re.compile(r"^(`+)\{?r\}?[ \t][^`]*\1$")
RAW_CODE = re.compile(r"(?<!`)(`+)(?!`)[^`\n]*\1\{=\w+\}")


def as_common_mark(text: str) -> str:
    """Return Markdown of any kind as CommonMark with the marks that the parser knows."""
    text = RAW_CODE.sub("", text)
    return CODE_OR_TEMPLATE.sub(_replacement, _translate_marks(text))


def _replacement(found: re.Match[str]) -> str:
    """Return what stands in the place of a template; code is kept."""
    if found["fence"]:
        return found[0]
    if found["code"]:
        return "…" if INLINE_R.match(found[0]) else found[0]
    if found["comment"]:
        return ""
    return _expression_words(found)


def _expression_words(template: re.Match[str]) -> str:
    """Return the words of an expression, or what says that something stood in a sentence."""
    words = QUOTED.match(template[0])
    if words:
        return words["words"]
    text, start, end = template.string, template.start(), template.end()
    line_start = text.rfind("\n", 0, start) + 1
    before = text[line_start:start]
    if WITHIN_TARGET.search(before):
        return "#"
    is_hidden = (template["tag"] and CONTROL.match(template[0])) or (
        template["ruby"] and not RUBY_VALUE.match(template[0])
    )
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    alone = not before.strip(" \t>#*-") and not after.strip()
    is_heading = before.lstrip().startswith("#")
    return "" if is_hidden or alone or is_heading else "…"


def _translate_marks(text: str) -> str:
    """Return a text whose marks of other dialects are translated, outside of code."""
    parts: list[str] = []
    end = 0
    for code in CODE_ALONE.finditer(text):
        parts += [_translate(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, _translate(text[end:])])


def _translate(text: str) -> str:
    text = WITHIN_HTML.sub(_free_markdown, text)
    text = ALERT.sub(_alert, text)
    text = MKDOCS.sub(r"\1!!!", text)
    text = ATTRIBUTES.sub(r"\1", KRAMDOWN.sub("", text))
    text = FENCED_DIV.sub(r"\1 box", text)
    text = WIKI_LINK.sub(r"\1", text)
    text = SUBSCRIPT.sub(r"<sub>\1</sub>", text)
    text = SUPERSCRIPT.sub(r"<sup>\1</sup>", text)
    return FOOTNOTE_SPACE.sub("", text)


def _free_markdown(found: re.Match[str]) -> str:
    """Return Markdown that stands in HTML and says that it is such, where it is parsed."""
    words = textwrap.dedent(found["words"].strip("\n"))
    return f"<{found['tag']}{found['rest']}>\n\n{words}\n\n</{found['tag']}>"


def _alert(found: re.Match[str]) -> str:
    """Return the mark of an alert as the words that it shows."""
    title = found["words"] or found["kind"].capitalize()
    return f"{found['quote']}{title}\n{found['quote'].rstrip()}"
