"""Near-duplicate passages: the same report in two articles, a page saved twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from qa.language.sentences import sentences
from qa.quoting.quotes import MIN_SENTENCE_SIMILARITY, WORD_PATTERN, Quote, has_open_reference
from qa.types import Hit, Passage

MIN_WORDS = 20  # words of a passage: a shorter one may be about many things
MAX_CITATIONS = 5  # citations of one sentence: more articles make it no truer


@dataclass(eq=False)
class RankedPassage:
    """A passage that was found, and its near duplicates that were found after it."""

    passage: Passage
    near_duplicates: list[Passage] = field(default_factory=list)

    @cached_property
    def words(self) -> list[str]:
        """Its words, in lower case."""
        return WORD_PATTERN.findall(self.passage.text.casefold())

    @property
    def articles(self) -> list[str]:
        """The ids of the articles that have it or a near duplicate."""
        return [passage.article.id for passage in (self.passage, *self.near_duplicates)]

    @cached_property
    def quotes(self) -> list[Quote]:
        """Its sentences."""
        return _sentences(self.passage)

    def says_same_as(self, quote: Quote) -> bool:
        """Tell whether one of its sentences says the same."""
        return any(own.says_same_as(quote) for own in self.quotes)


def group_near_duplicates(
    ranked: Iterable[Passage], *, limit: int
) -> list[tuple[Passage, tuple[Passage, ...]]]:
    """Return the first passages that say something new, each with its near duplicates.

    A passage is a near duplicate if one article says each of its sentences in better passages:
    the same words, but for a few more or fewer, with every number, denial and bound. So reports
    that disagree in anything are not near duplicates.
    """
    kept: list[RankedPassage] = []
    for found in map(RankedPassage, ranked):
        if originals := _originals(found, kept):
            for original in originals:
                original.near_duplicates.append(found.passage)
        elif len(kept) == limit:
            break
        else:
            kept.append(found)
    return [(one.passage, tuple(one.near_duplicates)) for one in kept]


def add_near_duplicates(
    groups: Iterable[Sequence[Quote]], hits: Sequence[Hit]
) -> Iterator[list[Quote]]:
    """Add to each group the sentences of near duplicates that say the same as its first."""
    quote_lists = [list(group) for group in groups]
    quoted = {quote.place for group in quote_lists for quote in group}
    for group in quote_lists:
        for quote in [again for one in group for again in _duplicate_sentences(one, hits)]:
            is_new = len(group) < MAX_CITATIONS and quote.place not in quoted
            if is_new and group[0].says_same_as(quote):
                quoted.add(quote.place)
                group.append(quote.with_short_answer(group[0].short_answer))
        yield group


def _originals(found: RankedPassage, kept: Sequence[RankedPassage]) -> list[RankedPassage]:
    """Return the passages of one article that say all of it; none if no article does."""
    words = set(found.words)
    if len(found.words) < MIN_WORDS:
        return []
    for article in dict.fromkeys(name for one in kept for name in one.articles):
        better = [one for one in kept if article in one.articles]
        shared = words.intersection(chain(*(one.words for one in better)))
        similar = len(shared) >= MIN_SENTENCE_SIMILARITY * len(words)
        if similar and (originals := _covering_passages(found, better)):
            return originals
    return []


def _covering_passages(
    found: RankedPassage, better: Sequence[RankedPassage]
) -> list[RankedPassage]:
    """Return the passages that say a sentence of another, if together they say them all."""
    title, other = (one.passage.article.title for one in (found, better[0]))
    if has_open_reference(found.passage.text) and title != other:
        return []  # “it” may be something else under another title
    sources = [[one for one in better if one.says_same_as(quote)] for quote in found.quotes]
    if not all(sources):
        return []
    return [one for one in better if any(one in some for some in sources)]


def _duplicate_sentences(quote: Quote, hits: Sequence[Hit]) -> Iterator[Quote]:
    """Yield the sentences of the near duplicates of a quotation's passage."""
    for hit in hits:
        own = hit.passage
        if hit.near_duplicates and own.article == quote.article and quote.span in own.span:
            yield from (again for copy in hit.near_duplicates for again in _sentences(copy))


def _sentences(passage: Passage) -> list[Quote]:
    article = passage.article
    return [Quote(article, span) for span in sentences(article.text, passage.span)]
