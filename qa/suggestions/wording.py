"""How questions are written: names keep their capitals; what would read badly is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from qa.language.follow_up import CONTEXT_PRONOUN
from qa.language.terms import terms
from qa.suggestions.nouns import DETERMINERS
from qa.suggestions.word_lists import listed
from qa.types import Article

READ = 200_000  # characters of an article, to learn how it writes its words
WORD = re.compile(r"[^\W\d_][\w’'.-]*\w|[^\W\d_]")
INSIDE = re.compile(r"(?<=[a-z,’'] )[A-Z][\w’'-]*")
BRACKETS = re.compile(r"\([^()]*\)")
OF_A_PEOPLE = re.compile(
    r"(?:ian|ish|nese|ean)s?$|(?:Arab|Czech|Dutch|French|German|Greek|Latin|Roman|Swiss|Thai)s?$"
)
PARTICLES = listed("al bin da de del der di du la le van von")
PLAIN = re.compile(r"[A-Z](?:[^\W_]|[ ’'.,-])+\?")
"""No quotation mark, bracket or sign: whatever it is made of, a question holds no markup."""
LONGEST = 100  # characters of a question
FEWEST, MOST = 3, 16  # words
POINTING = re.compile(
    r"\b(?:here|there|above|below|aforementioned|latter|former|previous|next|following|today|now"
    r"|recently|another|others?|such|I|we|you|our|your|my|us|me|one|ones|some|so|both|either|not"
    r"|also|(?:two|three|four|five|six) (?:for|of|in))\b"
)
CUT_OFF = re.compile(
    r"\b(?:the|an?|and|or|later|earlier|ago|again|too|then|instead|alone|only|as|than|his|with|by"
    r"|early|late|once|twice|first|together|however|respectively|ever)\?$"
)
TWICE = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
SMALL = listed(
    """
    a an and as at by effects causes for from history impact importance in of on origin origins
    purpose role strategic structure the to with
    """
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
        return "\n".join(span.of(self.article.text) for span in spans)[:READ]

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that it writes without a capital."""
        return frozenset(word for word in WORD.findall(self.body) if word[0].islower())

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that it writes with a capital within sentences, and never without."""
        inside = {_stem(word) for word in INSIDE.findall(self.body)}
        return frozenset(
            name for name in inside if name.casefold() not in self.small and name[1:]
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

    def is_told(self, words: str) -> bool:
        """Tell whether words say what they are about to one who has not read the article."""
        named = {_stem(word) for word in WORD.findall(words)} & self.names
        shared = self.topic & set(terms(words))
        return bool(named) or len(shared) > len(self.topic) / 2

    def lowered(self, text: str) -> str:
        """Return words from the start of a sentence as they are written within one."""
        first, _, more = text.partition(" ")
        common = first.casefold() in DETERMINERS or self._is_common(first, more)
        return f"{text[:1].lower()}{text[1:]}" if common else text

    def _is_common(self, first: str, more: str) -> bool:
        """Tell whether a word before others is no name, as far as the article and they show."""
        word, second = first.casefold(), more.partition(" ")[0]
        odd = (
            any(map(str.isupper, first[1:])) or OF_A_PEOPLE.search(first) or second in PARTICLES
        )
        if odd or _stem(first) in self.names or more[:1].isupper() or more[:1].isdigit():
            return False
        noun = (not more and word.endswith("ing")) or (second == "of" and word.endswith("s"))
        return word in self.small or noun or (second.islower() and second not in SMALL)

    def uncapitalised(self, heading: str) -> str:
        """Return a heading with capitals for names alone."""
        words = heading.split(" ")
        if not any(w[:1].isupper() for w in words[1:] if w.casefold() not in DETERMINERS):
            first = words[0].lower() if words[0].casefold() in SMALL else words[0]
            return self.lowered(" ".join([first, *words[1:]]))
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
            or word.casefold() not in self.small | SMALL
        )


def _stem(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def reads_well(question: str) -> bool:
    """Tell whether a question is made of plain words, not too many, that point at nothing."""
    fits = FEWEST <= len(question.split()) <= MOST and len(question) <= LONGEST
    bad = (CONTEXT_PRONOUN, POINTING, CUT_OFF, TWICE)
    return (
        fits
        and PLAIN.fullmatch(question) is not None
        and not any(rule.search(question) for rule in bad)
    )
