"""The library on disk: open it as one value, build it, change it in place."""

from __future__ import annotations

from qa.index.articles import ArticleEntry, Articles, Passages
from qa.index.backends import Backend
from qa.index.changes import Changes
from qa.index.edits import add, build, extend, plan_sync, remove, sync
from qa.index.index import Index, load

__all__ = [
    "ArticleEntry",
    "Articles",
    "Backend",
    "Changes",
    "Index",
    "Passages",
    "add",
    "build",
    "extend",
    "load",
    "plan_sync",
    "remove",
    "sync",
]
