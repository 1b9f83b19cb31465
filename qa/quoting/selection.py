"""Which sentences an answer quotes, and which of them say the same, or the contrary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.language.amounts import NUMBER
from qa.language.question_kinds import asks_about, asks_whether, asks_why
from qa.language.terms import terms
from qa.quoting.contradictions import contradict
from qa.quoting.quotes import Quote, points
from qa.readers import Evidence

ELSEWHERE = 0.75  # of the best score: a sentence of another section is worth saying too
BESIDE = 0.6  # the same, for one of its own section
REASON = 0.5  # the same, where a reason is asked for: that takes several sentences
AGAINST = 0.5  # the same, for one elsewhere that contradicts it
SURE = 0.25  # the least chance to show a short answer with: below, near half are wrong
WORDS = 9  # of a short answer: most of the longer ones are wrong

Group = tuple[Quote, ...]
"""Quotations that say the same; the first is the best."""


def choose(asked: str, evidence: Sequence[Evidence], *, limit: int) -> list[Group]:
    """Return the sentences worth saying, the best first, then those that contradict it.

    Of the evidence, at least one piece and the best first, all is likely enough to be said.
    Only the best sentence and those that contradict it keep their short answers.
    """
    best, *others = _merged(_near(asked, evidence))
    rivals = [group for group in others if contradict(asked, best[0], group[0])]
    rest = [_answering("", group) for group in others if group not in rivals]
    return [best, *rivals, *rest][:limit]


def _near(asked: str, evidence: Sequence[Evidence]) -> Iterator[Quote]:
    """Yield the best sentence, and those that come near enough to it, best first."""
    best, most = _quote(asked, evidence[0]), evidence[0].score
    beside = REASON if asks_why(asked) else BESIDE
    for sentence in evidence:
        quote = _quote(asked, sentence)
        near = beside if quote.section == best.section else ELSEWHERE
        against = sentence.score >= AGAINST * most and contradict(asked, best, quote)
        if against or sentence.score >= near * most:
            yield quote


def _quote(asked: str, evidence: Evidence) -> Quote:
    """Return the sentence, with its short answer if that tells the question something."""
    quote = Quote(evidence.passage.article, evidence.span, evidence.short)
    said = quote.short_answer
    echo = set(terms(said)) <= set(terms(asked)) and not NUMBER.search(said)
    told = not (echo or points(said) or len(said.split()) > WORDS)
    wanted = not (asks_why(asked) or asks_whether(asked) or asks_about(asked))
    shown = told and wanted and evidence.score >= SURE
    return quote if shown else replace(quote, short=None)


def _merged(quotes: Iterable[Quote]) -> list[Group]:
    """Put sentences that say the same together, under the short answer of the best."""
    groups: list[list[Quote]] = []
    for quote in quotes:
        same = next((group for group in groups if group[0].says(quote)), None)
        if same is None:
            groups.append([quote])
        elif all(quote.place != other.place for other in same):
            same.append(quote)
    return [_answering(group[0].short_answer, group) for group in groups]


def _answering(short: str, group: Sequence[Quote]) -> Group:
    return tuple(quote.answering(short) for quote in group)
