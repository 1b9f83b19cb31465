"""A question in, the passages most likely to answer it out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from qa.encoders import Encoder
from qa.fusion import Ranking, convex
from qa.index import Index
from qa.settings import Settings
from qa.types import Hit, Passage

FAR = 0.2  # of the fused score: from farther behind came 1 of 690 right answers


def search(
    question: str,
    index: Index,
    *,
    encoder: Encoder,
    settings: Settings,
    within: Collection[int] | None = None,
) -> tuple[Hit, ...]:
    """Return the best passages by meaning and by words, fused; each stage's score is kept.

    `within` are the ids of the passages that may be found; without it all may.
    """
    k = settings.candidates
    by_vectors = nearest(question, index, encoder=encoder, k=k, within=within)
    by_words = index.words.search(question, k, within=within)
    fused = convex(by_vectors, by_words, weight=settings.vector_weight)
    stages = {"vectors": by_vectors, "words": by_words, "fused": fused}
    return tuple(
        Hit(
            passage,
            fused[passage.id],
            {
                stage: found[passage.id]
                for stage, found in stages.items()
                if passage.id in found
            },
        )
        for passage in _best(fused, index, settings.hits)
    )


def _best(ranking: Ranking, index: Index, most: int) -> list[Passage]:
    """Return the passages of the best scores; equal ones come as they stand in the library."""
    scores = sorted(ranking.values(), reverse=True)
    least = scores[most - 1] if len(scores) > most else -np.inf
    passages = [index.passages[number] for number in ranking if ranking[number] >= least]
    return sorted(passages, key=lambda p: (-ranking[p.id], p.place))[:most]


def promising(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits, best first, that are worth reading: those not far behind the best."""
    return [hit for hit in hits if hit.score >= hits[0].score - FAR]


def nearest(
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
