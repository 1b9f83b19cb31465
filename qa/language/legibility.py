"""Whether a text is language at all, or letters that some program has spoiled or packed.

Its words are compared with those of a dictionary by their letters: which letter follows which
two is much the same in all languages of our script, and in nothing else. So a name, a drug or
a word of a language that we have no list of is a word, and `7KLV LV D WHVW` is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, log1p

from qa.language.dictionaries import dictionary
from qa.language.terms import STOP_WORDS

WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile(r"[a-z]+")
COMMON = frozenset(word for word in STOP_WORDS if len(word) > 1)
MIN_COMMON, MIN_COMMON_COUNT = 0.12, 3
"""Of the words, those that are common English ones: a text with so many is language."""
MIN_LETTERS = 60  # that are compared: of fewer nothing can be said
MAX_ACRONYM = 5  # letters of a word in capitals that need not look like one
MIN_LIKENESS = -5.4  # mean of the logarithm of how likely a letter is: see the tests
MIN_MISREAD, MAX_MISREAD = 30, 0.3
"""Signs of the words that are looked at, and the share of those that were misread."""
MIN_ALONE = 20  # letters that stand alone, most of them small: no alphabet, no key of answers
MAX_ALONE = 0.4  # of the words: no language has so many
FORMULA = re.compile(r"[=+^<>\d]")
"""What stands in a text whose single letters are symbols."""
HEXADECIMAL = re.compile(r"(?<!\S)(?:[0-9a-f]{2}|[0-9a-f]{4}|[0-9a-f]{8}):?(?!\S)", re.I)
MIN_DUMP, MAX_DUMP = 120, 0.6
"""Digits of a dump of bytes, and its share of a text: a hash or a colour is none."""
MIN_DUMP_LETTERS = 0.2  # of its digits are a to f: numbers in columns have none
LATIN_1_LETTERS = re.compile("[À-ÖØ-öø-ÿ]")
MAX_ACCENTS = 0.6  # of the letters of a word of four and more
NO_CHARACTERS = {"Co", "Cn", "Cs"}
"""The categories of what Unicode has no characters for, but fonts may."""


def is_legible(text: str) -> bool:
    """Tell whether a text is language, or too short or too little of words to say it is not.

    Numbers, codes and formulas say nothing against a text, and scripts other than Latin are
    taken for language.
    """
    if _is_spaced(text):
        return False
    words = WORD.findall(text)
    common = sum(word.lower() in COMMON for word in words)
    if common >= max(MIN_COMMON_COUNT, MIN_COMMON * len(words)):
        return True
    return not (_is_dump(text) or _is_mojibake(text) or _is_odd(words))


def _is_spaced(text: str) -> bool:
    """Tell a text whose letters stand apart: “T h e b r i d g e”, “t he b r i dge”."""
    tokens = text.replace("|", " ").split()
    alone = [token for token in tokens if len(token) == 1 and _is_cased(token)]
    is_alone = len(alone) >= max(MIN_ALONE, MAX_ALONE * len(tokens))
    return (
        is_alone and 2 * sum(map(str.islower, alone)) > len(alone) and not FORMULA.search(text)
    )


def _is_cased(letter: str) -> bool:
    """Tell a letter of a script whose words have several: others may have one sign a word."""
    return letter.isalpha() and letter.lower() != letter.upper()


def _is_dump(text: str) -> bool:
    """Tell the bytes of a file, written as numbers of sixteen digits."""
    digits = "".join(HEXADECIMAL.findall(text)).replace(":", "")
    letters = sum(map(str.isalpha, digits))
    is_long = len(digits) >= max(MIN_DUMP, MAX_DUMP * sum(map(str.isalnum, text)))
    return is_long and MIN_DUMP_LETTERS * len(digits) < letters < len(digits)


def _is_mojibake(text: str) -> bool:
    """Tell a text in which most words were read in another encoding than they are in."""
    if text.isascii():
        return False
    words = [t for t in text.split() if not t.isascii() or any(map(str.isalpha, t))]
    misread = sum(map(_was_misread, words))
    return sum(map(len, words)) >= MIN_MISREAD and misread > MAX_MISREAD * len(words)


def _was_misread(word: str) -> bool:
    """Tell a word that is UTF-8 read as Latin, or Cyrillic or Greek, or has no characters."""
    if word.isascii():
        return False
    if any(unicodedata.category(sign) in NO_CHARACTERS or sign == "\ufffd" for sign in word):
        return True
    letters = sum(map(str.isalpha, word))
    if letters > 3 and len(LATIN_1_LETTERS.findall(word)) > MAX_ACCENTS * letters:
        return True
    try:
        return len(b"".join(map(_byte, word)).decode("utf-8")) < len(word)
    except UnicodeError:
        return False


def _byte(sign: str) -> bytes:
    """Return the byte that Windows shows as a sign, or nearly all do.

    Raises:
        UnicodeError: if there is none.
    """
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def _is_odd(words: Sequence[str]) -> bool:
    """Tell words that no language has: their letters do not follow each other as in one."""
    shown = (word for word in words if not (word.isupper() and len(word) <= MAX_ACRONYM))
    compared = [word for word in map(_plain, shown) if len(word) > 2 and LATIN.fullmatch(word)]
    count = sum(map(len, compared))
    others = sum(len(word) for word in words if not LATIN.fullmatch(_plain(word)))
    if count < max(MIN_LETTERS, others):
        return False
    model = _letters()
    return sum(map(model.likeness, compared)) < MIN_LIKENESS * count


def _plain(word: str) -> str:
    """Return a word in small letters, without accents."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@dataclass(frozen=True)
class Letters:
    """How often letters follow each other in words: a model of three letters, interpolated."""

    threes: Mapping[str, float]
    twos: Mapping[str, float]
    ones: Mapping[str, float]
    total: float

    def likeness(self, word: str) -> float:
        """Return the sum, over its letters, of the logarithm of how likely each is."""
        return sum(log(self._chance(three)) for three in _threes(word))

    def _chance(self, three: str) -> float:
        one = (self.ones.get(three[2], 0) + 0.5) / self.total
        first, second = self.ones.get(three[1], 0), self.twos.get(three[:2], 0)
        two = (self.twos.get(three[1:], 0) + 20 * one) / (first + 20)
        return (self.threes.get(three, 0) + 5 * two) / (second + 5)


def _threes(word: str) -> Iterator[str]:
    """Yield each three letters of a word, its edges included."""
    edged = f"^{word}$"
    return (edged[at : at + 3] for at in range(len(word)))


@cache
def _letters() -> Letters:
    """Return the model of the English dictionary; making it takes a second."""
    threes, twos, ones = (defaultdict[str, float](float) for _ in range(3))
    for word, count in dictionary("en").items():
        weight = log1p(count)
        edged = f"^{_plain(word)}$"
        for at in range(len(edged) - 1):
            ones[edged[at]] += weight
            twos[edged[at : at + 2]] += weight
            threes[edged[at : at + 3]] += weight
    return Letters(threes, twos, ones, sum(ones.values()))
