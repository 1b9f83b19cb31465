"""The characters of a page as lines: upright, with spaces, and small numbers raised."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from qa.articles.characters import readable, subscript, superscript
from qa.articles.pdf.columns import in_columns
from qa.articles.pdf.layout import HYPHEN, MIN_GAP, Line
from qa.articles.pdf.signs import Sign

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

CUT = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]$")
"""A hyphen at the end of a line, after a letter."""
LEADER = re.compile(r"(?:[.·…] ?){6,}\d*$")
"""What leads to a page number in a table of contents, whose lines are no text."""
SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\x02": HYPHEN}
"""Signs of symbol fonts, and PDFium's own."""
MAX_SMALL = 0.85  # of the size of most of a line: notes, powers and indices
UP, DOWN, HIGH = 0.1, 0.06, 0.3  # of that size: how far they stand off the line
ON_LINE = 0.3  # of the height of a sign that another on its line shares
MIN_SPACE = 0.2  # of the size of type: a gap that is a space where none is written
MIN_SINGLE_SHARE, MIN_WORDS = 0.3, 6
"""In a line whose letters stand apart: the share of words of one letter, and all words."""
MAX_TILT = 0.1  # radians: what leans more is drawn over the page

GIVEN, ADDED, BREAK = Sign(" "), Sign("\0"), Sign("\n")
"""Spaces: of the file, and those that PDFium has put between two signs or lines."""
BLANKS = (GIVEN, ADDED, BREAK)


def lines_of(text: PdfTextPage, start: int = 0, *, has_hidden: bool = False) -> list[Line]:
    """Return the lines of a page, or of what was drawn on it since some character.

    What stands sideways is read after what does not; what leans is no text but a stamp. What
    is written unseen is left out if there may be such.
    """
    skip = _hidden(text, start) if has_hidden else frozenset[int]()
    signs = [sign for number, sign in _signs(text, start) if number not in skip]
    turns = Counter(sign.turn for sign in signs if sign.turn >= 0)
    return [
        line
        for turn, _ in turns.most_common()
        for stretch in in_columns(
            list(_stretches([sign for sign in signs if sign.turn in (turn, -1)]))
        )
        for line in _line(stretch)
    ]


