"""Questions about an article as a whole, answered in its own sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answers import Answer, Intent, Turn
from qa.conversation import overview
from qa.conversation.intents import Wanted
from qa.conversation.overview import MAX_LISTED, SIZES
from qa.conversation.scope import (
    CHOICES,
    article_ids,
    article_of_turn,
    articles_named,
    titles,
)
from qa.pipeline import Pipeline
from qa.types import Article, Excerpt

RESIZED = frozenset({Intent.LONGER, Intent.SHORTER})
LISTS: Mapping[Intent, Callable[[Article], list[Excerpt]]] = {
    Intent.PEOPLE: overview.people,
    Intent.PLACES: overview.places,
    Intent.DATES: overview.dates,
    Intent.NUMBERS: overview.numbers,
    Intent.FIRST: overview.dates,
}
"""What finds the sentences that a list is made of."""

NOTHING = {
    Intent.PEOPLE: "The article names nobody.",
    Intent.PLACES: "The article names no places.",
    Intent.DATES: "The article gives no dates.",
    Intent.NUMBERS: "The article gives no numbers.",
    Intent.FIRST: "The article gives no dates.",
    Intent.NEXT: "The article tells of nothing after that.",
    Intent.LONGER: "There is no more to quote on that.",
}
WHICH = "Which article do you mean?"
NO_SECTION = "“{title}” has no section on “{name}”."


@dataclass(frozen=True, slots=True)
class ArticleGuide:
    """Answers what is asked of an article: the one named, chosen, last quoted, or the only."""

    pipeline: Pipeline

    def reply(self, question: str, wanted: Wanted, history: Sequence[Turn]) -> Answer:
        """Answer a question about an article, or ask back which one is meant."""
        if wanted.intent in RESIZED:
            return self._resize(question, wanted.intent, history)
        if wanted.intent is Intent.NEXT:
            return self._next(question, history)
        article = article_of_turn(question, history, self.pipeline)
        if article is None:
            return self._which(question, wanted)
        if wanted.intent is Intent.SECTION:
            return self._section(question, wanted, article)
        found = self._quotations(wanted.intent, article, SIZES.get(wanted.intent, MAX_LISTED))
        return self._quote(question, wanted.intent, article, found)

    def _which(self, question: str, wanted: Wanted) -> Answer:
        """Ask back which article is meant: of those that are named, if several are."""
        named = articles_named(question, self.pipeline).articles or article_ids(self.pipeline)
        bare = question.rstrip("?!. ")
        offered = titles(named[:CHOICES], self.pipeline)
        choices = tuple(f"{bare}: “{title}”?" for title in offered)
        return Answer(question, question, reason=WHICH, intent=wanted.intent, choices=choices)

    def _quotations(self, intent: Intent, article: Article, size: int) -> list[Excerpt]:
        if intent in LISTS:
            return LISTS[intent](article)[: 1 if intent is Intent.FIRST else size]
        if intent is Intent.TOPIC:
            return overview.opening(article, self.pipeline, count=size)
        return overview.central(article, article.sections, self.pipeline, count=size)

    def _quote(
        self, question: str, intent: Intent, article: Article, found: Sequence[Excerpt]
    ) -> Answer:
        if not found:
            return Answer(
                question,
                question,
                reason=NOTHING.get(intent, NOTHING[Intent.LONGER]),
                intent=intent,
            )
        listed = intent in LISTS and intent is not Intent.FIRST
        note = overview.shorts(found) if listed else article.title
        return overview.quote_sentences(question, intent, found, note=note)

    def _section(
        self, question: str, wanted: Wanted, article: Article, size: int = SIZES[Intent.SECTION]
    ) -> Answer:
        sections = overview.find_sections(wanted.of, article, self.pipeline)
        if not sections:
            headings = dict.fromkeys(s.path[-1] for s in article.sections if s.path)
            return Answer(
                question,
                question,
                reason=NO_SECTION.format(title=article.title, name=wanted.of),
                intent=Intent.SECTION,
                choices=tuple(
                    f"What does the section “{h}” say?" for h in [*headings][:CHOICES]
                ),
            )
        found = overview.whole(article, sections, limit=size + 1)
        found = found or overview.central(article, sections, self.pipeline, count=size)
        note = " › ".join([article.title, *sections[0].path])
        return overview.quote_sentences(question, Intent.SECTION, found, note=note)

    def _resize(self, question: str, intent: Intent, history: Sequence[Turn]) -> Answer:
        """Say the last answer again, longer or shorter."""
        last = history[-1].answer
        article = last.citations[0].article
        quoted: list[Excerpt] = [c for c in last.citations if c.article == article]
        if intent is Intent.SHORTER:
            size = max(1, len(quoted) // 2)
            return overview.quote_sentences(question, intent, quoted[:size], note=last.note)
        if last.intent in {*SIZES, *LISTS} - {Intent.SECTION}:
            found = self._quotations(last.intent, article, 2 * len(quoted))
        else:
            home = [s for s in article.sections if any(q.span in s.span for q in quoted)]
            known = {q.span for q in quoted}
            more = [
                q
                for q in overview.central(
                    article, home, self.pipeline, count=2 * len(quoted) + 2
                )
                if q.span not in known
            ]
            found = sorted([*quoted, *more], key=lambda q: q.span) if more else []
        answer = self._quote(
            question, intent, article, found if len(found) > len(quoted) else ()
        )
        return replace(answer, note=last.note) if answer.statements else answer

    def _next(self, question: str, history: Sequence[Turn]) -> Answer:
        """Quote what is dated next after the last quotation, or else stands behind it."""
        last = history[-1].answer.citations[-1]
        article = last.article
        timeline = overview.dates(article)
        here = next((n for n, q in enumerate(timeline) if q.span == last.span), None)
        after = timeline[here + 1 : here + 2] if here is not None else []
        if not after:
            after = [
                Excerpt(article, s)
                for s in overview.all_sentences(article)
                if s.start >= last.span.end
            ][:1]
        return self._quote(question, Intent.NEXT, article, after)
