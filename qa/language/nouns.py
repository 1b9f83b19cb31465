"""English nouns: those of persons and of things, the head of a phrase, and names."""

from __future__ import annotations

import re

NAME = r"[A-Z][\w’'.-]*(?:(?: (?:of|the|de|van|von|al|bin|du|la))* [A-Z][\w’'.-]*)*"
NAMES = re.compile(rf"(?:[Tt]he )?{NAME}")
DETERMINERS = {"the", "a", "an"}
PERSON = re.compile(
    r"\b[\w-]*(?:man|men|woman|women|person|ist|ician|grapher|writer|player|singer|actor|actress"
    r"|author|director|politician|president|minister|king|queen|emperor|bishop|pope|saint|poet"
    r"|painter|composer|musician|rapper|footballer|boxer|philosopher|engineer|officer|general"
    r"|soldier|lawyer|judge|teacher|professor|leader|son|daughter|wife|husband|brother|sister"
    r"|comedian|producer|designer|explorer|historian|inventor|captain|governor|senator|mayor"
    r"|prophet|monk|architect|character|detective|champion|athlete|swimmer|coach|chancellor"
    r"|veteran|survivor|winner|member|founder|owner|manager|keeper|chief|premier|lady|boy|girl"
    r"|child|driver|rider|runner|pilot|astronaut|sailor|doctor|nurse|student|recipient|holder"
    r"|resident|native|citizen|heir|ruler|prince|princess|duke|lord|knight|fighter|hero|villain"
    r"|protagonist|antagonist|successor|predecessor|descendant)\b",
    re.IGNORECASE,
)
THINGS = frozenset(
    """
    act agency airport album alloy animal area army art award band bank bay bird book branch
    bread bridge building cake canal capital castle cathedral cell chain channel chemical
    church city class club coast college colony commune community company compound concept
    condition conflict continent country county course court dance day department desert
    device dialect disaster disease dish district document drama drink drug duchy dynasty
    earthquake election element empire engine event facility fair family fashion feature
    festival field film fish flower food forest form fort fruit function game garden gas
    genre genus glacier grain group gulf harbour harbor highway hill holiday hormone
    hospital hotel house illness industry insect institute institution instrument island
    kind kingdom lake language law league library line machine magazine mall market massacre
    material measure metal method mineral mixture molecule monument mosque mountain movement
    municipality museum nation neighborhood network newspaper novel ocean office opera
    operation order organ organisation organization painting palace park part party
    peninsula people period pigment place plan plant play poem port prize process program
    programme project protein province railway range region religion reserve resort
    restaurant river road ruin school science sea season section sequence series service
    settlement ship show single site song species sport square stadium star state station
    story street structure study style suburb symbol syndrome system team technique
    technology temple term territory test theatre theater theory tower town trade tradition
    trail treaty tree tribe type unit university valley vegetable vehicle village virus
    volcano war waterfall website wine word work zone zoo
    """.split()
)
"""Nouns that make “What is NAME?” safe to ask: with any other, the name may be a person’s."""

PREPOSITION = re.compile(
    r" (?:of|in|from|for|at|by|with|to|on|who|known|that|used|where|born|based)\b"
)


def phrase(text: str) -> str:
    """Return a phrase as far as its first preposition."""
    return PREPOSITION.split(text)[0]


def head(text: str) -> str:
    """Return the noun that a phrase is about: the last word before a preposition."""
    return phrase(text).rpartition(" ")[2]


def is_name(text: str) -> bool:
    """Tell whether words are a name and nothing else."""
    return NAMES.fullmatch(text) is not None
