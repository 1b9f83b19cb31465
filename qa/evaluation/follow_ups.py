"""Follow-up questions of published talks: how near to a person's rewrite, and what is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from qa.answers import Answer, Citation, Statement, Turn
from qa.assistant import Assistant
from qa.conversation.rewriting import rewrites
from qa.conversation.understanding import Understanding
from qa.errors import DataError
from qa.evaluation.benchmark import json_rows
from qa.language.sentences import sentences
from qa.language.terms import terms
from qa.search import SearchResult
from qa.types import Article, Section, Span

LOOKED_BACK = 3  # earlier turns of a talk over a library, whose sources are searched for
FOUND = 5  # articles among which the right one must be


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, and the talk before it as pairs of question and reply."""

    question: str
    before: tuple[tuple[str, str], ...]
    rewrite: str = ""
    gold: frozenset[str] = frozenset()
    title: str = ""
    section: str = ""
    conversation: str = ""

    def turns(self) -> tuple[Turn, ...]:
        """Return the talk, as if its replies were the sentences of one article."""
        article, spans = self._article()
        turns: tuple[Turn, ...] = ()
        for (question, _), span in zip(self.before, spans, strict=True):
            asked = rewrites(question, turns)[0].asked
            turns = (*turns, Turn(question, _quotation(question, asked, article, span)))
        return turns

    def _article(self) -> tuple[Article, list[Span]]:
        text, spans = "", list[Span]()
        for _, reply in self.before:
            start = len(text)
            text += f"{reply or '–'}\n\n"
            spans.append(Span(start, len(text) - 2))
        path = (self.section,) if self.section else ()
        sections = (Section(path, Span(0, len(text) - 2)),) if spans else ()
        return Article.of(self.title, text, sections=sections), spans


def _quotation(question: str, asked: str, article: Article, span: Span) -> Answer:
    citation = Citation(article, span, number=1)
    return Answer(question, asked, (Statement(citation.quote, (1,)),), (citation,))


def read_follow_ups(folder: Path) -> list[FollowUp]:
    """Read the questions of a benchmark that have a talk before them.

    Raises:
        DataError: if there are none.
    """
    try:
        rows = json_rows(folder / "questions.jsonl")
        return [_follow_up(row) for row in rows if row.get("history")]
    except (OSError, ValueError, KeyError) as wrong:
        raise DataError(
            f"{folder} holds no talks: {wrong}.",
            hint="Name a folder of questions.jsonl, with the history of each.",
        ) from wrong


def _follow_up(row: Mapping[str, Any]) -> FollowUp:
    pairs: list[tuple[str, str]] = []
    for said in row["history"]:
        if said["role"] == "user":
            pairs.append((said["text"], ""))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {said['text']}".strip())
    return FollowUp(
        row["question"],
        tuple(pairs),
        row.get("rewrite") or "",
        frozenset(row.get("gold_passages") or ()),
        row.get("title") or "",
        row.get("section") or "",
        row["id"].rpartition("_")[0],
    )


def rewriting_rows(asked: Sequence[FollowUp]) -> dict[str, float]:
    """Return how much of the gap between a question and a person's rewrite is closed.

    Near is what shares terms: F1 of the two sets. Those that a person left as they were tell
    how many are left alone.
    """
    raw, ours, alone = list[float](), list[float](), list[bool]()
    for each in asked:
        if not each.rewrite:
            continue
        rewritten = rewrites(each.question, each.turns())[0].asked
        if set(terms(each.rewrite)) == set(terms(each.question)):
            alone.append(set(terms(rewritten)) == set(terms(each.question)))
        else:
            raw.append(_f1(each.question, each.rewrite))
            ours.append(_f1(rewritten, each.rewrite))
    if not raw:
        return {}
    rows = {
        "terms of the rewrite, raw": mean(raw),
        "terms of the rewrite, ours": mean(ours),
        "gap closed": (mean(ours) - mean(raw)) / (1 - mean(raw)),
    }
    return {**rows, "left alone rightly": mean(alone)} if alone else rows


def _f1(given: str, wanted: str) -> float:
    one, other = set(terms(given)), set(terms(wanted))
    return 2 * len(one & other) / max(len(one) + len(other), 1)


def finding_rows(asked: Sequence[FollowUp], assistant: Assistant) -> dict[str, float]:
    """Return how often the right article is among the first, of the question raw and ours.

    The talk before it is as the library would have had it: each question was answered by the
    best passage that its search found.
    """
    raw, ours = list[bool](), list[bool]()
    for each in asked:
        if not each.gold:
            continue
        turns: tuple[Turn, ...] = ()
        for question, _ in each.before[-LOOKED_BACK:]:
            turns = (*turns, Turn(question, _top_sentence(question, turns, assistant)))
        understood = assistant.understand(each.question, history=turns, exact=True)
        raw.append(_finds(each.gold, assistant.pipeline.search(each.question)))
        ours.append(_finds(each.gold, _search(understood, assistant)))
    if not raw:
        return {}
    return {"follow-up R@5, raw": mean(raw), "follow-up R@5, ours": mean(ours)}


def _top_sentence(question: str, before: Sequence[Turn], assistant: Assistant) -> Answer:
    understood = assistant.understand(question, history=before, exact=True)
    hits = _search(understood, assistant).hits
    if not hits:
        return Answer(question, understood.asked, reason="Nothing was found.")
    passage = hits[0].passage
    span = next(iter(sentences(passage.article.text, passage.span)), passage.span)
    return replace(_quotation(question, understood.asked, passage.article, span), hits=hits)


def _search(understood: Understanding, assistant: Assistant) -> SearchResult:
    return assistant.pipeline.search(understood.asked, background=understood.background)


def _finds(gold: frozenset[str], found: SearchResult) -> bool:
    articles = dict.fromkeys(hit.passage.article.source for hit in found.hits)
    return not gold.isdisjoint([*articles][:FOUND])


def samples(asked: Sequence[FollowUp], limit: int | None) -> Iterator[FollowUp]:
    """Yield so many, spread evenly over all."""
    step = max(1, len(asked) // limit) if limit else 1
    yield from asked[::step][:limit]
