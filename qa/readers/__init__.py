"""A question and passages in, the sentences that answer out, behind one promise."""

from __future__ import annotations

from qa.encoders import Encoder
from qa.errors import SettingsError
from qa.readers.base import Evidence, Reader
from qa.readers.minilm import MiniLMReader
from qa.readers.similarity import SimilarityReader

__all__ = ["Evidence", "Reader", "open_reader"]


def open_reader(name: str, encoder: Encoder) -> Reader:
    """Return the reader of that name; one without weights of its own uses the encoder's."""
    if name == "minilm":
        return MiniLMReader()
    if name == "similarity":
        return SimilarityReader(encoder)
    raise SettingsError(f"There is no reader {name}.", hint="Name minilm or similarity.")