def _hidden(text: PdfTextPage, start: int) -> frozenset[int]:
    """Return the numbers of the characters that are written unseen."""
    from pypdfium2 import raw

    found = (
        (number, raw.FPDFText_GetTextObject(text, number))
        for number in range(start, text.count_chars())
    )
    return frozenset(
        number
        for number, run in found
        if run and raw.FPDFTextObj_GetTextRenderMode(run) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def _stretches(signs: Sequence[Sign]) -> Iterator[list[Sign]]:
    """Yield the stretches of signs side by side that no wide gap parts."""
    stretch: list[Sign] = []
    blanks: list[Sign] = []
    for sign in signs:
        if sign in BLANKS:
            blanks.append(sign)
            continue
        if stretch and _ends(stretch[-1], sign):
            yield stretch
            stretch = []
        elif stretch and _is_again(stretch[-1], sign):
            continue
        elif stretch and _has_space(stretch[-1], sign, blanks):
            stretch.append(_space_between(stretch[-1], sign))
        stretch.append(sign)
        blanks = []
    if stretch:
        yield stretch


def _ends(last: Sign, sign: Sign) -> bool:
    """Tell whether a sign stands far from the one before it, or on another line."""
    height = max(last.top - last.bottom, sign.top - sign.bottom, 1.0)
    shared = min(last.top, sign.top) - max(last.bottom, sign.bottom)
    least = min(last.top - last.bottom, sign.top - sign.bottom)
    far = sign.left - last.right > MIN_GAP * height or sign.left < last.right - 2 * height
    return far or last.text == HYPHEN or shared < ON_LINE * least


def _is_again(last: Sign, sign: Sign) -> bool:
    """Tell a sign that is drawn twice, to look bold."""
    return last.text == sign.text and abs(last.left - sign.left) < MIN_SPACE * sign.size / 2


def _space_between(last: Sign, sign: Sign) -> Sign:
    return last._replace(text=" ", left=last.right, right=sign.left)


def _has_space(last: Sign, sign: Sign, blanks: Sequence[Sign]) -> bool:
    if GIVEN in blanks or (ADDED in blanks and not sign.turn):
        return True
    return sign.left - last.right > MIN_SPACE * max(sign.size, last.size)


def _line(stretch: Sequence[Sign]) -> Iterator[Line]:
    """Yield some signs as a line, if they say anything."""
    signs = _join_letters(stretch)
    words = CUT.sub(HYPHEN, " ".join(_words(signs).split()))
    is_cut = words.endswith(HYPHEN)
    words = readable(words) + HYPHEN * is_cut
    if not words.strip(HYPHEN) or LEADER.search(words):
        return
    seen = [sign for sign in signs if sign.text != " "]
    height = median(sign.top - sign.bottom for sign in seen)
    yield Line(
        words,
        min(sign.left for sign in seen),
        max(sign.right for sign in seen),
        min(sign.bottom for sign in seen),
        max(sign.top for sign in seen),
        round(height, 1),
    )


def _words(signs: Sequence[Sign]) -> str:
    """Return what signs say; those that are smaller and off the line are raised or lowered."""
    first = signs[0]
    if all(sign.size == first.size and sign.base == first.base for sign in signs):
        return "".join(sign.text for sign in signs)
    sizes = Counter(round(sign.size, 1) for sign in signs if sign.text != " ")
    size = max(sizes, key=lambda each: (sizes[each], each))
    base = median(sign.base for sign in signs if round(sign.size, 1) == size)
    words = ""
    for place, run in groupby(signs, lambda sign: _place(sign, size, base)):
        part = "".join(sign.text for sign in run)
        form = {1: superscript, -1: subscript}.get(place)
        if not form or not part.strip():
            words += part
            continue
        before = words if part[:1] != " " else ""
        space = " " * (part[:1] == " "), " " * (part[-1:] == " ")
        words += f"{space[0]}{form(part.strip(), before)}{space[1]}"
    return words


def _place(sign: Sign, size: float, base: float) -> int:
    """Return 1 for what is raised, -1 for what is lowered, and 0 for the line."""
    shift = (sign.base - base) / size
    if sign.text == " ":
        return 0
    if sign.size < MAX_SMALL * size:
        return int(shift > UP) - int(shift < -DOWN)
    return int(shift > HIGH) - int(shift < -HIGH)


def _join_letters(signs: Sequence[Sign]) -> Sequence[Sign]:
    """Return a line whose letters stand apart with spaces between its words only."""
    words = "".join(sign.text for sign in signs).split()
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    seen = [sign for sign in signs if sign.text != " "]
    if len(words) < MIN_WORDS or single < MIN_SINGLE_SHARE * len(words):
        return signs
    least = _least_space([b.left - a.right for a, b in pairwise(seen)], seen[0].size)
    together = [seen[0]]
    for before, sign in pairwise(seen):
        if sign.left - before.right > least:
            together.append(_space_between(before, sign))
        together.append(sign)
    return together


def _least_space(gaps: Sequence[float], size: float) -> float:
    """Return how wide the gaps between words are at least: those between letters are alike."""
    ordered = sorted(gaps)[len(gaps) // 2 :]
    step, least = max(((b - a, (a + b) / 2) for a, b in pairwise(ordered)), default=(0.0, 0.0))
    return least if step > MIN_SPACE * size / 2 else ordered[-1]


def _signs(text: PdfTextPage, start: int) -> Iterator[tuple[int, Sign]]:
    """Yield the characters of a page and their numbers, in the order of their drawing."""
    from pypdfium2 import raw

    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_box, at_x, at_y = map(ctypes.byref, (box, x, y))
    for number in range(start, text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, number)
        sign = chr(code) if 0 < code <= 0x10FFFF else " "
        if sign.isspace():
            is_added = raw.FPDFText_IsGenerated(text, number) == 1
            yield number, BREAK if sign in "\r\n" else ADDED if is_added else GIVEN
            continue
        turn = _turn(raw.FPDFText_GetCharAngle(text, number))
        raw.FPDFText_GetCharOrigin(text, number, at_x, at_y)
        if turn < 0 or not raw.FPDFText_GetLooseCharBox(text, number, at_box):
            continue
        boxed = (box.left, box.right, box.bottom, box.top)
        base = y.value
        if turn:
            boxed = _upright(boxed, turn)
            base = _upright((x.value, x.value, y.value, y.value), turn)[2]
        size = raw.FPDFText_GetFontSize(text, number)
        if size <= 1.0:  # it is scaled elsewhere
            size = max(boxed[3] - boxed[2], 1.0)
        yield number, Sign(SYMBOLS.get(sign, sign), *boxed, base, size, turn)


Box = tuple[float, float, float, float]
"""Left, right, bottom and top, in points."""


def _turn(angle: float) -> int:
    """Return how many quarters of a turn a sign stands at; -1 if it is none."""
    if not angle:
        return 0
    quarters = angle / (math.pi / 2)
    near = round(quarters)
    return near % 4 if abs(quarters - near) < MAX_TILT else -1


def _upright(box: Box, turn: int) -> Box:
    """Return a box as it would be if the sign in it stood upright."""
    left, right, bottom, top = box
    match turn:
        case 1:
            return -top, -bottom, left, right
        case 2:
            return -right, -left, -top, -bottom
        case 3:
            return bottom, top, -right, -left
        case _:
            return box
