"""The common words of some languages, and how often people say them: pyspellchecker's lists."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

LISTED = frozenset({"en", "de", "es", "fr", "it", "nl", "pt", "ru", "ar"})
"""Of our languages, those that there is a list of."""


@cache
def dictionary(language: str) -> Mapping[str, int]:
    """Return how often each common word of a language is said.

    It is read when the first word is asked for that no article has: that takes 60 ms.
    """
    lists = files("spellchecker") / "resources"  # its class counts all letters first
    words = json.loads(gzip.decompress((lists / f"{language}.json.gz").read_bytes()))
    return cast("Mapping[str, int]", words)
