"""Slips: words that nobody knows, and the known ones that were meant.

An edit that people often make by mistake costs less than others: a letter doubled or not, two
letters swapped, a vowel for another. A name, which may be another's, is only taken for a slip
if such an edit makes it a known one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import log10
from string import ascii_lowercase
from typing import NamedTuple

from qa.language.dictionaries import DICTIONARY_LANGUAGES, dictionary
from qa.language.languages import ENGLISH, LANGUAGES
from qa.language.terms import name_key

MIN_SLIP = 4  # letters; shorter words have too many neighbours
MIN_NAME = 5  # letters
MIN_ANY_EDIT = 6  # letters of a word in which any one edit may be made
MIN_TWO_EDITS = 10  # letters of one in which two may
MIN_SHARED_PREFIX = 2  # letters, of words two edits apart
MAX_ENDING = 3  # letters: words that differ there alone are forms of one, and no slip
MIN_COMMON = 5_000  # uses of a word that may be meant though no article has it
MAX_RARE = 1_000  # uses of a word that may stand for a question word
MAX_COMMON_COST = 0.6  # of the edit that makes a common word
ARTICLE_ADVANTAGE = 0.2  # in cost, of a word of the articles over any other
COSTS = {"doubled": 0.4, "swapped": 0.4, "vowel": 0.5, "alike": 0.6, "other": 1.0}
VOWELS = frozenset("aeiouy")
ALIKE = {*map(frozenset, ("ck", "cs", "sz", "vw", "fv", "gj", "iy", "td", "kq", "bp", "xs"))}
WORD = re.compile(r"[^\W\d_]+")

Words = Callable[[str], Sequence[tuple[str, int]]]
"""The words of the articles that begin in a way, and in how many passages each stands."""


class SpellingCandidate(NamedTuple):
    """A word that may have been meant: the lower the cost, the likelier; then the more used."""

    cost: float
    rarity: float
    word: str


def correct(word: str, words: Words, *, first: bool, language: str = ENGLISH) -> str:
    """Return the word that was meant by one that no article has, or nothing.

    `words` are those of the articles; the `first` word of a question is no name because of its
    capital. Codes, acronyms, and common words of English and of the `language` asked in are
    never touched.
    """
    if not WORD.fullmatch(word) or not (word.islower() or word.istitle()):
        return ""
    slip, is_name = word.lower(), word.istitle() and not first
    meant = _question_word(slip) if first else ""
    if not meant and len(slip) >= (MIN_NAME if is_name else MIN_SLIP):
        meant = _likely_word(slip, words, is_name=is_name, language=language)
    return meant.capitalize() if word.istitle() else meant


def _question_word(slip: str) -> str:
    """Return the question word that a question begins with but for a slip, or nothing."""
    asking = [word for word in LANGUAGES[ENGLISH].asking if _distance(slip, word, 1) == 1]
    rare = bool(asking) and dictionary(ENGLISH).get(slip, 0) <= MAX_RARE
    return min(asking, key=lambda word: (_cost(slip, word), -len(word))) if rare else ""


def _likely_word(slip: str, words: Words, *, is_name: bool, language: str) -> str:
    """Return the word that was meant by a slip: one of the articles, or a common one."""
    known = min(_candidates(slip, words, is_name=is_name), default=None)
    if known is None and (is_name or len(slip) == MIN_SLIP):
        return ""
    languages = DICTIONARY_LANGUAGES.intersection([ENGLISH, language])
    if any(slip in dictionary(each) for each in languages):
        return ""
    is_english = language == ENGLISH and not is_name
    common = min(_common(slip), default=None) if is_english else None
    if known and common:
        return (known if known.cost <= common.cost + ARTICLE_ADVANTAGE else common).word
    return (known or common or SpellingCandidate(0, 0, "")).word


def _candidates(slip: str, words: Words, *, is_name: bool) -> Iterator[SpellingCandidate]:
    """Yield the words of the articles that may be meant."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    key = name_key(slip)
    max_edits = 2 if len(key) >= MIN_TWO_EDITS and not is_name else 1
    max_cost = _max_cost(key, is_name=is_name)
    for beginning in {key[:1], key[1::-1]}:  # the first two letters may be swapped
        held = words(beginning)
        keys = [word if word.isascii() else name_key(word) for word, _ in held]
        for near, _, place in process.extract(
            key, keys, scorer=OSA.distance, score_cutoff=max_edits
        ):
            cost, (word, count) = _cost(key, near), held[place]
            if cost <= max_cost:
                yield SpellingCandidate(cost, -log10(1 + count), word)


def _max_cost(slip: str, *, is_name: bool) -> float:
    """Return what the edits of a slip may cost: short words and names have many neighbours."""
    if len(slip) == MIN_SLIP or (is_name and len(slip) < MIN_ANY_EDIT):
        return COSTS["doubled"]
    return COSTS["alike"] if is_name or len(slip) < MIN_ANY_EDIT else 2.0


def _common(slip: str) -> Iterator[SpellingCandidate]:
    """Yield the common English words that may be meant."""
    uses = dictionary(ENGLISH)
    for word in _neighbours(slip):
        if uses.get(word, 0) >= MIN_COMMON:
            cost = _cost(slip, word)
            if cost <= MAX_COMMON_COST or len(slip) > MIN_ANY_EDIT:
                yield SpellingCandidate(cost, -log10(uses[word]), word)


def _neighbours(word: str) -> Iterator[str]:
    """Yield what one edit makes of a word, its first letter kept."""
    for place in range(1, len(word) + 1):
        before, behind = word[:place], word[place:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            if behind:
                yield before + letter + behind[1:]
        if behind:
            yield before + behind[1:]
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]


def _cost(slip: str, word: str) -> float:
    """Return what it costs to make a word of a slip; more than two edits are never asked."""
    distance = _distance(slip, word, 2)
    if distance == 1:
        return COSTS[_edit_kind(slip, word)]
    shared = _shared_prefix(slip, word)
    form = shared >= min(len(slip), len(word)) - MAX_ENDING
    return float("inf") if form or shared < MIN_SHARED_PREFIX else 2.0


def _edit_kind(slip: str, word: str) -> str:
    """Return which kind of edit, the only one, makes a word of a slip."""
    start = _shared_prefix(slip, word)
    longer, shorter = (slip, word) if len(slip) > len(word) else (word, slip)
    if len(longer) > len(shorter):
        letter = longer[start]
        doubled = letter in (longer[start - 1 : start], longer[start + 1 : start + 2])
        return "doubled" if doubled else "vowel" if letter in VOWELS | {"h"} else "other"
    one, other = slip[start], word[start]
    if slip[start + 1 :] != word[start + 1 :]:
        return "swapped"
    if {one, other} <= VOWELS:
        return "vowel"
    return "alike" if frozenset({one, other}) in ALIKE else "other"


def _shared_prefix(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    from rapidfuzz.distance import Prefix

    return Prefix.similarity(one, other)


def _distance(slip: str, word: str, most: int) -> int:
    from rapidfuzz.distance import OSA

    return OSA.distance(slip, word, score_cutoff=most)
