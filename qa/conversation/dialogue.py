"""A dialogue: each turn is understood, then answered from the articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qa.answers import Answer, Citation, Intent, Statement, Turn
from qa.conversation import library
from qa.conversation.about_article import ArticleGuide
from qa.conversation.choosing import background_of, choose, favoured_articles
from qa.conversation.comparing import Contest, compare_answers, contest, value_of
from qa.conversation.compound import single_questions
from qa.conversation.intents import Examples, Wanted, bare_word, recognise
from qa.conversation.manners import REPLIES, manner
from qa.conversation.naming import NOTHING, recognise_by_part
from qa.conversation.repeats import is_repeated, left_over
from qa.conversation.rewriting import Rewrite, rewrites
from qa.conversation.scope import (
    article_ids,
    article_of_turn,
    articles_named,
    last_quoted_article,
    titles,
)
from qa.conversation.understanding import Understanding
from qa.language.terms import terms
from qa.pipeline import Pipeline
from qa.search import Background
from qa.timing import timed
from qa.trace import Steps, Trace, add_seconds, join

ABOUT_LIBRARY = frozenset({Intent.MENTIONS, Intent.COUNT, Intent.LATEST, Intent.SINCE})
MAX_NAMING = 20  # words of a turn that may name an article by its title
MIN_AS_TYPED = 0.5  # confidence of an answer to what was typed: likelier right than not
GOING_ON = frozenset({Intent.LONGER, Intent.SHORTER, Intent.NEXT})
"""Turns that need a quotation before them."""


@dataclass(frozen=True)
class Dialogue:
    """Understands turns by what was said before them, and answers them from a library."""

    pipeline: Pipeline

    @cached_property
    def examples(self) -> Examples:
        """What turns are compared with, to see what they want."""
        return Examples(self.pipeline.encoder)

    def understand(self, question: str, history: Sequence[Turn] = ()) -> Understanding:
        """Return what a turn wants, and how it would be asked alone."""
        wanted = self._intent_of(question, history)
        if wanted.intent is not Intent.QUESTION:
            return Understanding(Rewrite(question, question), wanted)
        parts = single_questions(question)
        if contest(question) or len(parts) > 1:
            asked = contest(question)
            return Understanding(
                Rewrite(question, question),
                Wanted(Intent.COMPOUND),
                asked.questions if asked else parts,
                Background(favoured_articles(history)),
            )
        readings = self._readable(rewrites(question, history)) or [Rewrite(question, question)]
        rewrite = choose(readings, history, self.pipeline)
        background = background_of(rewrite, history, self.pipeline)
        return Understanding(rewrite, background=background)

    def _readable(self, readings: Sequence[Rewrite]) -> list[Rewrite]:
        """Return the readings that the encoder reads in whole."""
        encoder = self.pipeline.encoder
        counts = encoder.count([reading.asked for reading in readings])
        return [r for r, count in zip(readings, counts, strict=True) if count <= encoder.window]

    def _intent_of(self, question: str, history: Sequence[Turn]) -> Wanted:
        brief = len(question.split()) <= MAX_NAMING
        named = articles_named(question, self.pipeline) if brief else NOTHING
        unknown = self.pipeline.index.words.unknown_words(
            question, within=self.pipeline.passages
        )
        wanted = recognise(
            question,
            examples=self.examples,
            titles=named.words if named.is_whole else frozenset(),
            unknown=frozenset(term for word in unknown for term in terms(word)),
        )
        if wanted.intent is Intent.QUESTION and named.articles and not named.is_whole:
            wanted = recognise_by_part(question, named, self.examples)
        if wanted.intent in GOING_ON and not _has_quoted(history):
            return Wanted(Intent.QUESTION)
        if wanted.intent is Intent.SECTION:
            article = article_of_turn(question, history, self.pipeline)
            if article is None or not any(section.path for section in article.sections):
                return Wanted(Intent.QUESTION)
        if wanted.intent is Intent.QUESTION and (word := bare_word(question)):
            return Wanted(Intent.MENTIONS, word)
        return wanted

    def steps(
        self,
        understood: Understanding,
        *,
        history: Sequence[Turn] = (),
        stance: str | None = None,
    ) -> Steps:
        """Answer a turn as it was understood."""
        if understood.is_single:
            return (yield from self._single(understood, stance, history[-1:]))
        if understood.wanted.intent is Intent.COMPOUND:
            return (yield from self._compound(understood, history, stance))
        seconds: dict[str, float] = {}
        with timed(seconds, "answer"):
            answer = self._reply(understood, history)
        return Trace(answer, seconds=add_seconds(seconds))

    def _reply(self, understood: Understanding, history: Sequence[Turn]) -> Answer:
        """Answer a turn that is no question for a fact, and needs no reader."""
        intent, question = understood.wanted.intent, understood.question
        if intent in REPLIES:
            return manner(question, intent, self._choices())
        if intent in ABOUT_LIBRARY:
            return self._of_library(question, understood.wanted)
        return ArticleGuide(self.pipeline).reply(question, understood.wanted, history)

    def _single(
        self, understood: Understanding, stance: str | None, last: Sequence[Turn] = ()
    ) -> Steps:
        """Answer a question; one that goes on from the last turn is not answered as that.

        Where something was only added to what was typed, and nothing answers then, what was
        typed may have been a new subject: it is asked by itself.
        """
        trace = yield from self.pipeline.steps(
            understood.question,
            asked=understood.asked,
            background=understood.background,
            stance=stance,
        )
        answer, rewrite = trace.answer, understood.rewrite
        added = rewrite.is_rewritten and rewrite.asked.startswith(understood.question)
        if added and not answer.statements:
            typed = yield from self.pipeline.steps(understood.question, stance=stance)
            if typed.answer.statements and typed.answer.confidence >= MIN_AS_TYPED:
                return replace(typed, seconds=add_seconds(trace.seconds, typed.seconds))
        for turn in last if rewrite.is_rewritten else ():
            if is_repeated(answer, turn.answer):
                evidence = left_over(rewrite.asked, trace.evidence, turn.answer)
                answer = self.pipeline.answer(
                    understood.question,
                    asked=understood.asked,
                    hits=answer.hits,
                    evidence=evidence,
                    stance=stance,
                )
        return replace(trace, answer=replace(answer, substitutions=rewrite.substitutions))

    def _choices(self) -> tuple[str, ...]:
        """Return what can be asked of the first articles."""
        named = titles(article_ids(self.pipeline)[:2], self.pipeline)
        return (*(f"What is “{title}” about?" for title in named), "Which articles are there?")

    def _of_library(self, question: str, wanted: Wanted) -> Answer:
        match wanted.intent:
            case Intent.MENTIONS:
                return library.mentioning(question, wanted.of, self.pipeline)
            case Intent.SINCE:
                return library.since(question, wanted.of, self.pipeline)
            case Intent.LATEST:
                return library.latest(question, self.pipeline)
            case _:
                return library.count(question, self.pipeline)

    def _compound(
        self, understood: Understanding, history: Sequence[Turn], stance: str | None
    ) -> Steps:
        """Answer each question of a turn, and compare the values if that is what it wants."""
        asked, parts = contest(understood.question), list[Trace]()
        if asked:
            for side in (0, 1):
                parts.append((yield from self._side(asked, side, history, stance)))
        turns, seconds = list(history), dict[str, float]()
        for part in () if asked else understood.parts:
            with timed(seconds, "understand"):
                rewrite = choose(rewrites(part, turns), turns, self.pipeline)
                background = background_of(rewrite, turns, self.pipeline)
                step = Understanding(rewrite, background=background)
            parts.append((yield from self._single(step, stance, turns[-1:])))
            turns.append(Turn(part, parts[-1].answer))
        answers = [part.answer for part in parts]
        return join(_together(understood.question, answers, asked), parts, seconds)

    def _side(
        self, asked: Contest, side: int, history: Sequence[Turn], stance: str | None
    ) -> Steps:
        """Return the answer to the first wording that gets a value, or else the surest."""
        tried, about = list[Trace](), {*terms(asked.sides[side])}
        background = Background(favoured_articles(history))
        for wording in asked.wordings[side]:
            step = Understanding(Rewrite(wording, wording), background=background)
            tried.append((yield from self._single(step, stance)))
            answer = tried[-1].answer
            said = " ".join(f"{c.trail} {c.quote}" for c in answer.citations)
            if value_of(answer, asked, side) and about & {*terms(said)}:
                best = tried[-1]
                break
        else:
            best = max(tried, key=lambda trace: trace.answer.confidence)
        return replace(best, seconds=add_seconds(*(trace.seconds for trace in tried)))


def _has_quoted(history: Sequence[Turn]) -> bool:
    return bool(history) and last_quoted_article(history[-1:]) is not None


def _together(question: str, answers: Sequence[Answer], asked: Contest | None) -> Answer:
    """Return one answer of several, their citations numbered on."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    known: dict[tuple[str, object], int] = {}
    for answer in answers:
        numbers: dict[int, int] = {}
        for citation in answer.citations:
            place = (citation.article.id, citation.span)
            if place not in known:
                known[place] = len(citations) + 1
                citations.append(replace(citation, number=known[place]))
            numbers[citation.number] = known[place]
        for statement in answer.statements:
            cites = tuple(numbers[number] for number in statement.cites)
            if all(statement.text != each.text for each in statements):
                statements.append(replace(statement, cites=cites))
    missing = [a for a in answers if not a.statements]
    reason = "" if statements else (missing[0].reason if missing else "")
    return Answer(
        question,
        question,
        tuple(statements),
        tuple(citations),
        tuple(hit for answer in answers for hit in answer.hits[:3]),
        min(answer.confidence for answer in answers),
        reason=reason,
        intent=Intent.COMPOUND,
        parts=tuple(answers),
        comparison=compare_answers(asked, answers) if asked else None,
        note=""
        if asked
        else "; ".join(
            f"{a.asked} {a.short_answer or a.reason}".strip()
            for a in answers
            if a.short_answer or a.reason
        ),
    )
