"""The index: articles, passages, vectors and words of a library, opened as one value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import IndexBroken, IndexUnreadable
from qa.index.articles import ArticleEntry, Articles, Passages
from qa.index.backends import WORDS_FOLDER, find_backend
from qa.index.manifest import Manifest
from qa.index_folder import index_folder
from qa.lexical.base import LexicalIndex
from qa.settings import Settings
from qa.stores import VectorStore

TEXTS_FOLDER = "texts"


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An open index, ready to be searched; read-only, so threads may share it.

    It goes on reading its own files after a newer version has replaced it.
    """

    home: Path
    manifest: Manifest
    articles: Articles
    """The articles by their ids; each is read when it is asked for."""

    vectors: VectorStore
    words: LexicalIndex

    @property
    def passages(self) -> Passages:
        """The passages by their ids."""
        return self.articles.passages

    @property
    def entries(self) -> Mapping[str, ArticleEntry]:
        """The entries of the articles in a list, by their ids."""
        return self.articles.entries

    @property
    def folder(self) -> Path:
        """The folder of its files, as long as no newer version has replaced it."""
        return self.home / self.manifest.folder

    def passages_of(self, articles: Collection[str]) -> tuple[int, ...]:
        """Return the ids of the passages of some articles, given by their ids."""
        return self.articles.passage_ids(articles)


def load(folder: str | Path | None = None) -> Index:
    """Open a built index; without a folder, the one that the settings name or imply.

    Raises:
        IndexMissing: if there is none.
        IndexBroken: if any of its files was cut short or changed.
        IndexMismatch: if another version of this program built it.
        IndexUnreadable: if one may not be read.
    """
    home = Path(folder) if folder else index_folder(Settings.load())
    manifest = Manifest.read(home)
    while True:
        try:
            manifest.verify(home)
            return open_version(manifest, home)
        except PermissionError as refused:
            raise IndexUnreadable(refused) from refused
        except IndexBroken:
            newer = Manifest.read(home)
            if newer == manifest:
                raise
            manifest = newer  # which replaced it while it was being opened


def open_version(manifest: Manifest, home: Path) -> Index:
    """Open the version that a manifest names, whose files have been verified."""
    folder = home / manifest.folder
    backend, _ = find_backend(manifest.recipe.store)
    try:
        articles = Articles(folder / TEXTS_FOLDER)
        vectors = backend.vectors.load(folder)
        words = backend.words.load(folder / WORDS_FOLDER)
    except PermissionError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError) as damaged:
        raise IndexBroken(f"The index in {home} cannot be opened: {damaged}.") from damaged
    if not len(articles.passages) == len(vectors) == len(words) == manifest.passages:
        raise IndexBroken(f"The parts of the index in {home} do not match.")
    return Index(home, manifest, articles, vectors, words)
