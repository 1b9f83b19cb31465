"""Questions about an article as a whole, for those of which no single fact can be asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from qa.conversation.scope import article_ids
from qa.pipeline import Pipeline
from qa.suggestions.suggest import Suggestion

SECTIONS = 3  # headings that are asked for
PLAIN = re.compile(r"(?:[^\W_]|[ ’'.,:?-])+")
"""A title or heading that holds no markup, nor a quotation mark."""
ARTICLES = 8  # articles that are asked about


def article_questions(
    pipeline: Pipeline, *, among: Collection[str] | None = None
) -> Iterator[Suggestion]:
    """Yield what can be asked of each article: what it is about, and what its sections say.

    All of these are answered in the article's own sentences, so none need be tried.
    """
    ids = article_ids(pipeline) if among is None else [*among]
    for each in sorted(each for each in ids if each in pipeline.index.articles)[:ARTICLES]:
        article = pipeline.index.articles[each]
        if not article.sections or not PLAIN.fullmatch(article.title):
            continue
        first = article.sections[0]
        yield Suggestion(f"What is “{article.title}” about?", article, first)
        headed = {
            s.path[-1]: s
            for s in reversed(article.sections)
            if s.path and PLAIN.fullmatch(s.path[-1])
        }
        for heading, section in [*reversed(headed.items())][:SECTIONS]:
            question = f"What does the section “{heading}” of “{article.title}” say?"
            yield Suggestion(question, article, section)
        yield Suggestion(f"What are the key points of “{article.title}”?", article, first)
