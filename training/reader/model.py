"""The reader: a transformer with three logits a token, and four a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PreTrainedModel

from training.bases import minilm_folder, mpnet_folder

RARE = -1.0  # few tokens are evidence, and a head that knows it learns sooner
TOKEN_LOGITS = ("start", "end", "evidence")
VERDICTS = ("", "yes", "no")
MASKED_LOGIT = -1e4  # nothing chooses it, yet it is no infinity


@dataclass(frozen=True, slots=True)
class Base:
    """A pretrained model that a reader starts from."""

    folder: Path
    frozen: int
    """How many of the lowest layers keep their weights; the word table does too if any does."""


BASES = {"minilm": lambda: Base(minilm_folder(), 0), "mpnet": lambda: Base(mpnet_folder(), 4)}


@dataclass(frozen=True, slots=True)
class Logits:
    """The logits of a batch: (rows, tokens, 3), (rows,) and (rows, 3)."""

    tokens: Tensor
    passage: Tensor
    verdict: Tensor


class ReaderModel(nn.Module):  # type: ignore[misc]  # torch is not checked
    """An encoder with heads; at the first token, start and end say that nothing answers.

    Of a passage it says whether it answers, and whether it says neither, yes or no.
    """

    def __init__(self, encoder: PreTrainedModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.tokens = nn.Linear(width, len(TOKEN_LOGITS))
        self.passage = nn.Linear(width, 1)
        self.verdict = nn.Linear(width, len(VERDICTS))
        for head in (self.tokens, self.passage, self.verdict):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        with torch.no_grad():
            self.tokens.bias.copy_(torch.tensor([0.0, 0.0, RARE]))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits: of each token, of each passage, and of each passage's verdicts."""
        typed = {} if token_type_ids is None else {"token_type_ids": token_type_ids}
        out = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **typed)
        states = out.last_hidden_state
        first = states[:, 0]
        return self.tokens(states), self.passage(first).squeeze(-1), self.verdict(first)

    def freeze(self, layers: int) -> None:
        """Keep the word table and the lowest layers as they are."""
        if layers:
            self.encoder.embeddings.requires_grad_(requires_grad=False)
            self.encoder.encoder.layer[:layers].requires_grad_(requires_grad=False)

    @property
    def typed(self) -> bool:
        """Whether it is told which tokens are the question's."""
        return getattr(self.encoder.config, "type_vocab_size", 0) > 1


def untrained(base: Base) -> ReaderModel:
    """Start from pretrained weights, without dropout: rows are seen once or twice."""
    encoder = AutoModel.from_pretrained(
        base.folder,
        add_pooling_layer=False,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    model = ReaderModel(encoder.float())
    model.freeze(base.frozen)
    return model


def trained(base: Base, weights: Path) -> ReaderModel:
    """Load a trained reader, its attention in the plain form that exports well."""
    config = AutoConfig.from_pretrained(base.folder, attn_implementation="eager")
    model = ReaderModel(AutoModel.from_config(config, add_pooling_layer=False))
    load(model, torch.load(weights, map_location="cpu", weights_only=True))
    model.eval()
    return model


def load(model: ReaderModel, state: Mapping[str, Tensor]) -> None:
    """Load weights; those of a head that the run before did not have may be missing."""
    missing, unknown = model.load_state_dict(state, strict=False)
    if unknown or any(not name.startswith("verdict.") for name in missing):
        raise ValueError(f"These are no weights of this reader: {missing or unknown}")
