"""Which article a turn is about: the one named, chosen, last quoted, or the only one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.answers import Turn
from qa.conversation.naming import NOTHING, Naming, naming
from qa.pipeline import Pipeline
from qa.types import Article

MAX_ARTICLES = 2000  # articles: in more, no title is looked for
CHOICES = 4  # articles that are offered where it is not clear which is meant
EVERYTHING = re.compile(
    r"\b(?:everything|(?:all|each|every one) (?:of )?(?:the |your |my |our |these )?"
    r"(?:articles|documents|texts|files))\b",
    re.IGNORECASE,
)
"""What means no single article."""


def article_ids(pipeline: Pipeline) -> list[str]:
    """Return the ids of the articles that may be asked."""
    index = pipeline.index
    if pipeline.within is None:
        return list(index.articles)
    return [each for each in pipeline.within if each in index.articles]


def articles_named(turn: str, pipeline: Pipeline) -> Naming:
    """Return which of the articles that may be asked a turn names."""
    if len(pipeline.index.articles) > MAX_ARTICLES:
        return NOTHING
    entries = pipeline.index.entries
    return naming(turn, {each: entries[each] for each in article_ids(pipeline)})


def last_quoted_article(history: Sequence[Turn]) -> Article | None:
    """Return the article that was quoted last."""
    for turn in reversed(history):
        for citation in turn.answer.citations:
            return citation.article
    return None


def article_of_turn(turn: str, history: Sequence[Turn], pipeline: Pipeline) -> Article | None:
    """Return the article that a turn is about, if it is clear which."""
    among = article_ids(pipeline)
    named = articles_named(turn, pipeline).articles
    if len(among) == 1 or len(named) == 1:
        return pipeline.index.articles[(named or among)[0]]
    quoted = last_quoted_article(history)
    if quoted and quoted.id in (named or among) and not EVERYTHING.search(turn):
        return quoted
    return None


def titles(ids: Iterable[str], pipeline: Pipeline) -> list[str]:
    """Return the titles of articles."""
    return [pipeline.index.entries[each].title for each in ids]
