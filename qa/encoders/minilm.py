"""The shipped all-MiniLM-L6-v2 on ONNX Runtime: no torch, no download."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.encoders.base import Progress, Vectors, check_window, silent
from qa.onnx import batches, open_session, padded

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent.parent / "models" / "minilm"
BATCH_TOKENS = 2048  # padding included: larger batches were no faster on two cores


class MiniLM:
    """Sentence vectors of 384 numbers from windows of 256 tokens (Reimers & Gurevych 2019)."""

    name = "minilm"

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        card = json.loads((folder / "card.json").read_text("utf-8"))
        self.sha256: str = card["sha256"]
        self.dim: int = card["dim"]
        self.window: int = card["window"]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    @cached_property
    def _session(self) -> Any:
        return open_session(self._folder / "model.onnx")

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, the two marks included."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]

    def passages(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        """Encode texts of like length together, so that little is padding."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        check_window(list(map(len, tokens)), self.window)
        vectors = np.empty((len(texts), self.dim), np.float32)
        done = 0
        for batch in batches(tokens, tokens=BATCH_TOKENS):
            vectors[batch] = self._run([tokens[row] for row in batch])
            done += len(batch)
            progress(done, len(texts))
        return vectors

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions as passages are: this model makes no difference."""
        return self.passages(texts)

    def _run(self, rows: Sequence[Sequence[int]]) -> Vectors:
        ids, mask = padded(rows), padded([[1] * len(row) for row in rows])
        inputs = {"input_ids": ids, "attention_mask": mask}
        vectors: Vectors = self._session.run(["vectors"], inputs)[0]
        return vectors
