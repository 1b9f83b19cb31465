"""Knowledge distillation: a small reader learns from the logits of a large one.

The teacher's logits are kept while it trains, so they cost nothing more. The student learns
from them beside the labels, as in Hinton et al. 2015, at temperature 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from torch.nn.utils.rnn import pad_sequence

from training.reader.batches import Batch
from training.reader.model import MASKED_LOGIT, Logits

PASSAGE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class RowLogits:
    """The logits of one row: of its shared tokens, of its passage."""

    tokens: Tensor
    passage: Tensor


class Teacher:
    """The logits of a trained reader, by number of row."""

    def __init__(self, rows: Mapping[int, RowLogits]) -> None:
        self._rows = dict(rows)

    @classmethod
    def read(cls, file: Path) -> Teacher:
        """Read the logits that a run has written."""
        state = torch.load(file, weights_only=True)
        return cls({row: RowLogits(*logits) for row, logits in state.items()})

    def write(self, file: Path) -> None:
        """Write the logits, half as precise."""
        halves = {row: (it.tokens.half(), it.passage.half()) for row, it in self._rows.items()}
        torch.save(halves, file)

    def record(self, batch: Batch, logits: Logits) -> None:
        """Keep the logits of a batch."""
        passages = logits.passage.detach()
        for row, tokens, shared, passage in zip(
            batch.rows, logits.tokens.detach(), batch.shared, passages, strict=True
        ):
            self._rows[row] = RowLogits(tokens[shared].clone(), passage.clone())

    def loss(self, logits: Logits, batch: Batch) -> Tensor:
        """Return how far a student's logits are from the teacher's, or nothing.

        Two bases may cut a long passage a token apart: what both have read is compared.
        """
        known = [at for at, row in enumerate(batch.rows) if row in self._rows]
        if not known:
            return logits.passage.sum() * 0
        teacher = [self._rows[batch.rows[at]] for at in known]
        theirs = _padded([row.tokens.float() for row in teacher])
        ours = _padded([logits.tokens[at][batch.shared[at]] for at in known])
        width = min(theirs.shape[1], ours.shape[1])
        theirs, ours = theirs[:, :width], ours[:, :width]
        there = (theirs > MASKED_LOGIT).all(-1) & (ours > MASKED_LOGIT).all(-1)
        span = sum(
            cross_entropy(
                ours[..., head].masked_fill(~there, MASKED_LOGIT),
                theirs[..., head].masked_fill(~there, MASKED_LOGIT).softmax(-1),
            )
            for head in (0, 1)
        )
        evidence = binary_cross_entropy_with_logits(
            ours[..., 2], theirs[..., 2].sigmoid(), reduction="none"
        )
        evidence = (evidence * there).sum(1) / there.sum(1)
        passage = binary_cross_entropy_with_logits(
            logits.passage[known],
            torch.stack([row.passage.float() for row in teacher]).sigmoid(),
        )
        return span / 2 + evidence.mean() + PASSAGE_WEIGHT * passage


def _padded(rows: Sequence[Tensor]) -> Tensor:
    return pad_sequence(list(rows), batch_first=True, padding_value=MASKED_LOGIT)
