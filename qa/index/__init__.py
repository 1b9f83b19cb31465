"""The library on disk: open it as one value, build it, change it in place."""

from __future__ import annotations

from qa.index.edits import add, build, extend, remove, sync
from qa.index.index import Index, load
from qa.index.texts import Entry, Passages, Texts

__all__ = [
    "Entry",
    "Index",
    "Passages",
    "Texts",
    "add",
    "build",
    "extend",
    "load",
    "remove",
    "sync",
]
