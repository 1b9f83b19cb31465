"""Articles that are nearly the same: a page saved twice, a report under two titles."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.types import Article

Sketch = NDArray[np.uint64]

RUN = 3  # words: shorter runs are common language, longer ones break at every edit
SKETCH = 128  # runs kept of an article: enough to be within a tenth or so
ALIKE = 0.6  # of the runs of two articles: one word in ten may differ
MAYBE = 0.25  # of a sketch, shared with a neighbour: worth comparing
WORD = re.compile(r"\w+")


def sketch(text: str) -> Sketch:
    """Return the numbers of some runs of words, the same ones wherever they stand.

    Of the numbers that all runs have, they are the smallest, so that two sketches have as much
    in common as the texts (Broder 1997).
    """
    words = [zlib.crc32(word.encode()) for word in WORD.findall(text.casefold())]
    runs = np.zeros(max(len(words) - RUN + 1, 0), np.uint64)
    for place in range(RUN):
        here = np.array(words[place : place + len(runs)], np.uint64)
        runs = _mixed(runs * np.uint64(31) + here)
    return np.unique(runs)[:SKETCH]


def likeness(one: Sketch, other: Sketch) -> float:
    """Return the share of runs that both texts have among those that either has."""
    smallest = np.union1d(one, other)[:SKETCH]
    both = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(smallest, both).sum() / max(len(smallest), 1))


def alike(articles: Iterable[Article]) -> list[tuple[int, ...]]:
    """Return groups of articles, as numbers in the order given, that are nearly the same.

    An article is of a group if it is nearly the same as some other one there.
    """
    sketches = [sketch(article.text) for article in articles]
    first = list(range(len(sketches)))  # of each article's group, or one nearer to it
    for one, other in _neighbours(sketches):
        if likeness(sketches[one], sketches[other]) >= ALIKE:
            ends = [_end(first, number) for number in (one, other)]
            first[max(ends)] = min(ends)
    groups: dict[int, list[int]] = {}
    for number in range(len(sketches)):
        groups.setdefault(_end(first, number), []).append(number)
    return [tuple(members) for members in groups.values() if len(members) > 1]


def _end(first: list[int], number: int) -> int:
    """Follow an article to the first of its group, and shorten the way there."""
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number


def _neighbours(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Return the pairs worth comparing: of all that have a run, each and the next."""
    owners = np.repeat(np.arange(len(sketches)), [len(one) for one in sketches])
    runs = np.concatenate([np.empty(0, np.uint64), *sketches])
    order = np.argsort(runs, kind="stable")
    runs, owners = runs[order], owners[order]
    same = runs[1:] == runs[:-1]
    pairs = np.stack([owners[:-1][same], owners[1:][same]], axis=1)
    pairs, shared = np.unique(pairs, axis=0, return_counts=True)
    return [
        (one, other)
        for (one, other), count in zip(pairs.tolist(), shared.tolist(), strict=True)
        if count >= MAYBE * min(len(sketches[one]), len(sketches[other]))
    ]


def _mixed(numbers: Sketch) -> Sketch:
    """Scatter numbers over 64 bits, as splitmix64 does."""
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))
