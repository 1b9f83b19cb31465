"""Readers: a question and passages in, scored sentences out, behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qa.encoders import Encoder
from qa.plugins import READERS as PLUGIN_READERS
from qa.plugins import plugin
from qa.readers.base import Evidence, Reader, YesNo
from qa.readers.deep import DeepReader
from qa.readers.fast import FastReader
from qa.readers.similarity import SimilarityReader
from qa.readers.transformer import TransformerReader

__all__ = ["READERS", "Evidence", "Reader", "YesNo", "open_reader"]

READERS: Mapping[str, Callable[[Encoder], Reader]] = {
    "deep": lambda _: DeepReader(),
    "fast": lambda _: FastReader(),
    "similarity": SimilarityReader,
}
"""What makes each reader, of the encoder in use; another one is a module and a line here."""


def open_reader(name: str, encoder: Encoder) -> Reader:
    """Return the reader of that name: ours, a package's, or one of transformers."""
    make: Callable[[Encoder], Reader] = (
        READERS.get(name) or plugin(PLUGIN_READERS, name) or (lambda _: TransformerReader(name))
    )
    return make(encoder)
