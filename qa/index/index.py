"""A library that is open: its articles, passages, vectors and words as one value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import IndexBroken
from qa.index.backends import open_vectors, open_words
from qa.index.manifest import Manifest
from qa.index.texts import Entry, Passages, Texts
from qa.lexical.base import LexicalIndex
from qa.stores import VectorStore

TEXTS, WORDS = "texts", "words"


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A library ready to be searched; read-only, so threads may share it.

    What it holds open it goes on reading when a newer version has taken its place.
    """

    home: Path
    manifest: Manifest
    texts: Texts
    vectors: VectorStore
    words: LexicalIndex

    @property
    def articles(self) -> Texts:
        """The articles by their ids; each is read when it is asked for."""
        return self.texts

    @property
    def passages(self) -> Passages:
        """The passages by their ids."""
        return self.texts.passages

    @property
    def entries(self) -> Mapping[str, Entry]:
        """What a list shows of each article, by its id."""
        return self.texts.entries

    @property
    def folder(self) -> Path:
        """Where its files lie, as long as no newer version has taken its place."""
        return self.home / self.manifest.folder

    def passages_of(self, articles: Collection[str]) -> tuple[int, ...]:
        """Return the ids of the passages of some articles, which go by their ids."""
        return self.texts.ids_of(articles)


def load(folder: str | Path = "vectors") -> Index:
    """Open a built index.

    Raises:
        IndexMissing: if there is none.
        IndexBroken: if any of its files was cut short or changed.
        IndexMismatch: if another version of this program built it.
    """
    home = Path(folder)
    manifest = Manifest.read(home)
    while True:
        try:
            manifest.verify(home)
            return opened(manifest, home)
        except IndexBroken:
            newer = Manifest.read(home)
            if newer == manifest:
                raise
            manifest = newer  # which took its place while it was being opened


def opened(manifest: Manifest, home: Path) -> Index:
    """Open the version that a manifest names, whose files are as they were written."""
    folder = home / manifest.folder
    try:
        texts = Texts(folder / TEXTS)
        vectors = open_vectors(folder)
        words = open_words(folder / WORDS)
    except (OSError, ValueError, KeyError, RuntimeError) as damaged:
        raise IndexBroken(f"The index in {home} cannot be opened: {damaged}.") from damaged
    if not len(texts.passages) == len(vectors) == len(words) == manifest.passages:
        raise IndexBroken(f"The parts of the index in {home} are of different lengths.")
    return Index(home, manifest, texts, vectors, words)
