"""Characters as every format's text has them: what is not seen is not there."""

from __future__ import annotations

import re
import unicodedata

CONTROLS = r"\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufeff\ufffe\uffff"
INVISIBLE = re.compile(f"[{CONTROLS}]")
"""What no reader sees and no file of ours may hold."""
WITHIN_WORDS = re.compile(
    r"[\u00ad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069]|(?<=[A-Za-z0-9])[\u200c-\u200f](?=[A-Za-z0-9])"
)
"""Soft hyphens, spaces of no width, and marks of direction: a word with one is the same word.

Joiners and direction marks stay outside of Latin words, where they decide how letters look."""
ALIKE = str.maketrans(
    {chr(0xFB00 + n): s for n, s in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
    | {"\u2011": "-"}  # a hyphen that no line ends after
)
RAISED = str.maketrans("0123456789+-−()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
LETTERS = str.maketrans("abcdefghjklmoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
"""The raised letters by which footnotes go, besides i and n."""


def readable(text: str) -> str:
    """Return a text as a reader sees it, in NFC and with plain newlines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = WITHIN_WORDS.sub("", INVISIBLE.sub("", lines)).translate(ALIKE)
    return unicodedata.normalize("NFC", seen)


def superscript(words: str, before: str) -> str:
    """Return words that are written raised after others: 10⁶ is not 106, and 320¹ not 3201.

    What Unicode has no raised form of stands after a `^`, unless it is a mark or an ordinal.
    """
    if _all_in(words, RAISED):
        return words.translate(RAISED)
    after_digit = before[-1:].isdigit()
    if len(words) == 1 and after_digit:
        return words.translate(LETTERS)
    if not before[-1:].isalnum() or not words[:1].isalnum() or words.isalpha():
        return words
    if _all_in(words.replace(",", "").replace(" ", ""), RAISED):  # several notes
        return words.translate(RAISED)
    return f"^{words}" if words.replace(".", "").isalnum() else f"^({words})"


def subscript(words: str, before: str) -> str:
    """Return words that are written lowered after others: CO₂, x_i."""
    if _all_in(words, LOWERED):
        return words.translate(LOWERED)
    follows = before[-1:].isalnum() and words[:1].isalnum()
    return f"_{words}" if follows else words


def _all_in(words: str, table: dict[int, int]) -> bool:
    return bool(words) and all(ord(sign) in table for sign in words)
