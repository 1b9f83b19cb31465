"""Several questions in one turn, cut into single ones."""

from __future__ import annotations

import re

WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
JOINED = re.compile(
    rf"(?:,? and(?: also)?|;|,? then| but) (?={WH}\b(?: \w+){{0,3}}? {AUX}\b|{WH} "
    rf"[a-z]+(?:ed|t|d) |(?:why|when|where|how)[?. ]*$)",
    re.IGNORECASE,
)
TWICE = re.compile(
    rf"(?P<one>when|where|why|how|by whom) and (?P<other>when|where|why|how|by whom) "
    rf"(?P<rest>{AUX} .+)",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=\?)\s+(?=\S+ \S+)")
MOST = 4  # questions in one turn
SHORTEST = 2  # words of a question


def single_questions(turn: str) -> tuple[str, ...]:
    """Return the questions of a turn; one that asks a single thing is its only one."""
    if found := TWICE.fullmatch(turn.rstrip("?. ")):
        return tuple(_question(f"{found[wh]} {found['rest']}") for wh in ("one", "other"))
    pieces = [p for sentence in SENTENCES.split(turn) for p in _cut(sentence)]
    if not 1 < len(pieces) <= MOST:
        return (turn,)
    return tuple(map(_question, pieces))


def _cut(sentence: str) -> list[str]:
    """Cut a question where another begins; only one that begins with a question word is cut."""
    if not re.match(
        rf"(?:and |so |but )?(?:{WH}|{AUX}|(?:in|on|at|by|to|for|from) {WH})\b", sentence, re.I
    ):
        return [sentence]
    pieces = JOINED.split(sentence)
    if len(pieces[0].split()) <= SHORTEST:
        return [sentence]  # “why and how …” is one question
    return pieces


def _question(piece: str) -> str:
    bare = piece.strip(" ,;?.")
    return f"{bare[:1].upper()}{bare[1:]}?"
