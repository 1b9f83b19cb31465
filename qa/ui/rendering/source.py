"""The source panel: an article as HTML, set like a page, its quoted sentences highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise

from qa.language.detection import language_of
from qa.language.sentences import LIST_ITEM, blocks
from qa.types import Section, Span
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.header import BOOK_ICON
from qa.ui.rendering.locations import Location, LocationKind
from qa.ui.rendering.source_header import source_header
from qa.ui.rendering.tables import DrawnTable, drawn_tables

DEEPEST = 6  # HTML has no heading below h6
MARK = "<span class='pill'>1</span>"


def empty_panel(strings: Strings = ENGLISH) -> str:
    """Return the panel before there is a source."""
    return _notice(strings.source_placeholder, strings.source_hint.format(mark=MARK))


def missing_source(strings: Strings = ENGLISH) -> str:
    """Return the panel when a source is no longer in the library."""
    return _notice(strings.source_loss, strings.source_loss_hint)


def _notice(heading: str, text: str) -> str:
    return f"<div class='empty'>{BOOK_ICON}<p><b>{heading}</b></p><p>{text}</p></div>"


def render_source(
    locations: Sequence[Location], current: Location, strings: Strings = ENGLISH
) -> str:
    """Return the article of a location, with a tab for each location of the same answer."""
    title, language = escape(current.article.title), language_of(current.article.text)
    return (
        f"<div class='source {current.kind}' data-place='{current.anchor}'>"
        f"{source_header(locations, current, strings)}<article tabindex='0' lang='{language}'"
        f" dir='auto' aria-label='{title}'><div class='leaf'>"
        f"<h2 dir='auto'>{title}</h2>{_origin(current, strings)}"
        f"{''.join(_body(locations, current, strings))}</div></article></div>"
    )


def render_all_sources(
    locations: Sequence[Location], current: Location, strings: Strings = ENGLISH
) -> str:
    """Return all quotations of an answer, article by article; each leads to its source."""
    by_article: dict[str, list[tuple[int, Location]]] = {}
    for number, location in enumerate(locations, 1):
        by_article.setdefault(location.article.id, []).append((number, location))
    groups = "".join(_group(each, current, strings) for each in by_article.values())
    return (
        f"<div class='source {current.kind} every' data-place='{current.anchor}'>"
        f"{source_header(locations, current, strings, all_=True)}"
        f"<article tabindex='0' aria-label='{strings.sources}'><div class='leaf'>{groups}</div>"
        "</article></div>"
    )


def _group(
    numbered: Sequence[tuple[int, Location]], current: Location, strings: Strings
) -> str:
    """Return the quotations of one article under its title, each under section and page."""
    title = escape(numbered[0][1].article.title)
    entries, above = list[str](), ""
    for number, location in numbered:
        named = (" › ".join(location.headings), strings.page_of(location))
        section = ", ".join(filter(None, named))
        heading = f"<i dir='auto'>{escape(section)}</i>" if section != above else ""
        entries.append(_entry(number, location, heading=heading, here=location == current))
        above = section
    return f"<h2 dir='auto'>{title}</h2><ol>{''.join(entries)}</ol>"


def _entry(number: int, location: Location, *, heading: str, here: bool) -> str:
    """Return the button of a quotation: its number and its words."""
    short = [location.short] if location.short else []
    words = "".join(_bold(location.article.text, location.span, short))
    current = " aria-current='true'" if here else ""
    return (
        f"<li>{heading}<button type='button' data-place='{location.anchor}'{current}>"
        f"<span class='pill'>{number}</span><span dir='auto'>{words}</span></button></li>"
    )


def _origin(location: Location, strings: Strings) -> str:
    """Return what is known of where an article comes from, and a link to its words there."""
    origin = location.article.origin
    dated = str(replace(origin, date=strings.date_of(origin.date)))
    known = [f"<span dir='auto'>{escape(dated)}</span>"] if dated else []
    if origin.address:
        address = origin.address if location.kind is LocationKind.READ else location.link
        known.append(
            f"<a href='{escape(address)}' target='_blank' rel='noopener noreferrer'"
            f" title='{escape(origin.address)}'>{strings.open_original}</a>"
        )
    return f"<p class='origin'>{' · '.join(known)}</p>" if known else ""


def _body(locations: Sequence[Location], current: Location, strings: Strings) -> Iterator[str]:
    """Yield the article's headings and paragraphs in order, its locations highlighted.

    In an article that is only read nothing is.
    """
    article, reading = current.article, current.kind is LocationKind.READ
    marked = {
        number: location
        for number, location in enumerate(locations, 1)
        if location.article == article and not reading
    }
    above: tuple[str, ...] = ()
    for section in article.sections:
        yield from _headings(section, above, marked, current.span)
        above = section.path
        tables, drawn = drawn_tables(article, section.span), None
        for block in blocks(article.text, section.span):
            table = next((each for each in tables if block in each.span), None)
            shown = block if table is None else table.span
            here = " data-here" if reading and current.span in shown else ""
            if table is None:
                item = " class='item'" if LIST_ITEM.match(block.of(article.text)) else ""
                words = _words(article.text, block, marked=marked, current=current.span)
                yield f"<p dir='auto'{item}{here}>{''.join(words)}</p>"
            elif table is not drawn:
                drawn = table
                inner = "".join(_table(table, current, marked))
                name = f"role='group' tabindex='0' aria-label='{strings.table}'"
                yield f"<div class='table' {name}{here}><table>{inner}</table></div>"


def _table(
    drawn: DrawnTable, current: Location, marked: Mapping[int, Location]
) -> Iterator[str]:
    """Yield a table with its heads, the cells of a quoted row highlighted."""
    text = current.article.text

    def cell(tag: str, span: Span | None, more: str = "") -> str:
        words = _words(text, span, marked=marked, current=current.span) if span else ()
        return f"<{tag} dir='auto'{more}>{''.join(words)}</{tag}>"

    if any(drawn.heads):
        heads = "".join(
            f"<th scope='col' dir='auto'>{escape(head)}</th>" for head in drawn.heads
        )
        yield f"<thead><tr>{heads}</tr></thead>"
    wide = f" colspan='{len(drawn.heads)}'"
    lines = {span: f"<tr>{cell('th', span, wide)}" for span in drawn.between(text)}
    for row in drawn.table.rows:
        first, *others = drawn.cells(row)
        label = cell("th", first.span if first else None, " scope='row'")
        cells = "".join(cell("td", each.span if each else None) for each in others)
        lines[row.span] = f"<tr>{label}{cells}"
    yield "<tbody>"
    yield from (f"{lines[span]}</tr>" for span in sorted(lines, key=lambda s: s.start))
    yield "</tbody>"


def _headings(
    section: Section, above: Sequence[str], marked: Mapping[int, Location], current: Span
) -> Iterator[str]:
    """Yield the headings that this section does not share with the one above it.

    One that is quoted, since it dates what stands under it, is highlighted.
    """
    pairs = list(zip(section.path, above, strict=False))
    shared = next((n for n, (one, other) in enumerate(pairs) if one != other), len(pairs))
    quoted = {
        location.text: location for location in marked.values() if location.path == section.path
    }
    for depth, heading in enumerate(section.path[shared:], shared):
        level, words = min(3 + depth, DEEPEST), escape(heading)
        if location := quoted.get(heading):
            text, span = location.article.text, location.span
            words = "".join(_words(text, span, marked=marked, current=current))
        yield f"<h{level} dir='auto'>{words}</h{level}>"


def _words(
    text: str, block: Span, *, marked: Mapping[int, Location], current: Span
) -> Iterator[str]:
    """Yield a block's text, cut wherever a highlight begins or ends: they may overlap."""
    short = [location.short for location in marked.values() if location.short]
    for piece in _cut(block, [location.span for location in marked.values()]):
        words = "".join(_bold(text, piece, short))
        within = [number for number, location in marked.items() if piece in location.span]
        ending = " ".join(str(n) for n in within if marked[n].span.end == piece.end)
        on = " class='on'" if piece in current else ""
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
