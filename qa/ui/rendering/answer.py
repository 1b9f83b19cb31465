"""An answer as Markdown: quotations with links to their sources, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from qa.answers import Answer, Citation, Statement
from qa.settings import STANCES
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.locations import Location, LocationKind
from qa.ui.rendering.markdown import aside, bold, escape_markdown, escape_part, isolate

MAX_LEAD = 60  # characters of a short answer that is set above the quotations, for a glance
NO_BREAK = "\u00a0"


def render_answer(answer: Answer, strings: Strings = ENGLISH) -> str:
    """Return an answer, or an abstention with its reason and the nearest sections."""
    body = _quotations(answer) if answer.statements else _abstention(answer, strings)
    before = (
        *remarks(answer, strings),
        *_disagreement(answer, strings),
        *_lead(answer, strings),
    )
    return "\n\n".join([*before, *body])


def remarks(answer: Answer, strings: Strings = ENGLISH) -> Iterator[str]:
    """Yield what stands before an answer: how the question was read, and any doubt."""
    if answer.asked != answer.question:
        yield aside(strings.read_as.format(question=answer.asked))
    if answer.statements and answer.confidence < STANCES["balanced"]:
        yield aside(strings.doubtful)


def _lead(answer: Answer, strings: Strings) -> Iterator[str]:
    """Yield yes or no, or the short answer if it is a sure one and not all of its quotation."""
    if answer.yes_no:
        said = {"yes": strings.yes, "no": strings.no}[answer.yes_no]
        yield f"<strong class='lead'>{said}</strong>"
        return
    first = short_citation(answer)
    if answer.rivals or first is None or answer.confidence < STANCES["strict"]:
        return
    if len(first.short_answer) <= MAX_LEAD:
        yield f"<strong class='lead'>{escape_part(first.short_answer)}</strong>"


def short_citation(answer: Answer) -> Citation | None:
    """Return the first citation whose short answer is only a part of it."""
    return next((c for c in answer.citations if c.short and c.short != c.span), None)


def _disagreement(answer: Answer, strings: Strings) -> Iterator[str]:
    """Yield the values that the articles contradict each other in."""
    if answer.rivals:
        by_number = {citation.number: citation for citation in answer.citations}
        sides = (
            NO_BREAK.join([bold(short), *(_mark(by_number[number]) for number in numbers)])
            for short, numbers in answer.sides.items()
        )
        yield f"*{strings.disagree.format(sides=strings.either(sides))}*"


def _quotations(answer: Answer) -> Iterator[str]:
    """Yield a paragraph for each run of statements from one section."""
    by_number = {citation.number: citation for citation in answer.citations}

    def section(statement: Statement) -> tuple[str, ...]:
        first = by_number[statement.cites[0]]
        return (first.article.id, *first.path)

    for _, statements in groupby(answer.statements, section):
        yield " ".join(_statement(statement, by_number) for statement in statements)


def _statement(statement: Statement, by_number: Mapping[int, Citation]) -> str:
    """Return a quotation, and a mark for each place that it is cited from."""
    citations = [by_number[number] for number in statement.cites]
    quoted = next(c for c in citations if c.quote == statement.text)
    return NO_BREAK.join([_quotation(quoted), *map(_mark, citations)])


def _quotation(citation: Citation) -> str:
    """Return the words of a citation, its short answer bold."""
    text, span, short = citation.article.text, citation.span, citation.short
    if short is None:
        return escape_markdown(citation.quote)
    before, after = text[span.start : short.start], text[short.end : span.end]
    words = (escape_part(before.lstrip()), bold(short.of(text)), escape_part(after.rstrip()))
    return isolate("".join(words))


def _mark(citation: Citation) -> str:
    return _link(str(citation.number), Location.cited(citation), tip=citation.trail)


def _abstention(answer: Answer, strings: Strings) -> Iterator[str]:
    yield aside(strings.reason(answer))
    near = [Location(LocationKind.NEAR, hit.article, hit.span) for hit in answer.nearest]
    if near:
        yield strings.nearest
        yield "\n".join(f"- {_section(location)}" for location in near)


def _section(location: Location) -> str:
    """Return a link to a section, and the article it is in."""
    title, *headings = location.trail
    link = _link(location.trail[-1], location, tip=" › ".join(location.trail))
    return f"{link} · {escape_markdown(title)}" if headings else link


def _link(label: str, location: Location, *, tip: str) -> str:
    title = escape_markdown(tip).replace('"', '\\"')
    return f'[{escape_markdown(label)}](#{location.anchor} "{title}")'
