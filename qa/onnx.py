"""Models on ONNX Runtime: open one, and batch what goes in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.int64]


def open_session(path: Path) -> Any:
    """Open a model for the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Idle threads that spin would take the core from the next stage.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


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
