"""Names that a text itself says are one: “Hayat Tahrir al-Sham (HTS)”, “X, known as Y”.

Acronyms are found as in Schwartz & Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (2003): each letter of one stands in the name, in order, the
first at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

MAX_NAME_WORDS = 8
LINKING = "of|the|for|and|on|in|de|la|le|les|du|des|der|das|und|von|für|y|el|et|al|del|a|&"
WORD = r"\b[A-ZÀ-ÖØ-Þ][\w’'.&-]{0,40}\w"
NAME = rf"{WORD}(?: (?:(?:{LINKING}) ){{0,2}}(?:{WORD}|[A-Z]\b)){{0,7}}"
QUOTE = "[\"“”„«»‘’']"
INTRODUCTION = (
    r"(?:hereafter|hereinafter|henceforth|abbreviated(?: as| to)?|in short|short(?: for)?"
    r"|(?:also |formerly |better )?(?:known as|called)|also|formerly|previously|originally"
    r"|or|alias|kurz|abgekürzt"
    r"|auch|früher|ehemals|genannt|dite?|abrégé|anciennement|ou|conocido como|antes|o)"
)
IN_BRACKETS = rf"\((?:{INTRODUCTION}:? )?(?:the )?{QUOTE}?(?:the )?([^()\n]{{2,60}}?){QUOTE}?\)"
KNOWN_AS = (
    rf"({NAME}),? (?:\(?(?:which is|who is|is|was|are|were) )?"
    r"(?:(?:also|better|commonly|popularly|locally|formerly|officially|otherwise|widely|auch"
    r"|besser|aussi|también|mejor) )?"
    r"(?:known as|called|referred to as|nicknamed|abbreviated as|abbreviated to|bekannt als"
    r"|genannt|appelée?|connue? sous le nom de|conocid[oa] como|llamad[oa]) "
    rf"(?:the |der |die |das |le |la |el |als )?{QUOTE}?({NAME})"
)
ACRONYM = re.compile(r"(?=(?:.*[A-ZÀ-Þ]){2})[^\W_][\w.&-]{1,9}")
MAX_BEFORE = 200  # characters that a name before a bracket is looked for in


class Alias(NamedTuple):
    """Two names of one thing, as the text writes them."""

    name: str
    other: str


def aliases(text: str) -> Iterator[Alias]:
    """Yield the names that a text says are one."""
    if "(" in text:
        for found in _compile(IN_BRACKETS).finditer(text):
            before = text[max(0, found.start() - MAX_BEFORE) : found.start()].rstrip()
            if name := _name_of_brackets(before, found):
                yield Alias(name, found[1].strip())
    for found in _compile(KNOWN_AS).finditer(text):
        if found[1].casefold() != found[2].casefold():
            yield Alias(found[1], found[2].rstrip("."))


def _name_of_brackets(before: str, found: re.Match[str]) -> str:
    """Return the name before brackets that hold another one of the same thing, or nothing."""
    inside = found[1].strip()
    if ACRONYM.fullmatch(inside):
        return _expansion(before, inside)
    last = before.rsplit(maxsplit=1)[-1:] or [""]
    if ACRONYM.fullmatch(last[0]) and _expansion(inside, last[0]) == inside:
        return last[0]
    marked = found.group() != f"({inside})"  # “hereafter …”, or quoted
    if marked and _compile(NAME).fullmatch(inside):
        return next(iter(_name_at_end(before)), "")
    return ""


def _expansion(before: str, acronym: str) -> str:
    """Return the words at the end of a text that an acronym stands for, or nothing."""
    letters = [c for c in acronym.casefold() if c.isalnum()]
    words = before.split()[-min(len(letters) + 5, 2 * len(letters)) :]
    text = " ".join(words)
    at, lowered = len(text), text.casefold()
    if len(lowered) != len(text):
        return ""
    for place in range(len(letters) - 1, -1, -1):
        at = lowered.rfind(letters[place], 0, at)
        while place == 0 and at > 0 and lowered[at - 1].isalnum():
            at = lowered.rfind(letters[place], 0, at)
        if at < 0:
            return ""
    name = text[at:].strip(" ,;:")
    longer = len(name) > len(acronym) and acronym not in name.split()
    named = len(name.split()) <= MAX_NAME_WORDS and not re.search(r"[.;:()](?:\s|$)", name)
    return name if longer and named else ""


def _name_at_end(text: str) -> Iterator[str]:
    """Yield the name that a text ends with."""
    for found in _compile(NAME).finditer(text):
        if found.end() == len(text):
            yield found.group().removeprefix("The ")


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: only the writing of an index needs these."""
    return re.compile(pattern)
