"""What could be asked: made of the articles' own words, and each tried before it is shown."""

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
from qa.suggestions.from_headings import pose_heading
from qa.suggestions.from_sentences import pose
from qa.suggestions.question import Posed
from qa.suggestions.wording import Wording
from qa.types import Article, Section, Span

ARTICLES = 24  # of a library that are looked at: which ones, their ids say
SECTIONS = 12  # of an article, evenly spread, or around an answer
STRETCH = 6000  # characters of a section
TRIED = 24  # questions at the most, to begin with: each takes as long as an answer
TRIED_NEXT = 8  # after an answer
FEW = 5  # articles, among which “the line” may be known
NEW = 3  # words, by their stems, that a sentence says beyond the question
KINDS = (
    "which", "known", "who", "measure", "many", "when", "cause", "why", "where", "heading",
    "content", "what",
)  # fmt: skip
"""What is asked for, the most telling first."""
LONG = {"known", "why", "heading", "content", "what"}
"""Kinds that a whole sentence may answer."""
GENERAL = {"heading", "content", "what"}
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
    """A question that has not been tried; `near` counts how far away its section is.

    It is `far` if it stands in another article than what was asked about.
    """

    posed: Posed
    article: Article = field(repr=False)
    section: Section
    sentence: Span | None
    near: int = 0
    far: bool = False

    @property
    def name(self) -> str:
        """The question, for comparing."""
        return folded(self.posed.question)

    @property
    def suggestion(self) -> Suggestion:
        """What is shown of it, once it has been tried."""
        return Suggestion(self.posed.question, self.article, self.section, self.sentence)

    def is_met(self, answer: Answer) -> bool:
        """Tell whether an answer is the one that the question was made for, and a sure one."""
        sure = answer.statements and answer.confidence >= STANCES["strict"]
        if not sure or answer.rivals:
            return False
        first = answer.citations[0]
        short = next((citation for citation in answer.citations if citation.short), first)
        if first.article.id != self.article.id or first.span not in self.section.span:
            return False
        if self.sentence not in {None, short.span}:
            return False
        asked = set(terms(self.posed.question))
        if answer.short_answer and self.posed.short:
            wanted, said = (
                set(terms(text)) - asked for text in (self.posed.short, answer.short_answer)
            )
            return bool(wanted and said) and (wanted <= said or said <= wanted)
        tells = len(set(terms(first.quote)) - asked) >= NEW
        return tells and self.posed.kind in LONG and self.sentence in {None, first.span}


def starters(
    index: Index, ask: Ask, *, among: Collection[str] | None = None, limit: int
) -> tuple[Suggestion, ...]:
    """Return questions to begin with, about a sample of the articles, or of those named by id.

    Each has been asked, and was surely answered by the section, or just the sentence and the
    few words of it, that it was made of. They are of unlike kinds, sections and articles.
    """
    ids = index.articles if among is None else (i for i in among if i in index.articles)
    sample = [index.articles[each] for each in nsmallest(ARTICLES, ids)]
    places = [(a, section, section.span.start) for a in sample for section in _some(a.sections)]
    found = [
        candidate
        for candidate in _candidates(places)
        if candidate.posed.told or _is_clear(candidate, few=len(sample) <= FEW)
    ]
    return _tried(found, ask, limit=limit, budget=TRIED)


def follow_ups(history: Sequence[Turn], ask: Ask, *, limit: int) -> tuple[Suggestion, ...]:
    """Return what may be asked after the last turn: about the sections nearest to its answer.

    Each has been asked, as those to begin with; none was asked before, nor is one answered by
    a sentence that has been quoted.
    """
    asked = {folded(turn.question) for turn in history}
    places = _around(history[-1].answer)
    if not places:
        return ()
    told = {(c.article.id, c.span) for turn in history for c in turn.answer.citations}
    found = [
        candidate
        for candidate in _candidates(places, places[0][0].id)
        if candidate.name not in asked
        and (candidate.article.id, candidate.sentence) not in told
        and (candidate.posed.told or _is_clear(candidate, few=not candidate.far))
    ]
    return _tried(found, ask, limit=limit, budget=TRIED_NEXT)


def folded(question: str) -> str:
    """Return a question as it is compared with others."""
    return " ".join(question.casefold().split()).rstrip("?!. ")


