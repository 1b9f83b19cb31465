"""Contradictions between quotations: 30 dead here, 41 dead there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from qa.language.amounts import Amount, amounts
from qa.language.dates import CALENDAR, YEAR, date, differ, years
from qa.language.question_kinds import MEASURE_WORDS
from qa.language.terms import terms
from qa.quoting.quotes import Quote, has_open_reference
from qa.types import Article

MIN_CONTEXT_SIMILARITY = 0.6  # of the words around two names, if little but the names differs
MIN_QUESTION_SHARE = 0.5  # of the question's words, if both sentences are about what it asks
MIN_COMMON_SHARE = 0.7  # of those in either, if they are about the same part of it
MIN_AGREEMENT = 1.3  # that share, and the other's share of the best score
MEASURED = frozenset(terms(f"{MEASURE_WORDS.replace('|', ' ')} cost price fee worth pay"))
"""What a unit says as well: “31 metres high” and “at 34 metres”."""
WORD_PATTERN = re.compile(r"\w+")
CAPITALISED = re.compile(r"\b[A-Z]\w+")
IDENTIFYING = re.compile(r"(?<=[\w,] )(?:[A-Z][\w’'-]*|\w*\d\w*)")
"""Names and codes: what has another is another thing, as car park P1 is not P4."""
INSIDE = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
"""A capital within a sentence: what begins one may be any word."""
NAME = re.compile(r"[A-Z][\w’'.-]*(?: (?:(?:of|the|de|van|von|al|bin) )?[A-Z][\w’'.-]*)*")
REPORTING = re.compile(r"\b(?:said|says|say|told|according to|reported|announced)\b")
"""Who is named beside these may be a witness, and not what the sentence is about."""
LABEL = re.compile(r"\W*(?P<what>[^.:;—]+?)\s*[:—][^.;]*")
"""What stands before a value in a list or a row of a table."""

CLAUSE_END = re.compile(
    r"[:;()—]|\b(?:of|in|on|at|for|from|to|with|by|under|over|between|through|than|and|or|when"
    r"|that|which|who)\b",
    re.IGNORECASE,
)
"""What parts a word from the one that tells its kind."""
ANEW = re.compile(
    r"\b(?:again|anew|once more|originally|re(?:opened|built|founded|elected|launched|named))\b"
)
"""What happens again is another event than what happened first."""
ONE_OF_SEVERAL = re.compile(
    r"\b(?:also|among|another|others?|one of|including|both|too|(?:is|was|as) an?)\b"
)
"""Where one of several is named, another name contradicts nothing."""
ONE_ANSWER = re.compile(
    r"\b(?:is|was) the\b|where (?:did|was)\b"
    r"|\b(?:born|buried|founded|discovered|invented|designed|built|wrote|painted|won)\b",
    re.IGNORECASE,
)
"""Questions that one name alone answers; a club has many players, but one founder."""
UNNAMED_SUBJECT = re.compile(
    r"\b(?:it|he|she|they|this|that|(?P<owner>its|his|her|their))\b[^(]*$", re.IGNORECASE
)
"""Questions that do not say what they are about, nor is it added in brackets."""


def contradicting_quotes(
    asked: str, best: Quote, other: Quote, *, sure: float = 1.0
) -> tuple[Quote, ...]:
    """Return what contradicts the best quotation: the other, if it does, or else nothing.

    If it states no value itself, and its heading dates it, that heading comes before it. How
    `sure` it answers, as a share of the best score, counts beside the words that both have.
    """
    if _contradict(asked, best, other, value=other, sure=sure):
        return (other,)
    heading = other.heading() if date(best.short_answer) else None
    stated = list(YEAR.finditer(heading.text)) if heading else []
    if not heading or len(stated) != 1 or years(other.text):
        return ()
    dated = heading.with_short_answer(stated[0].group())
    bare = replace(other, short=None)
    found = _contradict(asked, best, other, value=dated, sure=sure)
    return (dated, bare) if found else ()


def contradict(asked: str, one: Quote, other: Quote) -> bool:
    """Tell whether the short answers of two quotations cannot both be right.

    They are dates, numbers of one measure, or names within like sentences; they stand in two
    sections, and both sentences seem to be about one matter. In doubt they do not contradict.
    """
    return _contradict(asked, one, other, value=other, sure=1.0)


def are_comparable(one: Quote, other: Quote) -> bool:
    """Tell whether the short answers of two quotations are values of one kind."""
    if not one.short or not other.short:
        return False
    left, right = _amounts(one, other), _amounts(other, one)
    dated = [bool(date(quote.short_answer)) for quote in (one, other)]
    if any(dated) or not (left or right):
        return dated[0] == dated[1]
    return bool(left and right) and left[0].is_comparable(right[0])


def _contradict(asked: str, one: Quote, other: Quote, *, value: Quote, sure: float) -> bool:
    """Tell whether a quotation, by the value that it or its heading states, contradicts one."""
    if not one.short or not value.short or one.section == other.section:
        return False
    open_reference = has_open_reference(one.text) or has_open_reference(other.text)
    if _leaves_unnamed(asked) or (one.article != other.article and open_reference):
        return False
    if _contains(one, value.short_answer) or _contains(other, one.short_answer):
        return False
    return _answers_differ(asked, one, value) and _same_subject(asked, one, other, sure=sure)


def _leaves_unnamed(asked: str) -> bool:
    """Tell whether a question's subject is a pronoun; an owner may be named before it."""
    found = UNNAMED_SUBJECT.search(asked)
    return found is not None and not (found["owner"] and terms(asked[: found.start()]))


