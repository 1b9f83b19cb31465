"""Which texts share words with a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import bm25s


class BM25Index:
    """BM25 over texts: it finds the passages that look as if they answered."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = sorted(set(texts))
        self._bm25 = bm25s.BM25()
        self._bm25.index(_words(self.texts), show_progress=False)

    def nearest(self, questions: Sequence[str], k: int) -> list[list[str]]:
        """Return the k nearest texts of each question, best first."""
        found, _ = self._bm25.retrieve(_words(questions), k=k, show_progress=False)
        return [[self.texts[number] for number in numbers] for numbers in found]


def _words(texts: Sequence[str]) -> object:
    return bm25s.tokenize(list(texts), stopwords="en", show_progress=False)
