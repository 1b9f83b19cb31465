"""The indexer: from a revision to the version in place, with its vectors and its words."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.callbacks import Progress, do_nothing
from qa.encoders import Encoder, Vectors
from qa.errors import ArticleError
from qa.index.articles import Articles, Passages
from qa.index.backends import (
    AnyVectorStore,
    create_vectors,
    milvus_searches_words,
    open_vectors,
    sweep_vectors,
    write_words,
)
from qa.index.encoding import BATCH, BatchEncoder, EmbeddingCache, ReusableVectors
from qa.index.index import TEXTS_FOLDER, WORDS_FOLDER, Index, open_version
from qa.index.manifest import Manifest, Recipe, files_of, hash_files, linked_files
from qa.index.revision import Revision
from qa.index.workspace import free_name, install
from qa.language.detection import language_of
from qa.lexical.base import LexicalPassage
from qa.lexical.tantivy import TantivyIndex
from qa.passages import heading, split_article
from qa.stores import Ids
from qa.types import Article, Passage, Span

Batches = Iterator[tuple[Ids, Vectors]]


@dataclass(frozen=True, slots=True)
class Indexer:
    """How an index is made: cuts articles into passages, and encodes them."""

    encoder: Encoder
    tokens: int
    progress: Progress = do_nothing
    reuse: Index | None = None
    """An index whose vectors of the same articles are reused."""

    store: str = "faiss"

    @property
    def recipe(self) -> Recipe:
        """What the manifest says of how the index was made."""
        return Recipe(self.encoder.name, self.encoder.sha256, self.tokens, self.store)

    def spans(self, article: Article) -> list[Span]:
        """Return the spans of the passages of an article."""
        encoder = self.encoder
        passages = split_article(
            article, tokens=self.tokens, window=encoder.window, count_tokens=encoder.count
        )
        return [passage.span for passage in passages]

    def encode_new(self, articles: Articles, revision: Revision, home: Path) -> Batches:
        """Yield the ids and vectors of the new passages."""
        reuse = self.reuse
        if reuse and not reuse.manifest.recipe.has_same_vectors(self.recipe):
            reuse = None
        reusable = None
        if reuse:
            ids = _reusable_ids(articles, reuse.articles, revision.first_id)
            reusable = ReusableVectors(reuse.vectors, ids)
        cache = EmbeddingCache(home, self.recipe, self.encoder.dim)
        encoder = BatchEncoder(self.encoder, cache, reusable, self.progress)
        fresh = articles.passages.since(revision.first_id)
        return encoder.encode(fresh, revision.next_id - revision.first_id)


def commit_version(
    change: Callable[[Revision], None],
    home: Path,
    fresh: Path,
    *,
    old: Index | None,
    indexer: Indexer | Recipe,
) -> Index:
    """Write a new version in a fresh folder, replace the current one by it, and open it.

    It is the `old` version with a `change`; if that changes nothing, the old version stays.
    Where no article is added, the recipe is enough of an `indexer`.

    Raises:
        ArticleError: if no article would be left.
    """
    first_id = old.manifest.rows if old else 0
    recipe = indexer.recipe if isinstance(indexer, Indexer) else indexer
    before = old.articles if old else None
    with Revision(fresh / TEXTS_FOLDER, before, first_id=first_id) as revision:
        change(revision)
    in_place = old is not None and old.home == home and old.manifest.recipe == recipe
    if old and in_place and not revision.changed:
        return old
    articles = Articles(fresh / TEXTS_FOLDER)
    if not articles:
        raise ArticleError("There are no articles to index.", hint="Name some.")
    batches: Batches = iter(())
    if isinstance(indexer, Indexer):
        batches = indexer.encode_new(articles, revision, home)
    removed = np.empty(0, np.int64)
    if old:
        removed = np.setdiff1d(old.passages.ids, articles.passages.ids)
    if old and in_place:
        sweep_vectors(old.folder)
    vectors = _write_vectors(fresh, old, removed, batches, recipe=recipe)
    _write_words(fresh / WORDS_FOLDER, old, removed, articles.passages, recipe=recipe)
    linked = linked_files(fresh, old.folder, old.manifest.files) if old else {}
    files = linked | hash_files(fresh, set(files_of(fresh)) - linked.keys())
    manifest = _make_manifest(
        home, files, articles, vectors, recipe=recipe, rows=revision.next_id
    )
    del articles, vectors, batches  # some systems rename no folder of which a file is open
    install(fresh, home, manifest)
    sweep_vectors(home / manifest.folder)
    return open_version(manifest, home)


def _reusable_ids(articles: Articles, reuse: Articles, first_id: int) -> dict[int, int]:
    """Return the ids that the new passages of unchanged articles have in another index."""
    ids: dict[int, int] = {}
    for row, article in enumerate(articles):
        theirs = reuse.find_row(article)
        ours = articles.passages.rows_of(row)["id"].tolist()
        if theirs is None or not ours or ours[0] < first_id:
            continue
        if reuse.table["made"][theirs] == articles.table["made"][row]:
            ids |= zip(ours, reuse.passages.rows_of(theirs)["id"].tolist(), strict=True)
    return ids


def _write_vectors(
    folder: Path, old: Index | None, removed: Ids, batches: Batches, *, recipe: Recipe
) -> AnyVectorStore:
    """Write the vectors of the old version without the removed ones, and the new ones."""
    store: AnyVectorStore | None = None
    if old and old.manifest.recipe.store == recipe.store:
        store = open_vectors(old.folder)
        store.remove(removed)
    elif old:
        batches = itertools.chain(_copy_vectors(old, removed), batches)
    for ids, vectors in batches:
        if store is None:
            store = create_vectors(recipe.store, vectors.shape[1], folder)
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
    """Write the lexical index: of all passages, or of the new ones beside the old index."""
    folder.mkdir()
    words = old.folder / WORDS_FOLDER if old and isinstance(old.words, TantivyIndex) else None
    if words and milvus_searches_words(recipe.store):
        words = None
    if words and TantivyIndex.should_rebuild(words, len(removed)):
        words = None
    wanted = passages.since(old.manifest.rows) if old and words else passages
    rows = map(_lexical_passage, wanted)
    try:
        if words:
            TantivyIndex.write(folder, rows, old=words, removed=removed.tolist())
        else:
            write_words(recipe.store, folder, rows)
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
    vectors: AnyVectorStore,
    *,
    recipe: Recipe,
    rows: int,
) -> Manifest:
    """Return the manifest of a version; its folder is named by a hash of its content."""
    checksums = (row.tobytes() for row in articles.table[["told_check", "text_check", "kept"]])
    digest = hashlib.sha256(str(recipe).encode() + b"".join(sorted(checksums))).hexdigest()
    return Manifest(
        free_name(home, digest[:12]),
        recipe,
        articles=len(articles),
        added=int(articles.table["kept"].sum()),
        passages=len(articles.passages),
        rows=rows,
        files=dict(sorted(files.items())),
        kind=str(vectors.kind),
        recall=vectors.recall,
    )
