"""Questions that a sentence answers, made of its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from qa.language.dates import MONTHS
from qa.suggestions.clauses import BOUNDARY, DATE, WHEN, Clause, clauses, is_statement
from qa.suggestions.from_numbers import (
    BE,
    HAVE,
    how_far,
    how_long,
    how_many,
    how_many_did,
    population,
)
from qa.suggestions.nouns import DETERMINERS, NAME, PERSON, THINGS, head, is_name, phrase
from qa.suggestions.question import Posed, asked
from qa.suggestions.verbs import ACTIVE, AGENT_PAST, ALONE, CAUSING, is_participle
from qa.suggestions.word_lists import listed
from qa.suggestions.wording import Wording, reads_well

LONGEST = 500  # characters of a sentence: what is longer says too much, and takes too long
LONG_WHEN, LONG_WHO, LONG_WHICH, LONG_WHY, LONG_CAUSE = 7, 9, 12, 9, 10  # words
SUPERLATIVE = re.compile(
    r"(?:(?P<of>[A-Z][\w’'. -]*[’']s?)|the) (?:[\w-]+ )??"
    r"(?:[\w-]*(?:larg|bigg|small|tall|long|high|deep|old|young|earli|fast|rich|busi|great|strong"
    r"|short|low|wid|heavi|near|clos|new|fin|wealthi|poor|hott|cold|dri|wett)est(?:-[a-z]+)?"
    r"|first|last|only|second|third|capital|main|most [a-z-]+) "
    r"(?!(?:after|in|on|at|by|for|with|from|among|ever)\b)(?=\w)"
)
APPOSED = re.compile(rf"(?P<name>(?:\bthe )?\b{NAME}), (?P<what>[^,.;:()]+(?!\.?\d))")
MORE = re.compile(r" and an? | and the | who | which | that | with | but ")
KNOWN = re.compile(
    r"(?P<how>(?:(?:best|also|well|mainly|mostly|primarily|widely|most)[ -])?(?:known|famous"
    r"|infamous|renowned|noted|notable|remembered|celebrated) for) (?P<what>.+)"
)
STRANDED = re.compile(
    r"(?P<how>(?:(?:mainly|usually|also|often|primarily|typically|mostly|commonly) )?"
    r"(?:made (?:up )?(?:of|from)|composed of|used (?:for|as)|derived from|responsible for"
    r"|divided into|surrounded by|based on|part of|related to|bordered by|dedicated to))"
    r" (?P<what>.+)"
)
PLACED = re.compile(
    r"(?P<how>(?:located|situated|headquartered|born|buried|held|found|filmed|raised)"
    r"(?= (?:in|at|on|near) )|(?:based|set)(?= in )) \w+ "
    rf"(?P<what>(?!\d|{MONTHS}|[a-z]* with)(?=.*[A-Z]|the |an? ).+)"
)
BECAUSE = re.compile(r"(?:(?P<what>.*?)\s)??(?:because(?: of)?|due to|owing to) (?P<why>.+)")
BY = re.compile(
    rf"(?P<done>[a-z]+)(?: (?:in|on) {DATE})? by (?P<who>(?:the )?{NAME})(?<![’']s)"
)
INDEFINITE = re.compile(r"(?:an?|the|one of)\b")
PART = re.compile(r" (?:of|and|for|to|between|in|from) |[’'] ?s? ")
POSSESSED = re.compile(r"[’'] ?s? [a-z]")
OBJECT = re.compile(r"the |[A-Z]|[a-z]+ of ")
CONTENTS = {
    "consist": "of",
    "refer": "to",
    "stand": "for",
    "contain": "",
    "include": "",
    "mean": "",
    "require": "",
}
RELATIVE = re.compile(r" (?:that|which|who|whose|where|when|as|than|in which)\b")
BY_OTHERS = {"followed", "preceded", "succeeded"}
PREPOSITIONS = listed(
    "in on at by for from to with into through over of as about against under until via"
)
CLOSED = {"when", "who", "which", "many", "why", "measure", "cause"}
"""Kinds of questions that no preposition ends."""
OPEN_END = re.compile(
    r"\b(?:in|on|at|by|for|of|to|from|with|into|during|through|over|under)\?$"
)

Maker = Callable[[Clause], Iterator[Posed]]


def pose(sentence: str, wording: Wording) -> Iterator[Posed]:
    """Yield questions that a sentence answers; `wording` is that of its article."""
    if len(sentence) > LONGEST:
        return
    for posed in _posed(sentence, wording):
        question = posed.question
        open_end = posed.kind in CLOSED and OPEN_END.search(question)
        if reads_well(question) and not open_end:
            told = posed.told and wording.is_told(question.partition(" ")[2])
            yield replace(posed, told=told)


def _posed(sentence: str, wording: Wording) -> Iterator[Posed]:
    for said in clauses(sentence):
        clause = replace(said, subject=wording.lowered(said.subject))
        first = clause.subject.split()[0]
        told = first not in DETERMINERS or wording.is_told(clause.subject)
        for make in _asking(clause):
            yield from (replace(posed, told=told) for posed in make(clause))
        for make in FOR:
            yield from make(clause)
    yield from how_many_did(sentence)
    yield from _apposed(sentence)


def _asking(clause: Clause) -> tuple[Maker, ...]:
    """Return what may be asked about a subject: little of any ride, nothing of riding there."""
    first, _, more = clause.subject.partition(" ")
    if more and first.endswith("ing"):
        return ()
    return OF_ANY if first in {"a", "an"} else ABOUT


def _when(clause: Clause) -> Iterator[Posed]:
    found = WHEN.search(clause.rest)
    what, date = clause.ahead, clause.date
    if found:
        what, date = clause.rest[: found.start()].strip(), date or found["date"]
    first = what.partition(" ")[0]
    if not date or BOUNDARY.search(what) or " and " in what or len(what.split()) > LONG_WHEN:
        return
    full = clause.base in ALONE or (first and first not in PREPOSITIONS)
    behind = clause.rest[found.end() if found else len(clause.ahead) :]
    goes_on = behind.startswith(" as ") or (not found and RELATIVE.match(behind))
    if what.endswith(("beginning", "starting")) or goes_on or not full:
        return
    if clause.base and not is_participle(first):
        yield Posed(
            asked("When", clause.helper, clause.subject, clause.base, what), "when", date
        )
    elif clause.verb in {"was", "were"} and is_participle(first) and what not in BY_OTHERS:
        yield Posed(asked("When", clause.verb, clause.subject, what), "when", date)


def _where(clause: Clause) -> Iterator[Posed]:
    found = PLACED.match(clause.ahead)
    if found and clause.verb in BE:
        question = asked("Where", clause.verb, clause.subject, found["how"])
        yield Posed(question, "where", found["what"])


def _known(clause: Clause) -> Iterator[Posed]:
    found = KNOWN.match(clause.ahead) or STRANDED.match(clause.ahead)
    if found and clause.verb in BE:
        question = asked("What", clause.verb, clause.subject, found["how"])
        yield Posed(question, "known", found["what"])


def _why(clause: Clause) -> Iterator[Posed]:
    found = BECAUSE.match(clause.rest)
    if not found:
        return
    what = found["what"] or ""
    first = what.partition(" ")[0]
    full = is_participle(first) if clause.verb in HAVE else first or clause.base in ALONE
    short = len(what.split()) <= LONG_WHY and not BOUNDARY.search(what)
    if full and short and not first.endswith("ly"):
        yield Posed(asked("Why", clause.helper, clause.subject, clause.base, what), "why")


def _what(clause: Clause) -> Iterator[Posed]:
    said = INDEFINITE.match(clause.ahead)
    if clause.verb not in BE or not said or PART.search(clause.subject):
        return
    noun, named = head(clause.ahead), is_name(clause.subject)
    person = PERSON.fullmatch(noun) is not None
    asks_who = named and person and said.group() != "one of" and " " in clause.subject
    if named:
        asks_what = noun in THINGS and said.group() != "the"
    else:
        asks_what = not PERSON.search(clause.subject)
    if asks_who or (asks_what and not person and clause.verb in {"is", "are"}):
        question = asked("Who" if asks_who else "What", clause.verb, clause.subject)
        yield Posed(question, "what", phrase(clause.ahead))


def _contents(clause: Clause) -> Iterator[Posed]:
    tail = CONTENTS.get(clause.base)
    term = clause.base != "refer" or not re.search(r"(?!^)\b[A-Z]", clause.subject)
    fits = tail is not None and clause.helper != "did" and term
    if fits and clause.ahead.startswith(tail or ""):
        yield Posed(
            asked("What", clause.helper, clause.subject, clause.base, tail or ""), "content"
        )


def _by_whom(clause: Clause) -> Iterator[Posed]:
    by = BY.match(clause.rest)
    if by and clause.verb in {"was", "were"} and by["done"] in ACTIVE:
        yield Posed(asked("Who", ACTIVE[by["done"]], clause.subject), "who", by["who"])


def _who(clause: Clause) -> Iterator[Posed]:
    verb, what = clause.verb, clause.ahead
    if verb in {"has", "have"}:
        done, _, what = what.partition(" ")
        verb = f"has {done}" if done in ACTIVE else ""
    several = clause.subject.split()[0] not in DETERMINERS and clause.subject.endswith("s")
    somebody = (is_name(clause.subject) or several) and not POSSESSED.search(clause.subject)
    does = verb in AGENT_PAST or verb.startswith("has ")
    more = RELATIVE.match(clause.rest[len(clause.ahead) :])
    if not somebody or not does or more or not OBJECT.match(what):
        return
    if len(what.split()) <= LONG_WHO and not is_participle(what.split()[-1]):
        yield Posed(asked("Who", verb, what), "who", clause.subject)


def _which(clause: Clause) -> Iterator[Posed]:
    """“X is the largest city of Y” tells which that is."""
    found = SUPERLATIVE.match(clause.ahead)
    named = is_name(clause.subject) and clause.verb in {"is", "was"}
    alone = RELATIVE.match(clause.rest[len(clause.ahead) :]) is None
    if not found or not named or not alone or len(clause.ahead.split()) > LONG_WHICH:
        return
    person = PERSON.search(head(clause.ahead[found.end() :]))
    if not person or " " in clause.subject:
        word = "Who" if person else "What"
        yield Posed(asked(word, clause.verb, clause.ahead), "which", clause.subject)


def _apposed(sentence: str) -> Iterator[Posed]:
    """“X, the largest city of Y,” tells it too."""
    for match in APPOSED.finditer(sentence):
        what = MORE.split(match["what"])[0]
        noun = head(what)
        fits = len(what.split()) in range(3, LONG_WHO + 1) and not is_statement(what)
        one = not PERSON.search(noun) and not re.search(r"[^s]s$", noun)
        if SUPERLATIVE.match(what) and fits and one:
            yield Posed(asked("What is", what), "which", match["name"])


def _causes(clause: Clause) -> Iterator[Posed]:
    """A thing that does something: “What could open the road to Damascus?”."""
    first, _, what = clause.ahead.partition(" ")
    short = len(what.split()) in range(3, LONG_CAUSE)
    if clause.verb in {"can", "could", "may", "might"} and first in CAUSING and short:
        yield Posed(asked("What", clause.verb, clause.ahead), "cause", clause.subject)


OF_ANY: tuple[Maker, ...] = (_what, _contents, how_long)
"""What asks about any subject: “How long does a ride take?”."""
ABOUT = (*OF_ANY, _when, _where, how_many, population, how_far, _known, _why)
"""What asks about one."""
FOR: tuple[Maker, ...] = (_by_whom, _who, _which, _causes)
"""What asks for the subject itself."""
