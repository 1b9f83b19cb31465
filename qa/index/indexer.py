"""The indexer: cuts articles into passages, and encodes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.callbacks import Progress, do_nothing
from qa.encoders import Encoder, Vectors
from qa.index.articles import Articles
from qa.index.embedding_cache import EmbeddingCache
from qa.index.encoding import BatchEncoder, ReusableVectors
from qa.index.index import Index
from qa.index.manifest import Recipe
from qa.passages import split_article
from qa.stores import Ids
from qa.types import Article, Span

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

    def encode_new(self, articles: Articles, new: range, home: Path) -> Batches:
        """Yield the ids and vectors of the new passages, which have the ids of a range."""
        reuse = self.reuse
        if reuse and not reuse.manifest.recipe.has_same_vectors(self.recipe):
            reuse = None
        reusable = None
        if reuse:
            ids = _reusable_ids(articles, reuse.articles, new.start)
            reusable = ReusableVectors(reuse.vectors, ids)
        cache = EmbeddingCache(home, self.recipe, self.encoder.dim)
        encoder = BatchEncoder(self.encoder, cache, reusable, self.progress)
        return encoder.encode(articles.passages.since(new.start), len(new))


def _reusable_ids(articles: Articles, reuse: Articles, first_id: int) -> dict[int, int]:
    """Return the ids that the new passages of unchanged articles have in another index."""
    ids: dict[int, int] = {}
    for row, article in enumerate(articles):
        theirs = reuse.find_row(article)
        ours = articles.passages.rows_of(row)["id"].tolist()
        if theirs is None or not ours or ours[0] < first_id:
            continue
        if reuse.table["content_hash"][theirs] == articles.table["content_hash"][row]:
            ids |= zip(ours, reuse.passages.rows_of(theirs)["id"].tolist(), strict=True)
    return ids
