"""The wording of questions: names keep their capitals, and awkward questions are rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from qa.language.nouns import DETERMINERS
from qa.language.terms import terms
from qa.types import Article

MAX_READ = 200_000  # characters of an article, to learn how it writes its words
CONTEXT_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|then"
    r"|former|latter|same)\b",
    re.IGNORECASE,
)
WORD_PATTERN = re.compile(r"[^\W\d_][\w’'.-]*\w|[^\W\d_]")
CAPITALISED_WITHIN = re.compile(r"(?<=[a-z,’'] )[A-Z][\w’'-]*")
BRACKETS = re.compile(r"\([^()]*\)")
NATIONALITY = re.compile(
    r"(?:ian|ish|nese|ean)s?$|(?:Arab|Czech|Dutch|French|German|Greek|Latin|Roman|Swiss|Thai)s?$"
)
NAME_PARTICLES = frozenset("al bin da de del der di du la le van von".split())
PLAIN_QUESTION = re.compile(r"[A-Z](?:[^\W_]|[ ’'.,-])+\?")
"""No quotation mark, bracket or sign: whatever it is made of, a question holds no markup."""
MAX_CHARACTERS = 100  # characters of a question
MIN_QUESTION_WORDS, MAX_QUESTION_WORDS = 3, 16  # words
DEICTIC = re.compile(
    r"\b(?:here|there|above|below|aforementioned|latter|former|previous|next|following|today|now"
    r"|recently|another|others?|such|I|we|you|our|your|my|us|me|one|ones|some|so|both|either|not"
    r"|also|(?:two|three|four|five|six) (?:for|of|in))\b"
)
BAD_LAST_WORD = re.compile(
    r"\b(?:the|an?|and|or|later|earlier|ago|again|too|then|instead|alone|only|as|than|his|with|by"
    r"|early|late|once|twice|first|together|however|respectively|ever)\?$"
)
DOUBLED_WORD = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
LOWERCASE_IN_SENTENCES = frozenset(
    """
    a an and as at by effects causes for from history impact importance in of on origin origins
    purpose role strategic structure the to with
    """.split()
)
"""Words that headings write with a capital, and sentences without."""


@dataclass(frozen=True)
class Wording:
    """How an article writes its words."""

    article: Article = field(repr=False)

    @cached_property
    def body(self) -> str:
        """What its sections say, without headings."""
        spans = (section.span for section in self.article.sections)
        return "\n".join(span.of(self.article.text) for span in spans)[:MAX_READ]

    @cached_property
    def lowercase_words(self) -> frozenset[str]:
        """The words that it writes without a capital."""
        return frozenset(word for word in WORD_PATTERN.findall(self.body) if word[0].islower())

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that it writes with a capital within sentences, and never without."""
        inside = {_stem(word) for word in CAPITALISED_WITHIN.findall(self.body)}
        return frozenset(
            name for name in inside if name.casefold() not in self.lowercase_words and name[1:]
        )

    @cached_property
    def topic(self) -> frozenset[str]:
        """The stems of its title, but for what stands there in brackets."""
        return frozenset(terms(BRACKETS.sub("", self.article.title)))

    @cached_property
    def subject(self) -> str:
        """What it is about as its sentences name it; nothing if they never name the title."""
        title = BRACKETS.sub("", self.article.title).strip()
        for name in (title.lower(), title):
            named = len(re.findall(rf"\b{re.escape(name)}\b", self.body))
            with_the = len(re.findall(rf"\b[Tt]he {re.escape(name)}\b", self.body))
            if named:
                return f"the {name}" if with_the > named / 2 else name
        return ""

    def is_self_contained(self, words: str) -> bool:
        """Tell whether words make sense to someone who has not read the article."""
        named = {_stem(word) for word in WORD_PATTERN.findall(words)} & self.names
        shared = self.topic & set(terms(words))
        return bool(named) or len(shared) > len(self.topic) / 2

    def lowercase_first(self, text: str) -> str:
        """Return words from the start of a sentence as they are written within one."""
        first, _, more = text.partition(" ")
        common = first.casefold() in DETERMINERS or self._is_common(first, more)
        return f"{text[:1].lower()}{text[1:]}" if common else text

    def _is_common(self, first: str, more: str) -> bool:
        """Tell whether a word before others is no name, as far as the article and they show."""
        word, second = first.casefold(), more.partition(" ")[0]
        odd = (
            any(map(str.isupper, first[1:]))
            or NATIONALITY.search(first)
            or second in NAME_PARTICLES
        )
        if odd or _stem(first) in self.names or more[:1].isupper() or more[:1].isdigit():
            return False
        noun = (not more and word.endswith("ing")) or (second == "of" and word.endswith("s"))
        return (
            word in self.lowercase_words
            or noun
            or (second.islower() and second not in LOWERCASE_IN_SENTENCES)
        )

    def sentence_case(self, heading: str) -> str:
        """Return a heading with capitals for names alone."""
        words = heading.split(" ")
        if not any(w[:1].isupper() for w in words[1:] if w.casefold() not in DETERMINERS):
            first = (
                words[0].lower() if words[0].casefold() in LOWERCASE_IN_SENTENCES else words[0]
            )
            return self.lowercase_first(" ".join([first, *words[1:]]))
        around = zip(["", *words], words, [*words[1:], ""], strict=False)
        return " ".join(w if self._is_name(b, w, a) else w.lower() for b, w, a in around)

    def _is_name(self, before: str, word: str, behind: str) -> bool:
        """Tell whether a word of a heading is a name, or beside one a part of it."""
        pairs = [pair for pair in (f"{before} {word}", f"{word} {behind}") if pair.istitle()]
        beside = any(pair in self.body for pair in pairs if " " in pair.strip())
        odd = any(map(str.isupper, word[1:]))
        return (
            beside
            or odd
            or _stem(word) in self.names
            or word.casefold() not in self.lowercase_words | LOWERCASE_IN_SENTENCES
        )


def _stem(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def reads_well(question: str) -> bool:
    """Tell whether a question is made of plain words, not too many, that point at nothing."""
    fits = (
        MIN_QUESTION_WORDS <= len(question.split()) <= MAX_QUESTION_WORDS
        and len(question) <= MAX_CHARACTERS
    )
    bad = (CONTEXT_PRONOUN, DEICTIC, BAD_LAST_WORD, DOUBLED_WORD)
    return (
        fits
        and PLAIN_QUESTION.fullmatch(question) is not None
        and not any(rule.search(question) for rule in bad)
    )
