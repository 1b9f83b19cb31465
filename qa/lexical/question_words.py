"""The words of a question that say what it is about, and the ways in which each is indexed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.language.folding import HIRAGANA, UNSPACED, compounds
from qa.language.terms import ASKING_UNSPACED, common_words, question_language, terms

CHUNK = re.compile(r"[^\W_]+(?:[-‐‑'’.,][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word as it was written, and the terms of it: those of one of the `ways` are enough."""

    written: str
    ways: tuple[tuple[str, ...], ...]


def question_words(question: str, languages: Sequence[str]) -> tuple[QuestionWord, ...]:
    """Return the words of a question that are not common in its language, each once."""
    own = question_language(question, languages)
    visible = ASKING_UNSPACED.sub(" ", question)
    chunks = dict.fromkeys(
        chunk for run in CHUNK.findall(visible) for chunk in _split_unspaced(run)
    )
    among = dict.fromkeys([own, *languages])
    found = (QuestionWord(chunk, tuple(_ways(chunk, among))) for chunk in chunks)
    common = {*common_words(question, own)}
    return tuple(word for word in found if word.ways and word.written not in common)


def _ways(chunk: str, languages: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for language in languages:
        written = [chunk, *("".join(parts) for parts in compounds(chunk))]
        for each in written:
            found = terms(each, language)
            if UNSPACED.search(each):
                yield from ((term,) for term in found)  # where a word ends, nobody knows
            elif found:
                yield tuple(found)


def _split_unspaced(chunk: str) -> Iterator[str]:
    """Yield the runs of scripts that write no spaces, without the grammar between them."""
    if not UNSPACED.search(chunk):
        yield chunk
        return
    for run in UNSPACED.findall(chunk):
        yield from (part for part in HIRAGANA.split(run) if part)
