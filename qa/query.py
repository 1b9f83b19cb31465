"""A question as it is searched for: its slips corrected, its names with their aliases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qa.answers import Correction
from qa.language.aliases import Alias
from qa.language.idle_words import subject_words
from qa.language.languages import LANGUAGES
from qa.language.spelling import correct
from qa.language.terms import STOP_WORDS, question_language
from qa.lexical.base import LexicalIndex
from qa.lexical.question_words import question_words
from qa.lexical.vocabulary import Vocabulary

NAME_WORD = re.compile(r"[^\W_]+(?:[-.&][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
MIN_LONG_QUESTION = 6  # words: so long, it may be answered though the articles lack some
MAX_LACKED = 0.5  # of its words, if it may still be about what the articles are about
ENDING = re.compile(r"(?:e?s|e?d|ing|e|(?:[eo]r|ion|ment|ist|[ae]nce|al)s?)$|$")
"""What makes another form of an English word, or nothing."""
MIN_ROOT = 5  # letters
MAX_ALIASES = 2  # of one name: of several things called so, the ones most named
MAX_NAME_WORDS = 6  # words


@dataclass(frozen=True, slots=True)
class Query:
    """The text of a question as it is searched for, and what was corrected in it."""

    text: str
    corrections: tuple[Correction, ...] = ()


def correct_slips(
    question: str, words: LexicalIndex, *, within: Collection[int] | None = None
) -> Query:
    """Return a question without those slips that the words of the articles show to be slips."""
    unknown = words.unknown_words(question, within=within)
    if not unknown:
        return Query(question)
    text, corrections = question, list[Correction]()
    start = re.match(r"\W*(\w*)", question)
    first = start[1] if start else ""
    language = question_language(question, [*LANGUAGES])
    for each in unknown:
        word = POSSESSIVE.sub("", each)
        meant = correct(word, words.vocabulary.words, first=word == first, language=language)
        if meant:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant, text)
            corrections.append(Correction(word, meant))
    return Query(text, tuple(corrections))


def unknown_subjects(
    question: str, words: LexicalIndex, *, within: Collection[int] | None = None
) -> tuple[str, ...]:
    """Return the words which carry a question and no article has in any form.

    They are the reason why nothing answers, if nothing does. A long question of which the
    articles have most words is not without an answer for the lack of the others.
    """
    unknown = words.unknown_words(question, within=within)
    if not unknown:
        return ()
    asked = [word.written for word in question_words(question, words.vocabulary.languages)]
    subjects = subject_words(asked, question)
    lacked = [word for word in subjects if word in unknown]
    if len(subjects) >= MIN_LONG_QUESTION and len(lacked) < MAX_LACKED * len(subjects):
        return ()
    bare = dict.fromkeys(POSSESSIVE.sub("", word) for word in lacked)
    return tuple(word for word in bare if not _has_other_form(word, words, within))


def _has_other_form(word: str, words: LexicalIndex, within: Collection[int] | None) -> bool:
    """Tell whether the articles have a word of the same root: “invented”, of “inventor”."""
    written = word.lower()
    if word.isupper() or len(written) < MIN_ROOT:
        return False
    ending = ENDING.search(written, MIN_ROOT)
    root = written[: ending.start()] if ending else written
    others = (other for other, _ in words.vocabulary.words(root) if other != written)
    forms = (other for other in others if ENDING.fullmatch(other, len(root)))
    return any(not words.unknown_words(form, within=within) for form in forms)


def with_aliases(question: str, vocabulary: Vocabulary) -> str:
    """Return a question with the other names, after it, of what it names."""
    return " ".join([question, *(named.other for named in named_in(question, vocabulary))])


def as_written_in(text: str, question: str, named: Collection[Alias]) -> str:
    """Return a question with the names that a text has instead of those it was asked with."""
    for name, other in named:
        if _has(text, other) and not _has(text, name):
            spelled = other.replace("\\", r"\\")  # a name is text, not a template
            question = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", spelled, question)
    return question


def named_in(question: str, vocabulary: Vocabulary) -> tuple[Alias, ...]:
    """Return what a question names, each with another name that the articles define."""
    found = (
        Alias(name, other)
        for name in _names(question)
        for other, _ in vocabulary.aliases(name)[:MAX_ALIASES]
    )
    return tuple(alias for alias in dict.fromkeys(found) if not _has(question, alias.other))


def _has(text: str, name: str) -> bool:
    return name.casefold() in text.casefold()


def _names(question: str) -> Iterator[str]:
    """Yield every few words of a question that may be a name, longer ones first."""
    words = list(NAME_WORD.finditer(question))
    for length in range(min(MAX_NAME_WORDS, len(words)), 0, -1):
        for first, last in zip(words, words[length - 1 :], strict=False):
            ends = {first.group().lower(), last.group().lower()}
            acronym = first is last and first.group().isupper()
            if ends.isdisjoint(STOP_WORDS) or acronym:
                yield question[first.start() : last.end()]
