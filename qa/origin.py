"""Where an article comes from, as its file says, and the way back to its very words there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Self
from urllib.parse import quote

LONGEST = 300  # characters of a date or a name
LONGEST_URL = 2000
WEB = re.compile(r"https?://[^\s/?#\\]+\S*", re.IGNORECASE)
ALLOWED = "/:?#[]@!$&'()*+,;=%~-._"  # what an address may be written with
FEW = 4  # words that tell one place of an article from another, mostly
EXACT = 12  # words of a quotation that are looked for as they are
AROUND = 200  # characters before or after a quotation that may tell it from its like


@dataclass(frozen=True, slots=True)
class Origin:
    """When, by whom and at which address an article was published; nothing is made up.

    It is shown with a citation and never searched.
    """

    date: str = ""
    author: str = ""
    url: str = ""

    @classmethod
    def of(cls, *, date: object = "", author: object = "", url: object = "") -> Self:
        """Make one of whatever a file says; what is too long, or no text, says nothing."""
        return cls(told(date), told(author), told(url, longest=LONGEST_URL))

    def __bool__(self) -> bool:
        return bool(self.date or self.author or self.url)

    def __str__(self) -> str:
        shown = (self.author, self.date, "" if self.address else self.url)
        return ", ".join(part for part in shown if part)

    @property
    def address(self) -> str:
        """The URL if it is of the web, written so that any program takes it; or nothing."""
        return quote(self.url, safe=ALLOWED) if WEB.fullmatch(self.url) else ""

    def link(self, text: str, start: int, end: int) -> str:
        """Return the address with what makes a browser light these words of the article.

        That is a text fragment: https://wicg.github.io/scroll-to-text-fragment/
        """
        if not self.address:
            return ""
        page = self.address.partition(":~:")[0]
        mark = "" if "#" in page else "#"
        return f"{page}{mark}:~:text={_directive(text, start, end)}"


NOWHERE = Origin()
"""Of an article that does not say where it comes from."""


def told(said: object, *, longest: int = LONGEST) -> str:
    """Return a word or two of a file's front matter on one line; of a list, its items."""
    parts = said if isinstance(said, list | tuple) else [said]
    words = " ".join(", ".join(filter(None, map(_scalar, parts))).split())
    line = unicodedata.normalize("NFC", words).encode("utf-8", "replace").decode()
    return line if len(line) <= longest else ""


def _scalar(said: object) -> str:
    """Return one thing that was said; of a person or a place, the name."""
    if isinstance(said, dict):
        said = said.get("name")
    plain = isinstance(said, str | int | float) and not isinstance(said, bool)
    return str(said) if plain else ""


def _directive(text: str, start: int, end: int) -> str:
    """Return what a text fragment says of a quotation: `[prefix-,]start[,end][,-suffix]`."""
    words = text[start:end].split()
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2].split()
    after = text[end : end + AROUND].partition("\n")[0].split()
    for first, last in _ends(words):
        if _meant(text, start, end, first=first, last=last):
            return ",".join(map(_encoded, (first, last) if last else (first,)))
    around = (_encoded(" ".join(before[-FEW:])), _encoded(" ".join(after[:FEW])))
    parts = [f"{around[0]}-"] if before else []
    parts.append(_encoded(" ".join(words)))
    return ",".join([*parts, *([f"-{around[1]}"] if after else [])])


def _ends(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what may stand for a quotation: the whole of a short one, or its two ends."""
    whole = [(words, list[str]())]
    ends = ((words[:n], words[-n:]) for n in range(FEW, len(words) // 2 + 1))
    return chain(whole, ends) if len(words) <= EXACT else chain(ends, whole)


def _meant(text: str, start: int, end: int, *, first: list[str], last: list[str]) -> bool:
    """Tell whether a browser, which takes the first stretch that fits, takes this one."""
    opening = _pattern(first).search(text, 0, end)
    if not opening or opening.start() != start:
        return False
    closing = _pattern(last).search(text, opening.end()) if last else opening
    return closing is not None and closing.end() == end


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)


def _encoded(words: str | list[str]) -> str:
    said = words if isinstance(words, str) else " ".join(words)
    return quote(said, safe="").replace("-", "%2D")
