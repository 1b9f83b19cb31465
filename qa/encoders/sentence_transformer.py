"""Any other encoder, through sentence-transformers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from qa.callbacks import Progress, do_nothing
from qa.encoders.base import Vectors, check_window
from qa.errors import MissingExtra, SettingsError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 256  # at a time: sentence-transformers sorts them by length and takes 32 together


class SentenceTransformerEncoder:
    """A sentence-transformers model by its name on the hub or its folder.

    It runs on a GPU if torch has one.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = load_model(name)
        self.dim: int = self._model.get_embedding_dimension() or 0
        self.window: int = self._model.max_seq_length or self._model.tokenizer.model_max_length
        self.sha256 = _hash_weights(self._model)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, the model's own marks included."""
        if not texts:
            return []
        ids = self._model.tokenizer(list(texts), truncation=False, verbose=False)["input_ids"]
        return [len(row) for row in ids]

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        """Encode with the model's prompt for documents, if it has one."""
        check_window(self.count(texts), self.window)
        vectors = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), BATCH):
            batch = list(texts[start : start + BATCH])
            encoded = self._model.encode_document(batch, normalize_embeddings=True)
            vectors[start : start + BATCH] = encoded
            progress(start + len(batch), len(texts))
        return vectors

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode with the model's prompt for queries, if it has one."""
        check_window(self.count(texts), self.window)
        vectors = self._model.encode_query(list(texts), normalize_embeddings=True)
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dim)


def load_model(name: str) -> SentenceTransformer:
    """Open a model by its name on the hub or its folder."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as missing:
        raise MissingExtra("sentence-transformers", extra="models") from missing
    try:
        return SentenceTransformer(name)
    except (OSError, ValueError) as unknown:
        raise SettingsError(
            f"The encoder {name} could not be loaded.",
            hint="Name minilm, a model on the hub, or a folder that holds one.",
        ) from unknown


def _hash_weights(model: SentenceTransformer) -> str:
    digest = hashlib.sha256()
    for name, weight in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weight.detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()
