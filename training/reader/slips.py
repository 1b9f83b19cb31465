"""Typing slips as fingers and ears make them."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS = (  # what a word is often written with, by ear
    "ie:ei,ei:ie,ph:f,ck:k,tion:sion,sion:tion,ough:uff,gh:,wh:w,kn:n,ance:ence,ence:ance,able:ible,"
    "ible:able,ea:ee,ee:ea,ou:u,ai:ay,que:k,cc:c,ss:s,ll:l,tt:t,mm:m,nn:n,rr:r,pp:p,s:c,c:s,"
    "er:or,or:er,ure:er,y:i,i:y,e:a,a:e,oo:u"
)
BY_EAR = tuple(tuple(pair.split(":")) for pair in SOUNDS.split(","))
SHORTEST = 4  # letters of a word that slips are made in
WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")
EVERY = 4  # words, about, for one slip more

Slip = Callable[[str, int, Random], str]


def misspell(text: str, random_: Random) -> str:
    """Make one slip in a text, and one more for every few words of it at times."""
    words = list(WORD.finditer(text))
    count = min(len(words), 1 + sum(random_.random() < 0.4 for _ in range(len(words) // EVERY)))
    for match in sorted(random_.sample(words, count), key=lambda m: -m.start()):
        text = text[: match.start()] + _slipped(match.group(), random_) + text[match.end() :]
    return text


def _slipped(word: str, random_: Random) -> str:
    """Make a slip somewhere in a word, seldom in its first letter."""
    at = random_.randrange(0 if random_.random() < 0.1 else 1, len(word))
    slips: tuple[Slip, ...] = (_dropped, _doubled, _swapped, _neighbour, _by_ear, _by_ear)
    return random_.choice(slips)(word, at, random_)


def _dropped(word: str, at: int, _: Random) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int, _: Random) -> str:
    return word[: at + 1] + word[at:]


def _swapped(word: str, at: int, _: Random) -> str:
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _neighbour(word: str, at: int, random_: Random) -> str:
    """Hit the key beside the right one."""
    for row in ROWS:
        place = row.find(word[at].lower())
        if place >= 0:
            beside = row[max(0, place - 1) : place + 2].replace(row[place], "")
            return word[:at] + random_.choice(beside) + word[at + 1 :]
    return word


def _by_ear(word: str, at: int, random_: Random) -> str:
    """Write a sound in another way, or double a consonant less or more."""
    changes = [
        (found.start(), old, new)
        for old, new in BY_EAR
        for found in re.finditer(old, word.lower())
        if found.start()
    ]
    if not changes:
        return _dropped(word, at, random_)
    start, old, new = random_.choice(changes)
    return word[:start] + new + word[start + len(old) :]
