"""The fast reader: MiniLM, trained to find the sentence that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.language.sentences import sentences
from qa.models import model_folder
from qa.readers.base import Evidence, best_first
from qa.readers.calibration import Calibration, Features, probability
from qa.readers.pair_model import PairModel, PassageLogits
from qa.types import Hit, Span


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence, and the log-odds that it answers."""

    hit: Hit
    span: Span
    features: Features
    log_odds: float
    short: Span | None

    def as_evidence(self) -> Evidence:
        """Return what is quoted, with its probability."""
        return Evidence(self.hit.passage, self.span, probability(self.log_odds), self.short)


class FastReader:
    """Scores each sentence by a small transformer that reads question and passage together.

    Each token gets three logits: an answer starts, an answer ends, it is evidence. A calibrated
    sum of them and of the scores of the search gives each sentence its probability.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._model = PairModel(folder or model_folder("fast"))
        self._calibration = Calibration.of(self._model.card, Features.__slots__)

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score each sentence of the passages."""
        return best_first([s.as_evidence() for s in self.score(question, hits)])

    def score(self, question: str, hits: Sequence[Hit]) -> Iterator[ScoredSentence]:
        """Yield the sentences of the passages with all that is known of them, hit by hit."""
        top_score = max((hit.score for hit in hits), default=0.0)
        every = self._model.read(question, [hit.passage for hit in hits])
        for hit, read in zip(hits, every, strict=True):
            text = hit.passage.article.text
            for span in sentences(text, hit.passage.span):
                features = _features(read, span, hit, top_score)
                odds = self._calibration.log_odds(features)
                yield ScoredSentence(hit, span, features, odds, read.short_answer(text, span))


def _features(read: PassageLogits, span: Span, hit: Hit, top_score: float) -> Features:
    return Features(
        evidence=read.evidence(span),
        answer=read.answer(span),
        top_score=top_score,
        score_gap=hit.score - top_score,
    )
