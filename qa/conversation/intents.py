"""What a turn wants: a fact, or something about the articles, the library, or the talk."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from qa.answers import Intent
from qa.conversation.anaphora import Anaphor, is_fragment, mentions
from qa.conversation.manners import REPLIES
from qa.encoders import Encoder
from qa.language.terms import split_words, terms
from qa.stores.base import Vectors

UTTERANCES = Path(__file__).with_name("utterances.toml")
MIN_COSINE = 0.55  # to an example, of a turn without a word that no example of it has
MIN_COSINE_UNKNOWN = 0.7  # to an example, of a turn with other words
MIN_MARGIN = 0.08  # cosine: by so much nearer to an example than to any question for a fact
MIN_MARGIN_UNKNOWN = 0.3  # the same, of a manner with a word that no example has
NEVER = 2.0  # no cosine is that high
MAX_WORDS = 14  # words of a turn that wants no fact
MAX_INSULT_WORDS = 6  # words of an insult
MIN_PASTED_WORDS = 60  # words of a turn that is a paragraph
KINDS = frozenset({"piec", "stori", "report", "paper"})
"""Stems of what an article may be, and a title say."""
FREE = KINDS | {
    "article", "articl", "text", "document", "page", "pleas", "ok", "okay", "one", "everyth",
    "thing", "this", "file",
}  # fmt: skip
"""Stems that say nothing of what is wanted."""
GIST = frozenset({Intent.TOPIC, Intent.SUMMARY, Intent.KEY_POINTS})
LISTS = frozenset({Intent.PEOPLE, Intent.PLACES, Intent.DATES, Intent.NUMBERS})
ABOUT_ARTICLE = GIST | LISTS | {Intent.FIRST}
"""What can be wanted of an article as a whole."""

POINTING = {"this", "that"}
"""Words that may mean all that was said: “and after that?”."""

SECTION = re.compile(
    r"\b(?:section|chapter)s? (?:(?:on|about|called|titled|named|headed|entitled|number|no\.?)"
    r" ?"
    r"|(?=[“\"\d]|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b))(?P<name>.+?)"
    r"(?: (?:say|says|cover|covers|about|tell|tells|contain|contains|deal with|deals with|state"
    r"|mean|discuss|discusses)\b.*)?[?!. ]*$"
    r"|\bunder (?:the heading )?[“\"'](?P<headed>.+?)[”\"']",
    re.IGNORECASE,
)
QUOTED_SECTION = re.compile(r"\bsection “(?P<headed>[^”]+)”")
HOLDINGS = re.compile(
    r"(?:which|what|how many) (?:articles|documents|texts|files|sources)"
    r" (?:do you (?:have|know)"
    r"|are there|have you got|can you search|are in the library)[?!. ]*",
    re.IGNORECASE,
)
ABOUT = re.compile(r"what is “[^”]+” about[?!. ]*", re.IGNORECASE)
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

    def cosines(self, turns: Sequence[str]) -> dict[Intent, float]:
        """Return how near the nearest example of each intent is to some turns, on average."""
        near: dict[Intent, Vectors] = {}
        found = self.vectors @ self.encoder.questions(turns).T
        for (intent, _), cosines in zip(utterances(), found, strict=True):
            near[intent] = np.maximum(near.get(intent, cosines), cosines)
        return {intent: float(cosines.mean()) for intent, cosines in near.items()}

    def nearest(self, turn: str) -> tuple[Intent, float, float]:
        """Return the nearest intent and its cosine, then that of the nearest real question."""
        near = self.cosines([turn])
        fact = near.pop(Intent.QUESTION)
        best = max(near, key=lambda intent: near[intent])
        return best, near[best], fact


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


def is_pasted(turn: str) -> bool:
    """Tell whether a turn is a paragraph of text and no question."""
    return len(turn.split()) > MIN_PASTED_WORDS and "?" not in turn


def match_patterns(turn: str) -> Wanted | None:
    """Return what a turn wants of a thing that it names, if it says so in so many words."""
    if found := MENTIONS.match(turn):
        return Wanted(Intent.MENTIONS, found["what"].strip("“”\"' "))
    if found := SINCE.match(turn):
        return Wanted(Intent.SINCE, found["when"])
    for intent, pattern in ((Intent.COUNT, HOLDINGS), (Intent.TOPIC, ABOUT)):
        if pattern.fullmatch(turn):
            return Wanted(intent)
    name = _section_name(turn)
    return Wanted(Intent.SECTION, name) if name else None


def bare_word(turn: str) -> str:
    """Return the word that is all of a turn, if it is one of content and not asked for."""
    word = turn.strip(" .!“”\"'")
    return word if word.isalpha() and terms(word) else ""


def _section_name(turn: str) -> str:
    """Return the name of the section that a turn asks for."""
    if not ASKS_SECTION.match(turn):
        return ""
    for pattern in (QUOTED_SECTION, NAMED_SECTION, SECTION):
        if found := pattern.search(turn):
            groups = found.groupdict()
            name = (groups.get("name") or groups.get("headed") or "").strip("“”\"' ")
            if name.casefold() not in {"", "the", "this", "of", "is"}:
                return name
    return ""


def recognise(
    turn: str, *, examples: Examples, titles: frozenset[str], unknown: frozenset[str]
) -> Wanted:
    """Return what a turn wants; in doubt it asks for a fact.

    `titles` are the terms of the article that it may name, `unknown` those of its words that no
    article has.
    """
    pointing = mentions(turn)
    if is_fragment(turn) and any(m.of(turn).casefold() not in POINTING for m in pointing):
        return Wanted(Intent.QUESTION)  # “And her?” goes on from the last one
    if certain := match_patterns(turn) or _without_examples(turn, unknown):
        return certain
    said = frozenset(terms(turn))
    left = {intent: said - words - titles for intent, words in vocabulary().items()}
    if min(len(rest - unknown) for rest in left.values()) > 1:
        return Wanted(Intent.QUESTION)  # it speaks of what the articles speak of
    bare = " ".join(w for w in turn.split() if not {*terms(w)} & titles)
    intent, near, fact = examples.nearest(bare or turn)
    if intent in REPLIES and said & titles:
        return Wanted(Intent.QUESTION)  # who names an article wants something of it
    enough, apart = _thresholds(intent, left[intent], unknown)
    if intent is Intent.COUNT and any(m.kind is not Anaphor.PLACE for m in pointing):
        enough = NEVER  # “How many pages does it have?” counts no articles
    return Wanted(intent if near >= enough and near - fact >= apart else Intent.QUESTION)


def _thresholds(
    intent: Intent, left: frozenset[str], unknown: frozenset[str]
) -> tuple[float, float]:
    """Return how near an example must be, and how much nearer than any question for a fact.

    That rises with the words `left` that no example of the intent has.
    """
    if not left:
        return MIN_COSINE, MIN_MARGIN
    if len(left) == 1 and intent in REPLIES:
        return MIN_COSINE, MIN_MARGIN_UNKNOWN
    return (MIN_COSINE_UNKNOWN, MIN_MARGIN) if left <= unknown else (NEVER, MIN_MARGIN)


def _without_examples(turn: str, unknown: frozenset[str]) -> Wanted | None:
    """Return what a turn wants, if its form alone shows it."""
    words = len(turn.split())
    if is_pasted(turn):
        return Wanted(Intent.PASTED)
    if words > MAX_WORDS:
        return Wanted(Intent.QUESTION)
    if _is_gibberish(turn, unknown):
        return Wanted(Intent.GIBBERISH)
    insulting = INSULTS.search(turn) and AT_YOU.search(turn) and words <= MAX_INSULT_WORDS
    return Wanted(Intent.INSULT) if insulting else None


def _is_gibberish(turn: str, unknown: frozenset[str]) -> bool:
    words = split_words(turn)
    odd = [
        w
        for w in words
        if GIBBERISH.search(w) and not w.isupper() and not any(map(str.isdigit, w))
    ]
    return bool(odd) and len(odd) * 2 > len(words) and len(unknown) * 2 >= len({*terms(turn)})
