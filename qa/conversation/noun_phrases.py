"""Names and noun phrases, as far as capitals and little words show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.language.amounts import UNITS
from qa.language.dates import CALENDAR, YEAR
from qa.language.nouns import PERSON, THINGS
from qa.language.terms import terms
from qa.language.verbs import is_participle
from qa.types import Article

MAX_READ = 60_000  # characters of an article, to learn its names
JOINERS = r"(?:of|the|de|del|der|du|la|van|von|al|bin|for)"
NAME = re.compile(
    rf"(?:[A-Z]\. ?)*[A-Z][\w’'&-]*"
    rf"(?: (?:{JOINERS} ){{0,2}}(?:(?:[A-Z]\. ?)+|(?:al-|el-|d’|d')?[A-Z0-9][\w’'&-]*))*"
)
WORD = re.compile(r"[^\W_][\w’'-]*")
NO_NAMES = frozenset(
    """
    I I'm I've I'd I'll A An The This That These Those There Here He She It They We You His Her
    Its Their Our My Your Who Whom Whose What Which When Where Why How Is Are Was Were Am Be Do
    Does Did Has Have Had Can Could Will Would Shall Should May Might Must And But Or So Then If
    In On At By For From To With Of After Before During Since Until As Not No Yes Ok Okay Please
    Tell Give List Name Show Describe Explain Any Anything Did Also Other Others Another Besides
    Aside Hello Hi Hey Thanks Thank Sure Well Now One Some All Each Both Many Much More Most
    While Although Though Because However Following Historically According Let Don't Didn't Only
    About Under Over Between Among Through Once Several Two Three Four Five
    """.split()
)
"""Words that a sentence may begin with, and that are no names however they are written."""

FUNCTION = frozenset(
    """
    a an the this that these those there here he him his she her hers it its they them their
    theirs we us our you your i me my mine who whom whose what which when where why how is are
    was were am be been being do does did done has have had can could will would shall should
    may might must and but or nor so then than if in on at by for from to with of after before
    during since until as not no yes about into over under between among through against out
    up down off again also too just only very more most much many any some all each both other
    others another else such own same like get got go goes went come came take took make made
    """.split()
)
CLAUSES = frozenset(
    """
    live lived start started begin began end ended happen happened play played win won lose lost
    leave left die died open opened close closed work worked write wrote say said sell sold
    release released receive received become became find found join joined break broke use used
    cost costs last lasted run ran move moved change changed grow grew need needed apply show
    shows hang hangs stand stands weigh weighs contain contains carry carries serve serves
    """.split()
)
"""Verbs that end a phrase after “did the …”: no list has all, these are the common ones."""

PHRASE = re.compile(
    r"\b(?P<det>the|this|that|these|those|an?|his|her|its|their|my|our|each|every|both)\s+",
    re.IGNORECASE,
)
VERB_LIKE = re.compile(r"(?<![us])s$|ed$|^\d")
PRONOUN_OF_PERSON = re.compile(
    r"\b(?:he|she|his|her|him|hers|himself|herself)\b", re.IGNORECASE
)
TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|President|Prince|Princess|King|Queen|Professor"
    r"|Captain"
    r"|General|Judge|Senator|Saint|St)\b\.?"
)
NOT_OWNED = r"(?:in|on|at|to|from|for|by|with|and|or|as|when|after|before|during|of|again)"
"""Words behind a “her” that is no possessive."""
TIMES = {"second", "minute", "hour", "day", "week", "month", "year"}
EACH = {"each", "every", "both"}
"""Determiners of one of several, which are “they”."""
GROUPS = frozenset(
    """
    band bands group groups team teams company companies couple members people insurgents rebels
    forces army government family committee council club union party police brothers sisters
    workers students children parents crew staff board court
    """.split()
)
"""Nouns that “they” may mean, though they are singular."""


def names(text: str, *, article: Article | None = None) -> list[str]:
    """Return the names in a text, in order; a word that begins a sentence must prove itself.

    It is one if another capital follows, or if the article writes it so within sentences.
    """
    known = known_names(article) if article else frozenset[str]()
    return list(dict.fromkeys(_names(text, known)))


def _names(text: str, known: frozenset[str]) -> Iterator[str]:
    for match in NAME.finditer(text):
        words = match.group().rstrip("’'.").split(" ")
        initial = match.start() == 0 or text[: match.start()].rstrip()[-1:] in {*'.?!:;“"\n('}
        while words and (words[0] in NO_NAMES or words[0] in {"of", "the", "for"}):
            words, initial = words[1:], initial and words[0] in {"The", "A", "An"}
        name = re.sub(r"[’']s$", "", " ".join(words))
        named = any(word[0].isupper() for word in CALENDAR.sub("", name).split())
        if not named or len(name) == 1:
            continue
        if not initial or len(words) > 1 or name in known:
            yield name


@lru_cache(maxsize=64)
def known_names(article: Article) -> frozenset[str]:
    """Return the words and names that an article writes with a capital within sentences."""
    text = article.text[:MAX_READ]
    inside = {
        re.sub(r"[’']s$", "", m.group())
        for m in NAME.finditer(text)
        if m.start() and text[: m.start()].rstrip(" ")[-1:] not in {*'.?!:;“"\n('}
    }
    return frozenset(name for name in inside if name not in NO_NAMES and len(name) > 1)


def restore_case(question: str, article: Article) -> str:
    """Return a question in small letters with an article's names written as they are there."""
    if any(map(str.isupper, question[1:])):
        return question
    small = {name.casefold(): name for name in known_names(article)}
    for name in sorted(small, key=len, reverse=True):
        at = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question)
        if at and name not in FUNCTION and terms(name):
            question = f"{question[: at.start()]}{small[name]}{question[at.end() :]}"
    return question


