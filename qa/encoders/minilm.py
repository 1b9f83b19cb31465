"""The shipped all-MiniLM-L6-v2 on ONNX Runtime: no torch, no download."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from qa.callbacks import Progress, do_nothing
from qa.encoders.base import Vectors, check_window
from qa.models import model_folder
from qa.models.onnx import OnnxModel, Run


class MiniLMEncoder:
    """Sentence vectors of 384 numbers from windows of 256 tokens (Reimers & Gurevych 2019).

    Each text is computed alone, on one core, as many at a time as there are cores. That is
    faster than any batch on all of them: nothing is padded, no core waits for another, and the
    output of a layer fits the cache. And a text has the same vector, bit for bit, in any batch.
    """

    name = "minilm"

    def __init__(self, folder: Path | None = None) -> None:
        self._model = OnnxModel(folder or model_folder("minilm"), threads=1)
        self.sha256: str = self._model.card["sha256"]
        self.dim: int = self._model.card["dim"]
        self.window: int = self._model.card["window"]

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, the two marks included."""
        return list(map(len, self._tokens(texts)))

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        """Encode texts on all cores."""
        tokens = self._tokens(texts)
        check_window(list(map(len, tokens)), self.window)
        vectors = np.empty((len(texts), self.dim), np.float32)
        run = partial(_encode, self._model.run)  # opened now, and not by every thread
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            for row, vector in enumerate(cores.map(run, tokens)):
                vectors[row] = vector
                progress(row + 1, len(texts))
        return vectors

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions as passages are: this model makes no difference."""
        return self.passages(texts)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._model.tokenizer.encode_batch(list(texts))]


def _encode(run: Run, tokens: Sequence[int]) -> Vectors:
    ids = np.array([tokens], np.int64)
    ((vector,),) = run({"input_ids": ids, "attention_mask": np.ones_like(ids)})
    return np.asarray(vector, np.float32)
