"""What in a question points at the talk before it: pronouns, “there”, “one”, and gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qa.conversation.noun_phrases import FUNCTION, GROUPS, names
from qa.language.nouns import PERSON, THINGS
from qa.language.question_kinds import AUXILIARIES
from qa.language.terms import terms


class Anaphor(StrEnum):
    """What kind of thing a word that points back can mean."""

    PERSON = "person"
    THING = "thing"
    PLURAL = "plural"
    PLACE = "place"
    TIME = "time"
    ONE = "one"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a question that means something said before; `owns` if it is a possessive."""

    start: int
    end: int
    kind: Anaphor
    owns: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"No words: {self.start}..{self.end}")

    def of(self, question: str) -> str:
        """Return the words."""
        return question[self.start : self.end]


AUXILIARY = rf"(?:{AUXILIARIES})"
VERBS = (
    r"(?:happen|work|mean|come|go|affect|change|lead|cause|have|make|get|help|end|start"
    r"|begin|so"
    r"|too|in|on|at|for|to|by|about|as|and|not|all)"
)
PRONOUNS = (
    (
        Anaphor.ARTICLE,
        False,
        re.compile(
            r"\b(?:this|the|that) (?:article|text|document|page)"
            r"(?=\s*$|\s*[^\w\s-]| (?:says?|mentions?|tells?|and|or|in|for|from|by"
            rf"|{AUXILIARIES})\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Anaphor.PERSON,
        True,
        re.compile(
            r"\bhis\b|\bher (?=[a-z]+\b)(?!(?:in|on|at|to|from|for|by|with|and|or|as|when|after"
            r"|before|during)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Anaphor.PERSON,
        False,
        re.compile(r"\b(?:he|him|she|hers|himself|herself|her)\b", re.IGNORECASE),
    ),
    (Anaphor.THING, True, re.compile(r"\bits\b", re.IGNORECASE)),
    (Anaphor.THING, False, re.compile(r"\b(?:it|itself)\b", re.IGNORECASE)),
    (
        Anaphor.THING,
        False,
        re.compile(
            rf"\b(?:this|that)(?=[?!., ]*$| {AUXILIARY}\b| \w+[?!. ]*$| an? | {VERBS}\b)",
            re.IGNORECASE,
        ),
    ),
    (Anaphor.PLURAL, True, re.compile(r"\btheirs?\b", re.IGNORECASE)),
    (
        Anaphor.PLURAL,
        False,
        re.compile(r"\b(?:they|them|themselves|(?:these|those)(?=[?!., ]*$))\b", re.I),
    ),
    (
        Anaphor.PLACE,
        False,
        re.compile(
            rf"(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b(?! {AUXILIARY}\b)(?<=.there)", re.I
        ),
    ),
    (
        Anaphor.TIME,
        False,
        re.compile(
            r"(?<=\w )(?<!and )then\b|\b(?:in |at )?that (?:year|month|day|time|week|season)\b"
            r"|\bat the time\b(?! of)",
            re.IGNORECASE,
        ),
    ),
    (
        Anaphor.ONE,
        False,
        re.compile(r"(?<=\w )ones?(?=[?!. ]*$| (?:is|are|was|were|for|with)\b)", re.IGNORECASE),
    ),
)
"""Words that point back, whether they are possessives; an earlier row takes them first."""

EXPLETIVE = re.compile(
    r"\bit (?=(?:possible|true|necessary|allowed|legal|safe|worth|cheaper|dearer|better|hard"
    r"|easy)\b.* (?:to|that|if)\b)|\bit (?=(?:take|takes|took|cost|costs)\b.* to \w)"
    r"|\bit (?=(?:is|was) (?:possible|true|necessary|allowed)\b)",
    re.IGNORECASE,
)
"""An “it” that means nothing: “Is it possible to …”."""

DEMONSTRATED = re.compile(r"(?:this|that) (\w+)", re.IGNORECASE)

FRAGMENT = re.compile(
    r"(?:(?:and|but|so|or|ok|okay|what about|how about|and what about|what of)\b[ ,]*)+", re.I
)
WHY = re.compile(
    r"(?:and |but |so )?(?P<wh>why not|why|how come|how so|how [a-z]+|how|when|since when"
    r"|until when|where|who|whom|which|which one|what for"
    r"|(?:by|with|from|to|for|in|on|at|of|about|against) (?:what|whom)"
    r"|in what way|(?:for|by|in|at|to|from|of|with) how [a-z]+"
    r"|(?:when|where|how) (?:was|is) (?:that|this)"
    r"|(?:when|where|how|why) did (?:that|this|it) happen|why is that|why was that"
    r"|why so|when exactly"
    r"|where exactly|to whom|with whom|what)\W*",
    re.IGNORECASE,
)


def mentions(question: str) -> tuple[Mention, ...]:
    """Return the words that point back, but for those that mean something in the question."""
    found: list[Mention] = []
    expletives = [match.start() for match in EXPLETIVE.finditer(question)]
    for kind, owns, pattern in PRONOUNS:
        for match in pattern.finditer(question):
            taken = any(m.start < match.end() and match.start() < m.end for m in found)
            words = match.group().rstrip()
            if not (taken or match.start() in expletives or _shows(question, match)):
                found.append(Mention(match.start(), match.start() + len(words), kind, owns))
    return tuple(m for m in sorted(found, key=lambda m: m.start) if not _is_local(question, m))


def _shows(question: str, match: re.Match[str]) -> bool:
    """Tell whether “this” goes with a noun: “this band”."""
    shown = DEMONSTRATED.match(question, match.start())
    noun = shown and shown.group(1).casefold()
    if not shown or not noun:
        return False
    last = not question[shown.end() :].strip("?!. ")
    if last and not re.fullmatch(
        rf"(?:and |but )?{AUXILIARY} ", question[: match.start()], re.I
    ):
        return True
    return noun in THINGS or noun in GROUPS or PERSON.fullmatch(noun) is not None


PLACED_NAME = re.compile(
    r"\b(?:in|on|at|from|to|near|during|before|after|for|with|by|of)"
    r" (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
)
"""A name behind a preposition, which is seldom who or what does something."""

LOCAL_PLURAL = re.compile(
    r"\b[a-z]{3,}(?<!s)s\b|\bpeople\b|\bchildren\b|\b(?:band|group|team|company)\b"
)


def _is_local(question: str, mention: Mention) -> bool:
    """Tell whether a pronoun is explained by what stands before it in the question itself."""
    before = question[: mention.start]
    named = names(PLACED_NAME.sub("", before))
    if mention.kind in {Anaphor.PERSON, Anaphor.THING} and named:
        return True
    if mention.kind is Anaphor.PLURAL:
        words = [w for w in LOCAL_PLURAL.findall(before) if w not in FUNCTION]
        return bool(named or words)
    if mention.kind is Anaphor.THING:
        return re.search(r"\b(?:an?|the|this) (?!same\b)[a-z-]+ ", before) is not None
    return False


def is_fragment(question: str) -> bool:
    """Tell whether a turn is a piece of a question: “and in 2016?”, “what about Aleppo?”."""
    opened = FRAGMENT.match(question)
    rest = question[opened.end() :] if opened else question
    asks = re.match(
        rf"(?:who|whom|whose|what|which|when|where|why|how|{AUXILIARY}|am|shall|tell"
        rf"|give|list|name|show|describe|explain)\b",
        rest,
        re.IGNORECASE,
    )
    if not opened:
        return (
            bool(
                re.match(
                    r"(?:after|before|in|on|at|for|with|from|during|since|until|by|to)\b",
                    rest,
                    re.I,
                )
            )
            and len(rest.split()) <= 5
            and question.rstrip().endswith("?")
        )
    return not asks and len(rest.split()) <= 8


def is_bare(question: str) -> bool:
    """Tell whether a question is a question word and nothing else: “Why?”."""
    return WHY.fullmatch(question) is not None


def is_open(question: str) -> bool:
    """Tell whether a question names nothing of its own, so that it may go on from the last."""
    return not terms(question)
