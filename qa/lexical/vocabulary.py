"""What a lexical index knows besides passages: words as written, aliases, languages.

It stands in fields of a tantivy index, which reads it from its files when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from tantivy import SchemaBuilder, Searcher

from qa.language.aliases import aliases
from qa.language.folding import INVISIBLE, UNSPACED
from qa.language.languages import ENGLISH
from qa.language.terms import name_key

WORD, ALIAS, LANGUAGE = "word", "alias", "language"
WRITTEN_WORD = re.compile(r"[^\W\d_]{3,}")
ALIAS_SEPARATOR = "="  # between a name and another of the same thing
MAX_WORDS = 20_000  # that begin alike
WRITER_HEAP = 64_000_000  # bytes of the writer; tantivy asks for at least 15 million


class Vocabulary:
    """The words of an index by how they begin, its aliases by either name, its languages."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the passages, most of them first; English if there are none."""
        found = self._searcher.terms_with_prefix(LANGUAGE, "")
        return tuple(language for language, _ in found) or (ENGLISH,)

    def words(self, beginning: str) -> Sequence[tuple[str, int]]:
        """Return the words that begin so, in small letters, and how many passages hold each."""
        return self._searcher.terms_with_prefix(WORD, beginning, limit=MAX_WORDS)

    def has(self, word: str) -> bool:
        """Tell whether any passage has a word just as it is, but for its capitals."""
        return self._searcher.doc_freq(WORD, word.lower()) > 0

    def aliases(self, name: str) -> list[tuple[str, int]]:
        """Return the other names of what a name stands for, and how many passages say so."""
        key = f"{name_key(name)}{ALIAS_SEPARATOR}"
        found = self._searcher.terms_with_prefix(ALIAS, key)
        return [(other.removeprefix(key), held) for other, held in found]


def add_vocabulary_fields(schema: SchemaBuilder) -> SchemaBuilder:
    """Return a schema with the fields of the vocabulary besides."""
    for field, tokenizer in ((WORD, "whitespace"), (ALIAS, "raw"), (LANGUAGE, "raw")):
        schema = schema.add_text_field(field, tokenizer_name=tokenizer, index_option="basic")
    return schema


def vocabulary_fields(heading: str, text: str, language: str) -> dict[str, str | list[str]]:
    """Return what the fields hold of a passage."""
    visible = UNSPACED.sub(" ", f"{heading} {text}".translate(INVISIBLE))
    words = sorted({word.lower() for word in WRITTEN_WORD.findall(visible)})
    pairs = [
        f"{name_key(one)}{ALIAS_SEPARATOR}{other}"
        for alias in aliases(text)
        for one, other in (alias, reversed(alias))
    ]
    return {WORD: " ".join(words), ALIAS: sorted({*pairs}), LANGUAGE: language}
