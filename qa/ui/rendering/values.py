"""Values side by side: those that articles contradict each other in, or that were compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.answers import Answer
from qa.ui.i18n.strings import ENGLISH, Strings


@dataclass(frozen=True, slots=True)
class Value:
    """A value of something named, and the numbers of the citations that state it, if any."""

    name: str
    said: str
    cites: tuple[int, ...] = ()


def rival_values(answer: Answer, strings: Strings = ENGLISH) -> Iterator[Value]:
    """Yield the short answers that contradict each other, each with its articles and dates."""
    articles = {citation.number: citation.article for citation in answer.citations}
    for short, cites in answer.sides.items():
        sides = {articles[number].id: articles[number] for number in cites}.values()
        dated = ((side.title, strings.date_of(side.origin.date)) for side in sides)
        yield Value("; ".join(" · ".join(filter(None, names)) for names in dated), short, cites)


def part_values(answer: Answer, strings: Strings = ENGLISH) -> Iterator[Value]:
    """Yield what became of each question that an answer has parts for."""
    numbers = {(c.article.id, c.span): c.number for c in answer.citations}
    compared = answer.comparison.values if answer.comparison else ()
    for at, part in enumerate(answer.parts):
        cites = tuple(numbers[c.article.id, c.span] for c in part.citations)
        name, said = compared[at] if compared else (part.asked, part.short_answer)
        yield Value(name, said if part.statements else strings.reason(part), cites)
