"""The interface of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.callbacks import Progress, do_nothing

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product is their similarity.

    The same text gives the same vector, whatever is encoded beside it, within 1e-5. No text is
    ever cut off: one that is longer than the window is a ValueError.
    """

    @property
    def name(self) -> str:
        """What the settings call it."""
        ...

    @property
    def sha256(self) -> str:
        """The hash of its weights: vectors of one hash may be compared."""
        ...

    @property
    def dim(self) -> int:
        """The length of every vector."""
        ...

    @property
    def window(self) -> int:
        """The most tokens a text may have, the model's own marks included."""
        ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, the model's own marks included."""
        ...

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        """Encode texts to be found: float32 of shape (texts, dim)."""
        ...

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode texts to search with: float32 of shape (texts, dim)."""
        ...


def check_window(counts: Sequence[int], window: int) -> None:
    """Refuse texts that would be cut off.

    Raises:
        ValueError: if a count is over the window.
    """
    if counts and max(counts) > window:
        raise ValueError(f"A text of {max(counts)} tokens is over the window of {window}")
