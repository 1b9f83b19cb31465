"""The reader: BERT with three logits a token and one a passage."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

DROPOUT = 0.0  # rows are seen once or twice: there is nothing to learn by heart
RARE = -1.0  # few tokens are evidence, and a head that knows it learns sooner


class Reader(nn.Module):  # type: ignore[misc]  # torch is not checked
    """A small BERT; at [CLS] its token logits say that nothing answers.

    The passage's logit helps it learn; the program does not read it.
    """

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.tokens = nn.Linear(encoder.config.hidden_size, 3)
        self.passage = nn.Linear(encoder.config.hidden_size, 1)
        nn.init.normal_(self.tokens.weight, std=0.02)
        nn.init.normal_(self.passage.weight, std=0.02)
        nn.init.zeros_(self.passage.bias)
        with torch.no_grad():
            self.tokens.bias.copy_(torch.tensor([0.0, 0.0, RARE]))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return start, end and evidence logits of each token, and a logit of each row."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return self.tokens(states), self.passage(states[:, 0]).squeeze(-1)


def untrained(folder: Path) -> Reader:
    """Start from the weights of the sentence encoder."""
    encoder = BertModel.from_pretrained(
        folder,
        add_pooling_layer=False,
        hidden_dropout_prob=DROPOUT,
        attention_probs_dropout_prob=0.0,
    )
    return Reader(encoder.float())


def trained(folder: Path, weights: Path) -> Reader:
    """Load a trained reader, its attention in the plain form that exports well."""
    config = BertConfig.from_pretrained(folder, attn_implementation="eager")
    reader = Reader(BertModel(config, add_pooling_layer=False))
    reader.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    reader.eval()
    return reader
