"""The deep reader: the fast one ranks, and a stronger model reads the best passages again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.models import model_folder
from qa.readers.base import Evidence, YesNo, best_first
from qa.readers.calibration import Calibration, DeepFeatures
from qa.readers.fast import FastReader, ScoredSentence
from qa.readers.pair_model import PairModel
from qa.types import Hit, Span

BATCH = 2  # passages that the deep model reads before it looks whether one of them answers
MAX_PASSAGES = 6
MIN_ANSWER = 1.0  # best span less no answer, in logits: from here on a sentence surely answers
UNREAD_FACTOR = 0.1  # of the fast reader's probability, where the deep one did not read


@dataclass(frozen=True, slots=True)
class DeepSentence:
    """A sentence with what both models say of it."""

    hit: Hit
    span: Span
    features: DeepFeatures
    short: Span | None
    yes_no: YesNo


class DeepReader:
    """Reads the passages that the fast reader likes best with a model six times as large.

    It reads two, and two more, twice at the most, while none of those surely answers. Sentences
    of the others keep the fast reader's order, behind all that was read.
    """

    def __init__(self, folder: Path | None = None, fast: FastReader | None = None) -> None:
        self._fast = fast or FastReader()
        self._model = PairModel(folder or model_folder("deep"))
        self._calibration = Calibration.of(self._model.card, DeepFeatures.__slots__)

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score each sentence of the passages."""
        ranked = list(self._fast.score(question, hits))
        reread = self.read_on(question, ranked)
        read = [
            Evidence(
                sentence.hit.passage,
                sentence.span,
                self._calibration.probability(sentence.features),
                sentence.short,
                sentence.yes_no,
            )
            for sentence in reread
        ]
        seen = {sentence.hit.passage.id for sentence in reread}
        rest = [
            replace(evidence, score=UNREAD_FACTOR * evidence.score, short=None)
            for evidence in (sentence.as_evidence() for sentence in ranked)
            if evidence.passage.id not in seen
        ]
        return best_first([*read, *rest])

    def read_on(self, question: str, ranked: Sequence[ScoredSentence]) -> list[DeepSentence]:
        """Return the sentences of the passages that the deep model read, until one answered."""
        reread: list[DeepSentence] = []
        for chosen in likeliest_batches(ranked):
            reread += self.score(question, chosen)
            if max(sentence.features.answer for sentence in reread) >= MIN_ANSWER:
                break
        return reread

    def score(self, question: str, ranked: Sequence[ScoredSentence]) -> Iterator[DeepSentence]:
        """Yield the sentences again, with what the deep model says of them too."""
        passages = {s.hit.passage.id: s.hit.passage for s in ranked}
        every = self._model.read(question, list(passages.values()))
        read = dict(zip(passages, every, strict=True))
        for sentence in ranked:
            passage, logits = sentence.hit.passage, read[sentence.hit.passage.id]
            yield DeepSentence(
                sentence.hit,
                sentence.span,
                DeepFeatures(
                    evidence=logits.evidence(sentence.span),
                    answer=logits.answer(sentence.span),
                    passage=logits.answers,
                    fast=sentence.log_odds,
                    top_score=sentence.features.top_score,
                ),
                logits.short_answer(passage.article.text, sentence.span),
                logits.yes_no,
            )


def likeliest_batches(ranked: Sequence[ScoredSentence]) -> Iterator[list[ScoredSentence]]:
    """Yield the sentences of a few passages at a time, those that hold the best ones first.

    Within a batch they stay in their order; of equal passages the first is better.
    """
    best: dict[int, None] = {}
    for sentence in sorted(ranked, key=lambda s: -s.log_odds):
        best.setdefault(sentence.hit.passage.id)
    for start in range(0, min(len(best), MAX_PASSAGES), BATCH):
        chosen = list(best)[start : start + BATCH]
        yield [sentence for sentence in ranked if sentence.hit.passage.id in chosen]
