"""Several questions in one turn, cut into single ones."""

from __future__ import annotations

import re

from qa.language.question_kinds import AUXILIARY, QUESTION_WORD

JOINED = re.compile(
    rf"(?:,? and(?: also)?|;|,? then| but) (?=(?:when|where|why) {AUXILIARY}\b"
    rf"|how (?:(?:many|much|long|far|old|often|big|high)(?: \w+){{0,2}} )?{AUXILIARY}\b"
    rf"|(?:who|what|which|whose)\b(?: \w+){{0,2}}? {AUXILIARY}\b"
    rf"|(?:who|what|which) [a-z]+(?:ed|ew|d) "
    rf"|(?:why|when|where|how)[?. ]*$)",
    re.IGNORECASE,
)
TWICE = re.compile(
    rf"(?P<one>when|where|why|how|by whom) and (?P<other>when|where|why|how|by whom) "
    rf"(?P<rest>{AUXILIARY} .+)",
    re.IGNORECASE,
)
ASKS = re.compile(
    rf"(?:and |so |but )?(?:{AUXILIARY}|(?:(?:in|on|at|by|to|for|from) )?{QUESTION_WORD})\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=\?)\s+(?=\S+ \S+)")
MAX_QUESTIONS = 4  # questions in one turn
MIN_WORDS = 2  # words of a question


def single_questions(turn: str) -> tuple[str, ...]:
    """Return the questions of a turn; one that asks a single thing is its only one."""
    if found := TWICE.fullmatch(turn.rstrip("?. ")):
        return tuple(_question(f"{found[wh]} {found['rest']}") for wh in ("one", "other"))
    sentences = SENTENCES.split(turn)
    if not all(ASKS.match(sentence) and "?" in sentence for sentence in sentences[1:]):
        return (turn,)
    pieces = [p for sentence in sentences for p in _cut(sentence)]
    if not 1 < len(pieces) <= MAX_QUESTIONS:
        return (turn,)
    return tuple(map(_question, pieces))


def _cut(sentence: str) -> list[str]:
    """Cut a question where another begins; only one that begins with a question word is cut."""
    if not ASKS.match(sentence):
        return [sentence]
    pieces = JOINED.split(sentence)
    if len(pieces[0].split()) <= MIN_WORDS:
        return [sentence]  # “why and how …” is one question
    return pieces


def _question(piece: str) -> str:
    bare = piece.strip(" ,;?.")
    return f"{bare[:1].upper()}{bare[1:]}?"
