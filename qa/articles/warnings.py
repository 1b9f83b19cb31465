"""What could not be read of an article that was read."""

from __future__ import annotations

from collections.abc import Iterator

from qa.articles.encoding import BAD
from qa.articles.illegible import SAVE_ANEW, start_of
from qa.errors import ArticleWarning
from qa.types import Article


def warnings_of(article: Article) -> Iterator[ArticleWarning]:
    """Yield what is to be said of an article: what was not read, what is no language."""
    if article.unread_pages:
        yield ArticleWarning(
            "{name} has {pages} pages, of which {count} cannot be read: they are pictures.",
            hint="Recognise its text first, say with ocrmypdf.",
            name=article.source,
            pages=len(article.pages),
            count=len(article.unread_pages),
        )
    if article.illegible:
        yield ArticleWarning(
            "{name} has {count} characters that are no words and are not quoted: “{start}”.",
            hint=SAVE_ANEW,
            name=article.source,
            count=sum(map(len, article.illegible)),
            start=start_of(article.illegible[0].of(article.text)),
        )
    bad = article.text.count(BAD)
    if bad:
        yield ArticleWarning(
            "{name} has {count} characters that cannot be read, each shown as �.",
            hint="Save it as UTF-8 text.",
            name=article.source,
            count=bad,
        )
