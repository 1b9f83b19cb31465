"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

from qa.articles import read_folder
from qa.errors import ArticleError
from qa.types import Article


def articles_of(folder: Path) -> tuple[Article, ...]:
    """Return the articles of a folder in which all can be read."""
    articles, refused = outcomes(folder)
    assert refused == ()
    return articles


def outcomes(folder: Path) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Return the articles of a folder, and what is said of the other files."""
    found = tuple(read_folder(folder))
    articles = tuple(each for each in found if isinstance(each, Article))
    return articles, tuple(str(each) for each in found if isinstance(each, ArticleError))
