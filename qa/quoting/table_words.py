"""What a question has in common with the cells and heads of a table: words, dimensions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log

from qa.articles.rows import Row, TableText
from qa.language.amounts import NUMBER, UNITS
from qa.language.dimensions import Dimension
from qa.language.terms import split_words, terms

MIN_ROOT = 4  # letters that two forms of a word have in common
ROOT_SHARE = 0.6  # of the longer form
MIN_NUMBER = 3  # characters of a number that names a row though it is not its label
CURRENCY = re.compile(r"[$€£¥]")
LETTER = re.compile(r"(?<=\s)[A-Z](?=\W|$)")


LIGHT = frozenset(
    terms(
        "stands lies sits lives runs belongs employs people persons entry row record line "
        "total number among table listed giving takes costs pays using works"
    )
)
"""Words that a question may have of its own: none of them narrows down what is asked for."""


@lru_cache(maxsize=2048)
def words_of(text: str) -> frozenset[str]:
    """Return the terms of a text; of one that has only stop words, these.

    A capital letter that stands alone is a name: class A is not class B.
    """
    letters = {f"={letter}" for letter in LETTER.findall(text)}
    return frozenset(terms(text)) | letters or frozenset(
        w.casefold() for w in split_words(text)
    )


@lru_cache(maxsize=256)
def question_words(question: str) -> frozenset[str]:
    """Return the terms of a question and its words as they are written, but for small."""
    return words_of(question) | {word.casefold() for word in split_words(question)}


def alike(word: str, others: Collection[str]) -> bool:
    """Tell whether a word is one of some others, or another form of one: supplies, supplier."""
    if word in others:
        return True
    if not word.isalpha() or len(word) < MIN_ROOT:
        return False
    return any(_same_root(word, other) for other in others if other.isalpha())


def _same_root(one: str, other: str) -> bool:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length >= max(MIN_ROOT, ROOT_SHARE * max(len(one), len(other)))


def names(text: str, question: str, *, is_label: bool) -> bool:
    """Tell whether a question has all words of a cell, or its number as it is written.

    A small number is named by chance, unless it is the label of its row.
    """
    words = words_of(text)
    if not words:
        return False
    if not any(letter.isalpha() for letter in text):
        if not is_label and len(text) < MIN_NUMBER:
            return False
        return re.search(rf"(?<![\w.,]){re.escape(text)}(?![\w]|[.,]\d)", question) is not None
    return words <= question_words(question)


@dataclass(frozen=True)
class TableWords:
    """The words of a table, and how many of its rows have each."""

    table: TableText
    counts: dict[str, int]

    @classmethod
    def of(cls, table: TableText) -> TableWords:
        """Count the words of a table."""
        counts = dict[str, int]()
        for row in table.rows:
            for word in row_words(row):
                counts[word] = counts.get(word, 0) + 1
        return cls(table, counts)

    def weight(self, words: Iterable[str]) -> float:
        """Return how much some words narrow down the rows: nothing, if all rows have them."""
        every = len(self.table.rows)
        return sum(log(every / self.counts[word]) for word in words if word in self.counts)

    def named_rows(self, question: str) -> list[Row]:
        """Return the rows that a question names, by their label or by other cells."""
        scored = [(self._named(row, question), row) for row in self.table.rows]
        best = max((score for score, _ in scored), default=0.0)
        return [row for score, row in scored if score == best] if best > 0 else []

    def _named(self, row: Row, question: str) -> float:
        named = [
            (cell, words_of(cell.text))
            for cell in row.every
            if names(cell.text, question, is_label=cell is row.label)
        ]
        scores = [
            self.weight(words) + 0.1 * len(words) + (cell is row.label) for cell, words in named
        ]
        return round(sum(scores), 6)

    def partly_named_row(self, question: str) -> Row | None:
        """Return the one row whose label has most of what the question has of any label."""
        asked = question_words(question)
        scored = sorted(
            (
                (self.weight(words_of(row.label.text) & asked), n)
                for n, row in enumerate(self.table.rows)
                if row.label
            ),
            reverse=True,
        )
        if not scored or scored[0][0] <= 0:
            return None
        if len(scored) > 1 and scored[0][0] == scored[1][0]:
            return None
        return self.table.rows[scored[0][1]]


@lru_cache(maxsize=8192)
def row_words(row: Row) -> frozenset[str]:
    """Return the words of all cells of a row."""
    return frozenset[str]().union(*(words_of(cell.text) for cell in row.every))


def head_scores(heads: Collection[str], question: frozenset[str]) -> dict[str, float]:
    """Return how well each head is named: by words, the rarer among the heads the better."""
    held = {head: words_of(head) for head in heads}
    scores = dict.fromkeys(heads, 0.0)
    for head, words in held.items():
        for word in words:
            if alike(word, question):
                sharing = sum(word in others for others in held.values())
                scores[head] += log(1 + len(heads) / sharing) if sharing < len(heads) else 0.1
    return scores


def unit_of(head: str, cells: Iterable[str]) -> str:
    """Return the unit of a column, by its head or else by its cells."""
    for word in re.findall(r"[^\W\d_]+|[%°$€£]", head):
        if word.casefold() in UNITS and not word.istitle():
            return UNITS[word.casefold()]
    for cell in cells:
        if coin := CURRENCY.search(cell):
            return UNITS.get(coin[0], coin[0])
        match = NUMBER.search(cell)
        behind = cell[match.end() :].strip().casefold() if match else ""
        if behind in UNITS:
            return UNITS[behind]
    return ""


def fits(dimension: Dimension, head: str, cells: Collection[str]) -> float:
    """Return how well a column has a dimension: by its head, by its unit."""
    named = {word.casefold() for word in split_words(head)} & dimension.heads
    return 1.5 * bool(named) + 1.0 * (unit_of(head, cells) in dimension.units)
