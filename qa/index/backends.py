"""Where the vectors and the words of a version are: in its folder, or at Milvus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.lexical.base import LexicalIndex
from qa.lexical.milvus import MilvusLexicalIndex
from qa.lexical.tantivy import TantivyIndex
from qa.stores import FaissStore, MilvusStore
from qa.stores.milvus_client import ADDRESS_FILE, connect

MILVUS = "milvus:"
Store = FaissStore | MilvusStore
Rows = Iterator[tuple[int, str, str]]
"""Passages as the index of words takes them: id, heading and text."""


def begin_vectors(store: str, dim: int, folder: Path) -> Store:
    """Begin the vectors of a new version."""
    uri = _uri(store)
    return MilvusStore(dim, uri, folder) if uri else FaissStore(dim, folder)


def open_vectors(folder: Path) -> Store:
    """Open the vectors of a version."""
    return (
        MilvusStore.load(folder)
        if (folder / ADDRESS_FILE).exists()
        else FaissStore.load(folder)
    )


def sweep_vectors(folder: Path) -> None:
    """Delete at Milvus what is not of the version that stands in a folder."""
    if (folder / ADDRESS_FILE).exists():
        MilvusStore.load(folder).sweep()


def write_words(store: str, folder: Path, rows: Rows) -> LexicalIndex:
    """Write the words of a version, of all its passages."""
    if words_are_at_milvus(store):
        return MilvusLexicalIndex.write(folder, rows, _uri(store))
    return TantivyIndex.write(folder, rows)


def open_words(folder: Path) -> LexicalIndex:
    """Open the words of a version."""
    return (
        MilvusLexicalIndex(folder) if (folder / ADDRESS_FILE).exists() else TantivyIndex(folder)
    )


def words_are_at_milvus(store: str) -> bool:
    """Tell whether the words are kept there too: servers before 2.5 cannot."""
    return bool(_uri(store)) and connect(_uri(store)).has_bm25


def _uri(store: str) -> str:
    """Return where Milvus is, a file by its whole path; nothing for another store."""
    uri = store.removeprefix(MILVUS) if store.startswith(MILVUS) else ""
    return str(Path(uri).absolute()) if uri.endswith(".db") else uri
