"""Models on ONNX Runtime."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import ModelBroken
from qa.files import sha256_of
from qa.models import CARD

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Tokens = NDArray[np.int64]
Run = Callable[[Mapping[str, Tokens]], list[NDArray[np.float32]]]


class OnnxModel:
    """A folder with a model's card, tokenizer and weights, the last two opened when needed.

    Threads may share it; each of its runs uses as many `threads` itself, or all cores if 0.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        self._folder = folder
        self._threads = threads
        self.card: dict[str, Any] = _read_card(folder / CARD)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, which neither cuts off nor pads."""
        from tokenizers import Tokenizer

        file = self._folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_file(str(file))
        except Exception as damaged:  # it raises nothing narrower
            raise ModelBroken(f"{file} cannot be read: {damaged}.") from damaged
        tokenizer.encode_special_tokens = True  # what an article calls [SEP] is text
        return tokenizer

    @cached_property
    def run(self) -> Run:
        """Compute all outputs of the model; inputs that it does not know are left out.

        Raises:
            ModelBroken: if its weights are not those that its card names.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        # Idle threads that spin would take the core from the next stage.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # A plan of memory for each length of text would be kept for good.
        options.enable_mem_pattern = False
        file, cpu = self._folder / "model.onnx", ["CPUExecutionProvider"]
        _verify(file, self.card["sha256"])
        for name, sha256 in self.card.get("beside", {}).items():
            _verify(self._folder / name, sha256)
        session = onnxruntime.InferenceSession(str(file), options, providers=cpu)
        known = {given.name for given in session.get_inputs()}
        return lambda given: session.run(None, {n: x for n, x in given.items() if n in known})


def _read_card(file: Path) -> dict[str, Any]:
    """Read what is said of a model.

    Raises:
        ModelBroken: if it cannot be read.
    """
    try:
        card: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as damaged:
        raise ModelBroken(f"{file} cannot be read: {damaged}.") from damaged
    return card


def _verify(file: Path, sha256: str) -> None:
    """Compare weights with their hash, before any parser sees their bytes.

    Raises:
        ModelBroken: if they are missing, or others.
    """
    try:
        found = sha256_of(file)
    except OSError as missing:
        raise ModelBroken(f"{file} cannot be read: {missing.strerror}.") from missing
    if found != sha256:
        raise ModelBroken(f"{file} is not the file that its card names.")
