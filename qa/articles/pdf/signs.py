"""The signs of a page: characters, and where they stand."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """A character and its box, in points, as if it stood upright; a space fills none."""

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    base: float = 0.0
    size: float = 1.0
    turn: int = -1
    """Quarters of a turn that it stood at; of a space, that of the sign before it."""
