"""An answer as Markdown: quotations with links to their sources, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from qa.answers import Answer, Citation, Intent, Statement
from qa.articles.rows import Cell
from qa.settings import STANCES
from qa.types import Span
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.details import EVEN
from qa.ui.rendering.locations import Location, LocationKind
from qa.ui.rendering.markdown import aside, bold, escape_markdown, escape_part, isolate
from qa.ui.rendering.tables import quoted_row
from qa.ui.rendering.values import Value, part_values, rival_values

MAX_LEAD = 60  # characters of a short answer that is set above the quotations, for a glance
BULLET = re.compile(r"[-*+•–]\s+(?=\S)")
DISC = "•\u2002"
NO_BREAK = "\u00a0"
LEFT_OUT = "…"  # how a note begins that goes on from the quotations


def render_answer(answer: Answer, strings: Strings = ENGLISH) -> str:
    """Return an answer, or an abstention with its reason and the nearest sections."""
    body = _quotations(answer, strings) if answer.statements else _abstention(answer, strings)
    left_out = (
        [aside(strings.translate(answer.note))] if answer.note.startswith(LEFT_OUT) else []
    )
    before = (*remarks(answer, strings), *_heading(answer, strings))
    return "\n\n".join([*before, *body, *left_out])


def remarks(answer: Answer, strings: Strings = ENGLISH) -> Iterator[str]:
    """Yield what stands before an answer: how the question was read, and any doubt."""
    for slip in answer.corrections:
        yield aside(strings.correction.format(used=slip.used, original=slip.original))
    if answer.understood and not answer.parts:
        yield aside(strings.interpretation.format(question=answer.asked))
    if answer.statements and answer.confidence < STANCES["balanced"]:
        yield aside(strings.doubt)


def _heading(answer: Answer, strings: Strings) -> Iterator[str]:
    """Yield what stands above the quotations, in the program's own words but for the values."""
    if answer.parts:
        if answer.comparison and answer.comparison.conclusion:
            yield f"<strong class='lead'>{escape_part(answer.comparison.conclusion)}</strong>"
        yield _beside(part_values(answer, strings), answer, strings)
    elif answer.rivals:
        yield aside(strings.disagreement)
        yield _beside(rival_values(answer, strings), answer, strings)
    else:
        yield from _lead(answer, strings)
        if answer.note and not answer.note.startswith(LEFT_OUT):
            yield aside(strings.translate(answer.note))


def _beside(values: Iterable[Value], answer: Answer, strings: Strings) -> str:
    """Return values side by side, as the items of a list."""
    by_number = {citation.number: citation for citation in answer.citations}
    return "\n".join(f"- {_value(value, by_number, strings)}" for value in values)


def _value(value: Value, by_number: Mapping[int, Citation], strings: Strings) -> str:
    said = bold(value.said) if value.cites else aside(value.said)
    marks = (_mark(by_number[number], strings) for number in value.cites)
    name = f"<small>{escape_part(value.name)}</small>"
    return f"{name} {NO_BREAK.join([*([said] if value.said else []), *marks])}"


def _lead(answer: Answer, strings: Strings) -> Iterator[str]:
    """Yield yes or no, or the short answer if it is likely and not all of its quotation."""
    if answer.yes_no:
        said = {"yes": strings.yes, "no": strings.no}[answer.yes_no]
        yield f"<strong class='lead'>{said}</strong>"
        return
    is_listed = answer.intent is not Intent.QUESTION
    if is_listed or short_citation(answer) is None or answer.confidence < EVEN:
        return
    if len(answer.short_answer) <= MAX_LEAD:
        yield f"<strong class='lead'>{escape_part(answer.short_answer)}</strong>"


def short_citation(answer: Answer) -> Citation | None:
    """Return the first citation whose short answer is only a part of it."""
    return next((c for c in answer.citations if c.short and c.short != c.span), None)


def set_out(
    statements: Iterable[Statement], render: Callable[[Statement], str]
) -> Iterator[str]:
    """Yield statements as paragraphs, and items of a list as lists."""
    for is_item, run in groupby(statements, lambda statement: statement.is_item):
        parts = map(render, run)
        yield "\n".join(f"- {part}" for part in parts) if is_item else " ".join(parts)


