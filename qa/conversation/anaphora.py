"""What in a question points at the talk before it: pronouns, “there”, “one”, and gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qa.conversation.noun_phrases import FUNCTION, GROUPS, NOT_OWNED, names
from qa.language.nouns import PERSON, THINGS
from qa.language.question_kinds import AUXILIARIES, AUXILIARY, QUESTION_WORD
from qa.language.terms import terms

MAX_OPENED, MAX_UNOPENED = 8, 5  # words of a fragment behind “and”, and without it


class Anaphor(StrEnum):
    """The kinds of words that point back, by what they can mean."""

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


NO_NOUN = (
    r"(?:happen|work|mean|come|go|affect|change|lead|cause|have|make|get|help|end|start|begin"
    r"|so|too|in|on|at|for|to|by|about|as|and|not|all)"
)
"""Words behind a “this” that goes with no noun: “Does this work in winter?”."""

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
        re.compile(rf"\bhis\b|\bher (?=[a-z]+\b)(?!{NOT_OWNED}\b)", re.IGNORECASE),
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
            rf"\b(?:this|that)(?=[?!., ]*$| {AUXILIARY}\b| \w+[?!. ]*$| an? | {NO_NOUN}\b)",
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

DEMONSTRATIVE = re.compile(r"(?:this|that) (\w+)", re.IGNORECASE)

FRAGMENT_OPENING = re.compile(
    r"(?:(?:and|but|so|or|ok|okay|what about|how about|what of)\b[ ,]*)+", re.IGNORECASE
)
FRAGMENT_PREPOSITION = re.compile(
    r"(?:after|before|in|on|at|for|with|from|during|since|until|by|to)\b", re.IGNORECASE
)
WHOLE_QUESTION = re.compile(
    rf"(?:{QUESTION_WORD}|{AUXILIARY}|am|shall|tell|give|list|name|show|describe|explain)\b",
    re.IGNORECASE,
)
"""How a turn begins that is no fragment."""

BARE_QUESTION = re.compile(
    r"(?:and |but |so )?(?P<wh>who|whom|which|which one|what|what for|in what way"
    r"|why|why not|why so|why (?:is|was) that"
    r"|when|since when|until when|where|(?:when|where) exactly|how|how [a-z]+"
    r"|(?:by|with|from|to|for|in|on|at|of|about|against) (?:what|whom)"
    r"|(?:for|by|in|at|to|from|of|with) how [a-z]+"
    r"|(?:when|where|how) (?:was|is) (?:that|this)"
    r"|(?:when|where|how|why) did (?:that|this|it) happen)\W*",
    re.IGNORECASE,
)
"""A turn that is a question word and nothing else."""


def mentions(question: str) -> tuple[Mention, ...]:
    """Return the words that point back, but for those that mean something in the question."""
    found: list[Mention] = []
    expletives = [match.start() for match in EXPLETIVE.finditer(question)]
    for kind, owns, pattern in PRONOUNS:
        for match in pattern.finditer(question):
            taken = any(m.start < match.end() and match.start() < m.end for m in found)
            words = match.group().rstrip()
            if not (taken or match.start() in expletives or _is_determiner(question, match)):
                found.append(Mention(match.start(), match.start() + len(words), kind, owns))
    return tuple(m for m in sorted(found, key=lambda m: m.start) if not _is_local(question, m))


def _is_determiner(question: str, match: re.Match[str]) -> bool:
    """Tell whether “this” goes with a noun: “this band”."""
    shown = DEMONSTRATIVE.match(question, match.start())
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
    if opening := FRAGMENT_OPENING.match(question):
        rest = question[opening.end() :]
        return not WHOLE_QUESTION.match(rest) and len(rest.split()) <= MAX_OPENED
    is_short = len(question.split()) <= MAX_UNOPENED and question.rstrip().endswith("?")
    return is_short and FRAGMENT_PREPOSITION.match(question) is not None


def is_bare(question: str) -> bool:
    """Tell whether a question is a question word and nothing else: “Why?”."""
    return BARE_QUESTION.fullmatch(question) is not None


def is_open(question: str) -> bool:
    """Tell whether a question names nothing of its own, so that it may go on from the last."""
    return not terms(question)
