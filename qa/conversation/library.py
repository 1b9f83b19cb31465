"""Questions about the library: how many articles, which mention something, which are new."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from qa.answers import Answer, Intent
from qa.conversation.overview import all_sentences, quote_sentences
from qa.conversation.scope import article_ids
from qa.language.dates import Moment, moment
from qa.language.sentences import sentences
from qa.language.terms import terms
from qa.pipeline import Pipeline
from qa.types import Article, Excerpt

MAX_SHOWN = 10  # articles that are named or quoted
MAX_UNREAD = 3  # articles of which it is said that pages cannot be read
MAX_SEARCHED = 400  # passages that are looked at for a word

ONE = "There is 1 article: {named}."
SEVERAL = "There are {count} articles: {named}."
MANY = "There are {count} articles: {named}, and {more} more."
ONE_MENTIONS = "1 article mentions “{words}”"
SEVERAL_MENTION = "{count} articles mention “{words}”"
NONE_MENTIONS = "No article mentions “{words}”."
UNDATED = "No article says when it was published."
NO_DATE = "I don't know the date “{when}”."
NOTHING_SINCE = "Nothing was published since {when}."


def count(question: str, pipeline: Pipeline) -> Answer:
    """Say how many articles there are, and name them."""
    ids = article_ids(pipeline)
    entries = [pipeline.index.entries[each] for each in ids]
    titles = sorted(entry.title for entry in entries)
    named = ", ".join(f"“{title}”" for title in titles[:MAX_SHOWN])
    more = len(titles) - MAX_SHOWN
    template = ONE if len(ids) == 1 else MANY if more > 0 else SEVERAL
    return Answer(
        question,
        question,
        reason=template.format(count=len(ids), named=named, more=more),
        intent=Intent.COUNT,
        choices=tuple(f"What is “{title}” about?" for title in titles[:3]),
    )


def mentioning(question: str, words: str, pipeline: Pipeline) -> Answer:
    """Quote the first sentence of each article that has all the words."""
    wanted = frozenset(terms(words))
    found = list(_mentions(wanted, pipeline)) if wanted else []
    if not found:
        return Answer(
            question,
            question,
            reason=NONE_MENTIONS.format(words=words),
            intent=Intent.MENTIONS,
            unread_beside=tuple(_unread(pipeline)),
        )
    template = ONE_MENTIONS if len(found) == 1 else SEVERAL_MENTION
    note = template.format(count=len(found), words=words)
    return quote_sentences(question, Intent.MENTIONS, found[:MAX_SHOWN], note=note)


def _unread(pipeline: Pipeline) -> Iterator[Article]:
    """Yield the first articles with pages that are pictures, which may mention anything."""
    ids = article_ids(pipeline)
    unread = (each for each in ids if pipeline.index.entries[each].unread_pages)
    return (pipeline.index.articles[each] for each in islice(unread, MAX_UNREAD))


def _mentions(wanted: frozenset[str], pipeline: Pipeline) -> Iterator[Excerpt]:
    ranked = pipeline.index.words.search(
        " ".join(wanted), MAX_SEARCHED, within=pipeline.passages
    )
    seen: set[str] = set()
    for number in sorted(ranked, key=lambda n: -ranked[n]):
        passage = pipeline.index.passages[number]
        if passage.article.id in seen:
            continue
        for span in sentences(passage.article.text, passage.span):
            if wanted <= frozenset(terms(span.of(passage.article.text))):
                seen.add(passage.article.id)
                yield Excerpt(passage.article, span)
                break


def latest(question: str, pipeline: Pipeline) -> Answer:
    """Quote the openings of the articles whose dates are known, the newest first."""
    dated = sorted(_dated_articles(pipeline), key=lambda pair: pair[0], reverse=True)
    if not dated:
        return Answer(
            question,
            question,
            reason=UNDATED,
            intent=Intent.LATEST,
        )
    note = "; ".join(f"{a.origin.date}: {a.title}" for _, a in dated[:MAX_SHOWN])
    return quote_sentences(
        question, Intent.LATEST, [_opening(a) for _, a in dated[:MAX_SHOWN]], note=note
    )


def since(question: str, when: str, pipeline: Pipeline) -> Answer:
    """Quote the openings of the articles published since a date, the newest first."""
    dated = sorted(_dated_articles(pipeline), key=lambda pair: pair[0], reverse=True)
    start = moment(when, year=dated[0][0][0] if dated else 0)
    if start is None or not dated:
        reason = UNDATED if start else NO_DATE.format(when=when)
        return Answer(question, question, reason=reason, intent=Intent.SINCE)
    new = [article for at, article in dated if at >= start]
    if not new:
        return Answer(
            question,
            question,
            reason=NOTHING_SINCE.format(when=when),
            intent=Intent.SINCE,
        )
    note = "; ".join(f"{a.origin.date}: {a.title}" for a in new[:MAX_SHOWN])
    return quote_sentences(question, Intent.SINCE, map(_opening, new[:MAX_SHOWN]), note=note)


def _dated_articles(pipeline: Pipeline) -> Iterator[tuple[Moment, Article]]:
    for each in article_ids(pipeline):
        article = pipeline.index.articles[each]
        if (at := moment(article.origin.date)) and article.sections:
            yield at, article


def _opening(article: Article) -> Excerpt:
    return Excerpt(article, next(iter(all_sentences(article))))
