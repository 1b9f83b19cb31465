"""Two things compared: the questions for their values, and what the values say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from qa.answers import Answer, Citation, Comparison
from qa.language.amounts import NUMBER, UNIT_BEHIND, Amount, amounts
from qa.language.bounds import bounds_in
from qa.language.dates import DAY, MONTH, WRITTEN_DATE, YEAR, month_number
from qa.language.terms import terms
from qa.language.verbs import PAST

MAX_SIDE_WORDS = 12  # of one side of a comparison
DATED_UNIT = "date"
COINS = {"$", "€", "£"}


class Measure(StrEnum):
    """The kinds of values that can be compared."""

    AGE = "age"
    DATE = "date"
    AMOUNT = "amount"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Scale:
    """A comparative: the questions for each side, and whether the greater value is more."""

    measure: Measure
    wordings: tuple[str, ...]
    more: bool = True


BORN = ("When was {} born?", "How old is {}?")
BUILT = ("When was {} built?", "When was {} founded?", "When was {} born?", "When did {} open?")
COST = ("How much does {} cost?", "What is the price of {}?", "How much is {}?")
SCALES: dict[str, Scale] = {
    "older": Scale(Measure.AGE, BUILT),
    "younger": Scale(Measure.AGE, BUILT, more=False),
    "newer": Scale(Measure.AGE, BUILT, more=False),
    "earlier": Scale(
        Measure.DATE, ("When was {}?", "When did {} open?", *BUILT[:2]), more=False
    ),
    "first": Scale(Measure.DATE, ("When was {}?", "When did {} open?", *BUILT[:2]), more=False),
    "sooner": Scale(Measure.DATE, ("When was {}?", "When did {} open?"), more=False),
    "later": Scale(Measure.DATE, ("When was {}?", "When did {} open?", *BUILT[:2])),
    "dearer": Scale(Measure.PRICE, COST),
    "costlier": Scale(Measure.PRICE, COST),
    "more expensive": Scale(Measure.PRICE, COST),
    "cheaper": Scale(Measure.PRICE, COST, more=False),
    "less expensive": Scale(Measure.PRICE, COST, more=False),
    "taller": Scale(Measure.AMOUNT, ("How tall is {}?", "What is the height of {}?")),
    "higher": Scale(Measure.AMOUNT, ("How high is {}?", "What is the height of {}?")),
    "lower": Scale(Measure.AMOUNT, ("How high is {}?",), more=False),
    "longer": Scale(Measure.AMOUNT, ("How long is {}?", "How long does {} take?")),
    "shorter": Scale(Measure.AMOUNT, ("How long is {}?", "How long does {} take?"), more=False),
    "bigger": Scale(Measure.AMOUNT, ("How big is {}?", "What is the size of {}?")),
    "larger": Scale(Measure.AMOUNT, ("How large is {}?", "What is the size of {}?")),
    "smaller": Scale(Measure.AMOUNT, ("How large is {}?",), more=False),
    "heavier": Scale(Measure.AMOUNT, ("How heavy is {}?", "What does {} weigh?")),
    "lighter": Scale(Measure.AMOUNT, ("How heavy is {}?", "What does {} weigh?"), more=False),
    "deeper": Scale(Measure.AMOUNT, ("How deep is {}?",)),
    "wider": Scale(Measure.AMOUNT, ("How wide is {}?",)),
    "faster": Scale(Measure.AMOUNT, ("How fast is {}?",)),
    "slower": Scale(Measure.AMOUNT, ("How fast is {}?",), more=False),
    "farther": Scale(Measure.AMOUNT, ("How far is {}?",)),
    "further": Scale(Measure.AMOUNT, ("How far is {}?",)),
    "nearer": Scale(Measure.AMOUNT, ("How far is {}?",), more=False),
    "closer": Scale(Measure.AMOUNT, ("How far is {}?",), more=False),
}
"""What the comparatives ask for."""

COMPARATIVE = "|".join(sorted(SCALES, key=len, reverse=True))
SIDES = r"(?P<one>[^,?]+?),? or (?P<other>[^?]+?)"
BETWEEN = re.compile(
    rf"(?:which|what|who)\b(?: of (?:the )?two| one)?(?: (?!is|was|are|were|opened|came|has"
    rf"|had)\w+){{0,2}} "
    rf"(?:is|was|are|were|came|opened|started|happened|began) (?:the )?(?P<how>{COMPARATIVE})"
    rf"(?: (?:one|of the two|by road|away)| (?P<rest>(?:from|to|than) [^,:?]+?)"
    rf")?\s*[,:–—-]\s*{SIDES}[?. ]*",
    re.IGNORECASE,
)
TO_DO = re.compile(
    rf"is it (?P<how>{COMPARATIVE}) to (?P<one>[^,?]+?),? or (?:to )?(?P<other>[^?]+?)[?. ]*",
    re.IGNORECASE,
)
WHETHER = re.compile(
    rf"(?:is|was|are|were) (?P<one>[^,?]+?) (?P<how>{COMPARATIVE}) (?:than|or) "
    r"(?P<other>[^?]+?)[?. ]*",
    re.IGNORECASE,
)
"""“Is A older than B?”, “Is A older or B?”."""

DONE_FIRST = re.compile(
    rf"(?:which|who|what)\b(?: [\w’'-]+){{0,2}}? (?:(?P<aux>was|were) (?P<done>\w+)"
    rf"|(?P<did>\w+ed|began|left|won)) (?P<how>first|earlier|sooner|last|later)\s*[,:–—-]\s*"
    rf"{SIDES}[?. ]*",
    re.IGNORECASE,
)
FREE = re.compile(r"\b(?:free(?: of charge)?|nothing|no (?:charge|fee|cost))\b", re.IGNORECASE)
"""What costs nothing."""
HAS_MORE = re.compile(
    rf"(?:which|who)\b(?: (?!has|had|have)\w+){{0,2}} (?P<verb>has|had|have) (?P<how>more"
    rf"|fewer|less) (?P<what>[\w -]+?)\s*[,:]\s*{SIDES}[?. ]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contest:
    """Two things to be compared: the word for more of it, and the wordings of each question."""

    how: str
    sides: tuple[str, str]
    wordings: tuple[tuple[str, ...], tuple[str, ...]]
    measure: Measure
    more: bool

    @property
    def questions(self) -> tuple[str, str]:
        """The first wording of each question."""
        return self.wordings[0][0], self.wordings[1][0]


def contest(question: str) -> Contest | None:
    """Return what a question compares, if it compares two things."""
    if found := HAS_MORE.fullmatch(question):
        wording = f"How many {found['what']} {found['verb'].lower()} {{}}?"
        return _contest(
            found,
            Scale(Measure.AMOUNT, (wording,), found["how"].lower() == "more"),
            f"has {found['how'].lower()}",
        )
    if found := DONE_FIRST.fullmatch(question):
        return _done_first(found)
    if found := TO_DO.fullmatch(question):
        scale = SCALES[found["how"].casefold()]
        return _contest(
            found,
            Scale(
                scale.measure,
                ("How much does it cost {}?", "What is the fee {}?"),
                scale.more,
            ),
            f"is {found['how'].lower()}",
            doing="to ",
        )
    with_number = any(bound.adjective for bound in bounds_in(question))
    for pattern in (BETWEEN,) if with_number else (BETWEEN, WHETHER):
        if found := pattern.fullmatch(question):
            scale = SCALES[found["how"].casefold()]
            if scale.measure is Measure.AGE and question[:3].casefold() == "who":
                scale = replace(scale, wordings=BORN)
            rest = found.groupdict().get("rest") or ""
            if rest and not rest.startswith("than"):
                scale = Scale(
                    scale.measure,
                    tuple(w.replace("?", f" {rest}?") for w in scale.wordings),
                    scale.more,
                )
            return _contest(found, scale, f"is {found['how'].lower()}")
    return None


def _done_first(found: re.Match[str]) -> Contest | None:
    """Return what was done to two things, or what they did, of which one was first."""
    done, did = found["done"], found["did"]
    wording = (
        f"When {found['aux'].lower()} {{}} {done}?"
        if done
        else f"When did {{}} {PAST.get(did.casefold(), did)}?"
    )
    how = f"{found['aux'].lower()} {done}" if done else did
    later = found["how"].casefold() in {"last", "later"}
    scale = Scale(Measure.DATE, (wording,), more=later)
    return _contest(found, scale, f"{how} {found['how'].lower()}")


def _contest(
    found: re.Match[str], scale: Scale, how: str, *, doing: str = ""
) -> Contest | None:
    one, other = (f"{doing}{found[side].strip()}" for side in ("one", "other"))
    if max(len(one.split()), len(other.split())) > MAX_SIDE_WORDS:
        return None
    wordings = [tuple(w.format(side) for w in scale.wordings) for side in (one, other)]
    return Contest(how, (one, other), (wordings[0], wordings[1]), scale.measure, scale.more)


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """The value of one side: as written, the least and the most it may be, and its unit."""

    written: str
    low: float
    high: float
    unit: str


def compare_answers(asked: Contest, answers: Sequence[Answer]) -> Comparison | None:
    """Set the values of two answers side by side; say which is more if there is no doubt."""
    one, other = (value_of(answer, asked, side) for side, answer in enumerate(answers))
    if one is None or other is None:
        return None
    written = tuple(zip(asked.sides, (one.written, other.written), strict=True))
    return Comparison(written, _conclusion(asked, one, other))


def _conclusion(asked: Contest, one: ComparedValue, other: ComparedValue) -> str:
    if one.unit != other.unit and one.high and other.high:
        return ""
    if (one.low, one.high) == (other.low, other.high):
        return "the same" if one.low == one.high else ""
    if one.high >= other.low and other.high >= one.low:
        return ""
    greater = asked.sides[0] if one.low > other.high else asked.sides[1]
    lesser = asked.sides[1] if one.low > other.high else asked.sides[0]
    more = asked.more
    if asked.measure is Measure.AGE and one.unit == DATED_UNIT:
        more = not more  # the earlier, the older
    return f"{greater if more else lesser} {asked.how}"


def value_of(answer: Answer, asked: Contest, side: int) -> ComparedValue | None:
    """Return the value that an answer gives of one side, or nothing if it gives none.

    What speaks of the other side alone is no matter of this one.
    """
    if answer.rivals:
        return None
    own, others = (
        frozenset(terms(name)) for name in (asked.sides[side], asked.sides[1 - side])
    )

    def is_of_other(cited: Citation) -> bool:
        said = frozenset(terms(f"{cited.trail} {cited.quote}"))
        return bool(said & (others - own)) and not said & (own - others)

    cited = [c for c in answer.citations if not is_of_other(c)]
    short = [c for c in cited if c.short] or cited
    is_amount = asked.measure in {Measure.AMOUNT, Measure.PRICE}
    find = partial(_amount, how=asked.questions[side].split()[1]) if is_amount else _dated
    found = [value for value in map(find, short) if value]
    if not found and asked.measure is Measure.AGE:
        found = [value for value in map(_amount, short) if value]
    if not found and asked.measure is Measure.PRICE:
        found = [value for value in map(_free, cited) if value]
    return found[0] if found else None


def _free(cited: Citation) -> ComparedValue | None:
    said = FREE.search(cited.quote)
    return ComparedValue(said.group(), 0, 0, "") if said else None


def _dated(cited: Citation) -> ComparedValue | None:
    """Return the one date of a short answer, or else of its sentence."""
    for said in (cited.short_answer, cited.quote):
        years = {int(year) for year, decade in YEAR.findall(said) if not decade}
        if len(years) == 1:
            break
    else:
        return None
    year = float(years.pop())
    month, day = MONTH.findall(said), DAY.findall(said)
    written = next(
        (m.group() for m in WRITTEN_DATE.finditer(said) if YEAR.search(m.group())), ""
    )
    written = written or f"{year:.0f}"
    if len(month) != 1:
        return ComparedValue(written, year, year + 0.99, DATED_UNIT)
    at = year + (month_number(month[0]) - 1) / 12
    if len(day) != 1:
        return ComparedValue(written, at, at + 1 / 13, DATED_UNIT)
    at += int(next(filter(None, day[0]))) / 400
    return ComparedValue(written, at, at, DATED_UNIT)


def _amount(cited: Citation, *, how: str = "") -> ComparedValue | None:
    """Return the one amount of a short answer, unless its sentence has another like it.

    Of several alike, “310 metres long and 24 metres high”, it is the one said to be what was
    asked: `how` long.
    """
    text = cited.quote
    start, end = 0, len(text)
    if cited.short:
        start, end = cited.short.start - cited.span.start, cited.short.end - cited.span.start
    every, measured = _measured(text, 0, len(text)), _measured(text, start, end)
    named = [(m, a) for m, a in every if how and _behind(text, m).startswith(f" {how}")]
    if len(named) == 1:
        measured = named
    if len(measured) != 1:
        return None
    if not named and sum(a.unit == measured[0][1].unit for _, a in every) > 1:
        return None
    match, amount = measured[0]
    written = text[match.start() : len(text) - len(_behind(text, match))]
    if text[: match.start()][-1:] in COINS:
        written = text[match.start() - 1 : match.end()]
    return ComparedValue(written, amount.low, amount.high, amount.unit)


def _measured(text: str, start: int, end: int) -> list[tuple[re.Match[str], Amount]]:
    """Return the numbers between two offsets with what they come to, but years."""
    both = zip(NUMBER.finditer(text, start, end), amounts(text, start, end), strict=False)
    return [(m, a) for m, a in both if a.unit or not YEAR.fullmatch(m.group())]


def _behind(text: str, number: re.Match[str]) -> str:
    """Return what stands behind a number and its unit."""
    unit = UNIT_BEHIND.match(text, number.end())
    return text[unit.end() if unit else number.end() :]
