"""The callbacks of long operations: progress, and files that cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from qa.errors import ArticleError

Progress = Callable[[int, int], object]
"""Called with how much is done and how much there is."""

OnError = Callable[[ArticleError], object]
"""Called with the reason why a file holds no article."""


def do_nothing(*args: object) -> None:
    """Ignore the call: the callback of those who pass none."""
