"""Models on ONNX Runtime: open one, and run it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Tokens = NDArray[np.int64]
Run = Callable[[Mapping[str, Tokens]], list[NDArray[np.float32]]]


class Model:
    """A folder with a model's card, tokenizer and weights, the last two opened when needed.

    Threads may share it; each of its runs uses as many `threads` itself, or all cores if 0.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        self._folder = folder
        self._threads = threads
        self.card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, which neither cuts off nor pads."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.encode_special_tokens = True  # what an article calls [SEP] is text
        return tokenizer

    @cached_property
    def run(self) -> Run:
        """Computes all outputs of the model."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        # Idle threads that spin would take the core from the next stage.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        path, cpu = str(self._folder / "model.onnx"), ["CPUExecutionProvider"]
        return partial(onnxruntime.InferenceSession(path, options, providers=cpu).run, None)
