"""Hybrid search: a question in, the passages most likely to answer it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import numpy as np

from qa.encoders import Encoder
from qa.fusion import Ranking, convex
from qa.index import Index
from qa.query import with_aliases
from qa.quoting.near_duplicates import group_near_duplicates
from qa.settings import Settings
from qa.types import Hit, Passage

FAVOUR = 0.05  # added to the fused score of passages of the article last quoted
MAX_SCORE_GAP = 0.3  # of the fused score: from below came 1 of 200 right answers


def search(
    question: str,
    index: Index,
    *,
    encoder: Encoder,
    settings: Settings,
    within: Collection[int] | None = None,
    favoured: frozenset[int] = frozenset(),
) -> tuple[Hit, ...]:
    """Return the best passages by meaning and by words, fused; each stage's score is kept.

    The words, with the aliases of what they name, are searched while the question is encoded.
    A near duplicate of a better passage takes no place of its own, and is kept beside that one.
    `within` are the ids of the passages that may be found; without it all may. Those that are
    `favoured`, because the talk has been about them, count for a little more.
    """
    k = settings.candidates
    with ThreadPoolExecutor(max_workers=1) as beside:
        finding = beside.submit(_search_words, question, index, k=k, within=within)
        by_vectors = search_vectors(question, index, encoder=encoder, k=k, within=within)
    by_words = finding.result()
    fused = convex(by_vectors, by_words, weight=settings.vector_weight)
    if favoured:
        fused = {n: score + FAVOUR * (n in favoured) for n, score in fused.items()}
    stages = {"vectors": by_vectors, "words": by_words, "fused": fused}
    hits = []
    ranked = _passages_by_rank(fused, index)
    for passage, near_duplicates in group_near_duplicates(ranked, limit=settings.hits):
        number = passage.id
        scores = {stage: found[number] for stage, found in stages.items() if number in found}
        hits.append(Hit(passage, fused[number], scores, near_duplicates))
    return tuple(hits)


def _search_words(
    question: str, index: Index, *, k: int, within: Collection[int] | None
) -> Ranking:
    """Search the words of a question, and of the other names of what it names."""
    wanted = with_aliases(question, index.words.vocabulary)
    return index.words.search(wanted, k, within=within)


def _passages_by_rank(ranking: Ranking, index: Index) -> Iterator[Passage]:
    """Yield the passages, best first; equal ones come as they stand in the library.

    Each is read only when it is asked for.
    """
    best = sorted(ranking, key=lambda number: -ranking[number])
    for _, equal in groupby(best, key=ranking.__getitem__):
        yield from sorted((index.passages[n] for n in equal), key=lambda p: p.place)


def worth_reading(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits, best first, whose scores are not far below the best."""
    return [hit for hit in hits if hit.score >= hits[0].score - MAX_SCORE_GAP]


def search_vectors(
    question: str,
    index: Index,
    *,
    encoder: Encoder,
    k: int,
    within: Collection[int] | None = None,
) -> Ranking:
    """Return the cosine of the `k` passages nearest in meaning."""
    among = None if within is None else np.array([*within], np.int64)
    ids, scores = index.vectors.search(encoder.questions([question]), k, within=among)
    found = np.isfinite(scores[0])
    return dict(zip(ids[0][found].tolist(), scores[0][found].tolist(), strict=True))
