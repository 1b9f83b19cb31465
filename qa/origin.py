"""The origin of an article: author, date and URL, and a link to the words quoted there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Self
from urllib.parse import quote

MAX_LINE = 300  # characters of a date or a name
MAX_URL = 2000
WEB_ADDRESS = re.compile(r"https?://[^\s/?#\\]+\S*", re.IGNORECASE)
URL_CHARACTERS = "/:?#[]@!$&'()*+,;=%~-._"  # what an address may be written with
EDGE_WORDS = 4  # words at each end of a text fragment: mostly enough to be unique
MAX_EXACT_WORDS = 12  # words of a quotation that go into the fragment as a whole
CONTEXT_CHARACTERS = 200  # before or after a quotation that may tell it from its like


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
        return cls(one_line(date), one_line(author), one_line(url, limit=MAX_URL))

    def __bool__(self) -> bool:
        return bool(self.date or self.author or self.url)

    def __str__(self) -> str:
        shown = (self.author, self.date, "" if self.address else self.url)
        return ", ".join(part for part in shown if part)

    @property
    def address(self) -> str:
        """The URL if it is of the web, written so that any program takes it; or nothing."""
        return quote(self.url, safe=URL_CHARACTERS) if WEB_ADDRESS.fullmatch(self.url) else ""

    def link(self, text: str, start: int, end: int) -> str:
        """Return the address with what makes a browser light these words of the article.

        That is a text fragment: https://wicg.github.io/scroll-to-text-fragment/
        """
        if not self.address:
            return ""
        page = self.address.partition(":~:")[0]
        mark = "" if "#" in page else "#"
        return f"{page}{mark}:~:text={_text_directive(text, start, end)}"

    def link_to_page(self, page: int) -> str:
        """Return the address with what makes a viewer of PDF open this page, from 1."""
        return f"{self.address.partition('#')[0]}#page={page}" if self.address else ""


UNKNOWN_ORIGIN = Origin()
"""The origin of an article that names none."""


def one_line(value: object, *, limit: int = MAX_LINE) -> str:
    """Return a value of a file's metadata as one line; of a list, its items."""
    parts = value if isinstance(value, list | tuple) else [value]
    words = " ".join(", ".join(filter(None, map(_scalar, parts))).split())
    line = unicodedata.normalize("NFC", words).encode("utf-8", "replace").decode()
    return line if len(line) <= limit else ""


def _scalar(value: object) -> str:
    """Return a scalar as text; of a person or a place, the name."""
    if isinstance(value, dict):
        value = value.get("name")
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if plain else ""


def _text_directive(text: str, start: int, end: int) -> str:
    """Return what a text fragment says of a quotation: `[prefix-,]start[,end][,-suffix]`."""
    words = text[start:end].split()
    before = text[max(0, start - CONTEXT_CHARACTERS) : start].rpartition("\n")[2].split()
    after = text[end : end + CONTEXT_CHARACTERS].partition("\n")[0].split()
    for first, last in _ends(words):
        if _is_first_match(text, start, end, first=first, last=last):
            return ",".join(map(_percent_encode, (first, last) if last else (first,)))
    around = (
        _percent_encode(" ".join(before[-EDGE_WORDS:])),
        _percent_encode(" ".join(after[:EDGE_WORDS])),
    )
    parts = [f"{around[0]}-"] if before else []
    parts.append(_percent_encode(" ".join(words)))
    return ",".join([*parts, *([f"-{around[1]}"] if after else [])])


def _ends(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what may stand for a quotation: the whole of a short one, or its two ends."""
    whole = [(words, list[str]())]
    ends = ((words[:n], words[-n:]) for n in range(EDGE_WORDS, len(words) // 2 + 1))
    return chain(whole, ends) if len(words) <= MAX_EXACT_WORDS else chain(ends, whole)


def _is_first_match(
    text: str, start: int, end: int, *, first: list[str], last: list[str]
) -> bool:
    """Tell whether a browser, which takes the first match, takes this one."""
    opening = _pattern(first).search(text, 0, end)
    if not opening or opening.start() != start:
        return False
    closing = _pattern(last).search(text, opening.end()) if last else opening
    return closing is not None and closing.end() == end


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)


def _percent_encode(words: str | list[str]) -> str:
    value = words if isinstance(words, str) else " ".join(words)
    return quote(value, safe="").replace("-", "%2D")
