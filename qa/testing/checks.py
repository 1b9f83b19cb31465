"""What the tests of several parts check alike."""

from __future__ import annotations

from collections.abc import Callable

TOLERANCE = 1e-5


def raises(error: type[Exception], call: Callable[[], object]) -> bool:
    """Tell whether a call raises an error."""
    try:
        call()
    except error:
        return True
    return False