def noun_phrases(question: str, *, text: str = "") -> list[str]:
    """Return what follows the determiners of a question: “the taxpayer protection pledge”.

    Of words that may be a verb, as many belong to it as the `text`, in small letters, has in a
    row.
    """
    found: list[str] = []
    for match in PHRASE.finditer(question):
        words: list[str] = []
        for word in re.findall(r"\S+", question[match.end() :]):
            bare = word.strip("?!.,;:").casefold()
            if bare in FUNCTION or (words and bare in CLAUSES) or not WORD.fullmatch(bare):
                break
            words.append(re.sub(r"[’']s$", "", word.strip("?!.,;:")))
            if word[-1] in "?!.,;:" or re.search(r"[’']s$", word):
                break
        words = _attested_words(words, text)
        if words and terms(" ".join(words)):
            det = match["det"].casefold()
            if det in EACH and UNITS.get(words[0].casefold()) in TIMES:
                continue  # every year is when, and no thing
            det = det if det in {"a", "an"} | EACH else "the"
            found.append(f"{'the' if det in {'a', 'an'} else det} {' '.join(words)}")
    return found


def says(text: str, words: str) -> bool:
    """Tell whether a text in small letters has these words in a row, each as a whole."""
    return re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text) is not None


def _attested_words(words: list[str], text: str) -> list[str]:
    for length in range(min(len(words), 5), 1, -1):
        if says(text, " ".join(words[:length])):
            return words[:length]
    if len(words) > 1 and (VERB_LIKE.search(words[1]) or is_participle(words[1])):
        return words[:1]  # “the process needs”: more likely a verb than a noun
    return words[:2]


def is_person(name: str, article: Article) -> bool | None:
    """Tell whether a name is somebody's, or None if the article does not show it."""
    if TITLED.match(name) or _is_personal_title(name, article):
        return True
    words = {word.casefold() for word in WORD.findall(name)}
    if words & (THINGS | GROUPS) or name.startswith("The ") or YEAR.search(name):
        return False
    return _shown_person(name, article)


def _is_personal_title(name: str, article: Article) -> bool:
    """Tell whether a name is the title of an article that says “he” or “she” of it."""
    if name.startswith("The ") or not _same(name, article.title):
        return False
    text = article.text[:MAX_READ]
    with_the = re.search(rf"\b[Tt]he {re.escape(name)}\b", f"{article.title}\n{text}")
    return with_the is None and len(PRONOUN_OF_PERSON.findall(text)) > 1


@lru_cache(maxsize=4096)
def _shown_person(name: str, article: Article) -> bool | None:
    text = article.text[:MAX_READ]
    last = re.escape(name.rpartition(" ")[2])
    if re.search(rf"\b[Tt]he {re.escape(name)}\b(?! famil)", text):
        return False
    subject = rf"(?:^|[.?!”\"]\s+|\n)(?:[A-Z][\w.’'-]* ){{0,3}}{last}"
    spoken = (
        rf"{subject}\b[^.?!A-Z]*[.?!]\s+(?:He|She|His|Her)\b"
        rf"|{last}\b[^.?!A-Z]*\b(?:(?:he|she|his)\b|her (?!{NOT_OWNED}\b)[a-z])"
    )
    described = re.search(rf"{last},? (?:is|was|an?|the)\b([^.,;]*)", text)
    if (described and PERSON.search(described.group(1))) or re.search(spoken, text):
        return True
    in_place = re.search(rf"\b(?:in|at|near|from|into) {re.escape(name)}\b", text)
    return False if in_place else None


def _same(name: str, title: str) -> bool:
    bare = {*terms(re.sub(r"\([^()]*\)", "", title))}
    return bool(bare) and {*terms(name)} <= bare


def is_plural(phrase: str) -> bool:
    """Tell whether “they” may mean a phrase: its head is a plural, or a group of people."""
    head = phrase.partition(" of ")[0].rpartition(" ")[2].casefold()
    joined = " and " in phrase
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is", "’s", "'s"))
    each = phrase.partition(" ")[0] in EACH
    return each or joined or plural or head in GROUPS or phrase.startswith("The ")
