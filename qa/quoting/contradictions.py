"""Contradictions between quotations: 30 dead here, 41 dead there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from qa.language.amounts import Amount, amounts
from qa.language.dates import CALENDAR, date, differ, years
from qa.language.terms import terms
from qa.quoting.quotes import Quote, has_open_reference
from qa.types import Article

MIN_CONTEXT_SIMILARITY = 0.6  # of the words around two names, if little but the names differs
MIN_QUESTION_SHARE = 0.5  # of the question's words, if both sentences are about what it asks
MIN_COMMON_SHARE = (
    0.7  # of the question's words in either, if they are about the same part of it
)
WORD_PATTERN = re.compile(r"\w+")
CAPITALISED = re.compile(r"\b[A-Z]\w+")
NAME = re.compile(r"[A-Z][\w’'.-]*(?: (?:(?:of|the|de|van|von|al|bin) )?[A-Z][\w’'.-]*)*")
REPORTING = re.compile(r"\b(?:said|says|say|told|according to|reported|announced)\b")
"""Who is named beside these may be a witness, and not what the sentence is about."""
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
    r"\b(?:it|its|he|his|she|her|they|their|this|that)\b[^(]*$", re.IGNORECASE
)
"""Questions that do not say what they are about, nor is it added in brackets."""


def contradict(asked: str, one: Quote, other: Quote) -> bool:
    """Tell whether the short answers of two quotations cannot both be right.

    They are dates, numbers of one unit, or names within like sentences; they stand in two
    sections, and both sentences seem to be about one matter. In doubt they do not contradict.
    """
    if not one.short or not other.short or one.section == other.section:
        return False
    open_reference = has_open_reference(one.text) or has_open_reference(other.text)
    if UNNAMED_SUBJECT.search(asked) or (one.article != other.article and open_reference):
        return False
    if _contains(one, other.short_answer) or _contains(other, one.short_answer):
        return False
    return _answers_differ(asked, one, other) and _same_subject(asked, one, other)


def _answers_differ(asked: str, one: Quote, other: Quote) -> bool:
    left, right = one.short_answer, other.short_answer
    if date(left) or date(right):
        alone = not years(one.context) and not years(other.context)
        return alone and differ(date(left), date(right))
    numbers = [_amounts(quote) for quote in (one, other)]
    if any(numbers):
        single = all(len(found) == 1 for found in numbers)
        return single and numbers[0][0].excludes(numbers[1][0])
    return (
        NAME.fullmatch(left) is not None
        and NAME.fullmatch(right) is not None
        and ONE_ANSWER.search(asked) is not None
        and not any(ONE_OF_SEVERAL.search(quote.text) for quote in (one, other))
        and _similarity(terms(one.context), terms(other.context)) >= MIN_CONTEXT_SIMILARITY
    )


def _same_subject(asked: str, one: Quote, other: Quote) -> bool:
    """Tell whether two sentences seem to be about the same thing or event.

    Both have half of the question's words, and mostly the same. Around their short answers they
    name no different years, and no different names, unless somebody is quoted there.
    """
    wanted = set(terms(asked))
    given = set(terms(one.article.title)) if one.article == other.article else set()
    left, right = (wanted & (given | set(terms(quote.text))) for quote in (one, other))
    if len(left & right) < max(
        MIN_QUESTION_SHARE * len(wanted), MIN_COMMON_SHARE * len(left | right)
    ):
        return False
    if _disjoint(years(one.context), years(other.context)):
        return False
    reported = REPORTING.search(one.text) or REPORTING.search(other.text)
    return bool(reported) or not _disjoint(_subject(one) - wanted, _subject(other) - wanted)


def _disjoint(some: AbstractSet[object], others: AbstractSet[object]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def _amounts(quote: Quote) -> list[Amount]:
    """Return the numbers in the short answer, read within its sentence."""
    if not quote.short:
        return []
    start = quote.span.start
    return list(amounts(quote.text, quote.short.start - start, quote.short.end - start))


def _subject(quote: Quote) -> set[str]:
    """Return the names around the short answer, or else those in the title."""
    return _names(quote.context, quote.article) or _names(quote.article.title, quote.article)


def _names(text: str, article: Article) -> set[str]:
    """Return the words that the article writes with a capital, and never without."""
    written = set(WORD_PATTERN.findall(article.text))
    return {
        term
        for name in CAPITALISED.findall(text)
        if name in written and name.casefold() not in written and not CALENDAR.fullmatch(name)
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
