"""Blocks and sentences as spans of a text; offsets are never lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from qa.language.languages import LANGUAGES
from qa.types import Span

MAX_WRAPPED_LINE = 100  # characters: most who wrap lines by hand wrap them before
SENTENCE_END = re.compile(r"[.!?:…。！？؟][\"'”’)\]]*\s*$")
LINE = re.compile(r"\S[^\n]*")
MARKER = r"(?:[-*+•–]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|[IVX]{1,4}[.)])"
LIST_ITEM = re.compile(rf"[ \t]*{MARKER}[ \t]+\S")
LABELLED = re.compile(r"[ \t]*(?![a-z])[^\W_][^:\n]{0,39}:[ \t]+\S")
"""A line that says first what it is about, as those of hours, addresses and talks do."""
MAX_STRETCH = 20_000  # characters: sentencex takes quadratic time over open quotation marks
UNUSUAL_SPACES = {code: " " for code in range(0x80, 0x3001) if chr(code).isspace()}
"""Spaces that sentencex trips over, each given as a plain one: no offset moves."""

MISSED_END = re.compile(
    r"(?:\betc\.|…|[!?][!?]|[.!?][)\]])(?=\s+[\"'“‘(]?[A-Z])|\bno\.(?=\s+[A-Z][a-z])"
)
"""Ends of sentences that sentencex misses."""

NOTE = re.compile(r"(?:\[(?:[\d,;– -]{1,12}|[a-z]|note \d+|citation needed)\]|[¹²³⁰⁴-⁹])+")
EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+")
NUMBERED_ABBREVIATION = re.compile(
    r"\b(?:vols?|nos?|pp?|figs?|secs?|ch|art|approx|ca?|eq|par|ver|abs|bd|kap|ziff)\.$",
    re.I,
)
ORDINAL = re.compile(
    rf"""(?<![\w.,])\d{{1,2}}\.\s+
      (?:(?:{"|".join(LANGUAGES["de"].months)})\b|(?:jan|febr?|apr|aug|sept?|okt|nov|dez)\.
       |\d{{1,2}}\.(?=\s+\d{{4}}\b))(?:\s+\d{{4}}\b)?
      |\b(?:das|de[mnrs]|die|ins|im|vom|zu[mr]|beim|jede[mnrs]?)\s+\d{{1,2}}\.\s+(?=\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A German number with a stop, which is no end: in a date, or behind an article."""

LONGEST_ORDINAL = 30  # characters
TIME_ABBREVIATION = re.compile(r"\b[ap]\.\s?m\.$", re.I)
DAY_OR_ZONE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ECMP][SD]?T|GMT|UTC)\b"
)


def blocks(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Return the paragraphs and list items of a text.

    A blank line ends a block, and so does a newline before a list item, or before a labelled
    line in or after a labelled block. Where lines are too long for most to have been wrapped,
    so does one after a full stop or after a short heading.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    found: list[Span] = []
    previous = ""
    for match in LINE.finditer(text, start, end):
        line, span = match.group(), _strip(text, match.start(), match.end())
        labelled = LABELLED.match(line) and (
            LABELLED.match(previous) or (found and LABELLED.match(found[-1].of(text)))
        )
        between = text[found[-1].end : span.start] if found else ""
        if found and not labelled and _is_wrapped(between, previous, line):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
        previous = line
    return tuple(found)


def sentences(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Return the sentences of a text, in order; white space around them is in none.

    They are sentencex's, corrected where it cuts too early or too late; the cases, and what
    each rule is for, are in tests/language/test_sentences.py.
    """
    if within and len(within) < len(text):  # what lies around it decides nothing
        at = within.start
        return tuple(Span(at + s.start, at + s.end) for s in sentences(within.of(text)))
    found: list[Span] = []
    for block in blocks(text):
        first = len(found)
        for span in _sentencex_spans(text, block):
            for piece in _split(text, span):
                if len(found) > first and _continues_sentence(text, found[-1], piece):
                    found[-1] = Span(found[-1].start, piece.end)
                else:
                    found.append(piece)
    return tuple(found)


def _is_wrapped(between: str, previous: str, line: str) -> bool:
    """Tell whether a line is wrapped from the one before it."""
    if between.count("\n") > 1 or LIST_ITEM.match(line):
        return False
    if LIST_ITEM.match(previous) and between.endswith("\n") and _had_room(previous, line):
        return False
    if max(len(previous), len(line)) <= MAX_WRAPPED_LINE:
        return True
    headed = len(previous) < len(line) / 2
    return not headed and not SENTENCE_END.search(previous)


def _had_room(previous: str, line: str) -> bool:
    """Tell whether the first word of a line would have fitted into the one before it."""
    first = line.split(maxsplit=1)[0]
    return not first[0].islower() and len(previous) + 1 + len(first) <= len(line)


def _sentencex_spans(text: str, block: Span) -> Iterator[Span]:
    """Yield the sentences that sentencex finds in a block."""
    flat = block.of(text).replace("\n", " ").translate(UNUSUAL_SPACES)
    flat = flat.encode("utf-8", "replace").decode() if not flat.isascii() else flat
    start = 0
    while start < len(flat):
        found = get_sentence_boundaries("en", flat[start : start + MAX_STRETCH])
        if len(found) > 1 and start + MAX_STRETCH < len(flat):
            found.pop()  # it may go on: the next stretch begins with it
        for boundary in found:
            left = block.start + start + boundary["start_index"]
            right = block.start + start + boundary["end_index"]
            if text[left:right].strip():
                yield _strip(text, left, right)
        start += found[-1]["end_index"] if found else MAX_STRETCH


def _split(text: str, span: Span) -> Iterator[Span]:
    """Cut a sentence where another begins inside it, and after notes and emoji at its start."""
    start = span.start
    head = NOTE.match(text, start, span.end) or EMOJI.match(text, start, span.end)
    ends = [head.end()] if head else []
    ends += [match.end() for match in MISSED_END.finditer(text, start, span.end)]
    for end in [*ends, span.end]:
        if text[start:end].strip():
            piece = _strip(text, start, end)
            yield piece
            start = piece.end


def _continues_sentence(text: str, before: Span, piece: Span) -> bool:
    """Tell whether a piece continues the sentence before it."""
    gap, said = text[before.end : piece.start], before.of(text)[-12:]
    first = piece.of(text)[:20].split()[0]
    goes_on = first[0].islower() and first.rstrip(".,;:!?").islower()
    counted = first[0].isdigit() and NUMBERED_ABBREVIATION.search(said) is not None
    timed = TIME_ABBREVIATION.search(said) is not None and DAY_OR_ZONE.match(first) is not None
    joined = not gap and said.endswith(".") and first[0].isalnum() and first[0].isascii()
    listed = re.fullmatch(MARKER, before.of(text)) is not None
    hangs = NOTE.fullmatch(piece.of(text)) or EMOJI.fullmatch(piece.of(text))
    is_german = _cuts_ordinal(text, before, piece)
    return goes_on or counted or timed or joined or listed or hangs is not None or is_german


def _cuts_ordinal(text: str, before: Span, piece: Span) -> bool:
    """Tell whether a German ordinal or date lies on both sides of a cut."""
    if text[before.end - 1] != ".":
        return False
    around = max(0, before.end - LONGEST_ORDINAL), piece.start + LONGEST_ORDINAL
    return any(
        found.start() < before.end and found.end() >= piece.start
        for found in ORDINAL.finditer(text, *around)
    )


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + len(piece.rstrip()))
