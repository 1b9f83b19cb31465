"""Two things compared: the questions for their values, and what the values say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.answers import Answer, Citation, Comparison
from qa.conversation.overview import MONTH_NUMBERS
from qa.language.amounts import NUMBER, amounts
from qa.language.dates import MONTHS, YEAR

WORDS = 12  # of one side of a comparison


class Measure(StrEnum):
    """What kind of value is compared."""

    AGE = "age"
    DATE = "date"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Scale:
    """What a comparative asks of each side, and whether more of it is the greater value."""

    measure: Measure
    wordings: tuple[str, ...]
    more: bool = True


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
    "dearer": Scale(Measure.AMOUNT, COST),
    "costlier": Scale(Measure.AMOUNT, COST),
    "more expensive": Scale(Measure.AMOUNT, COST),
    "cheaper": Scale(Measure.AMOUNT, COST, more=False),
    "less expensive": Scale(Measure.AMOUNT, COST, more=False),
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
    rf"is it (?P<how>{COMPARATIVE}) (?P<to>to) (?P<one>[^,?]+?),? or (?:to "
    rf")?(?P<other>[^?]+?)[?. ]*",
    re.IGNORECASE,
)
THAN = re.compile(
    rf"(?:is|was|are|were) (?P<one>[^,?]+?) (?P<how>{COMPARATIVE}) than (?P<other>[^?]+?)[?. "
    rf"]*",
    re.IGNORECASE,
)
ASKED_OF = re.compile(
    rf"(?:is|was|are|were) (?P<one>[^,?]+?) (?P<how>{COMPARATIVE}) or (?P<other>[^?]+?)[?. ]*",
    re.IGNORECASE,
)
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
    if found := TO_DO.fullmatch(question):
        scale = SCALES[found["how"].casefold()]
        return _contest(
            found,
            Scale(
                scale.measure,
                ("How much does it cost to {}?", "What is the fee to {}?"),
                scale.more,
            ),
            f"is {found['how'].lower()}",
        )
    for pattern in (BETWEEN, THAN, ASKED_OF):
        if found := pattern.fullmatch(question):
            scale = SCALES[found["how"].casefold()]
            rest = found.groupdict().get("rest") or ""
            if rest and not rest.startswith("than"):
                scale = Scale(
                    scale.measure,
                    tuple(w.replace("?", f" {rest}?") for w in scale.wordings),
                    scale.more,
                )
            return _contest(found, scale, f"is {found['how'].lower()}")
    return None


def _contest(found: re.Match[str], scale: Scale, how: str) -> Contest | None:
    one, other = found["one"].strip(), found["other"].strip()
    if max(len(one.split()), len(other.split())) > WORDS:
        return None
    wordings = [tuple(w.format(side) for w in scale.wordings) for side in (one, other)]
    return Contest(how, (one, other), (wordings[0], wordings[1]), scale.measure, scale.more)


@dataclass(frozen=True, slots=True)
class Value:
    """What one side comes to: as written, the least and the most it may be, and its unit."""

    written: str
    low: float
    high: float
    unit: str


def compared(asked: Contest, answers: Sequence[Answer]) -> Comparison | None:
    """Set the values of two answers side by side; say which is more if there is no doubt."""
    values = [value_of(answer, asked.measure) for answer in answers]
    one, other = values
    if one is None or other is None:
        return None
    written = tuple(zip(asked.sides, (one.written, other.written), strict=True))
    return Comparison(written, _verdict(asked, one, other))


def _verdict(asked: Contest, one: Value, other: Value) -> str:
    if one.unit != other.unit:
        return ""
    if (one.low, one.high) == (other.low, other.high):
        return "the same" if one.low == one.high else ""
    if one.high >= other.low and other.high >= one.low:
        return ""
    greater = asked.sides[0] if one.low > other.high else asked.sides[1]
    lesser = asked.sides[1] if one.low > other.high else asked.sides[0]
    more = asked.more
    if asked.measure is Measure.AGE and one.unit == "date":
        more = not more  # the earlier, the older
    winner = greater if more else lesser
    verb = asked.how if asked.how.startswith("has") else f"is {asked.how.removeprefix('is ')}"
    return f"{winner} {verb}"


def value_of(answer: Answer, measure: Measure) -> Value | None:
    """Return the one value that an answer gives, or nothing if it gives none, or several."""
    if answer.rivals or not answer.citations:
        return None
    short = [c for c in answer.citations if c.short] or list(answer.citations)
    find = _amount if measure is Measure.AMOUNT else _dated
    found = [value for value in map(find, short) if value]
    if not found and measure is Measure.AGE:
        found = [value for value in map(_amount, short) if value]
    return found[0] if found else None


def _dated(cited: Citation) -> Value | None:
    said = cited.short_answer or cited.quote
    years = {int(year) for year, decade in YEAR.findall(said) if not decade}
    if len(years) != 1 and cited.short_answer:
        said = cited.quote
        years = {int(year) for year, decade in YEAR.findall(said) if not decade}
    if len(years) != 1:
        return None
    year = years.pop()
    month = re.findall(rf"\b{MONTHS}", said, re.IGNORECASE)
    day = re.findall(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTHS}|{MONTHS}\.? (\d{{1,2}})\b", said, re.I
    )
    at = float(year)
    if len(month) == 1:
        at += (MONTH_NUMBERS[month[0].casefold()[:3]] - 1) / 12
        if len(day) == 1:
            number = int(next(filter(None, day[0])))
            return Value(
                cited.short_answer or str(year), at + number / 400, at + number / 400, "date"
            )
        return Value(cited.short_answer or str(year), at, at + 1 / 13, "date")
    return Value(cited.short_answer or str(year), at, at + 0.99, "date")


def _amount(cited: Citation) -> Value | None:
    text = cited.quote
    start, end = 0, len(text)
    if cited.short:
        start, end = cited.short.start - cited.span.start, cited.short.end - cited.span.start
    both = zip(NUMBER.finditer(text, start, end), amounts(text, start, end), strict=False)
    measured = [(m, a) for m, a in both if a.unit or not YEAR.fullmatch(m.group())]
    if len(measured) != 1:
        return None
    match, amount = measured[0]
    unit = f" {amount.unit}" if amount.unit else ""
    return Value(
        cited.short_answer or f"{match.group()}{unit}", amount.low, amount.high, amount.unit
    )
