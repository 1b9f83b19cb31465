"""An encoder that remembers the questions it has just encoded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from qa.callbacks import Progress, do_nothing
from qa.encoders.base import Encoder, Vectors

MAX_QUESTIONS = 512  # more than the steps of a few conversations look at


class CachedEncoder:
    """Encodes a question once, however many steps of a turn compare or search with it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()
        self.name, self.sha256 = encoder.name, encoder.sha256
        self.dim, self.window = encoder.dim, encoder.window

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, the model's own marks included."""
        return self._encoder.count(texts)

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        """Encode texts to be found; none is remembered."""
        return self._encoder.passages(texts, progress=progress)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to search with: those that are not remembered."""
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= dict(zip(new, self._encoder.questions(new), strict=True))
        self._remember(known)
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return np.stack([known[text] for text in texts])

    def _remember(self, known: dict[str, Vectors]) -> None:
        with self._lock:
            for text, vector in known.items():
                self._vectors[text] = vector
                self._vectors.move_to_end(text)
            while len(self._vectors) > MAX_QUESTIONS:
                self._vectors.popitem(last=False)
