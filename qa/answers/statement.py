"""What an answer says: its statements, and values side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the numbers of the citations that support it.

    An item of a list, or a row of several, stands on a line of its own.
    """

    text: str
    cites: tuple[int, ...]
    is_item: bool = False

    def __str__(self) -> str:
        return " ".join([self.text, *(f"[{number}]" for number in self.cites)])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Comparable values side by side, and which is more, if that is certain."""

    values: tuple[tuple[str, str], ...]
    conclusion: str = ""

    def __post_init__(self) -> None:
        if len(self.values) < 2:
            raise ValueError("It takes two to be compared")

    def __str__(self) -> str:
        sides = " · ".join(f"{name}: {value}" for name, value in self.values)
        return f"{sides} → {self.conclusion}" if self.conclusion else sides
