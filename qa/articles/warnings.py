"""What could not be read of an article that was read."""

from __future__ import annotations

from collections.abc import Iterator

from qa.articles.encoding import BAD
from qa.errors import ArticleWarning
from qa.types import Article


def warnings_of(article: Article) -> Iterator[ArticleWarning]:
    """Yield what is to be said of an article: pages that are pictures, signs that are none."""
    if article.unread_pages:
        yield ArticleWarning(
            "{name} has {pages} pages, of which {count} cannot be read: they are pictures.",
            hint="Recognise its text first, say with ocrmypdf.",
            name=article.source,
            pages=len(article.pages),
            count=len(article.unread_pages),
        )
    bad = article.text.count(BAD)
    if bad:
        yield ArticleWarning(
            "{name} has signs that cannot be read: {count}, each shown as �.",
            hint="Save it as UTF-8 text.",
            name=article.source,
            count=bad,
        )
