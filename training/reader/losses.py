"""What the reader is taught: spans, evidence, whether and which passage answers, yes or no."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from training.reader.batches import Batch
from training.reader.model import MASKED_LOGIT, Logits, ReaderModel

EVIDENCE_WEIGHT = 1.5
EVIDENCE_TOKEN_WEIGHT = 2.0  # beside 1 of any other token
PASSAGE_WEIGHT = 0.5
VERDICT_WEIGHT = 0.5
RANK_WEIGHT = 0.5
MEAN_GROUP = 4  # rows of a question, about
BFLOAT16 = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
"""Whether the processor multiplies in bfloat16: elsewhere that is seven times as slow."""


def forward(model: ReaderModel, batch: Batch) -> Logits:
    """Read a batch, the products in bfloat16 where that is faster."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BFLOAT16):
        tokens, passage, verdict = model(*batch.inputs(typed=model.typed))
    return Logits(tokens.float(), passage.float(), verdict.float())


def losses(logits: Logits, batch: Batch) -> dict[str, Tensor]:
    """Return the losses of a batch by name."""
    start, end, evidence = logits.tokens.unbind(-1)
    answers = binary_cross_entropy_with_logits(logits.passage, batch.answerable)
    starts, ends = _span(start, batch.starts, batch.mask), _span(end, batch.ends, batch.mask)
    return {
        "span": (starts + ends) / 2,
        "evidence": EVIDENCE_WEIGHT * _evidence(evidence, batch.evidence),
        "passage": PASSAGE_WEIGHT * answers,
        "verdict": VERDICT_WEIGHT * _verdict(logits.verdict, batch.verdicts),
        "rank": RANK_WEIGHT * _rank(logits, batch),
    }


def _span(logits: Tensor, allowed: Tensor, mask: Tensor) -> Tensor:
    """Return minus the log probability of the allowed tokens, where a row has any."""
    logits = logits.masked_fill(mask == 0, MASKED_LOGIT)
    right = torch.logsumexp(logits.masked_fill(~allowed, MASKED_LOGIT), 1)
    return (torch.logsumexp(logits, 1) - right)[allowed.any(1)].mean()


def _evidence(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean over rows of the mean over the tokens whose label is known."""
    known = labels >= 0
    if not known.any():
        return logits.sum() * 0
    each = binary_cross_entropy_with_logits(
        logits,
        labels.clamp(min=0),
        pos_weight=torch.tensor(EVIDENCE_TOKEN_WEIGHT),
        reduction="none",
    )
    per_row = (each * known).sum(1) / known.sum(1).clamp(min=1)
    return per_row[known.any(1)].mean()


def _verdict(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean over the rows whose question wants yes or no, as a share of all rows."""
    known = labels >= 0
    if not known.any():
        return logits.sum() * 0
    return cross_entropy(logits[known], labels[known]) * known.float().mean().sqrt()


def _rank(logits: Logits, batch: Batch) -> Tensor:
    """Return how far the passages of a question are from being told apart by their logits.

    All passages share one softmax, of their own logits and of the spans less no answer
    (shared normalization, Clark & Gardner 2018).
    """
    start, end, _ = logits.tokens.unbind(-1)
    parts = [logits.tokens.sum() * 0]
    for group in batch.groups[batch.groups >= 0].unique():
        rows = batch.groups == group
        answering = batch.answerable[rows] > 0
        if answering.all() or not answering.any():
            continue
        inside = batch.shared[rows].clone()
        inside[:, 0] = False
        parts.append(_shared(logits.passage[rows], answering))
        for each, allowed in ((start, batch.starts), (end, batch.ends)):
            over_none = (each[rows] - each[rows, :1]).masked_fill(~inside, MASKED_LOGIT)
            right = allowed[rows] & inside & answering[:, None]
            if right.any():
                parts.append(_shared(over_none, right) / 2)
    return torch.stack(parts).sum() / max(1, len(batch.rows)) * MEAN_GROUP


def _shared(logits: Tensor, right: Tensor) -> Tensor:
    """Return minus the log probability of what is right, all logits under one softmax."""
    masked = logits.masked_fill(~right, MASKED_LOGIT)
    return torch.logsumexp(logits.flatten(), 0) - torch.logsumexp(masked.flatten(), 0)
