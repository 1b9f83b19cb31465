"""Rich text: striprtf takes the words out; raised numbers stay raised, struck words go."""

from __future__ import annotations

import re
from itertools import groupby, pairwise, takewhile

from qa.articles.builder import ArticleBuilder
from qa.articles.characters import subscript, superscript
from qa.articles.plain_text import is_heading
from qa.articles.table import Table
from qa.errors import ArticleError
from qa.origin import one_line
from qa.types import Article

MARKS = r"(?:\\[a-z]+-?\d* ?)*?"
RAISED_OR_LOWERED = re.compile(
    rf"\{{{MARKS}\\(super|sub|up\d+|dn\d+)\b(?:\\[a-z]+-?\d*)* ?([^{{}}\\]{{1,20}})\}}"
)
WITHDRAWN = re.compile(
    rf"\{{{MARKS}\\(?:strike|striked1|deleted|v)(?![a-z\d])(?:\\[a-z]+-?\d*)* ?"
    r"(?:[^{}\\]|\\[^a-z]|\\'[0-9a-f]{2}|\\[a-z]+-?\d* ?)*\}"
)
ROW = re.compile(r"\\trowd\b.*?\\row\b", re.DOTALL)
UP_TO_LAST_ROW = re.compile(r".*\\row\b", re.DOTALL)
CELL_END = re.compile(r"\\cell\b")
BOLD = re.compile(r"\\b(?![a-z\d])")
HEAD, MARK = "\ue000", "{\\uc1\\u57344?}"
"""What is put into the first cell of a row of heads: as text, and as rich text writes it."""
TITLE = re.compile(r"\{\\title\s+([^{}\\]{1,300})\}")


def read(raw: bytes, *, source: str) -> Article:
    """Read rich text; its lines of cells are tables.

    Raises:
        ArticleError: if it is none.
    """
    from striprtf.striprtf import rtf_to_text

    written = raw.decode("latin-1")
    if not written.lstrip().startswith("{\\rtf"):
        raise ArticleError("{name} is not rich text.", hint="Save it as .rtf.", name=source)
    title = TITLE.search(written)
    marked = _with_heads(WITHDRAWN.sub("", written))
    words = rtf_to_text(  # type: ignore[no-untyped-call]
        RAISED_OR_LOWERED.sub(_raise_or_lower, marked), errors="ignore"
    )
    builder = ArticleBuilder(source, one_line(title[1] if title else ""))
    _write(builder, words)
    return builder.article(source=source, raw=raw)


def _raise_or_lower(found: re.Match[str]) -> str:
    form = superscript if found[1].startswith(("super", "up")) else subscript
    before = found.string[: found.start()].rstrip("{}")[-1:]
    words = form(found[2].strip(), before)
    return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in words)


def _with_heads(written: str) -> str:
    """Return rich text with its rows of heads marked."""
    rows = UP_TO_LAST_ROW.match(written)  # below it, each start would look for an end in vain
    return written if not rows else ROW.sub(_mark_heads, rows[0]) + written[rows.end() :]


def _mark_heads(found: re.Match[str]) -> str:
    """Return a row, with a mark in its first cell if it is one of heads or all bold."""
    *cells, end = CELL_END.split(found[0])
    is_head = "\\trhdr" in found[0] or all(BOLD.search(cell) for cell in cells)
    if not is_head or len(cells) < 2:
        return found[0]
    return "\\cell".join([f"{cells[0]}{MARK}", *cells[1:], end])


def _write(builder: ArticleBuilder, text: str) -> None:
    """Write the paragraphs of a text under bare headings, and its rows of cells as tables."""
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    for is_row, block in groupby(lines, lambda line: "|" in line):
        if is_row:
            rows = list(block)
            heads = len([*takewhile(lambda row: HEAD in row, rows)])
            cells = [row.replace(HEAD, "").rstrip("|").split("|") for row in rows]
            builder.table(Table.of(cells, heads=heads if heads < len(cells) else 0))
            continue
        paragraphs = list(block)
        for line, below in pairwise([*paragraphs, ""]):
            if below and is_heading(line) and not is_heading(below):
                builder.section(line)
            else:
                builder.paragraph(line)
