"""The library on disk: open it as one value, build it, change it in place."""

from __future__ import annotations

from qa.index.articles import ArticleEntry, Articles, Passages
from qa.index.edits import add, build, extend, remove, sync
from qa.index.index import Index, load

__all__ = [
    "ArticleEntry",
    "Articles",
    "Index",
    "Passages",
    "add",
    "build",
    "extend",
    "load",
    "remove",
    "sync",
]
