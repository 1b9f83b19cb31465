"""Passages to vectors in batches; those of another index or of a killed build are reused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from qa.callbacks import Progress
from qa.encoders import Encoder, Vectors
from qa.index.embedding_cache import EmbeddingCache
from qa.passages import embedding_texts
from qa.stores import Ids, VectorStore
from qa.types import Passage

BATCH = 4_096  # passages: a minute or two of work to lose


@dataclass(frozen=True, slots=True)
class ReusableVectors:
    """The vectors of another index that can be reused: its store, and its ids by ours."""

    vectors: VectorStore
    ids: Mapping[int, int]


class BatchEncoder:
    """Encodes a stream of passages in batches, and reports progress."""

    def __init__(
        self,
        encoder: Encoder,
        cache: EmbeddingCache,
        reusable: ReusableVectors | None,
        progress: Progress,
    ) -> None:
        self._encoder, self._cache, self._reusable = encoder, cache, reusable
        self._progress = progress

    def encode(self, passages: Iterable[Passage], total: int) -> Iterator[tuple[Ids, Vectors]]:
        """Yield the ids and vectors of some thousand passages at a time."""
        left, done = iter(passages), 0
        while batch := list(islice(left, BATCH)):
            ids = np.array([passage.id for passage in batch], np.int64)
            yield ids, self._encode_batch(batch, done, total)
            done += len(batch)

    def _encode_batch(self, batch: Sequence[Passage], done: int, total: int) -> Vectors:
        encoder = self._encoder
        texts = embedding_texts(batch, window=encoder.window, count_tokens=encoder.count)
        vectors = np.empty((len(batch), encoder.dim), np.float32)
        has = self._copy_reusable(batch, vectors)
        hashes = [hashlib.sha256(text.encode()).digest() for text in texts]
        has |= self._cache.fill(hashes, vectors, skip=has)
        lacks = np.flatnonzero(~has).tolist()
        before = done + len(batch) - len(lacks)
        self._progress(before, total)
        fresh = [texts[n] for n in lacks]
        vectors[lacks] = encoder.passages(
            fresh, progress=lambda some, _: self._progress(before + some, total)
        )
        if done + len(batch) < total:  # the last batch is followed by the index itself
            self._cache.save([hashes[n] for n in lacks], vectors[lacks])
        return vectors

    def _copy_reusable(self, batch: Sequence[Passage], vectors: Vectors) -> NDArray[np.bool_]:
        """Fill in the vectors that can be reused, and tell which those are."""
        ids = self._reusable.ids if self._reusable else {}
        has = np.array([passage.id in ids for passage in batch], bool)
        if self._reusable and has.any():
            theirs = [ids[p.id] for p in batch if p.id in ids]
            vectors[has] = self._reusable.vectors.of(np.array(theirs, np.int64))
        return has
