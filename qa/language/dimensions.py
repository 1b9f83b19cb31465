"""What can be measured, and the adjectives that ask for more or for less of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Self

IRREGULAR = {
    "far": ("farther further", "farthest furthest"),
    "many": ("more", "most"),
    "much": ("more", "most"),
    "little": ("less", "least"),
}
VOWELS = "aeiou"


def comparatives(adjective: str) -> list[str]:
    """Return the forms of an adjective that compare two."""
    return IRREGULAR.get(adjective, (f"{_stem(adjective)}er", ""))[0].split()


def superlatives(adjective: str) -> list[str]:
    """Return the forms of an adjective that compare all."""
    return IRREGULAR.get(adjective, ("", f"{_stem(adjective)}est"))[1].split()


def _stem(adjective: str) -> str:
    """Return what the endings are put to: heavi-, larg-, bigg-."""
    if adjective.endswith("y"):
        return f"{adjective[:-1]}i"
    before, vowel, last = tuple(f"  {adjective}"[-3:])
    is_doubled = vowel in VOWELS and last not in f"{VOWELS}w" and before not in VOWELS
    return adjective.removesuffix("e") + last * is_doubled


@dataclass(frozen=True, slots=True)
class Dimension:
    """A kind of value: the words that ask for it, and the heads and units that it goes by."""

    more: tuple[str, ...]
    """The adjectives that say that there is more of it."""

    less: tuple[str, ...]
    """Those that say that there is less."""

    asking: frozenset[str]
    """The words of a question that asks for it: these adjectives in all forms, and others."""

    heads: frozenset[str]
    """The words in the head of a column that holds it."""

    units: frozenset[str]

    @classmethod
    def of(
        cls, more: str, less: str, *, words: str = "", heads: str = "", units: str = ""
    ) -> Self:
        """Make a dimension of words with spaces between them."""
        adjectives = (*more.split(), *less.split())
        forms = (f for a in adjectives for f in (a, *comparatives(a), *superlatives(a)))
        return cls(
            more=tuple(more.split()),
            less=tuple(less.split()),
            asking=frozenset({*forms, *words.split()}),
            heads=frozenset(heads.split()),
            units=frozenset(units.split()),
        )


LENGTHS, TIMES = "m km cm mm mile foot", "second minute hour day week month year"
SUMS = "total sum amount"
DURATIONS = "time duration minutes hours days"
DIMENSIONS = (
    Dimension.of("many much great", "few little small"),
    Dimension.of("late recent", "early"),
    Dimension.of(
        "expensive dear costly",
        "cheap",
        words="cost costs pay pays paid price priced",
        heads="price prices cost costs fare fares fee fees rate charge rent",
        units="euro dollar pound",
    ),
    Dimension.of(
        "heavy",
        "light",
        words="weigh weighs weight",
        heads="weight mass load",
        units="kg g tonne",
    ),
    Dimension.of(
        "long",
        "short",
        words="length",
        heads=f"length takes {DURATIONS}",
        units=f"{LENGTHS} {TIMES}",
    ),
    Dimension.of(
        "tall high",
        "low",
        words="height",
        heads=f"height altitude elevation {SUMS}",
        units="m foot cm",
    ),
    Dimension.of("deep", "shallow", words="depth", heads="depth", units="m foot cm"),
    Dimension.of(
        "wide broad", "narrow", words="width", heads="width breadth", units="m foot cm mm"
    ),
    Dimension.of(
        "fast quick",
        "slow",
        words="quickly soon",
        heads=f"speed {DURATIONS}",
        units="minute hour day second",
    ),
    Dimension.of(
        "old",
        "young new",
        words="age",
        heads="age built opened founded established made planted born year",
        units="year",
    ),
    Dimension.of(
        "big large",
        "small",
        words="size",
        heads=f"size area population inhabitants capacity {SUMS}",
        units="hectare acre",
    ),
    Dimension.of("hot warm", "cold", words="temperature", heads="temperature", units="degree"),
    Dimension.of("loud", "quiet", heads="noise loudness", units="db decibel"),
    Dimension.of(
        "",
        "",
        words="grow grows grew grown rise rises rose risen increase increases increased",
        heads="change growth increase rise",
    ),
    Dimension.of("far", "near close", words="distance", heads="distance", units="km m mile"),
)


class Degree(NamedTuple):
    """A word that compares: the adjective that it is of, and whether more of it is meant."""

    adjective: str
    sign: int


@cache
def _degrees() -> tuple[Mapping[str, Degree], Mapping[str, Degree]]:
    """Return what comparatives say, and what superlatives do."""
    signed = [
        (adjective, sign)
        for dimension in DIMENSIONS
        for words, sign in ((dimension.more, 1), (dimension.less, -1))
        for adjective in words
    ]
    two, every = dict[str, Degree](), dict[str, Degree]()
    for adjective, sign in signed:
        for forms, held, more, less in (
            (comparatives(adjective), two, "more", "less"),
            (superlatives(adjective), every, "most", "least"),
        ):
            for form in forms:
                held.setdefault(form, Degree(adjective, sign))
            held.setdefault(f"{more} {adjective}", Degree(adjective, sign))
            held.setdefault(f"{less} {adjective}", Degree(adjective, -sign))
    return two, every


def comparative(words: str) -> Degree | None:
    """Return what a comparative says: “heavier”, “less expensive”."""
    return _degrees()[0].get(" ".join(words.lower().split()))


@cache
def superlative_pattern() -> re.Pattern[str]:
    """Return what finds a superlative, the longest first: “most expensive”, “most”."""
    forms = sorted(_degrees()[1], key=len, reverse=True)
    named = "|".join(form.replace(" ", r"\s+") for form in forms)
    return re.compile(rf"\b({named})\b(?! (?:of all|likely|people|often))", re.IGNORECASE)


def superlative(words: str) -> Degree:
    """Return what a superlative says that the pattern has found."""
    return _degrees()[1][" ".join(words.lower().split())]


def asked_dimensions(words: frozenset[str]) -> list[Dimension]:
    """Return the dimensions that the words of a question ask for."""
    return [dimension for dimension in DIMENSIONS if dimension.asking & words]
