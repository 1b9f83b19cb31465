"""The login: who may see the page, if not everyone."""

from __future__ import annotations

import os
from collections.abc import Mapping

from qa.errors import SettingsError

VARIABLE = "QA_AUTH"  # in the environment alone: `qa info` shows every setting
MIN_PASSWORD = 8  # characters


def accounts(environ: Mapping[str, str] = os.environ) -> list[tuple[str, str]] | None:
    """Return the names and passwords of those who may see the page; nothing if everyone may.

    Raises:
        SettingsError: if they cannot be read, or a password is short.
    """
    given = environ.get(VARIABLE, "")
    if not given.strip():
        return None
    pairs = [(name.strip(), password) for name, _, password in map(_split, given.split(","))]
    if not all(name and len(password) >= MIN_PASSWORD for name, password in pairs):
        raise SettingsError(
            f"{VARIABLE} names no accounts.",
            hint=f"Write NAME:PASSWORD,NAME:PASSWORD with {MIN_PASSWORD} characters or more.",
        )
    return pairs


def _split(account: str) -> tuple[str, str, str]:
    return account.partition(":")
