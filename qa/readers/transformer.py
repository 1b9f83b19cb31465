"""Any extractive question-answering model, through transformers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import MissingExtra, QuestionError, SettingsError
from qa.language.sentences import sentences
from qa.passages import heading_variants
from qa.readers.base import Evidence, best_first
from qa.readers.short_answer import Logits
from qa.types import Hit, Passage, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 512  # tokens at once, also where a model has places for more: time grows faster
MAX_ANSWER_TOKENS = 30  # tokens of a short answer, as in BERT's own script

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TokenWindow:
    """Tokens of a question and of a stretch of a passage: ids, types, and spans.

    A span is where the token stands in the article; only the passage's own tokens have one.
    """

    ids: Numbers
    types: Numbers
    spans: tuple[Span | None, ...]


class TransformerReader:
    """A model of the kind `AutoModelForQuestionAnswering`, by its name or its folder.

    It gives logits to each token as the start and as the end of an answer; those of the first
    token stand for none (Devlin et al. 2019). The softmax of their sums, over every span within
    a sentence and none, adds up to the probability of each sentence, given that its passage is
    the right one. The fused score of the search stands for how likely that is; the product of
    both is the score. It is not calibrated, and a model that never learnt to give no answer is
    overconfident.
    """

    def __init__(self, name: str) -> None:
        self._model, tokenizer = _load(name)
        self._window = min(WINDOW, _max_positions(self._model))
        types = getattr(self._model.config, "type_vocab_size", 0)
        self._has_token_types = types > 1 and "token_type_ids" in tokenizer.model_input_names
        self._tokenizer: Tokenizer = tokenizer.backend_tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # what an article calls [SEP] is text

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score each sentence of the passages.

        Raises:
            QuestionError: if the question fills more than three quarters of the window.
        """
        return best_first([e for hit in hits for e in self._score_hit(question, hit)])

    def _score_hit(self, question: str, hit: Hit) -> list[Evidence]:
        """Score each sentence by the window in which it is most likely to answer."""
        spans = sentences(hit.passage.article.text, hit.passage.span)
        windows = [
            _evidence(hit, spans, window, self._logits(window))
            for window in self._windows(question, hit.passage)
        ]
        return [max(same, key=lambda e: e.score) for same in zip(*windows, strict=True)]

    def _windows(self, question: str, passage: Passage) -> Iterator[TokenWindow]:
        """Put the question beside the passage under its headings, or beside stretches of it.

        They overlap by half: what is shorter than that is in one of them as a whole.
        """
        headings = next(heading_variants(passage))
        text = headings + passage.text
        pair = self._tokenizer.encode(question, text)
        second = np.array([sequence == 1 for sequence in pair.sequence_ids])
        passage_tokens, question_tokens = np.flatnonzero(second), np.flatnonzero(~second)
        self._check_room(len(question_tokens))
        room = self._window - len(question_tokens)
        ids, types = np.array(pair.ids), np.array(pair.type_ids)
        for start in range(0, max(len(passage_tokens) - room, 0) + room // 2, room // 2):
            window_tokens = np.sort(
                np.concatenate([question_tokens, passage_tokens[start : start + room]])
            )
            spans = [
                _token_span(passage, text, len(headings), pair.offsets[n])
                if second[n]
                else None
                for n in window_tokens
            ]
            yield TokenWindow(ids[window_tokens], types[window_tokens], tuple(spans))

    def _check_room(self, tokens: int) -> None:
        limit = 3 * self._window // 4
        if tokens > limit:
            raise QuestionError(
                "The question has {length} tokens; {limit} can be read.",
                hint="Ask it in fewer words.",
                length=tokens,
                limit=limit,
            )

    def _logits(self, window: TokenWindow) -> Logits:
        """Return start and end logit of each token; windows are read alone, without padding."""
        import torch

        inputs = {"input_ids": window.ids, "attention_mask": np.ones_like(window.ids)}
        if self._has_token_types:
            inputs["token_type_ids"] = window.types
        with torch.inference_mode():
            out = self._model(**{n: torch.from_numpy(row[None]) for n, row in inputs.items()})
        return np.stack([out.start_logits[0].numpy(), out.end_logits[0].numpy()], axis=1)


def _evidence(
    hit: Hit, spans: Sequence[Span], window: TokenWindow, logits: Logits
) -> list[Evidence]:
    """Score each sentence by the logits of one window."""
    scored = [_score_sentence(span, window, logits) for span in spans]
    every = np.logaddexp.reduce([logits[0].sum(), *(weight for weight, _ in scored)])
    trust = min(max(hit.score, 0.0), 1.0)
    return [
        Evidence(hit.passage, span, trust * float(np.exp(weight - every)), short)
        for span, (weight, short) in zip(spans, scored, strict=True)
    ]


def _score_sentence(
    span: Span, window: TokenWindow, logits: Logits
) -> tuple[float, Span | None]:
    """Return the log of the summed weights of all answers in a sentence, and the best one."""
    inside = [(n, place) for n, place in enumerate(window.spans) if place and place in span]
    if not inside:
        return -np.inf, None
    numbers = [n for n, _ in inside]
    sums = logits[numbers, 0][:, None] + logits[numbers, 1][None, :]
    order = np.subtract.outer(numbers, numbers)
    sums[(order > 0) | (order <= -MAX_ANSWER_TOKENS)] = -np.inf
    first, last = np.unravel_index(np.argmax(sums), sums.shape)
    short = Span(inside[first][1].start, inside[last][1].end)
    return float(np.logaddexp.reduce(sums, axis=None)), short


def _token_span(
    passage: Passage, text: str, shift: int, offsets: tuple[int, int]
) -> Span | None:
    """Return where a token's visible characters stand in the article, if in the passage."""
    start = max(offsets[0], shift)
    piece = text[start : offsets[1]]
    visible = piece.strip()
    if not visible:
        return None
    first = passage.span.start - shift + start + piece.index(visible)
    return Span(first, first + len(visible))


def _load(name: str) -> tuple[Any, Any]:
    """Return a model for question answering, and its fast tokenizer."""
    try:
        import torch  # noqa: F401  # transformers does without until it loads a model
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer
    except ImportError as missing:
        raise MissingExtra("sentence-transformers", extra="models") from missing
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        model, loaded = AutoModelForQuestionAnswering.from_pretrained(
            name, output_loading_info=True
        )
    except (OSError, ValueError) as unknown:
        raise SettingsError(
            f"The reader {name} could not be loaded.",
            hint="Name deep, fast, similarity, a model on the hub, or a folder that holds one.",
        ) from unknown
    if loaded["missing_keys"]:
        raise SettingsError(
            f"The model {name} was not trained for question answering: weights are missing.",
            hint="Name a model for question answering.",
        )
    if not tokenizer.is_fast:
        raise SettingsError(
            f"The tokenizer of {name} does not give the offsets of tokens.",
            hint="Name a model that has a fast tokenizer.",
        )
    return model.float().eval(), tokenizer


def _max_positions(model: Any) -> int:
    """Return how many tokens a model has places for."""
    positions: int = getattr(model.config, "max_position_embeddings", WINDOW)
    embeddings = getattr(model.base_model, "embeddings", None)
    # RoBERTa's kind counts them from behind the number of the padding.
    return positions - getattr(embeddings, "padding_idx", -1) - 1
