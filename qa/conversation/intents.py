"""What a turn wants: a fact, or something about the articles, the library, or the talk."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from qa.answers import Intent
from qa.encoders import Encoder
from qa.language.terms import split_words, terms
from qa.stores.base import Vectors

UTTERANCES = Path(__file__).with_name("utterances.toml")
LIKE = 0.55  # cosine to an example, of a turn without a word that no example of the intent has
ALIKE = 0.7  # cosine, of a turn with other words
MARGIN = 0.1  # cosine: by so much nearer to an example than to any question for a fact
MOST = 14  # words of a turn that wants no fact
SCOLDING = 6  # words of an insult
PASTED = 60  # words of a turn that is a paragraph
FREE = {
    "article", "articl", "text", "document", "page", "piec", "stori", "pleas", "ok", "okay",
    "one", "everyth", "thing", "this", "file", "report", "paper",
}  # fmt: skip
"""Stems that say nothing of what is wanted."""

SECTION = re.compile(
    r"\b(?:section|chapter)s? (?:(?:on|about|called|titled|named|headed|entitled|number|no\.?)"
    r" ?"
    r"|(?=[“\"\d]|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b))(?P<name>.+?)"
    r"(?: (?:say|says|cover|covers|about|tell|tells|contain|contains|deal with|deals with|state"
    r"|mean|discuss|discusses)\b.*)?[?!. ]*$"
    r"|\bunder (?:the heading )?[“\"'](?P<headed>.+?)[”\"']",
    re.IGNORECASE,
)
ASKS_SECTION = re.compile(
    r"^(?:and |so )?(?:what|tell me|summari[sz]e|show|give|read|explain|describe|quote|list"
    r"|can you|could you|please)\b",
    re.IGNORECASE,
)
NAMED_SECTION = re.compile(
    r"\b(?:the|a|an) (?P<name>[^?]+?) (?:section|chapter)(?: (?:say|cover|about|tell|contain"
    r"|state|deal with)\w*\b.*)?[?!. ]*$",
    re.IGNORECASE,
)
MENTIONS = re.compile(
    r"^(?:which|what|how many|list(?: all)?(?: the)?|show(?: me)?(?: all)?(?: the)?|find(?: "
    r"all)?(?: the)?|are there(?: any)?|do any(?: of the)?) "
    r"(?:articles?|documents?|texts?|files?|sources?)(?: (?:that|which|do|are there that"
    r"|there are that))? "
    r"(?:mentions?|talks? about|discuss(?:es)?|covers?|(?:are |is )?about|deals? with|says? "
    r"(?:something |anything )?about|contains?|names?|mentioning|write about|refers? to)"
    r" (?P<what>.+?)[?!. ]*$",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"^(?:what(?:’s|'s| is) new|what has (?:changed|been added|come in)|anything new|which "
    r"articles (?:are|were)(?: \w+)?|what was (?:published|added)|new articles|articles|show "
    r"(?:me )?articles)"
    r"(?: (?:articles?|published|added|there))* (?P<way>since|after|from) (?P<when>.+?)[?!. "
    r"]*$",
    re.IGNORECASE,
)
GIBBERISH = re.compile(
    r"(?=.*[a-z])[^aeiouy\s]{5,}|(.)\1{4,}|(?:asdf|qwer|hjkl|sdfg|zxcv|jkl;)", re.IGNORECASE
)
INSULTS = re.compile(
    r"\b(?:idiot|stupid|dumb|moron|fuck(?:ing)?|shit|asshole|bastard|useless)\b", re.I
)
AT_YOU = re.compile(r"\b(?:you|your|u|bot|this|off|up)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An intent, and what it is of: a section's name, a word, a date; or nothing."""

    intent: Intent
    of: str = ""


