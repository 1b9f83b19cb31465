"""The shipped all-MiniLM-L6-v2 on ONNX Runtime: no torch, no download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qa.encoders.base import Progress, Vectors, check_window, silent
from qa.onnx import Model, batches, padded

FOLDER = Path(__file__).parent.parent / "models" / "minilm"
BATCH_TOKENS = 1024  # padding included: twice as many were a seventh slower on two cores


class MiniLM:
    """Sentence vectors of 384 numbers from windows of 256 tokens (Reimers & Gurevych 2019)."""

    name = "minilm"

    def __init__(self, folder: Path = FOLDER) -> None:
        self._model = Model(folder)
        self.sha256: str = self._model.card["sha256"]
        self.dim: int = self._model.card["dim"]
        self.window: int = self._model.card["window"]

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, the two marks included."""
        return list(map(len, self._tokens(texts)))

    def passages(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        """Encode texts of like length together, so that little is padding."""
        tokens = self._tokens(texts)
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

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._model.tokenizer.encode_batch(list(texts))]

    def _run(self, rows: Sequence[Sequence[int]]) -> Vectors:
        ids, mask = padded(rows), padded([[1] * len(row) for row in rows])
        (vectors,) = self._model.run({"input_ids": ids, "attention_mask": mask})
        return vectors
