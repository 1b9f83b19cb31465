"""A question in, the passages most likely to answer it out."""

from __future__ import annotations

import numpy as np

from qa.encoders import Encoder
from qa.fusion import Ranking, convex, ordered
from qa.index import Index
from qa.settings import Settings
from qa.types import Hit


def search(
    question: str, index: Index, *, encoder: Encoder, settings: Settings
) -> tuple[Hit, ...]:
    """Return the best passages by meaning and by words, fused; each stage's score is kept."""
    by_vectors = nearest(question, index, encoder=encoder, k=settings.candidates)
    by_words = index.words.search(question, settings.candidates)
    fused = convex(by_vectors, by_words, weight=settings.vector_weight)
    stages = {"vectors": by_vectors, "words": by_words, "fused": fused}
    return tuple(
        Hit(
            index.passages[number],
            fused[number],
            {stage: ranking[number] for stage, ranking in stages.items() if number in ranking},
        )
        for number in ordered(fused)[: settings.hits]
    )


def nearest(question: str, index: Index, *, encoder: Encoder, k: int) -> Ranking:
    """Return the cosine of the `k` passages nearest in meaning."""
    ids, scores = index.vectors.search(encoder.questions([question]), k)
    found = np.isfinite(scores[0])
    return dict(zip(ids[0][found].tolist(), scores[0][found].tolist(), strict=True))
