"""Evidence in, an answer out: quotations in reading order, or the reason for silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.readers import Evidence
from qa.settings import Settings
from qa.text import sentences
from qa.types import Answer, Article, Citation, Hit, Span, Statement
from qa.words import terms

POINTING = re.compile(
    r"(?:This|That|These|Those|Such|Then|However|The (?:former|latter|same))\b"
)
PRONOUN = re.compile(r"(?:It|Its|They|Their|He|His|She|Her)\b")
EXACT = re.compile(r"\d+|\b(?:not|no|never|nobody|nothing|none)\b|n[’']t\b")
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
    statements, citations = _cited(_in_reading_order(groups, asked))
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
    """Tell whether two sentences say the same: most words, and every number and denial."""
    left, right = (span.of(article.text) for article, span in (one, other))
    if set(EXACT.findall(left.casefold())) != set(EXACT.findall(right.casefold())):
        return False
    words, others = set(terms(left)), set(terms(right))
    return len(words & others) >= ALIKE * max(len(words | others), 1)


def _in_reading_order(groups: Sequence[list[Place]], asked: str) -> list[list[Place]]:
    """Order by the best sentence of each section, then as the article has them.

    A sentence that cannot stand alone brings the one before it along.
    """
    sections: dict[tuple[str, tuple[str, ...]], list[list[Place]]] = {}
    for group in groups:
        article, span = group[0]
        sections.setdefault((article.id, article.path_at(span)), []).append(group)
    ordered: list[list[Place]] = []
    for section in sections.values():
        for group in sorted(section, key=lambda g: g[0][1]):
            before = None if _stands_alone(group[0], asked) else _before(group[0])
            if before and not any(before in other for other in [*ordered, *groups]):
                ordered.append([before])
            ordered.append(group)
    return ordered


def _stands_alone(place: Place, asked: str) -> bool:
    """Tell whether a sentence can be understood without the one before it.

    What “it” is, the question says if the two have words in common; what “this” is, it can't.
    """
    article, span = place
    said = span.of(article.text)
    if PRONOUN.match(said):
        return not set(terms(asked)).isdisjoint(terms(said))
    return POINTING.match(said) is None


def _before(place: Place) -> Place | None:
    """Return the sentence before this one in its section."""
    article, span = place
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
