"""Text as Markdown that shows every character of it and obeys none."""

from __future__ import annotations

import re

from qa.errors import QAError
from qa.language.characters import well_formed
from qa.ui.i18n.strings import ENGLISH, Strings

MARKUP = re.compile(
    r"[\\`*_\[\]<>|~$&@]"  # code, emphasis, links, tags, tables, entities, addresses
    r"|:(?=//)|(?<=www)\."  # addresses again, which need no brackets
    r"|^[-+=#]",  # what begins a list, a heading or a rule
    re.IGNORECASE,
)
NUMBER = re.compile(r"^(\d{1,9})([.)])")
DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
BLANK = re.compile(r"[ \t\n\r\f\v]+")


def escape_markdown(text: str) -> str:
    """Return Markdown that shows just this text, its white space folded into single spaces.

    No more is escaped than need be: screen readers are given the Markdown itself.
    """
    return isolate(escape_part(text.strip()))


def escape_part(text: str) -> str:
    """Return Markdown of a part of a line, whose outer white space counts."""
    escaped = MARKUP.sub(r"\\\g<0>", BLANK.sub(" ", well_formed(text)))
    return NUMBER.sub(r"\1\\\2", escaped)


def isolate(markdown: str) -> str:
    """Return Markdown that turns no other text around by its marks of direction."""
    return f"<bdi>{markdown}</bdi>" if DIRECTION.search(markdown) else markdown


def bold(text: str) -> str:
    """Return a text made bold by a tag: Markdown's stars do not hold next to every sign."""
    return f"<strong>{escape_part(text)}</strong>"


def aside(text: str) -> str:
    """Return words of the program's own, in italics: quotations are upright."""
    return f"*{escape_markdown(text)}*"


def progress_note(text: str) -> str:
    """Return what is being done, to be shown until there is a reply."""
    return f"<em class='progress-note'>{escape_part(text)}</em>"


def error_note(error: QAError, strings: Strings = ENGLISH) -> str:
    """Return what went wrong, and what to do about it, as a block quote."""
    lines = [escape_markdown(line) for line in strings.error(error) if line]
    return "\n>\n".join(f"> {line}" for line in lines)