def _is_clear(candidate: Candidate, *, few: bool) -> bool:
    """Tell whether one knows what “the line” is: among a few, or where one was just quoted."""
    return few and candidate.posed.kind not in GENERAL


def _some(sections: Sequence[Section]) -> Sequence[Section]:
    """Return sections spread evenly over an article."""
    return sections[:: -(-len(sections) // SECTIONS) or 1]


def _around(answer: Answer) -> list[Place]:
    """Return the sections that an answer quotes, those beside them, and those it came near."""
    quoted = [(c.article, c.span) for c in answer.citations]
    near = [(hit.passage.article, hit.passage.span) for hit in worth_reading(answer.hits)]
    first = [_place(*each) for each in quoted or near[:1]]
    beside = [place for each in first for place in _beside(*each)]
    more = [(a, s, s.span.start) for a, _, _ in first[:1] for s in _some(a.sections)]
    places = [*first, *beside, *(_place(*each) for each in near), *more]
    found: dict[tuple[str, Span], Place] = {}
    for article, section, at in places:
        found.setdefault((article.id, section.span), (article, section, at))
    return list(found.values())[:SECTIONS]


def _place(article: Article, span: Span) -> Place:
    section = next(section for section in article.sections if span in section.span)
    return article, section, span.start


def _beside(article: Article, section: Section, _: int) -> list[Place]:
    at = article.sections.index(section)
    both = (*article.sections[at + 1 : at + 2], *article.sections[max(at - 1, 0) : at])
    return [(article, other, other.span.start) for other in both]


def _candidates(places: Iterable[Place], home: str = "") -> Iterator[Candidate]:
    """Yield what could be asked about sections: of their headings, and of their sentences.

    Of other articles than the one at `home`, if there is one, all is far.
    """
    wordings: dict[str, Wording] = {}
    for near, (article, section, at) in enumerate(places):
        wording = wordings.setdefault(article.id, Wording(article))
        made = partial(
            Candidate,
            article=article,
            section=section,
            near=near,
            far=home not in {"", article.id},
        )
        for heading in section.path[-1:]:
            for posed in pose_heading(heading, wording):
                yield made(posed, sentence=None)
        for sentence in _sentences(article, section, at):
            for posed in pose(sentence.of(article.text), wording):
                yield made(posed, sentence=sentence)


def _sentences(article: Article, section: Section, at: int) -> Sequence[Span]:
    """Return the sentences of a section, or of a long one those around a place in it."""
    start = max(section.span.start, at - STRETCH // 2)
    end = min(section.span.end, start + STRETCH)
    found = sentences(article.text, Span(start, end))
    cut = found[start > section.span.start :]
    return cut[:-1] if end < section.span.end else cut


def _tried(
    candidates: Sequence[Candidate], ask: Ask, *, limit: int, budget: int
) -> tuple[Suggestion, ...]:
    """Ask one after the other, what is most unlike those found, until there are enough.

    What a sentence has been found for, it is asked for no more.
    """
    left, found = list(candidates), list[Candidate]()
    for _ in range(budget):
        if not left or len(found) == limit:
            break
        best = min(left, key=_order(found))
        same = [c for c in left if c.name == best.name]
        answer = ask(best.posed.question)
        met = next((c for c in same if c.is_met(answer)), None)
        left = [c for c in left if c.name != best.name]
        if met:
            found.append(met)
            left = [c for c in left if (c.article, c.sentence) != (met.article, met.sentence)]
    return tuple(candidate.suggestion for candidate in found)


def _order(found: Sequence[Candidate]) -> Callable[[Candidate], tuple[object, ...]]:
    """Return how candidates are ordered: what is unlike those found, the more telling first."""
    articles = Counter(c.article.id for c in found)
    kinds = Counter(c.posed.kind for c in found)
    sections = Counter((c.article.id, c.section.span) for c in found)

    def order(c: Candidate) -> tuple[object, ...]:
        spread = articles[c.article.id], not c.posed.told, kinds[c.posed.kind]
        near = sections[c.article.id, c.section.span], c.near, KINDS.index(c.posed.kind)
        return (c.far, *spread, *near, c.article.id, c.sentence or Span(0, 1), c.posed.question)

    return order
