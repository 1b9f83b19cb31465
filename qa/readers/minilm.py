"""The shipped reader: MiniLM, trained to find the sentence that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.errors import QAError
from qa.language.sentences import sentences
from qa.language.terms import term_overlap
from qa.models import model_folder
from qa.models.onnx import OnnxModel
from qa.passages import heading_variants
from qa.readers.base import Evidence, best_first
from qa.readers.short_answer import Logits, best_span, short_answer
from qa.types import Hit, Passage, Span

if TYPE_CHECKING:
    from tokenizers import Encoding

WINDOW = 512  # tokens: the most that the model has places for
NO_TOKENS = -20.0  # logit of a sentence without a token of its own
MIN_SHORT_ANSWER = -4.0  # span less no answer, in logits: worse ones are not worth showing
CARD_NAMES = ("evidence", "answer", "found", "behind", "overlap")
"""What the weights of the features are called in card.json, in the order of the features."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a sentence; their weighted sum is the log-odds that it answers."""

    evidence: float
    """Mean of its tokens' evidence logits."""

    answer: float
    """Best span within it, start plus end logit, less that of no answer."""

    top_score: float
    """Fused score of the best passage of the search, 0 to 1: is the library about this?"""

    score_gap: float
    """How much lower the search put its own passage: 0 or less."""

    overlap: float
    """Share of the question's words in the sentence, its title and its headings."""


@dataclass(frozen=True, slots=True)
class PassageLogits:
    """The logits of a passage's tokens, read beside a question and under its headings.

    A row is a token: `offsets` are its start and end in the article, or -1 in the question;
    `logits` are of a start, of an end and of evidence.
    """

    offsets: NDArray[np.int64]
    logits: Logits

    @property
    def no_answer(self) -> float:
        """The logit that nothing in the passage answers: start plus end of the first token."""
        return float(self.logits[0, 0] + self.logits[0, 1])

    def tokens_of(self, sentence: Span) -> NDArray[np.intp]:
        """Return the rows of the tokens that begin in a sentence."""
        starts = self.offsets[:, 0]
        return np.flatnonzero((starts >= sentence.start) & (starts < sentence.end))

    def short_answer(self, text: str, sentence: Span) -> Span | None:
        """Return where in a sentence the short answer stands, if one is likely enough."""
        rows = self.tokens_of(sentence)
        if not len(rows):
            return None
        first, last, score = best_span(self.logits[rows])
        if score - self.no_answer < MIN_SHORT_ANSWER:
            return None
        start, end = self.offsets[rows[first], 0], self.offsets[rows[last], 1]
        return short_answer(text, sentence, Span(int(start), int(end)))


class MiniLMReader:
    """A small transformer that reads question and passage together.

    Each token gets three logits: an answer starts, an answer ends, it is evidence. A logistic
    regression over them and over the scores of the search gives each sentence its probability:
    `python -m training.calibrate` fits it.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._model = OnnxModel(folder or model_folder("reader"))

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score each sentence of the passages."""
        scored = [
            Evidence(
                hit.passage,
                span,
                self._probability(features),
                read.short_answer(hit.passage.article.text, span),
            )
            for hit, read, sentence_features in self._features_by_hit(question, hits)
            for span, features in sentence_features
        ]
        return best_first(scored)

    def features(self, question: str, hits: Sequence[Hit]) -> list[list[tuple[Span, Features]]]:
        """Return the features of each sentence, hit by hit."""
        return [list(each) for _, _, each in self._features_by_hit(question, hits)]

    def _features_by_hit(
        self, question: str, hits: Sequence[Hit]
    ) -> Iterator[tuple[Hit, PassageLogits, Iterator[tuple[Span, Features]]]]:
        top_score = max((hit.score for hit in hits), default=0.0)
        for hit in hits:
            read = self._passage_logits(question, hit.passage)
            yield hit, read, _features(question, hit, read, top_score=top_score)

    def _probability(self, features: Features) -> float:
        card, values = self._model.card, astuple(features)
        weights = (card["weights"][name] for name in CARD_NAMES)
        odds = card["bias"] + sum(w * x for w, x in zip(weights, values, strict=True))
        return float(1 / (1 + np.exp(-odds)))

    def _passage_logits(self, question: str, passage: Passage) -> PassageLogits:
        """Run the model on one passage: a batch would change the scale of its 8-bit numbers."""
        pair, shift = self._encode_pair(question, passage)
        inputs = {
            "input_ids": np.array([pair.ids], np.int64),
            "attention_mask": np.array([pair.attention_mask], np.int64),
            "token_type_ids": np.array([pair.type_ids], np.int64),
        }
        tokens, _ = self._model.run(inputs)
        offsets = np.array(pair.offsets) - shift + passage.span.start
        in_passage = np.array([sequence == 1 for sequence in pair.sequence_ids])
        offsets[~in_passage] = -1
        return PassageLogits(offsets, tokens[0])

    def _encode_pair(self, question: str, passage: Passage) -> tuple[Encoding, int]:
        """Tokenize question and passage as a pair, under as much of its headings as fits.

        The number is how many characters the headings take.
        """
        for headings in heading_variants(passage):
            pair = self._model.tokenizer.encode(question, headings + passage.text)
            if len(pair.ids) <= WINDOW:
                return pair, len(headings)
        # An encoder with a longer window than ours may have let such a passage through.
        raise QAError(
            f"A sentence of {passage.article.title} is too long for the reader.",
            hint="Set QA_READER=similarity.",
        )


def _features(
    question: str, hit: Hit, read: PassageLogits, *, top_score: float
) -> Iterator[tuple[Span, Features]]:
    passage, text = hit.passage, hit.passage.article.text
    for span in sentences(text, passage.span):
        logits = read.logits[read.tokens_of(span)]
        yield (
            span,
            Features(
                evidence=float(logits[:, 2].mean()) if len(logits) else NO_TOKENS,
                answer=best_span(logits)[2] - read.no_answer if len(logits) else NO_TOKENS,
                top_score=top_score,
                score_gap=hit.score - top_score,
                overlap=term_overlap(question, f"{passage.trail} {span.of(text)}"),
            ),
        )
