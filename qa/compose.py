"""Evidence in, an answer out: quotations in reading order, or the reason for silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.readers import Evidence
from qa.settings import Settings
from qa.text import sentences
from qa.types import Answer, Article, Citation, Hit, Span, Statement
from qa.words import terms

LEANING = re.compile(
    r"(?:This|That|These|Those|It|Its|They|Their|He|His|She|Her|Such|There|Then|However"
    r"|The (?:former|latter|same))\b"
)
ALIKE = 0.8  # of the words of two sentences: they say the same
NEAR = 0.75  # of the best score: another sentence is worth saying too

Place = tuple[Article, Span]


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
    best = evidence[0].score if evidence else 0.0
    if best < settings.threshold:
        reason = silence(hits, unknown)
        return Answer(question, asked, hits=tuple(hits), confidence=best, reason=reason)
    bar = max(settings.threshold, NEAR * best)
    chosen = [e for e in evidence if e.score >= bar]
    groups = _merged(chosen)[: settings.statements]
    statements, citations = _cited(_in_reading_order(groups))
    return Answer(question, asked, statements, citations, tuple(hits), best)


def silence(hits: Sequence[Hit], unknown: Sequence[str]) -> str:
    """Say in one line why there is no answer."""
    if not hits:
        return "The articles don't say: nothing in them is about this."
    if unknown:
        words = " or ".join(f"“{word}”" for word in unknown[:3])
        return f"The articles don't say: they never mention {words}."
    return "The articles don't say: they come near this, but no sentence answers it."


def _merged(chosen: Iterable[Evidence]) -> list[list[Place]]:
    """Put sentences that say the same together; each group's first is the best."""
    groups: list[list[Place]] = []
    for evidence in chosen:
        place = evidence.passage.article, evidence.span
        same = next((g for g in groups if _alike(g[0], place)), None)
        if same is None:
            groups.append([place])
        elif place not in same:
            same.append(place)
    return groups


def _alike(one: Place, other: Place) -> bool:
    left, right = (set(terms(span.of(article.text))) for article, span in (one, other))
    return len(left & right) >= ALIKE * max(len(left | right), 1)


def _in_reading_order(groups: Sequence[list[Place]]) -> list[list[Place]]:
    """Order by the best sentence of each section, then as the article has them.

    A sentence that leans on the one before it brings that one along.
    """
    sections: dict[tuple[str, tuple[str, ...]], list[list[Place]]] = {}
    for group in groups:
        article, span = group[0]
        sections.setdefault((article.id, article.path_at(span)), []).append(group)
    ordered: list[list[Place]] = []
    for section in sections.values():
        for group in sorted(section, key=lambda g: g[0][1]):
            before = _leaned_on(group[0])
            if before and not any(before in other for other in [*ordered, *groups]):
                ordered.append([before])
            ordered.append(group)
    return ordered


def _leaned_on(place: Place) -> Place | None:
    """Return the sentence before one that cannot stand alone, in the same section."""
    article, span = place
    if not LEANING.match(span.of(article.text)):
        return None
    section = next(s for s in article.sections if span in s.span)
    before = [s for s in sentences(article.text, section.span) if s.end <= span.start]
    return (article, before[-1]) if before else None


def _cited(groups: Sequence[list[Place]]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    statements: list[Statement] = []
    citations: list[Citation] = []
    for group in groups:
        first = len(citations) + 1
        citations += [
            Citation(first + n, article, span) for n, (article, span) in enumerate(group)
        ]
        numbers = tuple(citation.number for citation in citations[first - 1 :])
        statements.append(Statement(citations[first - 1].quote, numbers))
    return tuple(statements), tuple(citations)