def _quotations(answer: Answer, strings: Strings) -> Iterator[str]:
    """Yield paragraphs, lists and tables for each run of statements from one section."""
    by_number = {citation.number: citation for citation in answer.citations}

    def place(statement: Statement) -> tuple[object, ...]:
        first = _quoted(statement, by_number)
        row = quoted_row(first.article, first.span)
        return row[0].span if row else None, first.article.id, first.path

    for (table, *_), run in groupby(answer.statements, place):
        if table:
            yield "\n".join(_rows(run, by_number, strings))
        else:
            yield from set_out(run, lambda each: _statement(each, by_number, strings))


def _quoted(statement: Statement, by_number: Mapping[int, Citation]) -> Citation:
    """Return the citation that says just what a statement does."""
    citations = (by_number[number] for number in statement.cites)
    return next(c for c in citations if c.quote == statement.text)


def _rows(
    statements: Iterable[Statement], by_number: Mapping[int, Citation], strings: Strings
) -> Iterator[str]:
    """Yield the lines of a table whose rows are quoted, each with its marks."""
    for at, statement in enumerate(statements):
        citation = _quoted(statement, by_number)
        found = quoted_row(citation.article, citation.span)
        assert found
        drawn, row = found
        if at == 0:
            yield _line(map(escape_markdown, drawn.heads))
            yield _line("---" for _ in drawn.heads)
        marks = [_mark(by_number[number], strings) for number in statement.cites]
        first, *others = (_cell(citation, cell) for cell in drawn.cells(row))
        yield _line([NO_BREAK.join([first, *marks]), *others])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(citation: Citation, cell: Cell | None) -> str:
    """Return what stands in a cell, bold if it is the short answer, or in it."""
    if cell is None:
        return ""
    is_short = citation.short is not None and citation.short.overlap(cell.span) > 0
    return isolate(bold(cell.text) if is_short else escape_markdown(cell.text))


def _statement(
    statement: Statement, by_number: Mapping[int, Citation], strings: Strings
) -> str:
    """Return a quotation, and a mark for each place that it is cited from."""
    citations = [by_number[number] for number in statement.cites]
    quoted = next(c for c in citations if c.quote == statement.text)
    said = _quotation(quoted, is_item=statement.is_item)
    return NO_BREAK.join([said, *(_mark(c, strings) for c in citations)])


def _quotation(citation: Citation, *, is_item: bool) -> str:
    """Return the words of a citation, its short answer bold; an item has one kind of bullet."""
    text, span, short = citation.article.text, citation.span, citation.short
    disc = ""
    bullet = BULLET.match(citation.quote) if is_item else None
    if bullet and len(span) > bullet.end():
        span, disc = Span(span.start + bullet.end(), span.end), DISC
    if short is None:
        return disc + escape_markdown(span.of(text))
    before, after = text[span.start : short.start], text[short.end : span.end]
    words = (escape_part(before.lstrip()), bold(short.of(text)), escape_part(after.rstrip()))
    return disc + isolate("".join(words))


def _mark(citation: Citation, strings: Strings) -> str:
    tip = strings.where(citation)
    return _link(str(citation.number), Location.of_citation(citation), tip=tip)


def reasons(answer: Answer, strings: Strings = ENGLISH) -> Iterator[str]:
    """Yield why there is no answer, and what cannot be read where one may stand."""
    yield aside(strings.reason(answer))
    for article in answer.unread:
        name, count = article.source or article.title, len(article.unread_pages)
        yield aside(strings.count("unread", count, name=name))


def _abstention(answer: Answer, strings: Strings) -> Iterator[str]:
    yield from reasons(answer, strings)
    near = [Location(hit.article, hit.span, kind=LocationKind.NEAR) for hit in answer.nearest]
    if near:
        yield strings.nearest_sections
        yield "\n".join(f"- {_section(location, strings)}" for location in near)


def _section(location: Location, strings: Strings) -> str:
    """Return a link to a section, and the article it is in."""
    link = _link(strings.name_of(location), location, tip=strings.where(location))
    return f"{link} · {escape_markdown(location.title)}" if location.headings else link


def _link(label: str, location: Location, *, tip: str) -> str:
    title = escape_markdown(tip).replace('"', '\\"')
    return f'[{escape_markdown(label)}](#{location.anchor} "{title}")'
