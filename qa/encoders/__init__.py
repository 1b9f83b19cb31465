"""Texts to vectors, behind one promise."""

from __future__ import annotations

from qa.encoders.bag_of_words import BagOfWords
from qa.encoders.base import Encoder, Progress, Vectors, silent
from qa.encoders.minilm import MiniLM
from qa.encoders.sentence_transformer import SentenceTransformerEncoder

__all__ = ["Encoder", "Progress", "Vectors", "open_encoder", "silent"]


def open_encoder(name: str) -> Encoder:
    """Return the encoder of that name: ours, or else one of sentence-transformers."""
    if name == MiniLM.name:
        return MiniLM()
    return BagOfWords() if name == BagOfWords.name else SentenceTransformerEncoder(name)
