"""Rank fusion: two rankings in, one ranking out."""

from __future__ import annotations

from collections.abc import Mapping

Ranking = Mapping[int, float]
"""Scores by passage id; higher is better, and a passage not in it was not found."""


def convex(vectors: Ranking, words: Ranking, *, weight: float) -> dict[int, float]:
    """Add the cosine and the BM25 score over its best, `weight` to the cosine: 0 to 1.

    A passage that only the words found gets the least cosine that was found, one that only the
    vectors found no word score. The convex combination of Bruch, Gai & Ingber, "An Analysis of
    Fusion Functions for Hybrid Retrieval" (2023), with each score's own lower bound; it won
    over min-max scaling and rank fusion in `python -m training.compare_fusion`.
    """
    least = min(vectors.values(), default=0.0)
    best = max(words.values(), default=0.0) or 1.0
    return {
        n: weight * vectors.get(n, least) + (1 - weight) * words.get(n, 0.0) / best
        for n in vectors.keys() | words.keys()
    }


def reciprocal_rank(*rankings: Ranking, k: int = 60) -> dict[int, float]:
    """Add 1 / (k + rank) over the rankings (Cormack, Clarke & Büttcher, SIGIR 2009)."""
    fused: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(sorted_ids(ranking), 1):
            fused[number] = fused.get(number, 0.0) + 1 / (k + rank)
    return fused


def sorted_ids(ranking: Ranking) -> list[int]:
    """Return the ids, best first; equal scores come in id order."""
    return sorted(ranking, key=lambda number: (-ranking[number], number))
