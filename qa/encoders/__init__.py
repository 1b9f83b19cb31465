"""Encoders: texts in, vectors out, behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.encoders.base import Encoder, Vectors
from qa.encoders.minilm import MiniLMEncoder
from qa.encoders.sentence_transformer import SentenceTransformerEncoder
from qa.plugins import ENCODERS as PLUGIN_ENCODERS
from qa.plugins import plugin

__all__ = ["ENCODERS", "Encoder", "Vectors", "open_encoder"]

ENCODERS: Mapping[str, Callable[[], Encoder]] = {
    MiniLMEncoder.name: MiniLMEncoder,
    BagOfWordsEncoder.name: BagOfWordsEncoder,
}
"""What makes each encoder; another one is a module and a line here."""


def open_encoder(name: str) -> Encoder:
    """Return the encoder of that name: ours, a package's, or one of sentence-transformers."""
    make: Callable[[], Encoder] = (
        ENCODERS.get(name)
        or plugin(PLUGIN_ENCODERS, name)
        or (lambda: SentenceTransformerEncoder(name))
    )
    return make()
