"""Two rankings in, one ranking out."""

from __future__ import annotations

from collections.abc import Mapping

Ranking = Mapping[int, float]
"""Scores by passage id; higher is better, and a passage not in it was not found."""


def convex(vectors: Ranking, words: Ranking, *, weight: float) -> dict[int, float]:
    """Add the two scores, each brought to 0..1 within its ranking, `weight` to the vectors'.

    A passage that only one search found counts as the worst of the other. The convex
    combination of Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval"
    (2023), with the least and the greatest score of the ranking as its bounds.
    """
    left, right = _scaled(vectors), _scaled(words)
    return {
        number: weight * left.get(number, 0.0) + (1 - weight) * right.get(number, 0.0)
        for number in vectors.keys() | words.keys()
    }


def reciprocal_rank(*rankings: Ranking, k: int = 60) -> dict[int, float]:
    """Add 1 / (k + rank) over the rankings (Cormack, Clarke & Büttcher, SIGIR 2009)."""
    fused: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ordered(ranking), 1):
            fused[number] = fused.get(number, 0.0) + 1 / (k + rank)
    return fused


def ordered(ranking: Ranking) -> list[int]:
    """Return the ids, best first; equal scores come in id order."""
    return sorted(ranking, key=lambda number: (-ranking[number], number))


def _scaled(ranking: Ranking) -> dict[int, float]:
    if not ranking:
        return {}
    low, high = min(ranking.values()), max(ranking.values())
    return {n: (s - low) / (high - low) if high > low else 1.0 for n, s in ranking.items()}
