"""Knowledge distillation: a small reader learns what a large one thought of the same rows.

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
from training.reader.model import Logits

NOTHING = -1e4  # a logit that nothing chooses, yet no infinity
PASSAGE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Thought:
    """The logits of one row: of its shared tokens, of its passage."""

    tokens: Tensor
    passage: Tensor


class Teacher:
    """The logits of a trained reader, by number of row."""

    def __init__(self, thoughts: Mapping[int, Thought]) -> None:
        self._thoughts = dict(thoughts)

    @classmethod
    def read(cls, file: Path) -> Teacher:
        """Read what a run has kept."""
        state = torch.load(file, weights_only=True)
        return cls({row: Thought(*logits) for row, logits in state.items()})

    def write(self, file: Path) -> None:
        """Keep it, half as precise."""
        thoughts = self._thoughts.items()
        torch.save({row: (t.tokens.half(), t.passage.half()) for row, t in thoughts}, file)

    def hear(self, batch: Batch, logits: Logits) -> None:
        """Keep the logits of a batch."""
        passages = logits.passage.detach()
        for row, tokens, shared, passage in zip(
            batch.rows, logits.tokens.detach(), batch.shared, passages, strict=True
        ):
            self._thoughts[row] = Thought(tokens[shared].clone(), passage.clone())

    def knows(self, row: int) -> bool:
        """Tell whether it has read a row."""
        return row in self._thoughts

    def loss(self, logits: Logits, batch: Batch) -> Tensor:
        """Return how far a student's logits are from the teacher's, or nothing.

        Two bases may cut a long passage a token apart: what both have read is compared.
        """
        known = [at for at, row in enumerate(batch.rows) if self.knows(row)]
        if not known:
            return logits.passage.sum() * 0
        thoughts = [self._thoughts[batch.rows[at]] for at in known]
        theirs = _padded([thought.tokens.float() for thought in thoughts])
        ours = _padded([logits.tokens[at][batch.shared[at]] for at in known])
        width = min(theirs.shape[1], ours.shape[1])
        theirs, ours = theirs[:, :width], ours[:, :width]
        there = (theirs > NOTHING).all(-1) & (ours > NOTHING).all(-1)
        span = sum(
            cross_entropy(
                ours[..., head].masked_fill(~there, NOTHING),
                theirs[..., head].masked_fill(~there, NOTHING).softmax(-1),
            )
            for head in (0, 1)
        )
        evidence = binary_cross_entropy_with_logits(
            ours[..., 2], theirs[..., 2].sigmoid(), reduction="none"
        )
        evidence = (evidence * there).sum(1) / there.sum(1)
        passage = binary_cross_entropy_with_logits(
            logits.passage[known], torch.stack([t.passage.float() for t in thoughts]).sigmoid()
        )
        return span / 2 + evidence.mean() + PASSAGE_WEIGHT * passage


def _padded(rows: Sequence[Tensor]) -> Tensor:
    return pad_sequence(list(rows), batch_first=True, padding_value=NOTHING)
