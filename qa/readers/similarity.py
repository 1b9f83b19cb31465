"""The simplest reader: similarity of a sentence to the question, and their common words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa.encoders import Encoder
from qa.language.sentences import sentences
from qa.language.terms import term_overlap
from qa.readers.base import Evidence, best_first
from qa.types import Hit

SIMILARITY_WEIGHT, OVERLAP_WEIGHT, BIAS = 8.0, 3.0, -7.7  # set by hand on the seed article


class SimilarityReader:
    """Scores a sentence by a logistic of its similarity to the question and their common words.

    It needs no weights but an encoder's, and cannot tell a sentence that answers from one that
    is about the same thing.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score each sentence of the passages."""
        passages = [hit.passage for hit in hits]
        pairs = [(p, s) for p in passages for s in sentences(p.article.text, p.span)]
        if not pairs:
            return ()
        texts = [span.of(passage.article.text) for passage, span in pairs]
        similarity = self._encoder.passages(texts) @ self._encoder.questions([question])[0]
        places = [
            f"{passage.trail} {text}" for (passage, _), text in zip(pairs, texts, strict=True)
        ]
        overlap = np.array([term_overlap(question, place) for place in places])
        odds = SIMILARITY_WEIGHT * similarity + OVERLAP_WEIGHT * overlap + BIAS
        scores = 1 / (1 + np.exp(-odds))
        return best_first(
            [Evidence(p, s, float(x)) for (p, s), x in zip(pairs, scores, strict=True)]
        )
