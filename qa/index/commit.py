"""The commit of planned changes: from articles to the version in place, in one step."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import numpy as np

from qa.errors import ArticleError
from qa.index.articles import Articles, Passages
from qa.index.backends import WORDS_FOLDER, claim, find_backend
from qa.index.changes import Changes
from qa.index.encoding import BATCH
from qa.index.index import TEXTS_FOLDER, Index, open_version
from qa.index.indexer import Batches, Indexer
from qa.index.manifest import Manifest, Recipe, files_of, hash_files, linked_files
from qa.index.workspace import free_name, install
from qa.index.writer import IndexWriter
from qa.language.detection import language_of
from qa.lexical.base import FormerIndex, LexicalPassage
from qa.passages import heading
from qa.stores import Ids, VectorStore
from qa.types import Passage


def commit(
    changes: Changes,
    home: Path,
    fresh: Path,
    recipe: Recipe,
    *,
    indexer: Indexer | None = None,
) -> Index:
    """Write a new version in a fresh folder, replace the current one by it, and open it.

    Where no article is added, it takes no `indexer`.

    Raises:
        ArticleError: if no article would be left.
    """
    old = changes.base
    first_id = old.manifest.rows if old else 0
    backend, _ = find_backend(recipe.store)
    claim(fresh, recipe.store)
    next_id = _write_articles(fresh / TEXTS_FOLDER, changes, indexer, first_id)
    articles = Articles(fresh / TEXTS_FOLDER)
    if not articles:
        raise ArticleError("There are no articles to index.", hint="Name some.")
    batches: Batches = iter(())
    if indexer:
        batches = indexer.encode_new(articles, range(first_id, next_id), home)
    removed = np.empty(0, np.int64)
    if old:
        removed = np.setdiff1d(old.passages.ids, articles.passages.ids)
    if old and old.home == home and old.manifest.recipe == recipe:
        backend.vectors.sweep(old.folder)
    vectors = _write_vectors(fresh, old, removed, batches, recipe=recipe)
    _write_words(fresh / WORDS_FOLDER, old, removed, articles.passages, recipe=recipe)
    linked = linked_files(fresh, old.folder, old.manifest.files) if old else {}
    files = linked | hash_files(fresh, set(files_of(fresh)) - linked.keys())
    manifest = _make_manifest(home, files, articles, vectors, recipe=recipe, rows=next_id)
    del articles, vectors, batches  # some systems rename no folder of which a file is open
    install(fresh, home, manifest)
    backend.vectors.sweep(home / manifest.folder)
    return open_version(manifest, home)


def _write_articles(
    folder: Path, changes: Changes, indexer: Indexer | None, next_id: int
) -> int:
    """Write the articles and passages of the new version, and return the next passage's id."""
    folder.mkdir()
    with IndexWriter(folder, changes.base.articles if changes.base else None) as writer:
        for row in changes.drop:
            writer.drop(row)
        for moved in changes.move:
            writer.move(moved.read(), pinned=moved.pinned)
        for planned in changes.add:
            if indexer is None:
                raise ValueError("Articles cannot be added without an indexer")
            article = planned.read()
            spans = indexer.spans(article)
            writer.add(article, first_id=next_id, spans=spans, pinned=planned.pinned)
            next_id += len(spans)
    return next_id


def _write_vectors(
    folder: Path, old: Index | None, removed: Ids, batches: Batches, *, recipe: Recipe
) -> VectorStore:
    """Write the vectors of the old version without the removed ones, and the new ones."""
    backend, address = find_backend(recipe.store)
    store: VectorStore | None = None
    if old and old.manifest.recipe.store == recipe.store:
        store = backend.vectors.load(old.folder)
        store.remove(removed)
    elif old:
        batches = itertools.chain(_copy_vectors(old, removed), batches)
    for ids, vectors in batches:
        if store is None:
            store = backend.vectors.begin(vectors.shape[1], folder, address)
        store.add(ids, vectors)
    if store is None:
        raise ArticleError("There are no passages to index.")
    store.save(folder)
    return store


def _copy_vectors(old: Index, removed: Ids) -> Batches:
    """Yield the ids and vectors that stay, to copy them to another store."""
    stay = np.setdiff1d(old.passages.ids, removed)
    for first in range(0, len(stay), BATCH):
        ids = stay[first : first + BATCH]
        yield ids, old.vectors.of(ids)


def _write_words(
    folder: Path, old: Index | None, removed: Ids, passages: Passages, *, recipe: Recipe
) -> None:
    """Write the lexical index of all passages, perhaps from the one of the old version."""
    backend, address = find_backend(recipe.store)
    former = None
    if old:
        added = map(_lexical_passage, passages.since(old.manifest.rows))
        former = FormerIndex(old.folder / WORDS_FOLDER, removed.tolist(), added)
    folder.mkdir()
    rows = map(_lexical_passage, passages)
    try:
        backend.words.write(folder, rows, address=address, former=former)
    except ValueError as refused:  # tantivy's own, for a full disk and the like
        raise OSError(str(refused)) from refused


def _lexical_passage(passage: Passage) -> LexicalPassage:
    """Return a passage as the lexical index takes it, in the language of its whole article."""
    article = passage.article
    above = heading(article.title, passage.path)
    return LexicalPassage(passage.id, above, passage.text, language_of(article.text))


def _make_manifest(
    home: Path,
    files: dict[str, str],
    articles: Articles,
    vectors: VectorStore,
    *,
    recipe: Recipe,
    rows: int,
) -> Manifest:
    """Return the manifest of a version; its folder is named by a hash of its content."""
    columns = articles.table[["metadata_hash", "text_hash", "pinned"]]
    rows_as_bytes = sorted(row.tobytes() for row in columns)
    digest = hashlib.sha256(str(recipe).encode() + b"".join(rows_as_bytes)).hexdigest()
    return Manifest(
        free_name(home, digest[:12]),
        recipe,
        articles=len(articles),
        added=int(articles.table["pinned"].sum()),
        passages=len(articles.passages),
        rows=rows,
        files=dict(sorted(files.items())),
        kind=vectors.kind,
        recall=vectors.recall,
    )
