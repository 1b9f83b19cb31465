"""Passages that say nothing new: the same report in two articles, a page saved twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from qa.language.sentences import sentences
from qa.quoting.quotes import ALIKE, WORD, Quote, points
from qa.types import Hit, Passage

LEAST = 20  # words of a passage: what is shorter may be said of many things
TOGETHER = 5  # citations of one sentence: in more articles it is no truer


@dataclass(eq=False)
class Found:
    """A passage found, and those found after it that only say what it says."""

    passage: Passage
    twins: list[Passage] = field(default_factory=list)

    @cached_property
    def words(self) -> list[str]:
        """Its words, in small letters."""
        return WORD.findall(self.passage.text.casefold())

    @property
    def articles(self) -> list[str]:
        """The ids of the articles that say it."""
        return [passage.article.id for passage in (self.passage, *self.twins)]

    @cached_property
    def quotes(self) -> list[Quote]:
        """Its sentences."""
        return _quotes(self.passage)

    def says(self, quote: Quote) -> bool:
        """Tell whether one of its sentences says the same."""
        return any(own.says(quote) for own in self.quotes)


def apart(ranked: Iterable[Passage], *, most: int) -> list[tuple[Passage, tuple[Passage, ...]]]:
    """Return the first passages that say something new, each with its twins.

    A passage is a twin if one article says each of its sentences in better passages: the same
    words, but for a few more or fewer, with every number, denial and bound. So reports that
    disagree in anything are no twins.
    """
    kept: list[Found] = []
    for found in map(Found, ranked):
        if said := _said(found, kept):
            for better in said:
                better.twins.append(found.passage)
        elif len(kept) == most:
            break
        else:
            kept.append(found)
    return [(one.passage, tuple(one.twins)) for one in kept]


def together(groups: Iterable[Sequence[Quote]], hits: Sequence[Hit]) -> Iterator[list[Quote]]:
    """Add to each group of quotations what twins of their passages say as its first does."""
    all_of_them = [list(group) for group in groups]
    told = {quote.place for group in all_of_them for quote in group}
    for group in all_of_them:
        for quote in [again for one in group for again in _again(one, hits)]:
            if len(group) < TOGETHER and quote.place not in told and group[0].says(quote):
                told.add(quote.place)
                group.append(quote.answering(group[0].short_answer))
        yield group


def _said(found: Found, kept: Sequence[Found]) -> list[Found]:
    """Return what of one article says it all, or nothing if no article does."""
    words = set(found.words)
    if len(found.words) < LEAST:
        return []
    for article in dict.fromkeys(name for one in kept for name in one.articles):
        better = [one for one in kept if article in one.articles]
        shared = words.intersection(chain(*(one.words for one in better)))
        if len(shared) >= ALIKE * len(words) and (saying := _saying(found, better)):
            return saying
    return []


def _saying(found: Found, better: Sequence[Found]) -> list[Found]:
    """Return those that say some sentence of a passage, if together they say them all."""
    title, other = (one.passage.article.title for one in (found, better[0]))
    if points(found.passage.text) and title != other:
        return []  # “it” may be something else under another title
    said = [[one for one in better if one.says(quote)] for quote in found.quotes]
    return [one for one in better if any(one in some for some in said)] if all(said) else []


def _again(quote: Quote, hits: Sequence[Hit]) -> Iterator[Quote]:
    """Yield the sentences of the twins of the passage that a quotation is from."""
    for hit in hits:
        own = hit.passage
        if hit.twins and own.article == quote.article and quote.span in own.span:
            yield from (again for twin in hit.twins for again in _quotes(twin))


def _quotes(passage: Passage) -> list[Quote]:
    article = passage.article
    return [Quote(article, span) for span in sentences(article.text, passage.span)]
