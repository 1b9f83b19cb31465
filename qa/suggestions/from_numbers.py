"""Question generation from numbers: how many, how far, how long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.language.amounts import DIGITS, NUMBER_NAME
from qa.language.nouns import NAME
from qa.language.verbs import BE_VERBS, HAVE_VERBS, is_participle
from qa.suggestions.clauses import BOUNDARY, Clause
from qa.suggestions.question import GeneratedQuestion

NUMBER = rf"(?:{DIGITS}|\b(?:{NUMBER_NAME})\b)(?: (?:{NUMBER_NAME})\b)*"
ROUGHLY = (
    r"(?:(?:about|around|some|roughly|approximately|circa|over|nearly|almost|up to|at least"
    r"|more than|fewer than|less than|only|just|exactly|an estimated|tens of|hundreds of)\s)*"
)
COUNT = re.compile(
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
MEASURE_PATTERN = re.compile(MEASURE)
DIMENSION = re.compile(rf"(?P<said>{MEASURE}) (?P<how>long|tall|high|wide|deep|thick|old)\b")
DISTANCE = re.compile(
    rf"(?:located |situated )?(?P<said>{MEASURE}) (?:to the )?"
    rf"(?:(?:north|south|east|west)[\w-]* |away )?(?:of|from) (?P<place>{NAME})"
)
POPULATION = re.compile(rf"a population of (?P<said>{ROUGHLY}{NUMBER})")
MEASURED_BY = {"last": "long", "take": "long", "weigh": "much", "cost": "much"}
MIN_WORDS, MAX_WORDS = 2, 10  # words behind “How many people”


def how_many(clause: Clause) -> Iterator[GeneratedQuestion]:
    """Ask how many a subject has, or has done something to."""
    helper, done, rest = clause.auxiliary, clause.base_form, clause.complement
    if clause.verb in HAVE_VERBS and COUNT.match(rest):
        helper, done = HAVE_VERBS[clause.verb], "have"
    elif clause.verb in {"has", "have", "can", "could"}:
        done, _, rest = rest.partition(" ")
        done = done if is_participle(done) or clause.verb.startswith("c") else ""
    found = COUNT.match(rest) if done else None
    if found and not re.search(rf"{UNITS}$", found["what"]):
        parts = "How many", found["what"], helper, clause.subject, done
        yield GeneratedQuestion.of("many", *parts, short=found["number"])


def how_many_did(sentence: str) -> Iterator[GeneratedQuestion]:
    """Ask how many did something: the order of the words stays as it is."""
    found = COUNT.match(sentence)
    rest = sentence[found.end() :] if found else ""
    boundary = BOUNDARY.search(rest)
    words = (rest[: boundary.start()] if boundary else rest.rstrip(".!")).split()
    asks = words[:1] and (words[0] in {"are", "were", "have", "had"} or words[0].endswith("ed"))
    if found and asks and MIN_WORDS <= len(words) <= MAX_WORDS:
        parts = "How many", found["what"], *words
        yield GeneratedQuestion.of("many", *parts, short=found["number"])


def population(clause: Clause) -> Iterator[GeneratedQuestion]:
    """Ask for the population of a place."""
    found = POPULATION.match(clause.rest)
    if found and clause.verb in {"has", "had"}:
        verb = "is" if clause.verb == "has" else "was"
        parts = "What", verb, "the population of", clause.subject
        yield GeneratedQuestion.of("measure", *parts, short=found["said"])


def how_long(clause: Clause) -> Iterator[GeneratedQuestion]:
    """Ask how long, high or old something is, or how long it takes."""
    if clause.verb in BE_VERBS and (found := DIMENSION.match(clause.complement)):
        parts = "How", found["how"], clause.verb, clause.subject
        yield GeneratedQuestion.of("measure", *parts, short=found["said"])
    base = clause.base_form
    if base in MEASURED_BY and (found := MEASURE_PATTERN.match(clause.complement)):
        words = "How", MEASURED_BY[base], clause.auxiliary, clause.subject, base
        yield GeneratedQuestion.of("measure", *words, short=found.group())


def how_far(clause: Clause) -> Iterator[GeneratedQuestion]:
    """Ask how far one place is from another."""
    found = DISTANCE.match(clause.complement)
    if found and clause.verb in {"is", "was", "lies"}:
        verb = "was" if clause.verb == "was" else "is"
        parts = "How far", verb, clause.subject, "from", found["place"]
        yield GeneratedQuestion.of("measure", *parts, short=found["said"])
