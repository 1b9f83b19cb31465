"""Evidence in, an answer out: quotations in reading order, or the reason for silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.answers import Answer, Citation, Statement
from qa.quoting.near_duplicates import together
from qa.quoting.quotes import Quote
from qa.quoting.selection import Group, choose
from qa.readers import Evidence
from qa.settings import Settings
from qa.types import Hit

CHAIN = 2  # sentences before one that leans on them
MOST_BLAMED = 3  # words that are named as the cause of a silence
NOTHING_NEAR = "The articles don't say: nothing in them is about this."
NEVER_MENTIONED = "The articles don't say: they never mention {words}."
NO_SENTENCE = "The articles don't say: they come near this, but no sentence answers it."


def compose(
    question: str,
    asked: str,
    *,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    unknown: Sequence[str],
    settings: Settings,
) -> Answer:
    """Quote the sentences that answer; abstain, and say why, if none is likely enough to."""
    ordered = sorted(evidence, key=lambda e: (-e.score, e.passage.place, e.span))
    best = ordered[0].score if ordered else 0.0
    likely = [e for e in ordered if e.score >= settings.threshold]
    if not likely:
        return silence(question, asked, hits=hits, confidence=best, unknown=unknown)
    chosen = choose(asked, likely, limit=settings.statements)
    statements, citations = _cited(together(_in_reading_order(asked, chosen), hits))
    short = {citation.number: citation.short_answer for citation in citations if citation.short}
    rivals = tuple(short) if len({*short.values()}) > 1 else ()
    return Answer(question, asked, statements, citations, tuple(hits), best, rivals=rivals)


def silence(
    question: str,
    asked: str,
    *,
    hits: Sequence[Hit],
    confidence: float,
    unknown: Sequence[str],
) -> Answer:
    """Say in one line why there is no answer."""
    blamed = tuple(unknown[:MOST_BLAMED]) if hits else ()
    reason = NO_SENTENCE if hits else NOTHING_NEAR
    if blamed:
        reason = NEVER_MENTIONED.format(words=" or ".join(f"“{word}”" for word in blamed))
    return Answer(
        question, asked, hits=tuple(hits), confidence=confidence, reason=reason, unknown=blamed
    )


def _in_reading_order(asked: str, groups: Sequence[Group]) -> Iterator[Group]:
    """Order by the best sentence of each section, then as the article has them.

    A sentence that cannot stand alone brings those that it leans on, and one that announces a
    list brings its items.
    """
    firsts = [group[0] for group in groups]
    sections = list(dict.fromkeys(quote.section for quote in firsts))
    told = {quote.place for group in groups for quote in group}
    for group in sorted(groups, key=lambda g: (sections.index(g[0].section), g[0].span)):
        for quote in (*_leading_to(group[0], asked), group[0], *group[0].announced()):
            if quote is group[0]:
                yield group
            elif quote.place not in told:
                told.add(quote.place)
                yield (quote,)


def _leading_to(quote: Quote, asked: str) -> list[Quote]:
    """Return the sentences that one leans on, in reading order."""
    led: list[Quote] = []
    while len(led) < CHAIN and quote.leans(asked) and (before := quote.before()):
        led.insert(0, before)
        quote = before
    return led


def _cited(
    groups: Iterable[Sequence[Quote]],
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    statements: list[Statement] = []
    citations: list[Citation] = []
    for group in groups:
        first = len(citations) + 1
        citations += [
            Citation(number, quote.article, quote.span, quote.short)
            for number, quote in enumerate(group, first)
        ]
        numbers = tuple(range(first, first + len(group)))
        statements.append(Statement(group[0].text, numbers))
    return tuple(statements), tuple(citations)
