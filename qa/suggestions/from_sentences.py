"""Question generation from sentences: a sentence's own words, turned into questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from qa.language.dates import MONTHS
from qa.language.nouns import DETERMINERS, NAME, PERSON, THINGS, head, is_name, phrase
from qa.language.verbs import (
    ACTIVE,
    AGENT_PAST,
    BE_VERBS,
    CAUSATIVE,
    HAVE_VERBS,
    INTRANSITIVE,
    is_participle,
)
from qa.suggestions.clauses import BOUNDARY, DATE, DATE_PHRASE, Clause, clauses, is_statement
from qa.suggestions.from_numbers import (
    how_far,
    how_long,
    how_many,
    how_many_did,
    population,
)
from qa.suggestions.question import GeneratedQuestion
from qa.suggestions.wording import Wording, reads_well

MAX_SENTENCE = 500  # characters: a longer sentence says too much, and takes too long
MAX_WHEN, MAX_WHO, MAX_WHICH, MAX_WHY, MAX_CAUSE = 7, 9, 12, 9, 10  # words
SUPERLATIVE = re.compile(
    r"(?:(?P<of>[A-Z][\w’'. -]*[’']s?)|the) (?:[\w-]+ )??"
    r"(?:[\w-]*(?:larg|bigg|small|tall|long|high|deep|old|young|earli|fast|rich|busi|great|strong"
    r"|short|low|wid|heavi|near|clos|new|fin|wealthi|poor|hott|cold|dri|wett)est(?:-[a-z]+)?"
    r"|first|last|only|second|third|capital|main|most [a-z-]+) "
    r"(?!(?:after|in|on|at|by|for|with|from|among|ever)\b)(?=\w)"
)
APPOSITION = re.compile(rf"(?P<name>(?:\bthe )?\b{NAME}), (?P<what>[^,.;:()]+(?!\.?\d))")
APPOSITION_END = re.compile(r" and an? | and the | who | which | that | with | but ")
KNOWN_FOR = re.compile(
    r"(?P<how>(?:(?:best|also|well|mainly|mostly|primarily|widely|most)[ -])?(?:known|famous"
    r"|infamous|renowned|noted|notable|remembered|celebrated) for) (?P<what>.+)"
)
STRANDED = re.compile(
    r"(?P<how>(?:(?:mainly|usually|also|often|primarily|typically|mostly|commonly) )?"
    r"(?:made (?:up )?(?:of|from)|composed of|used (?:for|as)|derived from|responsible for"
    r"|divided into|surrounded by|based on|part of|related to|bordered by|dedicated to))"
    r" (?P<what>.+)"
)
LOCATION = re.compile(
    r"(?P<how>(?:located|situated|headquartered|born|buried|held|found|filmed|raised)"
    r"(?= (?:in|at|on|near) )|(?:based|set)(?= in )) \w+ "
    rf"(?P<what>(?!\d|{MONTHS}|[a-z]* with)(?=.*[A-Z]|the |an? ).+)"
)
BECAUSE = re.compile(r"(?:(?P<what>.*?)\s)??(?:because(?: of)?|due to|owing to) (?P<why>.+)")
BY_AGENT = re.compile(
    rf"(?P<done>[a-z]+)(?: (?:in|on) {DATE})? by (?P<who>(?:the )?{NAME})(?<![’']s)"
)
INDEFINITE = re.compile(r"(?:an?|the|one of)\b")
PART_OF = re.compile(r" (?:of|and|for|to|between|in|from) |[’'] ?s? ")
POSSESSIVE = re.compile(r"[’'] ?s? [a-z]")
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
PREPOSITIONS = frozenset(
    "in on at by for from to with into through over of as about against under until via".split()
)
CLOSED = {"when", "who", "which", "many", "why", "measure", "cause"}
"""Kinds of questions that no preposition ends."""
OPEN_END = re.compile(
    r"\b(?:in|on|at|by|for|of|to|from|with|into|during|through|over|under)\?$"
)

QuestionMaker = Callable[[Clause], Iterator[GeneratedQuestion]]


def questions_from_sentence(sentence: str, wording: Wording) -> Iterator[GeneratedQuestion]:
    """Yield questions that a sentence answers; `wording` is that of its article."""
    if len(sentence) > MAX_SENTENCE:
        return
    for generated in _generate(sentence, wording):
        question = generated.question
        open_end = generated.kind in CLOSED and OPEN_END.search(question)
        if reads_well(question) and not open_end:
            clear = wording.is_self_contained(question.partition(" ")[2])
            yield replace(generated, self_contained=generated.self_contained and clear)


def _generate(sentence: str, wording: Wording) -> Iterator[GeneratedQuestion]:
    for said in clauses(sentence):
        clause = replace(said, subject=wording.lowercase_first(said.subject))
        first = clause.subject.split()[0]
        clear = first not in DETERMINERS or wording.is_self_contained(clause.subject)
        for make in _makers(clause):
            yield from (replace(generated, self_contained=clear) for generated in make(clause))
        for make in FOR_SUBJECT:
            yield from make(clause)
    yield from how_many_did(sentence)
    yield from _apposition(sentence)


def _makers(clause: Clause) -> tuple[QuestionMaker, ...]:
    """Return the makers for a subject: few for “a ride”, none for “riding there”."""
    first, _, more = clause.subject.partition(" ")
    if more and first.endswith("ing"):
        return ()
    return ABOUT_ANY if first in {"a", "an"} else ABOUT


def _when(clause: Clause) -> Iterator[GeneratedQuestion]:
    found = DATE_PHRASE.search(clause.rest)
    what, date = clause.complement, clause.date
    if found:
        what, date = clause.rest[: found.start()].strip(), date or found["date"]
    first = what.partition(" ")[0]
    if not date or BOUNDARY.search(what) or " and " in what or len(what.split()) > MAX_WHEN:
        return
    full = clause.base_form in INTRANSITIVE or (first and first not in PREPOSITIONS)
    behind = clause.rest[found.end() if found else len(clause.complement) :]
    goes_on = behind.startswith(" as ") or (not found and RELATIVE.match(behind))
    if what.endswith(("beginning", "starting")) or goes_on or not full:
        return
    is_passive = clause.verb in {"was", "were"} and is_participle(first)
    if (clause.base_form and not is_participle(first)) or (
        is_passive and what not in BY_OTHERS
    ):
        parts = "When", clause.auxiliary, clause.subject, clause.base_form, what
        yield GeneratedQuestion.of("when", *parts, short=date)


def _where(clause: Clause) -> Iterator[GeneratedQuestion]:
    found = LOCATION.match(clause.complement)
    if found and clause.verb in BE_VERBS:
        parts = "Where", clause.verb, clause.subject, found["how"]
        yield GeneratedQuestion.of("where", *parts, short=found["what"])


def _known_for(clause: Clause) -> Iterator[GeneratedQuestion]:
    found = KNOWN_FOR.match(clause.complement) or STRANDED.match(clause.complement)
    if found and clause.verb in BE_VERBS:
        parts = "What", clause.verb, clause.subject, found["how"]
        yield GeneratedQuestion.of("known", *parts, short=found["what"])


def _why(clause: Clause) -> Iterator[GeneratedQuestion]:
    found = BECAUSE.match(clause.rest)
    if not found:
        return
    what = found["what"] or ""
    first = what.partition(" ")[0]
    full = (
        is_participle(first)
        if clause.verb in HAVE_VERBS
        else first or clause.base_form in INTRANSITIVE
    )
    short = len(what.split()) <= MAX_WHY and not BOUNDARY.search(what)
    if full and short and not first.endswith("ly"):
        parts = "Why", clause.auxiliary, clause.subject, clause.base_form, what
        yield GeneratedQuestion.of("why", *parts)


def _what(clause: Clause) -> Iterator[GeneratedQuestion]:
    said = INDEFINITE.match(clause.complement)
    if clause.verb not in BE_VERBS or not said or PART_OF.search(clause.subject):
        return
    noun, named = head(clause.complement), is_name(clause.subject)
    person = PERSON.fullmatch(noun) is not None
    asks_who = named and person and said.group() != "one of" and " " in clause.subject
    if named:
        asks_what = noun in THINGS and said.group() != "the"
    else:
        asks_what = not PERSON.search(clause.subject)
    if asks_who or (asks_what and not person and clause.verb in {"is", "are"}):
        parts = "Who" if asks_who else "What", clause.verb, clause.subject
        yield GeneratedQuestion.of("what", *parts, short=phrase(clause.complement))


def _contents(clause: Clause) -> Iterator[GeneratedQuestion]:
    base = clause.base_form
    term = base != "refer" or not re.search(r"(?!^)\b[A-Z]", clause.subject)
    if base not in CONTENTS or clause.auxiliary == "did" or not term:
        return
    if clause.complement.startswith(CONTENTS[base]):
        parts = "What", clause.auxiliary, clause.subject, base, CONTENTS[base]
        yield GeneratedQuestion.of("content", *parts)


def _by_whom(clause: Clause) -> Iterator[GeneratedQuestion]:
    by = BY_AGENT.match(clause.rest)
    if by and clause.verb in {"was", "were"} and by["done"] in ACTIVE:
        parts = "Who", ACTIVE[by["done"]], clause.subject
        yield GeneratedQuestion.of("who", *parts, short=by["who"])


def _who(clause: Clause) -> Iterator[GeneratedQuestion]:
    verb, what = clause.verb, clause.complement
    if verb in {"has", "have"}:
        done, _, what = what.partition(" ")
        verb = f"has {done}" if done in ACTIVE else ""
    several = clause.subject.split()[0] not in DETERMINERS and clause.subject.endswith("s")
    somebody = (is_name(clause.subject) or several) and not POSSESSIVE.search(clause.subject)
    does = verb in AGENT_PAST or verb.startswith("has ")
    more = RELATIVE.match(clause.rest[len(clause.complement) :])
    if not somebody or not does or more or not OBJECT.match(what):
        return
    if len(what.split()) <= MAX_WHO and not is_participle(what.split()[-1]):
        yield GeneratedQuestion.of("who", "Who", verb, what, short=clause.subject)


def _which(clause: Clause) -> Iterator[GeneratedQuestion]:
    """Ask which is the largest city of Y: “X is the largest city of Y”."""
    found = SUPERLATIVE.match(clause.complement)
    named = is_name(clause.subject) and clause.verb in {"is", "was"}
    alone = RELATIVE.match(clause.rest[len(clause.complement) :]) is None
    if not found or not named or not alone or len(clause.complement.split()) > MAX_WHICH:
        return
    person = PERSON.search(head(clause.complement[found.end() :]))
    if not person or " " in clause.subject:
        parts = "Who" if person else "What", clause.verb, clause.complement
        yield GeneratedQuestion.of("which", *parts, short=clause.subject)


def _apposition(sentence: str) -> Iterator[GeneratedQuestion]:
    """Ask the same of an apposition: “X, the largest city of Y,”."""
    for match in APPOSITION.finditer(sentence):
        what = APPOSITION_END.split(match["what"])[0]
        noun = head(what)
        fits = len(what.split()) in range(3, MAX_WHO + 1) and not is_statement(what)
        one = not PERSON.search(noun) and not re.search(r"[^s]s$", noun)
        if SUPERLATIVE.match(what) and fits and one:
            yield GeneratedQuestion.of("which", "What is", what, short=match["name"])


def _causes(clause: Clause) -> Iterator[GeneratedQuestion]:
    """Ask what can cause something: “What could open the road to Damascus?”."""
    first, _, what = clause.complement.partition(" ")
    short = len(what.split()) in range(3, MAX_CAUSE)
    if clause.verb in {"can", "could", "may", "might"} and first in CAUSATIVE and short:
        parts = "What", clause.verb, clause.complement
        yield GeneratedQuestion.of("cause", *parts, short=clause.subject)


ABOUT_ANY: tuple[QuestionMaker, ...] = (_what, _contents, how_long)
"""Makers for any subject: “How long does a ride take?”."""
ABOUT = (*ABOUT_ANY, _when, _where, how_many, population, how_far, _known_for, _why)
"""Makers for a particular subject."""
FOR_SUBJECT: tuple[QuestionMaker, ...] = (_by_whom, _who, _which, _causes)
"""Makers of questions that the subject answers."""
