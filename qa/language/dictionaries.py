"""The common words of some languages, and how often they are used: pyspellchecker's lists."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

DICTIONARY_LANGUAGES = frozenset({"en", "de", "es", "fr", "it", "nl", "pt", "ru", "ar"})
"""Those of our languages that pyspellchecker has a list of."""


@cache
def dictionary(language: str) -> Mapping[str, int]:
    """Return how often each common word of a language is used.

    It is read, in 60 ms, at the first word that no article has.
    """
    lists = files("spellchecker") / "resources"  # its class counts all letters first
    words = json.loads(gzip.decompress((lists / f"{language}.json.gz").read_bytes()))
    return cast("Mapping[str, int]", words)
