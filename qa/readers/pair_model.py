"""A transformer that reads a question and a passage together, as our readers are trained to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.errors import QAError
from qa.models.onnx import OnnxModel
from qa.passages import heading_variants
from qa.readers.base import YesNo
from qa.readers.short_answer import MAX_ANSWER_SHARE, Logits, best_span, short_answer
from qa.types import Passage, Span

if TYPE_CHECKING:
    from tokenizers import Encoding

WINDOW = 512  # tokens: the most that the models have places for
NO_TOKENS = -20.0  # logit of a sentence without a token of its own
MIN_SHORT_ANSWER = -4.0  # span less no answer, in logits: worse ones are not worth showing


@dataclass(frozen=True, slots=True)
class PassageLogits:
    """The logits of a passage's tokens, read beside a question and under its headings.

    A row is a token: `offsets` are its start and end in the article, or -1 in the question;
    `logits` are of a start, of an end and of evidence. `answers` is the logit that the passage
    answers at all; `yes_no` is what it says to a question that wants yes or no.
    """

    offsets: NDArray[np.int64]
    logits: Logits
    answers: float
    yes_no: YesNo

    @property
    def no_answer(self) -> float:
        """The logit that nothing in the passage answers: start plus end of the first token."""
        return float(self.logits[0, 0] + self.logits[0, 1])

    def tokens_of(self, sentence: Span) -> NDArray[np.intp]:
        """Return the rows of the tokens that begin in a sentence."""
        starts = self.offsets[:, 0]
        return np.flatnonzero((starts >= sentence.start) & (starts < sentence.end))

    def evidence(self, sentence: Span) -> float:
        """Return the mean evidence logit of a sentence's tokens."""
        rows = self.tokens_of(sentence)
        return float(self.logits[rows, 2].mean()) if len(rows) else NO_TOKENS

    def answer(self, sentence: Span) -> float:
        """Return the logit of the best span in a sentence, less that of no answer."""
        rows = self.tokens_of(sentence)
        return best_span(self.logits[rows])[2] - self.no_answer if len(rows) else NO_TOKENS

    def short_answer(self, text: str, sentence: Span) -> Span | None:
        """Return where in a sentence the short answer stands, if one is likely enough."""
        rows = self.tokens_of(sentence)
        if not len(rows):
            return None
        starts, ends = self.offsets[rows].T
        is_short = ends[None, :] - starts[:, None] <= MAX_ANSWER_SHARE * len(sentence)
        first, last, score = best_span(self.logits[rows], is_short)
        if score - self.no_answer < MIN_SHORT_ANSWER:
            return None
        start, end = starts[first], ends[last]
        return short_answer(text, sentence, Span(int(start), int(end)))


class PairModel:
    """Runs a trained model on question and passage, side by side."""

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder, threads=1)
        self.card = self._model.card

    def read(self, question: str, passages: Sequence[Passage]) -> list[PassageLogits]:
        """Run the model on each passage alone, on one core, as many at a time as there are.

        A batch would change the scale of its 8-bit numbers, and an answer with it.

        Raises:
            QAError: if a sentence alone is longer than the model's window.
        """
        self._model.run  # noqa: B018  # opened now, and not by every thread
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            return list(cores.map(partial(self._read, question), passages))

    def _read(self, question: str, passage: Passage) -> PassageLogits:
        pair, shift = self._encode_pair(question, passage)
        inputs = {
            "input_ids": np.array([pair.ids], np.int64),
            "attention_mask": np.array([pair.attention_mask], np.int64),
            "token_type_ids": np.array([pair.type_ids], np.int64),
        }
        tokens, answers, yes_no = self._model.run(inputs)
        offsets = np.array(pair.offsets) - shift + passage.span.start
        in_passage = np.array([sequence == 1 for sequence in pair.sequence_ids])
        offsets[~in_passage] = -1
        return PassageLogits(offsets, tokens[0], float(answers[0]), _yes_no(yes_no[0]))

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


def _yes_no(logits: NDArray[np.float32]) -> YesNo:
    """Return the softmax over neither, yes and no."""
    weights = np.exp(logits - logits.max())
    _, yes, no = map(float, weights / weights.sum())
    return YesNo(yes, no)
