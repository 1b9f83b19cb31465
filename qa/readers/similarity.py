"""The simplest reader: a sentence that is like the question and shares its words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa.encoders import Encoder
from qa.language.sentences import sentences
from qa.language.terms import term_overlap
from qa.readers.base import Evidence, best_first
from qa.types import Hit

LIKENESS, OVERLAP, BIAS = 8.0, 3.0, -7.7  # set by hand on the seed article


class SimilarityReader:
    """Weighs a sentence by a logistic of its likeness to the question and their common words.

    It needs no weights but an encoder's, and cannot tell a sentence that answers from one that
    is about the same thing.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Weigh each sentence of the passages found."""
        passages = [hit.passage for hit in hits]
        found = [(p, s) for p in passages for s in sentences(p.article.text, p.span)]
        if not found:
            return ()
        texts = [span.of(passage.article.text) for passage, span in found]
        likeness = self._encoder.passages(texts) @ self._encoder.questions([question])[0]
        places = [
            f"{passage.trail} {text}" for (passage, _), text in zip(found, texts, strict=True)
        ]
        overlap = np.array([term_overlap(question, place) for place in places])
        scores = 1 / (1 + np.exp(-(LIKENESS * likeness + OVERLAP * overlap + BIAS)))
        return best_first(
            [Evidence(p, s, float(x)) for (p, s), x in zip(found, scores, strict=True)]
        )
