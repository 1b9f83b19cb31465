"""Plain text: find the title, the headings and the paragraphs without being told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from qa.articles import rst
from qa.articles.builder import title_of_file
from qa.articles.encoding import decode
from qa.articles.front_matter import origin_of, split_headers, title_of
from qa.language.sentences import LIST_ITEM, blocks
from qa.types import Article, Section, Span

MAX_HEADING = 80  # characters
MAX_TITLE = 160
MIN_WIDTH = 50  # characters of the widest line of a paragraph that was wrapped by hand
MIN_FULL_SHARE = 0.75  # of the width: by hand, lines are often wrapped early
SLUG = re.compile(r"[^\W_]+(?:[-_’'][^\W_]+){2,}")
CLOSED = re.compile(r"[.!…。！؟:;,][\"'”’)\]]*$|[?？][\"'”’)\]]+$")
RULE = re.compile(r"[=\-~*_#\s]{3,}")
UNDERLINED = re.compile(
    r"^(?P<heading>\S[^\n]{0,150})\n(?P<line>(?P<sign>[=\-~^*+#_])(?P=sign){2,})[ \t]*$",
    re.MULTILINE,
)
"""A heading with a line of one sign below it, as reStructuredText and many others have it."""
NUMBERED = re.compile(
    r"(?:(?:§|Art(?:\.|icle|ikel)|Section)[ \t]*)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t]+"
    r"(?=[^\W\d_])(?![a-z])"
)
MIN_NUMBERED = 2  # headings: one alone may be the item of a list
TABULAR = re.compile(r"\S(?: {3,}|\t+)\S|^\s*[|+>]|\|\s*$")
"""A line of a drawing, a table or a quotation, which ends where it ends."""
WORD_CUT = re.compile(r"[^\W\d_]-\s*$")
PAGE_BREAK = re.compile(r"\n?^(?P<foot>[^\n]*)\n{0,9}\f\n*(?P<head>[^\n]*)\n?", re.MULTILINE)
"""From the start of a line, lest each letter of a long one be tried."""
PAGE_NUMBER = re.compile(r"\[?page\s+\w{1,5}\]?\s*$|^\s*\d{1,4}\s*$", re.IGNORECASE)


def read(raw: bytes, *, source: str) -> Article:
    """Read plain text: a title line, perhaps a slug, then paragraphs under bare headings."""
    written = decode(raw, source)
    if rst.is_rst(written):
        return rst.article_of(written, raw=raw, source=source)
    fields, text = split_headers(written)
    text = unwrap(_without_page_breaks(text))
    parts = _parts(text)
    title = title_of(fields)
    if not title and len(parts) > 1 and is_title(parts[0].of(text)):
        title = _line(parts.pop(0), text)
        if SLUG.fullmatch(parts[0].of(text)):
            parts.pop(0)
    return Article.of(
        title or title_of_file(source),
        text,
        sections=_sections(text, parts),
        source=source,
        raw=raw,
        origin=origin_of(fields),
    )


def sections_of(text: str) -> tuple[Section, ...]:
    """Return the sections of a text that has no title in it."""
    return _sections(text, _parts(text))


def is_title(words: str) -> bool:
    """Tell a title: one line, perhaps long or underlined, that is not a sentence."""
    line = UNDERLINED.sub(r"\g<heading>", words)
    return "\n" not in line and len(line) <= MAX_TITLE and not line.endswith((".", ":", ","))


def is_heading(line: str) -> bool:
    """Tell a bare short line, with no stop at its end, from a paragraph."""
    short = "\n" not in line and len(line) <= MAX_HEADING
    bare = not CLOSED.search(line) and not LIST_ITEM.match(line)
    return short and bare and line[0].isalnum() and not line[0].islower()


def unwrap(text: str) -> str:
    """Return a text whose paragraphs are one line each, where they were wrapped by hand.

    A line was wrapped if the first word of the next had no room in it: what is short by intent,
    such as verse, an address or a list, stays as it is.
    """
    written: list[str] = []
    for is_blank, run in groupby(text.split("\n"), lambda line: not line.strip()):
        lines = list(run)
        written += lines if is_blank else _unwrap_paragraph(lines)
    return "\n".join(written)


def _unwrap_paragraph(lines: list[str]) -> list[str]:
    """Return the lines of a paragraph, as one where they were wrapped."""
    width = max(len(line.rstrip()) for line in lines)
    if width < MIN_WIDTH or UNDERLINED.search("\n".join(lines)):
        return lines
    pairs = list(pairwise(lines))
    wrapped = any(_is_full(above, line, width) for above, line in pairs)
    joined = [[lines[0]]]
    for above, line in pairs:
        ragged = (
            wrapped
            and len(above) > MIN_FULL_SHARE * width
            and not CLOSED.search(above.rstrip())
        )
        ends = LIST_ITEM.match(line) or TABULAR.search(above) or TABULAR.search(line)
        if (ragged or _is_full(above, line, width)) and not ends:
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_one_line(row) for row in joined]


def _is_full(above: str, line: str, width: int) -> bool:
    """Tell whether the first word of a line had no room in the one above it."""
    return len(above.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > width


def _one_line(lines: list[str]) -> str:
    """Return lines as one; a hyphen at the end of one keeps its word together."""
    if len(lines) == 1:
        return lines[0]
    parts = [lines[0].rstrip()]
    for above, line in pairwise(lines):
        is_cut = WORD_CUT.search(above) is not None and line.lstrip()[:1].islower()
        parts += [line.strip()] if is_cut else [" ", line.strip()]
    return "".join(parts)


def _without_page_breaks(text: str) -> str:
    """Return a text without the lines that stand above and below the breaks of its pages."""
    if "\f" not in text:
        return text
    breaks = list(PAGE_BREAK.finditer(text))
    seen = Counter(_key(each[name]) for each in breaks for name in ("foot", "head"))

    def is_margin(line: str) -> bool:
        often = bool(line.strip()) and seen[_key(line)] > 1
        return often or PAGE_NUMBER.search(line) is not None

    def join_pages(page_break: re.Match[str]) -> str:
        foot, head = page_break["foot"], page_break["head"]
        above = "" if is_margin(foot) else f"\n{foot}"
        below = "" if is_margin(head) else f"{head}\n"
        before = f"{text[: page_break.start()]}{above}".rstrip()[-1:]
        after = f"{below}{text[page_break.end() : page_break.end() + 200]}".lstrip()[:1]
        goes_on = before not in ".!?:" and after.islower()
        between = "\n" if goes_on else "\n\n"
        return f"{above}{between}{below}"

    joined = PAGE_BREAK.sub(join_pages, text)
    return re.sub(r"(?<=[^\s.!?:])\n{3,}(?=\s*[a-z])", "\n", joined)


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _parts(text: str) -> list[Span]:
    """Return the paragraphs and headings of a text; rules are none."""
    return [
        span
        for stretch in _stretches(text)
        for span in blocks(text, stretch)
        if not RULE.fullmatch(span.of(text))
    ]


def _stretches(text: str) -> Iterator[Span]:
    """Yield underlined headings, and what stands between them."""
    end = 0
    for heading in UNDERLINED.finditer(text):
        if not _fits(heading):
            continue
        if heading.start() > end:
            yield Span(end, heading.start())
        yield Span(heading.start(), heading.end())
        end = heading.end()
    if end < len(text):
        yield Span(end, len(text))


def _fits(heading: re.Match[str]) -> bool:
    """Tell whether a line is about as long as the heading above it, and not a rule."""
    words, line = heading["heading"].strip(), heading["line"]
    return len(line) > len(words) * 0.7 and not RULE.fullmatch(words)


def _line(part: Span, text: str) -> str:
    """Return the words of a heading, without the line below them."""
    return UNDERLINED.sub(r"\g<heading>", part.of(text)).strip()


def _sections(text: str, parts: Sequence[Span]) -> tuple[Section, ...]:
    """Gather the paragraphs under the headings above them."""
    sections: list[Section] = []
    trail: list[tuple[int, str]] = []
    fresh = True
    levels = _underlined_levels(text, parts) or _bare_levels(text, parts)
    for number, span in enumerate(parts):
        path = tuple(heading for _, heading in trail)
        if number in levels:
            trail = [above for above in trail if above[0] < levels[number]]
            trail.append((levels[number], _line(span, text)))
            fresh = True
        elif fresh:
            sections.append(Section(path, span))
            fresh = False
        else:
            sections[-1] = Section(path, Span(sections[-1].span.start, span.end))
    return tuple(sections)


def _underlined_levels(text: str, parts: Sequence[Span]) -> dict[int, int]:
    """Return the levels of the underlined headings: a sign each, the first the highest."""
    lines = {n: UNDERLINED.fullmatch(span.of(text)) for n, span in enumerate(parts)}
    signs = {number: line["sign"] for number, line in lines.items() if line and _fits(line)}
    fitting = (line["sign"] for line in UNDERLINED.finditer(text) if _fits(line))
    order = list(dict.fromkeys(fitting))
    return {number: order.index(sign) + 1 for number, sign in signs.items()}


def _bare_levels(text: str, parts: Sequence[Span]) -> dict[int, int]:
    """Return the levels of bare headings: those just above a paragraph, at most two in a row.

    More short lines in a row than that are verse or a table, whose words are content. What a
    heading's number has of parts is its level.
    """
    words = [span.of(text) for span in parts]
    numbers = {n: match for n, line in enumerate(words) if (match := _match_number(line))}
    if len(numbers) < MIN_NUMBERED:
        numbers = {}
    bare = [n in numbers or is_heading(line) for n, line in enumerate(words)]
    levels: dict[int, int] = {}
    for number in range(len(parts) - 1):
        if bare[number] and not bare[number + 1]:
            row = number
            while row and bare[row - 1]:
                row -= 1
            if number - row == 1 or number in numbers:
                row = max(row, number - 1)
            else:
                row = number if number - row > 1 else row
            for place in range(row, number + 1):
                depth = numbers[place][1].count(".") + 1 if place in numbers else 0
                levels[place] = depth or place - row + 1
    return levels


def _match_number(line: str) -> re.Match[str] | None:
    """Return the number of a heading that has one."""
    found = NUMBERED.match(line)
    return found if found and is_heading(line[found.end() :]) else None
