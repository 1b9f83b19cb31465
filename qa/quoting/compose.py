"""Evidence in, an answer out: quotations in reading order, or an abstention and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.answers import Answer, Citation, Statement, cite
from qa.language.orders import orders_an_answer
from qa.language.question_kinds import asks_whether
from qa.quoting.abstention import abstain
from qa.quoting.comparing_rows import compare_rows
from qa.quoting.lists import items_below, whole_list
from qa.quoting.near_duplicate_passages import add_near_duplicates
from qa.quoting.quotes import Quote
from qa.quoting.selection import QuoteGroup, select
from qa.quoting.tables import by_rows
from qa.readers import Evidence
from qa.settings import Settings
from qa.types import Hit

MAX_CONTEXT_SENTENCES = 2  # quoted before one that needs them to be understood
SURE_YES_NO = 0.9  # probability of yes, or of no: enough to say it
LEFT_OUT = "… {count} more"


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
    compared = compare_rows(asked, hits, evidence, threshold=settings.threshold)
    if compared:
        return replace(compared, question=question)
    told = by_rows(asked, evidence, unknown)
    quotable = [e for e in told if _states(e.span.of(e.passage.article.text))]
    ordered = sorted(quotable, key=lambda e: (-e.score, e.passage.place, e.span))
    best = ordered[0].score if ordered else 0.0
    likely = [e for e in ordered if e.score >= settings.threshold]
    if not likely:
        return abstain(question, asked, hits=hits, confidence=best, unknown=unknown)
    wanted = whole_list(asked, likely)
    if wanted:
        groups: Iterable[QuoteGroup] = ((q,) for q in wanted.quotes() if _states(q.text))
    else:
        groups = _in_reading_order(asked, select(asked, likely, limit=settings.statements))
    statements, citations = _cite(add_near_duplicates(groups, hits))
    short = {citation.number: citation.short_answer for citation in citations if citation.short}
    rivals = tuple(short) if len({*short.values()}) > 1 else ()
    return Answer(
        question,
        asked,
        statements,
        citations,
        tuple(hits),
        best,
        rivals=rivals,
        note=LEFT_OUT.format(count=wanted.left_out) if wanted and wanted.left_out else "",
        yes_no="" if rivals else _yes_no(asked, likely[0]),
    )


def _states(sentence: str) -> bool:
    """Tell whether a sentence can answer: none does that asks, or orders what to answer."""
    return not sentence.endswith("?") and not orders_an_answer(sentence)


def _yes_no(asked: str, best: Evidence) -> str:
    """Return yes or no if the question wants that, and the best sentence surely says it."""
    if not best.yes_no or not asks_whether(asked):
        return ""
    if best.yes_no.yes >= SURE_YES_NO:
        return "yes"
    return "no" if best.yes_no.no >= SURE_YES_NO else ""


def _in_reading_order(asked: str, groups: Sequence[QuoteGroup]) -> Iterator[QuoteGroup]:
    """Order by the best sentence of each section, then as the article has them.

    A sentence that needs context brings the sentences before it, and one that announces a list
    brings its items, those that were chosen themselves among them; its own words are then no
    short answer.
    """
    by_place = {group[0].place: group for group in groups}
    sections = list(dict.fromkeys(group[0].section for group in groups))
    quoted = {quote.place for group in groups for quote in group}
    for group in sorted(groups, key=lambda g: (sections.index(g[0].section), g[0].span)):
        if group[0].place not in by_place:
            continue  # it came with the list that it is an item of
        items = items_below(group[0])
        for quote in (*_leading_sentences(group[0], asked), group[0], *items):
            if chosen := by_place.pop(quote.place, None):
                announces = items and quote is group[0]
                yield tuple(replace(q, short=None) for q in chosen) if announces else chosen
            elif quote.place not in quoted and not orders_an_answer(quote.text):
                quoted.add(quote.place)
                yield (quote,)


def _leading_sentences(quote: Quote, asked: str) -> list[Quote]:
    """Return the sentences before one that are needed to understand it, in reading order."""
    leading: list[Quote] = []
    while len(leading) < MAX_CONTEXT_SENTENCES and quote.needs_context(asked):
        previous = quote.previous()
        if not previous:
            break
        leading.insert(0, previous)
        quote = previous
    return leading


def _cite(
    groups: Iterable[Sequence[Quote]],
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    statements: list[Statement] = []
    citations: list[Citation] = []
    for group in groups:
        numbered = cite(group, first=len(citations) + 1)
        citations += numbered
        numbers = tuple(c.number for c in numbered)
        statements.append(Statement(group[0].text, numbers, group[0].is_item))
    return tuple(statements), tuple(citations)
