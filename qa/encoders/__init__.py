"""Encoders: texts in, vectors out, behind one interface."""

from __future__ import annotations

from collections.abc import Callable

from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.encoders.base import Encoder, Vectors
from qa.encoders.minilm import MiniLMEncoder
from qa.encoders.sentence_transformer import SentenceTransformerEncoder
from qa.plugins import ENCODERS, plugin

__all__ = ["Encoder", "Vectors", "open_encoder"]


def open_encoder(name: str) -> Encoder:
    """Return the encoder of that name: ours, a package's, or one of sentence-transformers."""
    if name == MiniLMEncoder.name:
        return MiniLMEncoder()
    if name == BagOfWordsEncoder.name:
        return BagOfWordsEncoder()
    brought: Callable[[], Encoder] | None = plugin(ENCODERS, name)
    return brought() if brought else SentenceTransformerEncoder(name)
