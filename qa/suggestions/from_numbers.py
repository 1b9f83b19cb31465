"""Questions that a number answers: how many, how far, how long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.language.amounts import DIGITS, NUMBER_NAME
from qa.suggestions.clauses import BOUNDARY, Clause
from qa.suggestions.nouns import NAME
from qa.suggestions.question import Posed, asked
from qa.suggestions.verbs import is_participle

NUMBER = rf"(?:{DIGITS}|\b(?:{NUMBER_NAME})\b)(?: (?:{NUMBER_NAME})\b)*"
ROUGHLY = (
    r"(?:(?:about|around|some|roughly|approximately|circa|over|nearly|almost|up to|at least"
    r"|more than|fewer than|less than|only|just|exactly|an estimated|tens of|hundreds of)\s)*"
)
COUNTED = re.compile(
    rf"(?P<number>{ROUGHLY}(?:(?!one\b){NUMBER}|(?:thousands|hundreds|millions|dozens) of)) "
    r"(?P<what>(?:(?!(?:or|and|of|to|more|other|per|in|by|at|on|is|was|are|were|the)\b)"
    r"[\w’'-]+ ){0,2}?"
    r"(?:(?-i:[a-z])[\w-]*[a-rt-z]s|people|men|women|children|fish|sheep|species|series))\b"
    r"(?! (?:ago|later|before|after|old|long|tall|high|wide|deep|away|north|south|east|west"
    r"|from|percent))",
    re.IGNORECASE,
)
UNITS = (
    r"(?:kilomet(?:er|re)s?|km|met(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|centimet(?:er|re)s?"
    r"|cm|mm|tonnes?|tons?|kg|kilograms?|pounds?|grams?|years?|months?|weeks?|days?|hours?"
    r"|minutes?|seconds?|m)\b"
)
MEASURE = rf"{ROUGHLY}{NUMBER}[ -]{UNITS}"
MEASURED = re.compile(MEASURE)
DIMENSION = re.compile(rf"(?P<said>{MEASURE}) (?P<how>long|tall|high|wide|deep|thick|old)\b")
DISTANCE = re.compile(
    rf"(?:located |situated )?(?P<said>{MEASURE}) (?:to the )?"
    rf"(?:(?:north|south|east|west)[\w-]* |away )?(?:of|from) (?P<place>{NAME})"
)
POPULATION = re.compile(rf"a population of (?P<said>{ROUGHLY}{NUMBER})")
LASTING = {"last": "long", "take": "long", "weigh": "much", "cost": "much"}
BE = {"is", "was", "are", "were"}
HAVE = {"has": "does", "have": "do", "had": "did"}
FEWEST, MOST = 2, 10  # words behind “How many people”


def how_many(clause: Clause) -> Iterator[Posed]:
    """Ask how many a subject has, or has done something to."""
    helper, done, rest = clause.helper, clause.base, clause.ahead
    if clause.verb in HAVE and COUNTED.match(rest):
        helper, done = HAVE[clause.verb], "have"
    elif clause.verb in {"has", "have", "can", "could"}:
        done, _, rest = rest.partition(" ")
        done = done if is_participle(done) or clause.verb.startswith("c") else ""
    found = COUNTED.match(rest) if done else None
    if found and not re.search(rf"{UNITS}$", found["what"]):
        question = asked("How many", found["what"], helper, clause.subject, done)
        yield Posed(question, "many", found["number"])


def how_many_did(sentence: str) -> Iterator[Posed]:
    """Ask how many did something: the order of the words stays as it is."""
    found = COUNTED.match(sentence)
    rest = sentence[found.end() :] if found else ""
    boundary = BOUNDARY.search(rest)
    words = (rest[: boundary.start()] if boundary else rest.rstrip(".!")).split()
    told = words[:1] and (words[0] in {"are", "were", "have", "had"} or words[0].endswith("ed"))
    if found and told and FEWEST <= len(words) <= MOST:
        yield Posed(asked("How many", found["what"], *words), "many", found["number"])


def population(clause: Clause) -> Iterator[Posed]:
    """Ask for the population of a place."""
    found = POPULATION.match(clause.rest)
    if found and clause.verb in {"has", "had"}:
        verb = "is" if clause.verb == "has" else "was"
        question = asked("What", verb, "the population of", clause.subject)
        yield Posed(question, "measure", found["said"])


def how_long(clause: Clause) -> Iterator[Posed]:
    """Ask how long, high or old something is, or how long it takes."""
    if clause.verb in BE and (found := DIMENSION.match(clause.ahead)):
        yield Posed(
            asked("How", found["how"], clause.verb, clause.subject), "measure", found["said"]
        )
    if clause.base in LASTING and (found := MEASURED.match(clause.ahead)):
        question = asked(
            "How", LASTING[clause.base], clause.helper, clause.subject, clause.base
        )
        yield Posed(question, "measure", found.group())


def how_far(clause: Clause) -> Iterator[Posed]:
    """Ask how far one place is from another."""
    found = DISTANCE.match(clause.ahead)
    if found and clause.verb in {"is", "was", "lies"}:
        verb = "was" if clause.verb == "was" else "is"
        question = asked("How far", verb, clause.subject, "from", found["place"])
        yield Posed(question, "measure", found["said"])
