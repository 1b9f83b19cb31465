"""Near-duplicate articles: a page saved twice, a report under two titles."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.types import Article

Sketch = NDArray[np.uint64]

SHINGLE_WORDS = 3  # shorter ones are common language, longer ones break at every edit
SKETCH_SIZE = 128  # shingles kept of an article: similarity is right within a tenth or so
MIN_SIMILARITY = 0.6  # of the shingles of two articles: one word in ten may differ
MIN_SHARED = 0.25  # of a sketch, shared with a neighbour: worth comparing
WORD_PATTERN = re.compile(r"\w+")


def sketch(text: str) -> Sketch:
    """Return the MinHash sketch of a text: the smallest hashes of its shingles.

    Two sketches have as much in common as the texts (Broder 1997).
    """
    words = [zlib.crc32(word.encode()) for word in WORD_PATTERN.findall(text.casefold())]
    shingles = np.zeros(max(len(words) - SHINGLE_WORDS + 1, 0), np.uint64)
    for offset in range(SHINGLE_WORDS):
        column = np.array(words[offset : offset + len(shingles)], np.uint64)
        shingles = _mix_bits(shingles * np.uint64(31) + column)
    return np.unique(shingles)[:SKETCH_SIZE]


def similarity(one: Sketch, other: Sketch) -> float:
    """Return the share of shingles that both texts have among those that either has."""
    smallest = np.union1d(one, other)[:SKETCH_SIZE]
    both = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(smallest, both).sum() / max(len(smallest), 1))


def find_near_duplicates(articles: Iterable[Article]) -> list[tuple[int, ...]]:
    """Return groups of articles, as numbers in the order given, that are nearly the same.

    An article is of a group if it is nearly the same as some other one there.
    """
    sketches = [sketch(article.text) for article in articles]
    parent = list(range(len(sketches)))  # an article of its group, each on the way to the first
    for one, other in _candidate_pairs(sketches):
        if similarity(sketches[one], sketches[other]) >= MIN_SIMILARITY:
            ends = [_find_root(parent, number) for number in (one, other)]
            parent[max(ends)] = min(ends)
    groups: dict[int, list[int]] = {}
    for number in range(len(sketches)):
        groups.setdefault(_find_root(parent, number), []).append(number)
    return [tuple(members) for members in groups.values() if len(members) > 1]


def _find_root(parent: list[int], number: int) -> int:
    """Follow an article to the first of its group, and shorten the way there."""
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _candidate_pairs(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Return the pairs worth comparing: of all that share a shingle, each and the next."""
    owners = np.repeat(np.arange(len(sketches)), [len(one) for one in sketches])
    shingles = np.concatenate([np.empty(0, np.uint64), *sketches])
    order = np.argsort(shingles, kind="stable")
    shingles, owners = shingles[order], owners[order]
    same = shingles[1:] == shingles[:-1]
    pairs = np.stack([owners[:-1][same], owners[1:][same]], axis=1)
    pairs, shared = np.unique(pairs, axis=0, return_counts=True)
    return [
        (one, other)
        for (one, other), count in zip(pairs.tolist(), shared.tolist(), strict=True)
        if count >= MIN_SHARED * min(len(sketches[one]), len(sketches[other]))
    ]


def _mix_bits(numbers: Sketch) -> Sketch:
    """Scatter numbers over 64 bits, as splitmix64 does."""
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))
