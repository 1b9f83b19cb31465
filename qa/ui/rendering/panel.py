"""An article as HTML, set like a page, with the quoted sentences lit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from qa.language.sentences import LIST_ITEM, blocks
from qa.types import Section, Span
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.bar import bar
from qa.ui.rendering.places import Kind, Place

DEEPEST = 6  # HTML has no heading below h6
BOOK = (
    "<svg viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='1.5'"
    " stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>"
    "<path d='M12 6.2C10 4.600 7.200 4 3.500 4v14.500c3.700 0 6.500.6 8.500 2.200"
    " 2-1.600 4.800-2.200 8.500-2.200V4C16.800 4 14 4.600 12 6.200z'/>"
    "<path d='M12 6.200v14.500'/></svg>"
)

MARK = "<span class='pill'>1</span>"


def empty(strings: Strings = ENGLISH) -> str:
    """Return the panel before there is a source."""
    return _notice(strings.source_empty, strings.source_empty_more.format(mark=MARK))


def gone(strings: Strings = ENGLISH) -> str:
    """Return the panel when a source is no longer there."""
    return _notice(strings.source_gone, strings.source_gone_more)


def _notice(heading: str, text: str) -> str:
    return f"<div class='empty'>{BOOK}<p><b>{heading}</b></p><p>{text}</p></div>"


def drawn(places: Sequence[Place], chosen: Place, strings: Strings = ENGLISH) -> str:
    """Return the chosen place's article, with a tab for each place of the same answer."""
    title = escape(chosen.article.title)
    return (
        f"<div class='source {chosen.kind}' data-place='{chosen.anchor}'>"
        f"{bar(places, chosen, strings)}"
        f"<article tabindex='0' lang='en' dir='auto' aria-label='{title}'><div class='leaf'>"
        f"<h2 dir='auto'>{title}</h2>{_origin(chosen, strings)}"
        f"{''.join(_flow(places, chosen))}</div></article></div>"
    )


def listed(places: Sequence[Place], chosen: Place, strings: Strings = ENGLISH) -> str:
    """Return all quotations of an answer, article by article; each leads to its place."""
    by_article: dict[str, list[tuple[int, Place]]] = {}
    for number, place in enumerate(places, 1):
        by_article.setdefault(place.article.id, []).append((number, place))
    groups = "".join(_group(numbered, chosen) for numbered in by_article.values())
    return (
        f"<div class='source {chosen.kind} every' data-place='{chosen.anchor}'>"
        f"{bar(places, chosen, strings, every=True)}"
        f"<article tabindex='0' aria-label='{strings.sources}'><div class='leaf'>{groups}</div>"
        "</article></div>"
    )


def _group(numbered: Sequence[tuple[int, Place]], chosen: Place) -> str:
    """Return the quotations of one article under its title, their sections where one begins."""
    title = escape(numbered[0][1].article.title)
    entries, above = list[str](), ""
    for number, place in numbered:
        section = " › ".join(place.trail[1:])
        head = f"<i dir='auto'>{escape(section)}</i>" if section != above else ""
        entries.append(_entry(number, place, head=head, here=place == chosen))
        above = section
    return f"<h2 dir='auto'>{title}</h2><ol>{''.join(entries)}</ol>"


def _entry(number: int, place: Place, *, head: str, here: bool) -> str:
    """Return the button of a quotation: its number and its words."""
    words = "".join(_bold(place.article.text, place.span, [place.short] if place.short else []))
    current = " aria-current='true'" if here else ""
    return (
        f"<li>{head}<button type='button' data-place='{place.anchor}'{current}>"
        f"<span class='pill'>{number}</span><span dir='auto'>{words}</span></button></li>"
    )


def _origin(place: Place, strings: Strings) -> str:
    """Return what is known of where an article comes from, and the way to its words there."""
    origin = place.article.origin
    known = [f"<span dir='auto'>{escape(str(origin))}</span>"] if str(origin) else []
    if origin.address:
        known.append(
            f"<a href='{escape(place.link)}' target='_blank' rel='noopener noreferrer'"
            f" title='{escape(origin.address)}'>{strings.open_original}</a>"
        )
    return f"<p class='origin'>{' · '.join(known)}</p>" if known else ""


def _flow(places: Sequence[Place], chosen: Place) -> Iterator[str]:
    """Yield the article's headings and paragraphs in reading order; to be read, all unlit."""
    article, reading = chosen.article, chosen.kind is Kind.READ
    lit = {n: p for n, p in enumerate(places, 1) if p.article == article and not reading}
    above: tuple[str, ...] = ()
    for section in article.sections:
        yield from _headings(section, above)
        above = section.path
        for block in blocks(article.text, section.span):
            kind = " class='item'" if LIST_ITEM.match(block.of(article.text)) else ""
            here = " data-here" if reading and chosen.span in block else ""
            words = "".join(_words(article.text, block, lit=lit, chosen=chosen.span))
            yield f"<p dir='auto'{kind}{here}>{words}</p>"


def _headings(section: Section, above: Sequence[str]) -> Iterator[str]:
    """Yield the headings that this section does not share with the one above it."""
    pairs = list(zip(section.path, above, strict=False))
    shared = next((n for n, (one, other) in enumerate(pairs) if one != other), len(pairs))
    for depth, heading in enumerate(section.path[shared:], shared):
        level = min(3 + depth, DEEPEST)
        yield f"<h{level} dir='auto'>{escape(heading)}</h{level}>"


def _words(text: str, block: Span, *, lit: Mapping[int, Place], chosen: Span) -> Iterator[str]:
    """Yield a block's text, cut wherever the light changes: quotations may overlap."""
    short = [place.short for place in lit.values() if place.short]
    for piece in _cut(block, [place.span for place in lit.values()]):
        words = "".join(_bold(text, piece, short))
        within = [number for number, place in lit.items() if piece in place.span]
        ending = " ".join(str(number) for number in within if lit[number].span.end == piece.end)
        on = " class='on'" if piece in chosen else ""
        yield f"<mark{on} data-ends='{ending}'>{words}</mark>" if within else words


def _bold(text: str, stretch: Span, short: Sequence[Span]) -> Iterator[str]:
    """Yield a stretch of text, the short answers in it bold."""
    for piece in _cut(stretch, short):
        words = escape(piece.of(text))
        yield f"<b>{words}</b>" if any(piece in span for span in short) else words


def _cut(stretch: Span, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the pieces of a stretch, cut wherever one of the spans starts or ends."""
    ends = {end for span in spans for end in (span.start, span.end)}
    inner = {end for end in ends if stretch.start < end < stretch.end}
    for start, end in pairwise(sorted({stretch.start, *inner, stretch.end})):
        yield Span(start, end)
