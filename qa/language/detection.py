"""Which of our languages an article or a question is in."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from qa.language.languages import ENGLISH, LANGUAGES
from qa.language.terms import common_words, split_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 4_000  # characters at the start of a text that are looked at
SURELY_ENGLISH = 0.25  # of the words are common English ones: no other language has so many
MIN_COMMON_SHARE = 0.15  # of the words are common in its language: lists of names have fewer
OTHERS = ("zh", "ja", "ko", "th", "he", "pl", "cs", "uk", "hi", "fa")
"""Languages offered to the detector as well, so that it takes none of them for one of ours."""


def language_of(text: str) -> str:
    """Return the code of the language of a text: English if it is none of ours."""
    return _detect(text[:SAMPLE])


@lru_cache(maxsize=64)
def _detect(sample: str) -> str:
    english = _share_of_common(sample, ENGLISH) >= SURELY_ENGLISH
    if english or not any(map(str.isalpha, sample)):
        return ENGLISH
    code, _ = _identifier().classify(sample)
    if code not in LANGUAGES:
        return ENGLISH
    has_list = LANGUAGES[code].stop_words
    return ENGLISH if has_list and _share_of_common(sample, code) < MIN_COMMON_SHARE else code


def _share_of_common(text: str, language: str) -> float:
    words = split_words(text)
    return len(common_words(text, language)) / len(words) if words else 0.0


@cache
def _identifier() -> LanguageIdentifier:
    """Return the detector; loading it takes a moment, which English libraries are spared."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*LANGUAGES, *OTHERS])
    return identifier
