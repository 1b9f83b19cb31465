"""Where the chat listens, and the names it may be called by: alone, by no other machine's."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

from qa.errors import SettingsError

LOCAL = ["localhost", "127.0.0.1"]
ANY = ["*"]
HOST, PORT = "GRADIO_SERVER_NAME", "GRADIO_SERVER_PORT"
LAST_PORT = 65_535


def names(given: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the names of the setting `hosts`, or those that are safe without it.

    A page elsewhere can give its own name the address 127.0.0.1, and so have a browser read to
    it what is served there; but the browser still calls it by that name.
    """
    chosen = [name.strip() for name in given.split(",") if name.strip()]
    listens = environ.get(HOST, LOCAL[1])
    if chosen:
        return [*chosen, *LOCAL]
    return LOCAL if listens in LOCAL else ANY


def port(environ: Mapping[str, str] = os.environ) -> int | None:
    """Return the port that was chosen, or None if any will do.

    Raises:
        SettingsError: if it is no port.
    """
    given = environ.get(PORT, "")
    if given and not (given.isdecimal() and int(given) <= LAST_PORT):
        raise SettingsError(f"{PORT} is no port: {given}.", hint=f"Write {PORT}=7860, say.")
    return int(given) if given else None


def free_port(environ: Mapping[str, str] = os.environ) -> int | None:
    """Return the port that was chosen, if the chat can listen there.

    Raises:
        SettingsError: if it cannot; Gradio would look for another that nobody chose.
    """
    chosen, host = port(environ), environ.get(HOST, LOCAL[1]).strip("[]")
    if chosen is None:
        return None
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, chosen), family=family).close()
    except OSError as refused:
        raise SettingsError(
            f"Nothing can listen at {host}, port {chosen}: {refused}.",
            hint=f"End what listens there, or choose others: {HOST}, {PORT}.",
        ) from refused
    return chosen
