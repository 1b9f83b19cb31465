"""Which article a turn is about: the one named, chosen, last quoted, or the only one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from qa.answers import Turn
from qa.conversation.antecedents import BRACKETS
from qa.language.terms import terms
from qa.pipeline import Pipeline
from qa.types import Article

MANY = 2000  # articles: in more, no title is looked for
CHOICES = 4  # articles that are offered where it is not clear which is meant


def article_ids(pipeline: Pipeline) -> list[str]:
    """Return the ids of the articles that may be asked."""
    index = pipeline.index
    if pipeline.within is None:
        return list(index.articles)
    return [each for each in pipeline.within if each in index.articles]


def named_article(turn: str, pipeline: Pipeline) -> str | None:
    """Return the id of the article whose title, or most of it, a turn says."""
    if len(pipeline.index.articles) > MANY:
        return None
    said = frozenset(terms(turn))
    best, most = None, 0.0
    for each in article_ids(pipeline):
        title = _title_terms(pipeline.index.entries[each].title)
        share = len(title & said) / len(title) if title else 0.0
        enough = share > 0.5 or len(title & said) >= 2
        if enough and share > most:
            best, most = each, share
    return best


@lru_cache(maxsize=4096)
def _title_terms(title: str) -> frozenset[str]:
    return frozenset(terms(BRACKETS.sub("", title)))


def last_quoted_article(history: Sequence[Turn]) -> Article | None:
    """Return the article that was quoted last."""
    for turn in reversed(history):
        for citation in turn.answer.citations:
            return citation.article
    return None


def article_of_turn(turn: str, history: Sequence[Turn], pipeline: Pipeline) -> Article | None:
    """Return the article that a turn is about, if it is clear which."""
    among = article_ids(pipeline)
    if named := named_article(turn, pipeline):
        return pipeline.index.articles[named]
    if pipeline.within is not None and len(among) == 1:
        return pipeline.index.articles[among[0]]
    quoted = last_quoted_article(history)
    if quoted and quoted.id in set(among):
        return quoted
    return pipeline.index.articles[among[0]] if len(among) == 1 else None


def titles(ids: Iterable[str], pipeline: Pipeline) -> list[str]:
    """Return the titles of articles."""
    return [pipeline.index.entries[each].title for each in ids]
