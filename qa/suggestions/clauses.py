"""Clauses of a sentence: subject, verb, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.language import question_kinds
from qa.language.dates import MONTH, MONTHS
from qa.language.verbs import PAST, PLURAL, PLURAL_VERBS, PRESENT, SINGULAR_VERBS, is_participle

AUXILIARIES = frozenset(question_kinds.AUXILIARIES.split("|")) - {"do", "does", "did"}
MAX_SUBJECT_WORDS = 8  # words of a subject
NOT_SUBJECTS = frozenset(
    """
    few it this that these those there here he she they we i you his her hers its their our
    my your some many most much several other others another both each one such all any who
    what which when where why how if while as although though because since until unless in
    on at by for from to with within without after before during between among under over
    through around about despite unlike like according following however instead also then
    thus therefore so but and or nor yet not only even just once per due given based today
    later almost nearly approximately roughly more less significant current examples example
    common no two three four five six seven eight nine ten half part chief next
    """.split()
)
UNFIT_IN_SUBJECT = frozenset(
    """
    who whom whose which that where when while because if as than although though but or it
    its he him his she her they them their this these those such i we you my our your not
    never himself itself themselves to example time
    """.split()
)
HANGING_WORDS = frozenset(
    """
    also originally first later now still then once often usually generally typically
    currently officially initially eventually finally subsequently again ultimately soon
    only already sometimes the a an of in on at by for from with and to
    """.split()
)
BOUNDARY = re.compile(
    r"[,:](?!\d)|[;()]|\s[-–—]+\s|(?:^|\s)(?=(?:who|whom|whose|which|that|when|while|where|because|although"
    r"|though|after|before|since|until|if|as|but|so|following|including|such|thus|despite"
    r"|whereas|than|rather|except|via|due|and (?:in|on|at|by|then|later))\b)"
)
UNFIT_CHARACTERS = re.compile(r"[,;:?!–—]|\.$|^(?:north|south|east|west) of\b", re.IGNORECASE)
BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
YEAR = r"(?:1\d{3}|20\d{2})"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:(?:early|late|mid)[ -])?(?:{DAY} (?:of )?{MONTHS},? {YEAR}"
    rf"|{MONTHS} {DAY}(?:, {YEAR})?|{DAY} (?:of )?{MONTHS}|{MONTHS},? {YEAR}|{YEAR}"
    rf"|the {YEAR}s)(?!\w)"
)
DATE_PHRASE = re.compile(
    rf"\b(?:in|on) (?P<date>{DATE})(?![,.]?\d| (?-i:[A-Z])|\s+(?:dollars|census))",
    re.IGNORECASE,
)
FRONTED_ADVERBIAL = re.compile(
    rf"(?:(?:In|On) (?P<date>{DATE}),? |[A-Z][a-z]+ly, |With [^,]+, )", re.IGNORECASE
)
SUBORDINATE = re.compile(
    r"\b(?:after|before|since|until|when|where|because|that) (?=the \w|[A-Z])"
)
WORD_PATTERN = re.compile(r"[^\W_](?:[\w’'.-]*\w)?")
AND_VERB = re.compile(r",? and (?:also |then )?(?=([a-z]+)\b)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement: `rest` is all behind the verb, `date` what stood before the subject."""

    subject: str
    verb: str
    rest: str
    date: str = ""

    @property
    def base_form(self) -> str:
        """The verb as it goes with did or does, or nothing if it is an auxiliary."""
        plural = self.verb if self.verb in PLURAL else ""
        return PAST.get(self.verb) or PRESENT.get(self.verb) or plural

    @property
    def auxiliary(self) -> str:
        """The word that a question begins with, before the subject."""
        if not self.base_form:
            return self.verb
        if self.verb in PAST:
            return "did"
        return "does" if self.verb in PRESENT else "do"

    @property
    def complement(self) -> str:
        """The rest as far as it belongs to the verb."""
        found = BOUNDARY.search(self.rest)
        return (self.rest[: found.start()] if found else self.rest).strip(" .!?")


def clauses(sentence: str) -> Iterator[Clause]:
    """Yield the sentence as a statement, if it is one, and then those within it."""
    plain = BRACKETS.sub("", " ".join(sentence.split()))
    front = FRONTED_ADVERBIAL.match(plain)
    date = (front["date"] or "") if front else ""
    yield from _statements(plain[front.end() :] if front else plain, date)
    for match in SUBORDINATE.finditer(plain):
        yield from _statements(plain[match.end() :], "")


def _statements(text: str, date: str) -> Iterator[Clause]:
    """Yield what a text says of its subject, each verb of it alone."""
    verb = _finite(text)
    subject = trim_subject(text[: verb.start()].strip()) if verb else ""
    if not verb or not is_subject(subject, plural=verb.group() in PLURAL_VERBS):
        return
    for word, rest in _predicates(verb.group(), text[verb.end() :].strip()):
        clause = Clause(subject, word, rest, date)
        done, _, more = clause.complement.partition(" ")
        behind = more if word in AUXILIARIES and is_participle(done) else clause.complement
        if agrees(subject, word) and not is_statement(f"- {behind}"):
            yield clause


def _predicates(verb: str, rest: str) -> Iterator[tuple[str, str]]:
    """Yield the verb and what belongs to it, and then another one that is joined by “and”."""
    joined = next((a for a in AND_VERB.finditer(rest) if _is_finite(a[1])), None)
    yield verb, rest[: joined.start()] if joined else rest
    if joined and not (verb in AUXILIARIES and is_participle(joined[1])):
        another, _, more = rest[joined.end() :].partition(" ")
        yield another, more.strip()


def _is_finite(word: str) -> bool:
    return any(word in verbs for verbs in (AUXILIARIES, PAST, PRESENT, PLURAL))


def is_statement(text: str) -> bool:
    """Tell whether there may be a verb in words."""
    return _finite(text) is not None


def _finite(text: str) -> re.Match[str] | None:
    """Find the first word that may be the verb of a statement."""
    return next(
        (w for w in WORD_PATTERN.finditer(text) if w.start() and _is_finite(w.group())), None
    )


def trim_subject(subject: str) -> str:
    """Return a subject without what is added to it between commas, or hangs at its end."""
    if subject.endswith(",") and subject.count(",") == 2:
        subject = subject.partition(",")[0]
    words = subject.split()
    while words and (words[-1].casefold() in HANGING_WORDS or words[-1].endswith("ly")):
        words.pop()
    return " ".join(words)


def is_subject(text: str, *, plural: bool = False) -> bool:
    """Tell whether words are what a question can be about, without any pointing elsewhere."""
    words = [word.casefold() for word in text.split()]
    if not 1 <= len(words) <= MAX_SUBJECT_WORDS or words[0] in NOT_SUBJECTS:
        return False
    if (
        not UNFIT_IN_SUBJECT.isdisjoint(words)
        or words[0].endswith("ed")
        or words[0][0].isdigit()
    ):
        return False
    if UNFIT_CHARACTERS.search(text) or MONTH.match(text):
        return False
    return plural or "and" not in words


def agrees(subject: str, verb: str) -> bool:
    """Tell whether a subject can be of the number that a verb has."""
    words = subject.casefold().split(" of ")[0].split()
    if verb in PLURAL_VERBS:
        many = re.compile(r"(?:[^sui]s|people|men|women|children|fish)$")
        return words[0] not in {"a", "an"} and ("and" in words or any(map(many.search, words)))
    if verb in SINGULAR_VERBS:
        singular = not re.search(r"[^sui’']s$", words[-1])
        return singular or words[0] in {"a", "an"} or subject[0].isupper()
    return True
