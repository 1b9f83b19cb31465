"""Suggestions: questions made of the articles, each asked before it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import nsmallest

from qa.answers import Answer, Turn
from qa.index import Index
from qa.language.sentences import sentences
from qa.language.terms import terms
from qa.search import worth_reading
from qa.settings import STANCES
from qa.suggestions.from_headings import questions_from_heading
from qa.suggestions.from_sentences import questions_from_sentence
from qa.suggestions.question import GeneratedQuestion
from qa.suggestions.wording import Wording
from qa.types import Article, Section, Span

MAX_ARTICLES = 24  # of a library: those with the smallest ids
MAX_SECTIONS = 12  # of an article, evenly spread, or around an answer
MAX_SECTION_CHARACTERS = 6000  # of a long section
STARTER_BUDGET = 24  # questions tried to begin with: each takes as long as an answer
FOLLOW_UP_BUDGET = 8  # questions tried after an answer
FEW_ARTICLES = 5  # few enough that one knows what “the line” is
MIN_NEW_TERMS = 3  # that a sentence has beyond the question
KINDS = (
    "which", "known", "who", "measure", "many", "when", "cause", "why", "where", "heading",
    "content", "what",
)  # fmt: skip
"""The kinds of questions, the most informative first."""
WHOLE_SENTENCE_KINDS = {"known", "why", "heading", "content", "what"}
"""Kinds that a whole sentence may answer."""
NEEDS_NAME_KINDS = {"heading", "content", "what"}
"""Kinds that need a subject known by its own name."""

Ask = Callable[[str], Answer]
Place = tuple[Article, Section, int]
"""An article, a section of it, and where in the text to look there."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, the section it was made of, and the sentence, if it is not of the heading."""

    question: str
    article: Article = field(repr=False)
    section: Section
    sentence: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that has not been tried; `distance` counts how far away its section is.

    `is_elsewhere` tells whether it is of another article than the one asked about.
    """

    generated: GeneratedQuestion
    article: Article = field(repr=False)
    section: Section
    sentence: Span | None
    distance: int = 0
    is_elsewhere: bool = False

    @property
    def key(self) -> str:
        """The question, as it is compared with others."""
        return question_key(self.generated.question)

    def is_answered_by(self, answer: Answer) -> bool:
        """Tell whether an answer is sure, and quotes what the question was made of."""
        sure = answer.statements and answer.confidence >= STANCES["strict"]
        if not sure or answer.rivals:
            return False
        first = answer.citations[0]
        short = next((citation for citation in answer.citations if citation.short), first)
        if first.article.id != self.article.id or first.span not in self.section.span:
            return False
        if self.sentence not in {None, short.span}:
            return False
        asked = set(terms(self.generated.question))
        if answer.short_answer and self.generated.short:
            wanted, said = (
                set(terms(text)) - asked for text in (self.generated.short, answer.short_answer)
            )
            return bool(wanted and said) and (wanted <= said or said <= wanted)
        informs = len(set(terms(first.quote)) - asked) >= MIN_NEW_TERMS
        return (
            informs
            and self.generated.kind in WHOLE_SENTENCE_KINDS
            and self.sentence in {None, first.span}
        )


def starters(
    index: Index, ask: Ask, *, among: Collection[str] | None = None, limit: int
) -> tuple[Suggestion, ...]:
    """Return questions to begin with, about a sample of the articles, or of those named by id.

    Each has been asked, and was surely answered by the section, or just the sentence and the
    few words of it, that it was made of. They are of unlike kinds, sections and articles.
    """
    ids = index.articles if among is None else (i for i in among if i in index.articles)
    sample = [index.articles[each] for each in nsmallest(MAX_ARTICLES, ids)]
    places = [
        (a, section, section.span.start) for a in sample for section in _sample(a.sections)
    ]
    found = [
        candidate
        for candidate in _candidates(places)
        if candidate.generated.self_contained
        or _is_clear(candidate, few=len(sample) <= FEW_ARTICLES)
    ]
    return _ask_until(found, ask, limit=limit, budget=STARTER_BUDGET)


def follow_ups(history: Sequence[Turn], ask: Ask, *, limit: int) -> tuple[Suggestion, ...]:
    """Return what may be asked after the last turn: about the sections nearest to its answer.

    Each has been asked, as those to begin with; none was asked before, nor is one answered by
    a sentence that has been quoted.
    """
    asked = {question_key(turn.question) for turn in history}
    places = _places_around(history[-1].answer)
    if not places:
        return ()
    quoted = {(c.article.id, c.span) for turn in history for c in turn.answer.citations}
    found = [
        candidate
        for candidate in _candidates(places, places[0][0].id)
        if candidate.key not in asked
        and (candidate.article.id, candidate.sentence) not in quoted
        and (
            candidate.generated.self_contained
            or _is_clear(candidate, few=not candidate.is_elsewhere)
        )
    ]
    return _ask_until(found, ask, limit=limit, budget=FOLLOW_UP_BUDGET)


def question_key(question: str) -> str:
    """Return a question as it is compared with others."""
    return " ".join(question.casefold().split()).rstrip("?!. ")


def _is_clear(candidate: Candidate, *, few: bool) -> bool:
    """Tell whether “the line” is clear: among few articles, or after one was quoted."""
    return few and candidate.generated.kind not in NEEDS_NAME_KINDS


def _sample(sections: Sequence[Section]) -> Sequence[Section]:
    """Return sections spread evenly over an article."""
    return sections[:: -(-len(sections) // MAX_SECTIONS) or 1]


def _places_around(answer: Answer) -> list[Place]:
    """Return the sections that an answer quotes, their neighbours, and the nearest others."""
    quoted = [(c.article, c.span) for c in answer.citations]
    near = [(hit.passage.article, hit.passage.span) for hit in worth_reading(answer.hits)]
    first = [_place(*each) for each in quoted or near[:1]]
    beside = [place for each in first for place in _beside(*each)]
    more = [(a, s, s.span.start) for a, _, _ in first[:1] for s in _sample(a.sections)]
    places = [*first, *beside, *(_place(*each) for each in near), *more]
    found: dict[tuple[str, Span], Place] = {}
    for article, section, at in places:
        found.setdefault((article.id, section.span), (article, section, at))
    return list(found.values())[:MAX_SECTIONS]


def _place(article: Article, span: Span) -> Place:
    section = next(section for section in article.sections if span in section.span)
    return article, section, span.start


def _beside(article: Article, section: Section, _: int) -> list[Place]:
    at = article.sections.index(section)
    both = (*article.sections[at + 1 : at + 2], *article.sections[max(at - 1, 0) : at])
    return [(article, other, other.span.start) for other in both]


def _candidates(places: Iterable[Place], home: str = "") -> Iterator[Candidate]:
    """Yield the candidates of sections: from their headings, and from their sentences.

    `home` is the id of the article that was asked about, if there is one.
    """
    wordings: dict[str, Wording] = {}
    for near, (article, section, at) in enumerate(places):
        wording = wordings.setdefault(article.id, Wording(article))
        made = partial(
            Candidate,
            article=article,
            section=section,
            distance=near,
            is_elsewhere=home not in {"", article.id},
        )
        for heading in section.path[-1:]:
            for generated in questions_from_heading(heading, wording):
                yield made(generated, sentence=None)
        for sentence in _sentences(article, section, at):
            for generated in questions_from_sentence(sentence.of(article.text), wording):
                yield made(generated, sentence=sentence)


def _sentences(article: Article, section: Section, at: int) -> Sequence[Span]:
    """Return the sentences of a section, or of a long one those around a place in it."""
    start = max(section.span.start, at - MAX_SECTION_CHARACTERS // 2)
    end = min(section.span.end, start + MAX_SECTION_CHARACTERS)
    found = sentences(article.text, Span(start, end))
    cut = found[start > section.span.start :]
    return cut[:-1] if end < section.span.end else cut


def _ask_until(
    candidates: Sequence[Candidate], ask: Ask, *, limit: int, budget: int
) -> tuple[Suggestion, ...]:
    """Ask one candidate after the other, the most unlike those found, until there are enough.

    No two are of the same sentence.
    """
    left, found = list(candidates), list[Candidate]()
    for _ in range(budget):
        if not left or len(found) == limit:
            break
        best = min(left, key=_preference(found))
        answer = ask(best.generated.question)
        same = (c for c in left if c.key == best.key)
        accepted = next((c for c in same if c.is_answered_by(answer)), None)
        left = [c for c in left if c.key != best.key]
        if accepted:
            found.append(accepted)
            source = accepted.article, accepted.sentence
            left = [c for c in left if (c.article, c.sentence) != source]
    return tuple(
        Suggestion(each.generated.question, each.article, each.section, each.sentence)
        for each in found
    )


def _preference(found: Sequence[Candidate]) -> Callable[[Candidate], tuple[object, ...]]:
    """Return the sort key of candidates: the most unlike those found come first."""
    articles = Counter(c.article.id for c in found)
    kinds = Counter(c.generated.kind for c in found)
    sections = Counter((c.article.id, c.section.span) for c in found)

    def order(c: Candidate) -> tuple[object, ...]:
        made, article = c.generated, c.article.id
        spread = articles[article], not made.self_contained, kinds[made.kind]
        near = sections[article, c.section.span], c.distance, KINDS.index(made.kind)
        place = article, c.sentence or Span(0, 1)
        return c.is_elsewhere, *spread, *near, *place, made.question

    return order
