"""Models on ONNX Runtime: open one, and batch what goes in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Tokens = NDArray[np.int64]


class Model:
    """A folder with a model's card, tokenizer and weights, the last two opened when needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, which neither cuts off nor pads."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.encode_special_tokens = True  # what an article calls [SEP] is text
        return tokenizer

    def run(self, inputs: Mapping[str, Tokens]) -> list[NDArray[np.float32]]:
        """Compute all outputs of the model."""
        outputs: list[NDArray[np.float32]] = self._session.run(None, inputs)
        return outputs

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # Idle threads that spin would take the core from the next stage.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        path, cpu = str(self._folder / "model.onnx"), ["CPUExecutionProvider"]
        return onnxruntime.InferenceSession(path, options, providers=cpu)


def padded(rows: Sequence[Sequence[int]]) -> Tokens:
    """Return rows of numbers as a matrix as wide as the longest, zeros behind the others."""
    matrix = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for number, row in enumerate(rows):
        matrix[number, : len(row)] = row
    return matrix


def batches(rows: Sequence[Sequence[int]], *, tokens: int) -> list[list[int]]:
    """Group row numbers by length, longest first, each group of `tokens` padded at the most."""
    groups: list[list[int]] = []
    width = 0
    for number in sorted(range(len(rows)), key=lambda row: (-len(rows[row]), row)):
        if not groups or (len(groups[-1]) + 1) * width > tokens:
            groups.append([])
            width = len(rows[number])
        groups[-1].append(number)
    return groups
