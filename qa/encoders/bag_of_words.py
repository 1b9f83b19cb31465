"""The bag-of-words encoder: a text's vector counts its words."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence

import numpy as np

from qa.callbacks import Progress, do_nothing
from qa.encoders.base import Vectors, check_window

WORD_PATTERN = re.compile(r"\w+")


class BagOfWordsEncoder:
    """Each word adds one to the number its CRC-32 picks; meaning is lost, nothing is slow.

    It serves tests and examples: anyone can work its vectors out by hand.
    """

    name = "bag"
    sha256 = hashlib.sha256(b"bag 1").hexdigest()
    dim = 256
    window = 256

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the words of each text."""
        return [len(WORD_PATTERN.findall(text)) for text in texts]

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        """Count words, and scale each vector to unit length; no words count as an empty one."""
        check_window(self.count(texts), self.window)
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for word in WORD_PATTERN.findall(text.casefold()) or [""]:
                vectors[row, zlib.crc32(word.encode()) % self.dim] += 1
            progress(row + 1, len(texts))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions as passages are."""
        return self.passages(texts)
