"""Which of our languages an article or a question is in."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from qa.language.languages import ENGLISH, LANGUAGES
from qa.language.terms import common_words, split_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 4_000  # characters of a text that its language is told by
SURELY_ENGLISH = 0.25  # of its words are common ones: no other language comes near it
IN_SENTENCES = 0.15  # the same, of any language: lists of names have fewer
OTHERS = ("zh", "ja", "ko", "th", "he", "pl", "cs", "uk", "hi", "fa")
"""Languages that a text may be in and is not to be taken for one of ours."""


def language_of(text: str) -> str:
    """Return the code of the language of a text: English where none of ours is told."""
    return _told(text[:SAMPLE])


@lru_cache(maxsize=64)
def _told(sample: str) -> str:
    english = _share_of_common(sample, ENGLISH) >= SURELY_ENGLISH
    if english or not any(map(str.isalpha, sample)):
        return ENGLISH
    code, _ = _identifier().classify(sample)
    if code not in LANGUAGES:
        return ENGLISH
    listed = LANGUAGES[code].stop_words
    return ENGLISH if listed and _share_of_common(sample, code) < IN_SENTENCES else code


def _share_of_common(text: str, language: str) -> float:
    words = split_words(text)
    return len(common_words(text, language)) / len(words) if words else 0.0


@cache
def _identifier() -> LanguageIdentifier:
    """Return the detector; reading it takes a moment, which English libraries never need."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*LANGUAGES, *OTHERS])
    return identifier
