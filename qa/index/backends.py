"""The backends of an index by their names; another one is a module and a line here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import SettingsError
from qa.lexical.base import LexicalIndex
from qa.lexical.milvus import MilvusLexicalIndex
from qa.lexical.tantivy import TantivyIndex
from qa.plugins import STORES, plugin
from qa.stores import FaissStore, MilvusStore, VectorStore

WORDS_FOLDER, STORE_FILE = "words", "store"
DEFAULT = "faiss"


@dataclass(frozen=True, slots=True)
class Backend:
    """What keeps the vectors of an index, and what keeps its words."""

    vectors: type[VectorStore]
    words: type[LexicalIndex] = TantivyIndex
    address: str = ""
    """The pattern of what follows the name and a colon in the settings."""

    forms: tuple[str, ...] = ()
    """How the settings name it, for people."""


BACKENDS: Mapping[str, Backend] = {
    "faiss": Backend(FaissStore, forms=("faiss",)),
    "milvus": Backend(
        MilvusStore,
        MilvusLexicalIndex,
        r"https?://.+|.+\.db",
        ("milvus:http://HOST:PORT", "milvus:FILE.db"),
    ),
}


def find_backend(store: str) -> tuple[Backend, str]:
    """Return the backend that a setting names, ours or a package's, and its address.

    Raises:
        SettingsError: if there is none of that name, or it has no such address.
    """
    name, _, address = store.partition(":")
    backend: Backend | None = BACKENDS.get(name) or plugin(STORES, name)
    if backend is None or not re.fullmatch(backend.address, address):
        known = [*BACKENDS.values(), *([backend] if backend and name not in BACKENDS else [])]
        forms = ", ".join(form for each in known for form in each.forms)
        raise SettingsError(f"No such store: {store}.", hint=f"Known: {forms}.")
    return backend, address


def claim(folder: Path, store: str) -> None:
    """Note in the empty folder of a version which store it will be kept in.

    So what a killed build leaves there is found.
    """
    (folder / STORE_FILE).write_text(store, "utf-8")


def forget(folder: Path, standing: Path | None) -> None:
    """Delete what a version keeps outside of its folder, but for what the standing one has too.

    Raises:
        QAError: if the store cannot be reached.
    """
    file = folder / STORE_FILE
    store = file.read_text("utf-8", "replace") if file.exists() else ""
    backend, _ = find_backend(store or DEFAULT)
    backend.vectors.forget(folder, standing)
    backend.words.forget(folder / WORDS_FOLDER, standing and standing / WORDS_FOLDER)
