"""Characters that are none, or that are no text: lone surrogates, and controls of terminals."""

from __future__ import annotations

import re

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
DELETE = 0x7F
PICTURES = 0x2400  # where Unicode has pictures of the first 32 controls


def is_well_formed(text: str) -> bool:
    """Whether a text can be encoded: half a character, a lone surrogate, cannot."""
    return text == well_formed(text)


def well_formed(text: str) -> str:
    """Return a text with a mark in the place of each lone surrogate."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def printable(text: str) -> str:
    """Return a text as a terminal may show it: a picture in the place of each control.

    Lines and tabs stay; an escape that clears the screen or sets its title does nothing.
    """
    return CONTROLS.sub(_picture, well_formed(text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(PICTURES + code) if code < DELETE else f"\\u{code:04x}"  # as JSON has it, too
