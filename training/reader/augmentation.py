"""Augmentation of rows: questions as people type them, passages as the program shows them."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from training.reader.assembly import MAX_PASSAGE
from training.reader.rows import Row, crop
from training.reader.slips import misspell

CROPPED_SHARE = {
    "adversarial": 0.2,
    "swapped": 0.3,
    "removed": 0.2,
    "bm25": 0.5,
    "positive": 0.5,
}
"""Which share of a kind of row is cut shorter than need be, so that length tells nothing."""

CROPPED_SHARE_ELSEWHERE = 0.3
TITLED_SHARE = 0.8
HEADED_SHARE = 0.2
HEADINGS = (  # as they stand above the sections of encyclopaedia and news
    "History,Background,Overview,Introduction,Legacy,Reception,Description,Etymology,Culture,"
    "Geography,Economy,Politics,Details,Results,Analysis,Summary,Implications,Criticism,"
    "Aftermath,Early life,Later years,In popular culture,What happened,Looking ahead,Key facts"
)
QUESTION_WORDS = "who when where why how many much"
COMMON_WORDS = (
    "a an the of in on at to for from by with and or is are was were be been being do does did "
    "has have had that which what who whom whose when where why how it its this these those as "
    "into than then there their his her he she they would could should can will may might also "
    "many much"
)


def augment(row: Row, random_: Random) -> Row:
    """Crop the passage, put title and heading before it, and ask as people do."""
    if row.prefix:  # written for this: as the program shows it
        return replace(row, question=as_typed(row.question, random_))
    if not row.inside:
        short = random_.random() < CROPPED_SHARE.get(row.kind, CROPPED_SHARE_ELSEWHERE)
        row = crop(row, random_.randint(250, 650) if short else MAX_PASSAGE, random_)
    above = ""
    if row.title and random_.random() < TITLED_SHARE:
        above = f"{row.title}. "
        if random_.random() < HEADED_SHARE:
            above += f"{random_.choice(HEADINGS.split(','))}. "
    return replace(row, prefix=above, question=as_typed(row.question, random_))


def as_typed(question: str, random_: Random) -> str:
    """Lower the case of 20% of the questions, misspell 14%, make keywords of 8%."""
    draw = random_.random()
    if draw < 0.20:
        return question.lower().rstrip("? ")
    if draw < 0.34:
        slipped = misspell(question, random_)
        return slipped.lower().rstrip("? ") if random_.random() < 0.5 else slipped
    if draw < 0.42:
        return _keywords(question, random_)
    return question


def _keywords(question: str, random_: Random) -> str:
    """Keep the words that say what is asked about, with or without the one that asks."""
    asking = set(QUESTION_WORDS.split()) if random_.random() < 0.5 else set()
    dropped = set(COMMON_WORDS.split()) - asking
    words = [word.lower() for word in re.findall(r"[\w’'.-]*\w", question)]
    kept = [word for word in words if word not in dropped]
    return " ".join(kept) if len(kept) > 1 else question
