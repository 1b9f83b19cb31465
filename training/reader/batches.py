"""Rows as the model takes them: tokens with labels, in batches of like length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from qa.language.question_kinds import asks_whether
from qa.types import Span
from training.reader.model import VERDICTS
from training.reader.rows import Row

WINDOW = 256  # tokens
STEP = 32  # widths are multiples of it
BATCH_TOKENS = 3072
PADDING = 1  # masked, so any token will do
UNKNOWN = -1.0  # evidence that is not counted

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """A row as tokens: which may start or end the answer, which are evidence."""

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    starts: Flags
    ends: Flags
    evidence: NDArray[np.float32]
    answerable: bool
    verdict: int
    """Its number among `VERDICTS`, or -1 where that is not asked or not known."""

    group: int
    """Examples of one question have one number, and stand in one batch; -1 of one alone."""

    shared: Flags
    """The tokens that stand alike whatever the base: the first, and those of the passage."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples, padded to one width."""

    rows: Sequence[int]
    """Their numbers in the file of rows."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    starts: Tensor
    ends: Tensor
    evidence: Tensor
    answerable: Tensor
    verdicts: Tensor
    groups: Tensor
    shared: Tensor

    def inputs(self, *, typed: bool) -> tuple[Tensor, ...]:
        """Return what the model reads."""
        return (self.ids, self.mask, self.types) if typed else (self.ids, self.mask)


@dataclass(frozen=True, slots=True)
class Places:
    """Where each token begins and ends in the context, if it stands there."""

    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    inside: Flags

    def of(self, spans: Sequence[Span]) -> Flags:
        """Return which tokens share a character with one of the spans."""
        touching = np.zeros(len(self.inside), bool)
        for span in spans:
            touching |= (self.ends > span.start) & (self.begins < span.end)
        return touching & self.inside


def open_tokenizer(folder: Path) -> Tokenizer:
    """Open the tokenizer of the base; a passage too long is cut, a question never."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(WINDOW, strategy="only_second")
    return tokenizer


def example(row: Row, tokenizer: Tokenizer) -> Example:
    """Turn a row's spans into labels of its tokens."""
    pair = tokenizer.encode(row.question, row.prefix + row.context)
    second = np.array([sequence == 1 for sequence in pair.sequence_ids])
    begins, ends = (np.array(pair.offsets) - len(row.prefix)).T
    places = Places(begins, ends, second & (begins >= 0))
    first, last = _answer(row, places)
    shared = places.inside.copy()
    shared[0] = True
    evidence = np.where(second, 0, UNKNOWN).astype(np.float32)
    if row.evidence is None or not first.any():
        evidence[:] = UNKNOWN
    else:
        evidence[places.of(row.evidence)] = 1
        evidence[places.of(row.unsure)] = UNKNOWN
    return Example(
        np.array(pair.ids),
        np.array(pair.type_ids),
        first,
        last,
        evidence,
        row.answerable,
        _verdict(row),
        row.group,
        shared,
    )


def _verdict(row: Row) -> int:
    """Return what is to be learnt of yes and no: where nothing answers, neither."""
    if row.verdict:
        return VERDICTS.index(row.verdict)
    return 0 if not row.answerable and asks_whether(row.question) else -1


def _answer(row: Row, places: Places) -> tuple[Flags, Flags]:
    """Return where the answer may start and end; [CLS] where there is none."""
    first, last = np.zeros(len(places.inside), bool), np.zeros(len(places.inside), bool)
    first[0] = last[0] = not row.answerable
    read = places.ends[places.inside].max(initial=0)
    for span in row.spans:
        tokens = np.flatnonzero(places.of([span]))
        if row.inside:
            first[tokens] = last[tokens] = True
        elif len(tokens) and span.end <= read:
            first[tokens[0]] = last[tokens[-1]] = True
    return first, last


def stream(examples: Sequence[Example], seed: int) -> Iterator[Batch]:
    """Yield batches without end, each pass over the examples in another order."""
    for number in count():
        for rows in _batches(examples, Random(seed + number)):
            yield collate(rows, [examples[row] for row in rows])


def _batches(examples: Sequence[Example], random_: Random) -> list[list[int]]:
    """Put row numbers together by padded length, about as many tokens in each batch.

    The examples of one question stay together.
    """
    questions: dict[int, list[int]] = {}
    for row, each in enumerate(examples):
        questions.setdefault(each.group if each.group >= 0 else -1 - row, []).append(row)
    alike: dict[int, list[list[int]]] = defaultdict(list)
    for rows in random_.sample([*questions.values()], len(questions)):
        alike[max(_width(examples[row]) for row in rows)].append(rows)
    batches: list[list[int]] = []
    for width, together in sorted(alike.items()):
        room = 0
        for rows in together:
            if len(rows) > room:
                batches.append([])
                room = BATCH_TOKENS // width
            batches[-1] += rows
            room -= len(rows)
    random_.shuffle(batches)
    return batches


def _width(example: Example) -> int:
    return -(-len(example.ids) // STEP) * STEP


def collate(rows: Sequence[int], examples: Sequence[Example]) -> Batch:
    """Pad examples, the rows of these numbers, to the width of the longest."""
    width = max(map(_width, examples))
    return Batch(
        rows=rows,
        ids=_padded([e.ids for e in examples], width, value=PADDING),
        mask=_padded([np.ones_like(e.ids) for e in examples], width),
        types=_padded([e.types for e in examples], width),
        starts=_padded([e.starts for e in examples], width),
        ends=_padded([e.ends for e in examples], width),
        evidence=_padded([e.evidence for e in examples], width, value=UNKNOWN),
        answerable=torch.tensor([float(e.answerable) for e in examples]),
        verdicts=torch.tensor([e.verdict for e in examples]),
        groups=torch.tensor([e.group for e in examples]),
        shared=_padded([e.shared for e in examples], width),
    )


def _padded(rows: Sequence[NDArray[np.generic]], width: int, *, value: float = 0) -> Tensor:
    padded = [np.pad(row, (0, width - len(row)), constant_values=value) for row in rows]
    return torch.from_numpy(np.stack(padded))
