"""The selection of the sentences that an answer quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from qa.language.amounts import NUMBER, called
from qa.language.question_kinds import MEASURE_WORDS, asks_about, asks_whether, asks_why
from qa.language.terms import terms
from qa.quoting.contradictions import are_comparable, contradicting_quotes
from qa.quoting.quotes import Quote, has_open_reference
from qa.readers import Evidence
from qa.types import Span

OTHER_SECTION = 0.85  # of the best score: enough for a sentence of another section
SAME_SECTION = 0.82  # of the best score: enough for a sentence of the same section
ASKED_REASON = 0.68  # the same, where a reason is asked for: that takes several sentences
AGAINST_ITSELF = 0.7  # of the best score: enough for one of its article that contradicts it
AGAINST_ANOTHER = 0.35  # the same, for the best of another article that states such a value
MIN_SHORT_ANSWER_SCORE = 0.25  # of a sentence: below, near half of the short answers are wrong
MAX_SHORT_ANSWER_WORDS = 9  # most of the longer ones are wrong
HOW = re.compile(rf"\bhow ({MEASURE_WORDS})\b", re.IGNORECASE)

QuoteGroup = tuple[Quote, ...]
"""Quotations that say the same; the first is the best."""


def select(asked: str, evidence: Sequence[Evidence], *, limit: int) -> list[QuoteGroup]:
    """Select the sentences to quote: the best first, then those that contradict it.

    The evidence is at least one piece, best first, and all above the threshold.
    Only the best sentence and those that contradict it keep their short answers.
    """
    rivals = _rivals(asked, evidence)
    best, *others = _group_same(_candidates(asked, evidence, rivals))
    contradictions: list[QuoteGroup] = []
    rest: list[QuoteGroup] = []
    for group in others:
        against = next((rivals[q.place] for q in group if q.place in rivals), ())
        if against:
            *heading, stated = against
            contradictions += [*((quote,) for quote in heading), (stated, *group[1:])]
        else:
            rest.append(_with_short_answer("", group))
    return [best, *contradictions, *rest][:limit]


def _rivals(
    asked: str, evidence: Sequence[Evidence]
) -> dict[tuple[str, Span], tuple[Quote, ...]]:
    """Return what is quoted for each sentence that contradicts the best, by its place.

    Only the first sentence of an article that states such a value may contradict, and if that
    is the article of the best, the first of another section.
    """
    best, top_score = _make_quote(asked, evidence[0]), evidence[0].score
    rivals: dict[tuple[str, Span], tuple[Quote, ...]] = {}
    heard: set[object] = {best.section}
    for sentence in evidence[1:]:
        quote = _make_quote(asked, sentence)
        is_own = quote.article == best.article
        home = quote.section if is_own else quote.article.id
        enough = AGAINST_ITSELF if is_own else AGAINST_ANOTHER
        if sentence.score < enough * top_score or home in heard:
            continue
        share = sentence.score / top_score if top_score else 1.0
        found = contradicting_quotes(asked, best, quote, sure=share)
        if found:
            rivals[quote.place] = found
        if found or are_comparable(best, quote):
            heard.add(home)
    return rivals


def _candidates(
    asked: str, evidence: Sequence[Evidence], rivals: Collection[tuple[str, Span]]
) -> Iterator[Quote]:
    """Yield the best sentence, those whose scores come near enough, and its rivals."""
    best, top_score = _make_quote(asked, evidence[0]), evidence[0].score
    same_section = ASKED_REASON if asks_why(asked) else SAME_SECTION
    for sentence in evidence:
        quote = _make_quote(asked, sentence)
        share = same_section if quote.section == best.section else OTHER_SECTION
        if sentence.score >= share * top_score or quote.place in rivals:
            yield quote


def _make_quote(asked: str, evidence: Evidence) -> Quote:
    """Return the sentence as a quote, with its short answer if that is worth showing."""
    quote = _measured(asked, Quote(evidence.passage.article, evidence.span, evidence.short))
    short = quote.short_answer
    echo = set(terms(short)) <= set(terms(asked)) and not NUMBER.search(short)
    too_long = len(short.split()) > MAX_SHORT_ANSWER_WORDS
    informs = not (echo or has_open_reference(short) or too_long)
    wanted = not (asks_why(asked) or asks_whether(asked) or asks_about(asked))
    shown = informs and wanted and evidence.score >= MIN_SHORT_ANSWER_SCORE
    return quote if shown else replace(quote, short=None)


def _measured(asked: str, quote: Quote) -> Quote:
    """Return a quote with the amount asked for: how long, where it tells how high too."""
    how = HOW.search(asked)
    place = called(quote.text, how[1]) if how and NUMBER.search(quote.short_answer) else None
    if not place or not quote.short:
        return quote
    at = quote.span.start
    meant = Span(at + place[0], at + place[1])
    apart = quote.short.end <= meant.start or meant.end <= quote.short.start
    return replace(quote, short=meant) if apart else quote


def _group_same(quotes: Iterable[Quote]) -> list[QuoteGroup]:
    """Group sentences that say the same, under the short answer of the best."""
    groups: list[list[Quote]] = []
    for quote in quotes:
        same = next((group for group in groups if group[0].says_same_as(quote)), None)
        if same is None:
            groups.append([quote])
        elif all(quote.place != other.place for other in same):
            same.append(quote)
    return [_with_short_answer(group[0].short_answer, group) for group in groups]


def _with_short_answer(short: str, group: Sequence[Quote]) -> QuoteGroup:
    return tuple(quote.with_short_answer(short) for quote in group)
