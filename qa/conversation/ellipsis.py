"""A piece of a question, completed by the question before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qa.conversation.anaphora import BARE_QUESTION, FRAGMENT_OPENING
from qa.conversation.noun_phrases import is_plural, names, noun_phrases
from qa.language.dates import MONTHS
from qa.language.question_kinds import AUXILIARY
from qa.language.verbs import PAST, PRESENT, is_participle

PREPOSITION = (
    r"(?:in|on|at|for|from|to|with|by|after|before|during|since|until|under|over|of|near"
    r"|between)"
)
PIECE = re.compile(rf"\b(?P<prep>{PREPOSITION}) (?P<what>[^,?]+)", re.IGNORECASE)
FRONTED = re.compile(rf"{PREPOSITION} (?:who|whom|what|which|when|where|how)\b", re.IGNORECASE)
"""How a piece begins that asks itself: “after how many days”."""
LEADING = re.compile(rf"\A{PREPOSITION} ", re.IGNORECASE)
"""What makes a circumstance of who or what did it: “in a fire”."""

QUESTION_WORD_QUESTION = re.compile(
    rf"(?P<wh>(?:(?:in|on|at|for|to|by|with|from|since|until) )?(?:who|whom|what|which|when"
    rf"|where|why|how)\b"
    rf"(?: (?!{AUXILIARY}\b)\S+){{0,4}}?) (?P<aux>{AUXILIARY}) (?P<rest>.+)",
    re.IGNORECASE,
)
WHETHER = re.compile(rf"(?P<aux>{AUXILIARY}) (?P<rest>.+)", re.IGNORECASE)
AGENT = re.compile(
    r"(?:who|what|which(?: \w+){1,2}|how many (?P<counted>\w+)) (?P<verb>(?!happen)[a-z]+)"
    r"(?P<rest>(?: .+)?)",
    re.IGNORECASE,
)
HAPPENING = re.compile(r"what happen(?P<past>ed|s) (?P<rest>.+)", re.IGNORECASE)
CIRCUMSTANCES = {"when", "where", "why", "how"}
DATE = re.compile(
    rf"\b(?:{MONTHS}(?: \d{{1,2}})?,? ?(?:\d{{4}})?|\d{{1,2}} {MONTHS}|\d{{4}})", re.IGNORECASE
)
POINTING_END = re.compile(r" (?:exactly|(?:was|is) (?:that|this)|did (?:that|this|it) happen)$")
COUNTED_NOUN = re.compile(rf"\bhow (?:many|much) (?!{AUXILIARY}\b)(?P<what>\w+)", re.IGNORECASE)
MEASURING = re.compile(r"(?P<asks>how \w+ (?:is|are|was|were)) (?P<what>.+)", re.IGNORECASE)
INDEFINITE = re.compile(r"an? ", re.IGNORECASE)
DETERMINER = re.compile(r"(?:the|an?) ", re.IGNORECASE)
DETERMINED = re.compile(r"\b(?:the|an?) $", re.IGNORECASE)
LAST_WORD = re.compile(r"\b[a-z]+$")
MEANING_WHY = {
    *("why is that", "why was that", "why so", "why not", "how come", "how so", "what for")
}


def complete_fragment(question: str, last: str, short: str = "") -> list[tuple[str, str]]:
    """Return readings of a piece by the last question, the likeliest first.

    Each comes with the words of the last question that gave way, which may be none.
    """
    bare = BARE_QUESTION.fullmatch(question)
    if bare:
        reading = _ask_with(bare["wh"].casefold(), last.rstrip("?!. "), short)
        return [(reading, "")] if reading else []
    opening = FRAGMENT_OPENING.match(question)
    piece = (question[opening.end() :] if opening else question).rstrip("?!. ")
    whole = last.rstrip("?!. ")
    if FRONTED.match(piece) and (reading := _ask_with(piece, whole, short)):
        return [(reading, "")]
    return list(dict.fromkeys(_replacements(piece, whole)))


def _ask_with(wh: str, last: str, short: str) -> str:
    """Return the last question with another question word."""
    wh = "why" if wh in MEANING_WHY else POINTING_END.sub("", wh)
    word = f"{wh[:1].upper()}{wh[1:]}"
    if found := QUESTION_WORD_QUESTION.fullmatch(last):
        return _swap_question_word(found, wh, word, short)
    if found := WHETHER.fullmatch(last):
        return f"{word} {found['aux'].lower()} {found['rest']}?"
    if wh in CIRCUMSTANCES and (found := HAPPENING.fullmatch(last)):
        return f"{word} {'did' if found['past'] == 'ed' else 'does'} it happen {found['rest']}?"
    found = AGENT.fullmatch(last)
    return _ask_of_agent(found, word, short) if found else ""


def _ask_of_agent(found: re.Match[str], word: str, short: str) -> str:
    """Return with a question word what was asked of who did something: “Who built it?”."""
    verb = found["verb"].casefold()
    counted, rest = found["counted"], found["rest"]
    who = " ".join(DATE.sub("", LEADING.sub("", short)).split()) or "they"
    who = f"the {counted}" if counted else _uncapitalised(who)
    if verb in PAST:
        return f"{word} did {who} {PAST[verb]}{rest}?"
    if verb in PRESENT:
        return f"{word} do{'' if counted else 'es'} {who} {PRESENT[verb]}{rest}?"
    simple = rest and not counted and not re.search(rf"\b{PREPOSITION}\b", rest)
    if is_participle(verb) and simple:
        was = "were" if is_plural(rest) else "was"
        return f"{word} {was}{rest} {verb}?"
    return ""


def _swap_question_word(found: re.Match[str], wh: str, word: str, short: str) -> str:
    """Return a question that has a question word with another, and what that one stood for."""
    was, aux, rest = found["wh"].casefold(), found["aux"], found["rest"]
    if was.startswith(("what", "which", "who")) and is_participle(rest.split()[0]):
        return f"{word} {aux} {short or was} {rest}?"  # it was the subject
    asks_thing = was.startswith(("what", "which", "who")) and aux.casefold() in {
        *("did", "do", "does")
    }
    told = f" {short}" if short and asks_thing and len(short.split()) <= 8 else ""
    counted = COUNTED_NOUN.match(was)
    missing = f" {counted['what']}" if counted and not wh.startswith("how many") else told
    return f"{word} {aux} {rest}{missing}?"


def _replacements(piece: str, last: str) -> Iterator[tuple[str, str]]:
    """Yield the last question with the piece in the place of what is like it, or behind it."""
    prep = re.match(rf"(?P<prep>{PREPOSITION}) ", piece, re.IGNORECASE)
    bare = piece[prep.end() :] if prep else piece
    if DATE.search(bare) and (found := DATE.search(last)):
        yield _replace(last, found.span(), bare)
    if prep:
        yield from _beside(piece, prep["prep"].casefold(), last)
    else:
        yield from _instead(bare, last)


def _beside(piece: str, preposition: str, last: str) -> Iterator[tuple[str, str]]:
    """Yield what a piece with a preposition may stand for: one with the same, or nothing."""
    for found in PIECE.finditer(last):
        if found["prep"].casefold() == preposition:
            yield _replace(last, found.span(), piece)
    yield f"{last} {piece}?", ""


def _instead(bare: str, last: str) -> Iterator[tuple[str, str]]:
    """Yield what a piece without one may stand for: what is counted, a name, a phrase, the end.

    One without an article seldom stands for a phrase that has one, and rather for another case.
    """
    is_bare_noun = not DETERMINER.match(bare) and not names(f"x {bare}")
    if is_bare_noun and (found := MEASURING.fullmatch(last)):
        yield f"{found['asks']} it for {bare}?", found["what"]
        return
    if is_bare_noun:
        if counted := COUNTED_NOUN.search(last):
            yield _replace(last, counted.span("what"), bare)
        yield f"{last} for {bare}?", ""
    theirs = [(last.find(name), last.find(name) + len(name)) for name in names(last)]
    places = [_place_of(phrase, last) for phrase in noun_phrases(last)]
    phrases = [place for place in places if place]
    wide = [
        (one[0], other[1])
        for one, other in pairwise(phrases)
        if re.fullmatch(rf" {PREPOSITION} ", last[one[1] : other[0]], re.IGNORECASE)
    ]
    if is_bare_noun:  # “how much is dogs” asks nothing
        phrases = [place for place in phrases if not INDEFINITE.match(last, place[0])]
    if INDEFINITE.match(bare):
        phrases.sort(key=lambda place: INDEFINITE.match(last, place[0]) is None)
    else:
        phrases.reverse()
    likely = [*theirs[::-1], *phrases] if names(f"x {bare}") else [*phrases, *theirs[::-1]]
    if DETERMINER.match(bare):  # “the lid of the box” as a whole
        likely = [*wide[::-1], *likely]
    yield from (_replace(last, place, bare) for place in likely)
    if not likely and (found := LAST_WORD.search(last)):
        yield _replace(last, found.span(), bare)
    if found := re.search(rf"\b{PREPOSITION} (?P<what>[^,?]+)$", last):
        yield _replace(last, found.span("what"), bare)


def _place_of(phrase: str, last: str) -> tuple[int, int] | None:
    found = re.search(
        rf"\b(?:the|an?|his|her|its|their|this|that) {re.escape(phrase.partition(' ')[2])}",
        last,
        re.IGNORECASE,
    )
    return found.span() if found else None


def _replace(text: str, place: tuple[int, int], piece: str) -> tuple[str, str]:
    """Return a text with a piece in a place, and what stood there; no article stands twice."""
    start, end = place
    if DETERMINER.match(piece):
        piece = _uncapitalised(piece)
        before = DETERMINED.search(text, 0, start)
        start = before.start() if before else start
    return f"{text[:start]}{piece}{text[end:]}?", text[start:end]


def _uncapitalised(phrase: str) -> str:
    """Return a phrase as it stands within a sentence."""
    return f"{phrase[0].lower()}{phrase[1:]}" if DETERMINER.match(phrase) else phrase
