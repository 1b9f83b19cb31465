"""What a talk has been about: everything that a pronoun or a gap of the next turn may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from qa.answers import Citation, Turn
from qa.conversation.noun_phrases import (
    is_person,
    is_plural,
    names,
    noun_phrases,
    restore_case,
    says,
)
from qa.language.amounts import NUMBER
from qa.language.dates import date
from qa.language.terms import terms
from qa.types import Article

MAX_TURNS = 4  # that are looked back at
MAX_QUOTED = 2  # sentences of each answer
MAX_SHORT_ANSWER = 8  # words of a short answer that may be taken up
LEADING_PREPOSITION = re.compile(r"^(?:in|at|on|from|by|to|near) ", re.IGNORECASE)
TRAILING_PREPOSITION = re.compile(r"\b(?:in|at|on|from|near) $", re.IGNORECASE)
BRACKETS = re.compile(r"\s*\([^()]*\)")
TRAILING_BRACKETS = re.compile(r"\s*\([^()]*\)\s*[?.!]*$")
HEADLINE = 4  # words of a title: a longer one is a headline, if the text never says it
APPOSITION = re.compile(r", (?:[a-z]|\d).*")
"""What a title adds to a name: “Arthur Wellesley, 1st Duke of Wellington”."""

NUMBERED = re.compile(
    r"^[\d.()\s:–—-]+|\s*\(?\b\d{4}(?:\s*[-–—]\s*(?:\d{2,4}|present))?\)?:?\s*"
)
NEVER = 9
"""The age of what was not said in the turns looked at."""


@dataclass(slots=True)
class Antecedent:
    """Something spoken of; ages count the turns since, and are `NEVER` where it was not."""

    text: str
    article: Article | None = field(default=None, repr=False)
    named: bool = False
    titled: bool = False
    headed: bool = False
    asked: int = NEVER
    cited: int = NEVER
    short: int = NEVER
    leads: bool = False
    times: int = 0

    @property
    def key(self) -> frozenset[str]:
        """Its terms, for comparing."""
        return frozenset(terms(self.text))

    @property
    def person(self) -> bool | None:
        """Whether it is somebody, if that is known."""
        if not self.named or (self.text.startswith("the ") and self.text[4].isupper()):
            return False  # “the Amaleo”; “the pharmacist Ada Brook” is somebody
        if self.article is None:
            return None
        return is_person(self.text, self.article)

    @property
    def plural(self) -> bool:
        """Whether it is several, or a group."""
        return is_plural(self.text)

    @property
    def age(self) -> int:
        """How many turns ago it was last spoken of."""
        return min(self.asked, self.cited, self.short)

    def absorb(self, other: Antecedent) -> None:
        """Add what is known of the same thing from another place."""
        self.named |= other.named
        self.titled |= other.titled
        self.headed |= other.headed
        self.leads |= other.leads
        self.asked = min(self.asked, other.asked)
        self.cited = min(self.cited, other.cited)
        self.short = min(self.short, other.short)
        self.times += other.times
        self.article = self.article or other.article


def antecedents(history: Sequence[Turn]) -> list[Antecedent]:
    """Return what the last turns spoke of, each thing once, under its longest name."""
    found: list[Antecedent] = []
    for age, turn in enumerate(reversed(history[-MAX_TURNS:])):
        for each in _of_turn(turn, age):
            _merge(found, each)
    return found


def _merge(found: list[Antecedent], new: Antecedent) -> None:
    key = new.key
    if not key:
        return
    for old in found:
        same = old.key == key or (
            old.named and new.named and (key < old.key or old.key < key) and _one(old, new)
        )
        if same:
            if len(key) > len(old.key):
                old.text = new.text
            old.absorb(new)
            return
    found.append(new)


def _one(old: Antecedent, new: Antecedent) -> bool:
    """Tell whether a short name and a longer one end alike, as “Zappa” and “Frank Zappa” do."""
    short, long = sorted([old.text, new.text], key=len)
    return long.endswith(f" {short}") or (long.startswith(f"{short} ") and old.person is True)


def _of_turn(turn: Turn, age: int) -> Iterator[Antecedent]:
    cited = turn.answer.citations[:MAX_QUOTED]
    article = cited[0].article if cited else None
    bare = without_fillings(turn.answer.asked)
    asked = restore_case(bare, article) if article else bare
    text = article.text.casefold() if article else ""
    phrases, own = noun_phrases(asked, text=text), names(asked, article=article)
    for number, name in enumerate(own):
        whole = _whole_name(name, phrases, text)
        yield Antecedent(whole, article, named=True, asked=age, leads=not number, times=1)
    for number, phrase in enumerate(phrases):
        if not any(_goes_on(name, phrase) for name in own):
            yield Antecedent(phrase, article, asked=age, leads=not number, times=1)
    seen: set[str] = set()
    for citation in cited:
        yield from _of_citation(citation, age)
        if citation.article.id not in seen:
            seen.add(citation.article.id)
            yield from _places(citation, age)


def _whole_name(name: str, phrases: Iterable[str], text: str) -> str:
    """Return a name with the “the” before it, and the words behind it that the text has too."""
    phrase = next((each for each in phrases if _goes_on(name, each)), "")
    if not phrase:
        return name
    return phrase if says(text, phrase.removeprefix("the ")) else f"the {name}"


def _goes_on(name: str, phrase: str) -> bool:
    return f"{phrase} ".startswith(f"the {name} ")


def _of_citation(citation: Citation, age: int) -> Iterator[Antecedent]:
    article = citation.article
    short, where = LEADING_PREPOSITION.sub("", citation.short_answer), NEVER
    is_placed = TRAILING_PREPOSITION.search(_before_short(citation)) is not None
    if short == citation.short_answer and not is_placed:
        where = age  # else it is where or when, and not what is spoken of
    counted = NUMBER.match(short) is not None and not date(short)
    if short and not counted and len(short.split()) <= MAX_SHORT_ANSWER and terms(short):
        named = bool(names(f"x {short}"))
        yield Antecedent(short, article, named=named, short=where, cited=age, times=1)
    for number, name in enumerate(names(citation.quote, article=article)):
        yield Antecedent(name, article, named=True, cited=age, leads=not number, times=1)
    for phrase in noun_phrases(citation.quote)[:4]:
        yield Antecedent(phrase, article, cited=age)


def _before_short(citation: Citation) -> str:
    if not citation.short:
        return ""
    return citation.article.text[citation.span.start : citation.short.start]


def _places(citation: Citation, age: int) -> Iterator[Antecedent]:
    """Yield the title and the heading that a quotation stands under.

    A title that is only the name of a file, or a headline, is nothing that is spoken of.
    """
    title = BRACKETS.sub("", citation.title).strip()
    if len(title.split()) > HEADLINE:
        title = APPOSITION.sub("", title)
    is_file = title == PurePath(citation.article.source).stem and " " not in title
    spoken = len(title.split()) <= HEADLINE and not is_file
    text = citation.article.text
    body = (each.span.of(text).casefold() for each in citation.article.sections)
    if spoken or any(says(said, title) for said in body):
        yield Antecedent(title, citation.article, named=True, titled=True, cited=age)
    for heading in citation.path[-1:]:
        bare = " ".join(NUMBERED.sub(" ", BRACKETS.sub("", heading)).split())
        if bare:
            yield Antecedent(bare, citation.article, headed=True, cited=age)


def without_fillings(asked: str) -> str:
    """Return a question without what was added in brackets behind it."""
    return TRAILING_BRACKETS.sub("", asked)


def without(found: Iterable[Antecedent], question: str) -> list[Antecedent]:
    """Return those that a question does not speak of itself."""
    said = frozenset(terms(question))
    return [each for each in found if not each.key <= said]
