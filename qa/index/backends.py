"""The backends of a version: its vectors and words in files, or at Milvus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.lexical.base import LexicalIndex, LexicalPassage
from qa.lexical.milvus import MilvusLexicalIndex
from qa.lexical.tantivy import TantivyIndex
from qa.stores import FaissStore, MilvusStore
from qa.stores.milvus_client import ADDRESS_FILE, connect

MILVUS_PREFIX = "milvus:"
AnyVectorStore = FaissStore | MilvusStore
PassageTexts = Iterator[LexicalPassage]
"""Passages as a lexical index takes them."""


def create_vectors(store: str, dim: int, folder: Path) -> AnyVectorStore:
    """Create the vector store of a new version."""
    uri = _milvus_uri(store)
    return MilvusStore(dim, uri, folder) if uri else FaissStore(dim, folder)


def open_vectors(folder: Path) -> AnyVectorStore:
    """Open the vector store of a version."""
    at_milvus = (folder / ADDRESS_FILE).exists()
    return MilvusStore.load(folder) if at_milvus else FaissStore.load(folder)


def sweep_vectors(folder: Path) -> None:
    """Delete the rows at Milvus that the version in a folder does not have."""
    if (folder / ADDRESS_FILE).exists():
        MilvusStore.load(folder).sweep()


def write_words(store: str, folder: Path, rows: PassageTexts) -> LexicalIndex:
    """Write the lexical index of a version, of all its passages."""
    if milvus_searches_words(store):
        return MilvusLexicalIndex.write(folder, rows, _milvus_uri(store))
    return TantivyIndex.write(folder, rows)


def open_words(folder: Path) -> LexicalIndex:
    """Open the lexical index of a version."""
    at_milvus = (folder / ADDRESS_FILE).exists()
    return MilvusLexicalIndex(folder) if at_milvus else TantivyIndex(folder)


def milvus_searches_words(store: str) -> bool:
    """Tell whether the lexical index is at Milvus too: servers before 2.5 have none."""
    return bool(_milvus_uri(store)) and connect(_milvus_uri(store)).has_bm25


def _milvus_uri(store: str) -> str:
    """Return the URI of Milvus, a file as an absolute path; empty for another store."""
    uri = store.removeprefix(MILVUS_PREFIX) if store.startswith(MILVUS_PREFIX) else ""
    return str(Path(uri).absolute()) if uri.endswith(".db") else uri
