"""From a revision to the version in place: its vectors, its words, its manifest."""

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
from qa.index.backends import (
    Store,
    begin_vectors,
    open_vectors,
    sweep_vectors,
    words_are_at_milvus,
    write_words,
)
from qa.index.encoding import BATCH, Encoding, Known, Leftovers
from qa.index.index import TEXTS, WORDS, Index, opened
from qa.index.manifest import Manifest, Recipe, files_of, hashes, shared
from qa.index.revision import Revision
from qa.index.texts import Passages, Texts
from qa.index.workspace import free_name, install
from qa.lexical.tantivy import TantivyIndex
from qa.passages import cut, heading
from qa.stores import Ids
from qa.types import Article, Span

Batches = Iterator[tuple[Ids, Vectors]]


@dataclass(frozen=True, slots=True)
class Maker:
    """Cuts articles into passages, and encodes them."""

    encoder: Encoder
    tokens: int
    progress: Progress = do_nothing
    known: Index | None = None
    """An index whose vectors of the same articles are taken."""

    store: str = "faiss"

    @property
    def recipe(self) -> Recipe:
        """How an index is made in this way."""
        return Recipe(self.encoder.name, self.encoder.sha256, self.tokens, self.store)

    def spans(self, article: Article) -> list[Span]:
        """Return where the passages of an article are."""
        encoder = self.encoder
        passages = cut(
            article, tokens=self.tokens, window=encoder.window, measure=encoder.count
        )
        return [passage.span for passage in passages]

    def encoded(self, texts: Texts, revision: Revision, home: Path) -> Batches:
        """Yield the ids and vectors of the passages that are new."""
        known = self.known
        if known and not known.manifest.recipe.cuts_and_encodes_as(self.recipe):
            known = None
        numbers = _numbers(texts, known.texts, revision.first) if known else {}
        beside = Known(known.vectors, numbers) if known else None
        leftovers = Leftovers(home, self.recipe, self.encoder.dim)
        encoding = Encoding(self.encoder, leftovers, beside, self.progress)
        fresh = texts.passages.since(revision.first)
        return encoding.run(fresh, revision.rows - revision.first)


def put(
    change: Callable[[Revision], None],
    home: Path,
    fresh: Path,
    *,
    old: Index | None,
    maker: Maker | Recipe,
) -> Index:
    """Make a version in a fresh folder, put it in the place of what stands, and open it.

    The old one is what is changed; if nothing is, it stays. Who adds nothing needs no more
    than the recipe.

    Raises:
        ArticleError: if no article would be left.
    """
    first = old.manifest.rows if old else 0
    recipe = maker.recipe if isinstance(maker, Maker) else maker
    with Revision(fresh / TEXTS, old.texts if old else None, first=first) as revision:
        change(revision)
    is_old = old is not None and old.home == home and old.manifest.recipe == recipe
    if old and is_old and not revision.changed:
        return old
    texts = Texts(fresh / TEXTS)
    if not texts:
        raise ArticleError("There are no articles to index.", hint="Name some.")
    batches = maker.encoded(texts, revision, home) if isinstance(maker, Maker) else iter(())
    gone = np.setdiff1d(old.passages.ids, texts.passages.ids) if old else np.empty(0, np.int64)
    if old and is_old:
        sweep_vectors(old.folder)
    vectors = _write_vectors(fresh, old, gone, batches, recipe=recipe)
    _write_words(fresh / WORDS, old, gone, texts.passages, recipe=recipe)
    known = shared(fresh, old.folder, old.manifest.files) if old else {}
    files = known | hashes(fresh, set(files_of(fresh)) - known.keys())
    manifest = _described(home, files, texts, vectors, recipe=recipe, rows=revision.rows)
    del texts, vectors, batches  # some systems rename no folder of which a file is open
    install(fresh, home, manifest)
    sweep_vectors(home / manifest.folder)
    return opened(manifest, home)


def _numbers(texts: Texts, known: Texts, first: int) -> dict[int, int]:
    """Return the known numbers of the new passages whose articles are known as they are."""
    numbers: dict[int, int] = {}
    for row, article in enumerate(texts):
        theirs = known.find(article)
        ours = texts.passages.rows_of(row)["id"].tolist()
        if theirs is None or not ours or ours[0] < first:
            continue
        if known.table["made"][theirs] == texts.table["made"][row]:
            numbers |= zip(ours, known.passages.rows_of(theirs)["id"].tolist(), strict=True)
    return numbers


def _write_vectors(
    folder: Path, old: Index | None, gone: Ids, batches: Batches, *, recipe: Recipe
) -> Store:
    """Write the old vectors, but for those that are gone, and the new ones."""
    store: Store | None = None
    if old and _is_kept_where(old, recipe):
        store = open_vectors(old.folder)
        store.remove(gone)
    elif old:
        batches = itertools.chain(_copied(old, gone), batches)
    for ids, vectors in batches:
        if store is None:
            store = begin_vectors(recipe.store, vectors.shape[1], folder)
        store.add(ids, vectors)
    if store is None:
        raise ArticleError("There are no passages to index.")
    store.save(folder)
    return store


def _is_kept_where(old: Index, recipe: Recipe) -> bool:
    """Tell whether a version's vectors stay in the store that the old one's are in."""
    return old.manifest.recipe.store == recipe.store


def _copied(old: Index, gone: Ids) -> Batches:
    """Yield the ids and vectors that stay, to move them to another store."""
    stay = np.setdiff1d(old.passages.ids, gone)
    for first in range(0, len(stay), BATCH):
        ids = stay[first : first + BATCH]
        yield ids, old.vectors.of(ids)


def _write_words(
    folder: Path, old: Index | None, gone: Ids, passages: Passages, *, recipe: Recipe
) -> None:
    """Write the words of all passages, or those of the new ones beside the old."""
    folder.mkdir()
    words = old.folder / WORDS if old and isinstance(old.words, TantivyIndex) else None
    if words and (
        words_are_at_milvus(recipe.store) or TantivyIndex.should_rebuild(words, len(gone))
    ):
        words = None
    wanted = passages.since(old.manifest.rows) if old and words else passages
    rows = ((p.id, heading(p.article.title, p.path), p.text) for p in wanted)
    try:
        if words:
            TantivyIndex.write(folder, rows, old=words, removed=gone.tolist())
        else:
            write_words(recipe.store, folder, rows)
    except ValueError as refused:  # tantivy's own, for a full disk and the like
        raise OSError(str(refused)) from refused


def _described(
    home: Path,
    files: dict[str, str],
    texts: Texts,
    vectors: Store,
    *,
    recipe: Recipe,
    rows: int,
) -> Manifest:
    """Return the manifest of a version; its name follows from what it was made of."""
    checks = (row.tobytes() for row in texts.table[["told_check", "text_check", "kept"]])
    made_from = hashlib.sha256(str(recipe).encode() + b"".join(sorted(checks))).hexdigest()
    return Manifest(
        free_name(home, made_from[:12]),
        recipe,
        articles=len(texts),
        added=int(texts.table["kept"].sum()),
        passages=len(texts.passages),
        rows=rows,
        files=dict(sorted(files.items())),
        kind=str(vectors.kind),
        recall=vectors.recall,
    )