@dataclass(frozen=True)
class Examples:
    """The example utterances, and their vectors by one encoder."""

    encoder: Encoder

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of all examples, in their order."""
        return self.encoder.passages([text for _, text in utterances()])

    def nearest(self, turn: str) -> tuple[Intent, float, float]:
        """Return the nearest intent and its cosine, then that of the nearest real question."""
        cosines = self.vectors @ self.encoder.questions([turn])[0]
        labels = [intent for intent, _ in utterances()]
        facts = np.array([label is Intent.QUESTION for label in labels])
        best = int(np.argmax(np.where(facts, -1.0, cosines)))
        return labels[best], float(cosines[best]), float(cosines[facts].max())


@cache
def utterances() -> tuple[tuple[Intent, str], ...]:
    """Return the example utterances, each with its intent."""
    groups = tomllib.loads(UTTERANCES.read_text("utf-8"))
    return tuple((Intent(name), text) for name, texts in groups.items() for text in texts)


@cache
def vocabulary() -> Mapping[Intent, frozenset[str]]:
    """Return the words of the examples of each intent, by their stems and as they are."""
    words: dict[Intent, set[str]] = {}
    for intent, text in utterances():
        words.setdefault(intent, set()).update(terms(text))
    return {intent: frozenset(found | FREE) for intent, found in words.items()}


def pasted(turn: str) -> bool:
    """Tell whether a turn is a paragraph of text and no question."""
    return len(turn.split()) > PASTED and "?" not in turn


def patterned(turn: str) -> Wanted | None:
    """Return what a turn wants of a thing that it names, if it says so in so many words."""
    if found := MENTIONS.match(turn):
        return Wanted(Intent.MENTIONS, found["what"].strip("“”\"' "))
    if found := SINCE.match(turn):
        return Wanted(Intent.SINCE, found["when"])
    if ASKS_SECTION.match(turn):
        for pattern in (NAMED_SECTION, SECTION):
            if found := pattern.search(turn):
                groups = found.groupdict()
                name = (groups.get("name") or groups.get("headed") or "").strip("“”\"' ")
                if name and name.casefold() not in {"the", "this", "of", "is"}:
                    return Wanted(Intent.SECTION, name)
    return None


def recognise(
    turn: str, *, examples: Examples, titles: frozenset[str], unknown: frozenset[str]
) -> Wanted:
    """Return what a turn wants; in doubt it asks for a fact.

    `titles` are the terms of the article that it may name, `unknown` those of its words that no
    article has.
    """
    if certain := patterned(turn) or _without_examples(turn, unknown):
        return certain
    said = frozenset(terms(turn))
    left = {intent: said - vocabulary()[intent] - titles for intent in vocabulary()}
    new = {word for word in said if word not in unknown}
    plain = min(map(len, left.values())) == 0
    if not plain and min(len(rest & new) for rest in left.values()) > 0:
        return Wanted(Intent.QUESTION)  # it speaks of something that the articles speak of
    bare = " ".join(w for w in turn.split() if not {*terms(w)} & titles).casefold()
    intent, near, fact = examples.nearest(bare)
    enough = LIKE if not left[intent] else ALIKE
    if intent is Intent.QUESTION or near < enough or near - fact < MARGIN:
        return Wanted(Intent.QUESTION)
    return Wanted(intent)


def _without_examples(turn: str, unknown: frozenset[str]) -> Wanted | None:
    """Return what a turn wants, if its form alone shows it."""
    words = len(turn.split())
    if pasted(turn):
        return Wanted(Intent.PASTED)
    if words > MOST:
        return Wanted(Intent.QUESTION)
    if _is_gibberish(turn, unknown):
        return Wanted(Intent.GIBBERISH)
    insulting = INSULTS.search(turn) and AT_YOU.search(turn) and words <= SCOLDING
    return Wanted(Intent.INSULT) if insulting else None


def _is_gibberish(turn: str, unknown: frozenset[str]) -> bool:
    words = split_words(turn)
    odd = [
        w
        for w in words
        if GIBBERISH.search(w) and not w.isupper() and not any(map(str.isdigit, w))
    ]
    return bool(odd) and len(odd) * 2 > len(words) and len(unknown) * 2 >= len({*terms(turn)})
