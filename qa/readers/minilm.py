"""The shipped reader: MiniLM, taught to find the sentence that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.errors import QAError
from qa.language.sentences import sentences
from qa.language.terms import term_overlap
from qa.models.onnx import Model
from qa.passages import above
from qa.readers.base import Evidence, best_first
from qa.readers.short_answer import Logits, best_span, short_answer
from qa.types import Hit, Passage, Span

if TYPE_CHECKING:
    from tokenizers import Encoding

FOLDER = Path(__file__).parent.parent / "models" / "reader"
WINDOW = 512  # tokens: the most that the model has places for
UNREAD = -20.0  # for a sentence of which no token is known
UNSURE = -4.0  # span less no answer, in logits: a worse short answer is not worth showing


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sentence; their weighted sum is the log-odds that it answers."""

    evidence: float
    """Mean of its tokens' evidence logits."""

    answer: float
    """Best span within it, start plus end logit, less that of no answer."""

    found: float
    """Fused score of the best passage of the search, 0 to 1: is the library about this?"""

    behind: float
    """How much lower the search put its own passage: 0 or less."""

    overlap: float
    """Share of the question's words in the sentence, its title and its headings."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as the model read it, beside a question and under its headings.

    A row is a token: `places` are its start and end in the article, or -1 in the question;
    `logits` are of a start, of an end and of evidence.
    """

    places: NDArray[np.int64]
    logits: Logits

    @property
    def none(self) -> float:
        """How much the model holds that nothing answers: start plus end logit."""
        return float(self.logits[0, 0] + self.logits[0, 1])

    def within(self, sentence: Span) -> NDArray[np.intp]:
        """Return the numbers of the tokens that begin in a sentence."""
        starts = self.places[:, 0]
        return np.flatnonzero((starts >= sentence.start) & (starts < sentence.end))

    def short(self, text: str, sentence: Span) -> Span | None:
        """Return where in a sentence the short answer stands, if one is likely enough."""
        rows = self.within(sentence)
        if not len(rows):
            return None
        first, last, score = best_span(self.logits[rows])
        if score - self.none < UNSURE:
            return None
        start, end = self.places[rows[first], 0], self.places[rows[last], 1]
        return short_answer(text, sentence, Span(int(start), int(end)))


class MiniLMReader:
    """A small transformer that reads question and passage together.

    Each token gets three logits: an answer starts, an answer ends, it is evidence. A logistic
    regression over them and over what the search knew gives each sentence its probability:
    `python -m training.calibrate` fits it.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._model = Model(folder)

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Weigh each sentence of the passages found."""
        weighed = [
            Evidence(
                hit.passage,
                span,
                self._chance(signs),
                reading.short(hit.passage.article.text, span),
            )
            for hit, reading, found in self._read(question, hits)
            for span, signs in found
        ]
        return best_first(weighed)

    def signs(self, question: str, hits: Sequence[Hit]) -> list[list[tuple[Span, Signs]]]:
        """Return, hit by hit, what speaks for each sentence."""
        return [list(found) for _, _, found in self._read(question, hits)]

    def _read(
        self, question: str, hits: Sequence[Hit]
    ) -> Iterator[tuple[Hit, Reading, Iterator[tuple[Span, Signs]]]]:
        best = max((hit.score for hit in hits), default=0.0)
        for hit in hits:
            reading = self._reading(question, hit.passage)
            yield hit, reading, _signs(question, hit, reading, best=best)

    def _chance(self, signs: Signs) -> float:
        weights, bias = self._model.card["weights"], self._model.card["bias"]
        odds = bias + sum(weights[name] * value for name, value in asdict(signs).items())
        return float(1 / (1 + np.exp(-odds)))

    def _reading(self, question: str, passage: Passage) -> Reading:
        """Read one passage, alone: the scale of 8-bit numbers depends on all that is read."""
        pair, shift = self._pair(question, passage)
        inputs = {
            "input_ids": np.array([pair.ids], np.int64),
            "attention_mask": np.array([pair.attention_mask], np.int64),
            "token_type_ids": np.array([pair.type_ids], np.int64),
        }
        tokens, _ = self._model.run(inputs)
        places = np.array(pair.offsets) - shift + passage.span.start
        asked = np.array([sequence != 1 for sequence in pair.sequence_ids])
        places[asked] = -1
        return Reading(places, tokens[0])

    def _pair(self, question: str, passage: Passage) -> tuple[Encoding, int]:
        """Put question and passage side by side, under as much of its headings as fits."""
        for headings in above(passage):
            pair = self._model.tokenizer.encode(question, headings + passage.text)
            if len(pair.ids) <= WINDOW:
                return pair, len(headings)
        # An encoder with a longer window than ours may have let such a passage through.
        raise QAError(
            f"A sentence of {passage.article.title} is too long for the reader.",
            hint="Set QA_READER=similarity.",
        )


def _signs(
    question: str, hit: Hit, reading: Reading, *, best: float
) -> Iterator[tuple[Span, Signs]]:
    passage, text = hit.passage, hit.passage.article.text
    for span in sentences(text, passage.span):
        logits = reading.logits[reading.within(span)]
        yield (
            span,
            Signs(
                evidence=float(logits[:, 2].mean()) if len(logits) else UNREAD,
                answer=best_span(logits)[2] - reading.none if len(logits) else UNREAD,
                found=best,
                behind=hit.score - best,
                overlap=term_overlap(question, f"{passage.trail} {span.of(text)}"),
            ),
        )
