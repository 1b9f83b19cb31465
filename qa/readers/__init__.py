"""Readers: a question and passages in, scored sentences out, behind one interface."""

from __future__ import annotations

from collections.abc import Callable

from qa.encoders import Encoder
from qa.plugins import READERS, plugin
from qa.readers.base import Evidence, Reader, YesNo
from qa.readers.deep import DeepReader
from qa.readers.fast import FastReader
from qa.readers.similarity import SimilarityReader
from qa.readers.transformer import TransformerReader

__all__ = ["Evidence", "Reader", "YesNo", "open_reader"]


def open_reader(name: str, encoder: Encoder) -> Reader:
    """Return the reader of that name: ours, a package's, or one of transformers."""
    if name == "deep":
        return DeepReader()
    if name == "fast":
        return FastReader()
    if name == "similarity":
        return SimilarityReader(encoder)
    brought: Callable[[Encoder], Reader] | None = plugin(READERS, name)
    return brought(encoder) if brought else TransformerReader(name)
