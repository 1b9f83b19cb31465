"""The names that the chat may be called by: on one machine alone, by no other machine's."""

from __future__ import annotations

import os
from collections.abc import Mapping

LOCAL = ["localhost", "127.0.0.1"]
ANY = ["*"]


def names(given: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the names of the setting `hosts`, or those that are safe without it.

    A page elsewhere can give its own name the address 127.0.0.1, and so have a browser read to
    it what is served there; but the browser still calls it by that name.
    """
    chosen = [name.strip() for name in given.split(",") if name.strip()]
    listens = environ.get("GRADIO_SERVER_NAME", LOCAL[1])
    if chosen:
        return [*chosen, *LOCAL]
    return LOCAL if listens in LOCAL else ANY