def _answers_differ(asked: str, one: Quote, other: Quote) -> bool:
    left, right = one.short_answer, other.short_answer
    if date(left) or date(right):
        alone = not years(one.context) and not years(other.context)
        return alone and differ(date(left), date(right))
    numbers = _amounts(one, other), _amounts(other, one)
    if any(numbers):
        single = all(len(found) == 1 for found in numbers)
        return (
            single and numbers[0][0].excludes(numbers[1][0]) and not _has_other_amounts(other)
        )
    return (
        NAME.fullmatch(left) is not None
        and NAME.fullmatch(right) is not None
        and ONE_ANSWER.search(asked) is not None
        and not any(ONE_OF_SEVERAL.search(quote.text) for quote in (one, other))
        and _similarity(terms(one.context), terms(other.context)) >= MIN_CONTEXT_SIMILARITY
    )


def _same_subject(asked: str, one: Quote, other: Quote, *, sure: float) -> bool:
    """Tell whether two sentences seem to be about the same thing or event.

    Both have half of the question's words, under their titles, and mostly the same, the more so
    the less `sure` the other answers. Around their short answers they name no different years,
    and no different names, unless somebody is quoted there; nor do they tell two things of one
    kind apart.
    """
    wanted = set(terms(asked)) - MEASURED
    left, right = (
        wanted & {*terms(quote.article.title), *terms(quote.text)} for quote in (one, other)
    )
    shared = len(left & right)
    if shared < max(1, MIN_QUESTION_SHARE * len(wanted)):
        return False
    named = {term for word in IDENTIFYING.findall(asked) for term in terms(word)} & left
    if not named <= {*terms(" ".join(other.article.path_at(other.span))), *right}:
        return False
    share = shared / len(left | right)
    if share < MIN_COMMON_SHARE or share + sure < MIN_AGREEMENT:
        return False
    if _disjoint(years(one.context), years(other.context)) or _told_apart(one, other):
        return False
    reported = REPORTING.search(one.text) or REPORTING.search(other.text)
    return bool(reported) or not _disjoint(_subject(one) - wanted, _subject(other) - wanted)


def _told_apart(one: Quote, other: Quote) -> bool:
    """Tell whether one happened again, or a word of both stands behind its own in each.

    So the west pier is told from the east pier, and a ticket in summer from one in winter.
    """
    if (ANEW.search(one.text) is None) != (ANEW.search(other.text) is None):
        return True
    left, right = _words_before(one), _words_before(other)
    return any(
        left[term] != right[term] and left[term] not in right and right[term] not in left
        for term in left.keys() & right.keys()
        if left[term] and right[term]
    )


def _words_before(quote: Quote) -> dict[str, str]:
    """Return the terms around the short answer, each with the one before it, if any."""
    words: dict[str, str] = {}
    for part in (piece for side in quote.around for piece in CLAUSE_END.split(side)):
        before = ""
        for term in terms(part):
            words.setdefault(term, before)
            before = term
    return words


def _disjoint(some: AbstractSet[object], others: AbstractSet[object]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def _amounts(quote: Quote, other: Quote) -> list[Amount]:
    """Return the numbers in the short answer, read within its sentence.

    A bare number counts what its sentence names and the other one counts: “Seats: 640”. Behind
    a label it counts what that begins with: “Seats of a car: 52” are no cars.
    """
    label = LABEL.fullmatch(quote.around[0])
    named = {"", *terms(CLAUSE_END.split(label["what"])[0] if label else quote.text)}
    units = {amount.unit for amount in _short_amounts(other)} & named
    unit = units.pop() if len(units) == 1 else ""
    return [a if a.unit else replace(a, unit=unit) for a in _short_amounts(quote)]


def _short_amounts(quote: Quote) -> list[Amount]:
    if not quote.short:
        return []
    start = quote.span.start
    return list(amounts(quote.text, quote.short.start - start, quote.short.end - start))


def _has_other_amounts(quote: Quote) -> bool:
    """Tell whether a sentence states more numbers like its short answer, as a table may."""
    (own,) = _short_amounts(quote)
    alike = [a for a in amounts(quote.text, 0, len(quote.text)) if a.is_comparable(own)]
    return bool(own.unit) and len(alike) > 1


def _subject(quote: Quote) -> set[str]:
    """Return the names around the short answer, or else those in the title."""
    return _names(quote.context, quote.article) or _names(quote.article.title, quote.article)


def _names(text: str, article: Article) -> set[str]:
    """Return the words that the article writes with a capital inside sentences, and always."""
    written = set(WORD_PATTERN.findall(article.text))
    inside = set(INSIDE.findall(article.text))
    return {
        term
        for name in CAPITALISED.findall(text)
        if name in inside and name.casefold() not in written and not CALENDAR.fullmatch(name)
        for term in terms(name)
    }


def _contains(quote: Quote, short: str) -> bool:
    """Tell whether a sentence has all the words of another one's short answer."""
    return {*WORD_PATTERN.findall(short.casefold())} <= {
        *WORD_PATTERN.findall(quote.text.casefold())
    }


def _similarity(left: Sequence[str], right: Sequence[str]) -> float:
    """Return the share of common words among all."""
    return len({*left} & {*right}) / max(len({*left} | {*right}), 1)
