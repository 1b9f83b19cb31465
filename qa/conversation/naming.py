"""Which articles a turn names: by the title, a part of it, the file's name, or its format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import PurePath

from qa.answers import Intent
from qa.articles.registry import SUFFIXES
from qa.conversation.antecedents import BRACKETS
from qa.conversation.intents import (
    ABOUT_ARTICLE,
    FREE,
    GIST,
    KINDS,
    MAX_WORDS,
    MIN_COSINE,
    Examples,
    Wanted,
    vocabulary,
)
from qa.index import ArticleEntry
from qa.language.terms import terms

WORD_PATTERN = re.compile(r"[^\W_]+")
MIN_MARGIN_BY_PART = 0.15  # cosine: as in `intents`, of a turn that names a part of a title


@dataclass(frozen=True, slots=True)
class Naming:
    """The articles that a turn names, several if it may be any of them.

    `words` are the terms of the turn that name them; `is_whole` tells whether they are most
    of a title, or the name of a file as it is written.
    """

    articles: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    is_whole: bool = False

    def without(self, turn: str, instead: str = "") -> str:
        """Return the turn without the name, or with a word instead of it."""
        words = ("" if {*terms(word)} & self.words else word for word in turn.split())
        runs = (instead if not word else " ".join(run) for word, run in groupby(words))
        return " ".join(filter(None, runs))


NOTHING = Naming()


def naming(turn: str, entries: Mapping[str, ArticleEntry]) -> Naming:
    """Return which of these articles a turn names, by as many of its words as can be."""
    return _by_file(turn, entries) or _by_title(turn, entries) or _by_part(turn, entries)


def _by_file(turn: str, entries: Mapping[str, ArticleEntry]) -> Naming | None:
    """Return the articles whose file a turn names with its ending."""
    written = {word.strip("“”\"'`?!,;:.()") for word in turn.casefold().split()}
    names = (
        (each, entry.source.casefold().rpartition("/")[2]) for each, entry in entries.items()
    )
    named = {each: name for each, name in names if name and name in written}
    said = frozenset(term for name in named.values() for term in terms(name))
    return Naming(tuple(named), said, is_whole=True) if named else None


def _by_title(turn: str, entries: Mapping[str, ArticleEntry]) -> Naming | None:
    """Return the articles of which a turn says most of the title."""
    said = frozenset(terms(turn))
    shares: dict[str, float] = {}
    for each, entry in entries.items():
        title = _title_terms(entry.title)
        share = len(title & said) / len(title) if title else 0.0
        if share > 0.5 or len(title & said) >= 2:
            shares[each] = share
    most = max(shares.values(), default=0.0)
    named = tuple(each for each, share in shares.items() if share == most)
    words = frozenset(term for each in named for term in _title_terms(entries[each].title))
    return Naming(named, words & said, is_whole=True) if named else None


def _by_part(turn: str, entries: Mapping[str, ArticleEntry]) -> Naming:
    """Return the articles that share the most words with a turn, but for what it wants."""
    said = frozenset(terms(turn)) - _wanting()
    shared = {each: said & _names(entry) for each, entry in entries.items()}
    most = max(map(len, shared.values()), default=0)
    named = tuple(each for each, words in shared.items() if most and len(words) == most)
    return Naming(named, frozenset().union(*(shared[each] for each in named)))


@lru_cache(maxsize=1)
def _wanting() -> frozenset[str]:
    """Return the words by which something is wanted of an article, but for its kind."""
    return frozenset().union(*(vocabulary()[intent] for intent in ABOUT_ARTICLE)) - KINDS


def _names(entry: ArticleEntry) -> frozenset[str]:
    return _title_terms(entry.title) | _file_terms(entry.source)


@lru_cache(maxsize=4096)
def _title_terms(title: str) -> frozenset[str]:
    return frozenset(terms(BRACKETS.sub("", title)))


@lru_cache(maxsize=4096)
def _file_terms(source: str) -> frozenset[str]:
    """Return the words of a file's name, its ending and the name of its format among them."""
    return frozenset(term for word in _file_words(source) for term in terms(word))


def _file_words(source: str) -> Iterator[str]:
    file = PurePath(source)
    yield from WORD_PATTERN.findall(file.stem)
    yield file.suffix.removeprefix(".")
    if known := SUFFIXES.get(file.suffix.lower()):
        yield known.name


def recognise_by_part(turn: str, named: Naming, examples: Examples) -> Wanted:
    """Return what a turn wants of an article that it names by a part; in doubt it is a fact.

    All its other words are of examples, and for a list, one says of what. It is compared with
    “article” in place of the name, and without the name.
    """
    said = frozenset(terms(turn)) - named.words
    fit = [
        intent
        for intent in ABOUT_ARTICLE
        if said <= vocabulary()[intent] and (intent in GIST or said - FREE)
    ]
    bare, nameless = named.without(turn, "article"), named.without(turn)
    if not fit or not nameless or len(turn.split()) > MAX_WORDS:
        return Wanted(Intent.QUESTION)
    near = examples.cosines([bare, nameless])
    best = max(fit, key=lambda intent: (near[intent], intent))
    enough = (
        near[best] >= MIN_COSINE and near[best] - near[Intent.QUESTION] >= MIN_MARGIN_BY_PART
    )
    return Wanted(best if enough else Intent.QUESTION)
