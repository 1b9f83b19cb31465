"""An answer as the chat's Markdown, which shows every character of a text and obeys none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from qa.answers import Answer, Citation, Statement
from qa.errors import QAError
from qa.settings import STANCES
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.places import Kind, Place

MARKUP = re.compile(
    r"[\\`*_\[\]<>|~$&@]"  # code, emphasis, links, tags, tables, entities, addresses
    r"|:(?=//)|(?<=www)\."  # addresses again, which need no brackets
    r"|^[-+=#]",  # what begins a list, a heading or a rule
    re.IGNORECASE,
)
NUMBER = re.compile(r"^(\d{1,9})([.)])")
BLANK = re.compile(r"[ \t\n\r\f\v]+")
LONGEST_LEAD = 60  # characters of a short answer that is said first: more is no glance
NO_BREAK = "\u00a0"


def inert(text: str) -> str:
    """Return Markdown that shows just this text, its white space folded into single spaces.

    No more is escaped than need be: screen readers are given the Markdown itself.
    """
    return _escaped(text.strip())


def _escaped(text: str) -> str:
    escaped = MARKUP.sub(r"\\\g<0>", BLANK.sub(" ", text))
    return NUMBER.sub(r"\1\\\2", escaped)


def spoken(answer: Answer, strings: Strings = ENGLISH) -> str:
    """Return an answer as Markdown: quotations with their marks, or why there are none."""
    said = _quoted(answer) if answer.statements else _silent(answer, strings)
    before = (*remarks(answer, strings), *_disagreement(answer, strings), *_lead(answer))
    return "\n\n".join([*before, *said])


def remarks(answer: Answer, strings: Strings = ENGLISH) -> Iterator[str]:
    """Yield what is to be known before an answer: how the question was read, and any doubt."""
    if answer.asked != answer.question:
        yield aside(strings.read_as.format(question=answer.asked))
    if answer.statements and answer.confidence < STANCES["balanced"]:
        yield aside(strings.doubtful)


def troubled(error: QAError, strings: Strings = ENGLISH) -> str:
    """Return what went wrong, and what to do, as a calm aside."""
    lines = [inert(line) for line in strings.trouble(error) if line]
    return "\n>\n".join(f"> {line}" for line in lines)


def aside(text: str) -> str:
    """Return words of the program's own, told apart from quotations."""
    return f"*{inert(text)}*"


def doing(text: str) -> str:
    """Return what is being done, until there is a reply."""
    return f"<em class='doing'>{_escaped(text)}</em>"


def _lead(answer: Answer) -> Iterator[str]:
    """Yield the short answer by itself, if it is a sure one and not all of its quotation."""
    first = next((c for c in answer.citations if c.short and c.short != c.span), None)
    if answer.rivals or first is None or answer.confidence < STANCES["strict"]:
        return
    if len(first.short_answer) <= LONGEST_LEAD:
        yield f"<strong class='lead'>{_escaped(first.short_answer)}</strong>"


def _disagreement(answer: Answer, strings: Strings) -> Iterator[str]:
    if answer.rivals:
        cited = {citation.number: citation for citation in answer.citations}
        said = (
            NO_BREAK.join([_bold(short), *(_mark(cited[number]) for number in numbers)])
            for short, numbers in answer.sides.items()
        )
        yield f"*{strings.disagree.format(sides=strings.either(said))}*"


def _quoted(answer: Answer) -> Iterator[str]:
    """Yield a paragraph for each run of statements from one section."""
    cited = {citation.number: citation for citation in answer.citations}

    def section(statement: Statement) -> tuple[str, ...]:
        first = cited[statement.cites[0]]
        return (first.article.id, *first.path)

    for _, statements in groupby(answer.statements, section):
        yield " ".join(_marked(statement, cited) for statement in statements)


def _marked(statement: Statement, cited: Mapping[int, Citation]) -> str:
    citations = [cited[number] for number in statement.cites]
    quoted = next(c for c in citations if c.quote == statement.text)
    return NO_BREAK.join([_emphasised(quoted), *map(_mark, citations)])


def _emphasised(citation: Citation) -> str:
    """Return the quotation, its short answer bold."""
    text, span, short = citation.article.text, citation.span, citation.short
    if short is None:
        return inert(citation.quote)
    before, after = text[span.start : short.start], text[short.end : span.end]
    return f"{_escaped(before.lstrip())}{_bold(short.of(text))}{_escaped(after.rstrip())}"


def _bold(text: str) -> str:
    """Return a text made bold by a tag: Markdown's stars do not hold next to every sign."""
    return f"<strong>{_escaped(text)}</strong>"


def _mark(citation: Citation) -> str:
    return _link(str(citation.number), Place.cited(citation), tip=citation.trail)


def _silent(answer: Answer, strings: Strings) -> Iterator[str]:
    yield aside(strings.reason(answer))
    near = [Place(Kind.NEAR, passage.article, passage.span) for passage in answer.nearest]
    if near:
        yield strings.nearest
        yield "\n".join(f"- {_link(p.trail[-1], p, tip=' › '.join(p.trail))}" for p in near)


def _link(label: str, place: Place, *, tip: str) -> str:
    title = inert(tip).replace('"', '\\"')
    return f'[{inert(label)}](#{place.anchor} "{title}")'
