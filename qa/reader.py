"""A question and the passages found for it in, the sentences that answer it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from qa.encoders import Encoder
from qa.text import sentences
from qa.types import Hit, Passage, Span
from qa.words import terms

LIKENESS, OVERLAP, BIAS = 8.0, 3.0, -5.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, and the chance, 0 to 1, that it answers the question."""

    passage: Passage
    span: Span
    score: float


class Reader(Protocol):
    """Reads passages for the sentences that answer.

    It returns every sentence of every passage, best first; equal scores come in the order of
    the hits. A score is a probability, so it can be held against a threshold.
    """

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Weigh each sentence of the passages found."""
        ...


class SimilarityReader:
    """Weighs a sentence by its likeness to the question and the words they share.

    It cannot tell a sentence that answers from one that is about the same thing.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Weigh each sentence by a logistic of likeness and overlap."""
        found = [
            (h.passage, s)
            for h in hits
            for s in sentences(h.passage.article.text, h.passage.span)
        ]
        if not found:
            return ()
        texts = [span.of(passage.article.text) for passage, span in found]
        likeness = self._encoder.passages(texts) @ self._encoder.questions([question])[0]
        overlap = np.array(
            [shared(question, f"{p.trail} {t}") for (p, _), t in zip(found, texts, strict=True)]
        )
        scores = 1 / (1 + np.exp(-(LIKENESS * likeness + OVERLAP * overlap + BIAS)))
        weighed = [
            Evidence(p, s, float(score)) for (p, s), score in zip(found, scores, strict=True)
        ]
        return tuple(sorted(weighed, key=lambda evidence: -evidence.score))


def shared(question: str, text: str) -> float:
    """Return the share of a question's words, by their stems, that a text has too."""
    wanted = set(terms(question))
    return len(wanted & set(terms(text))) / len(wanted) if wanted else 0.0
