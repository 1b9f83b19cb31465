"""Questions turned unanswerable by swapping one name, number or word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random

from qa.types import Span
from training.reader.records import Record
from training.reader.rows import Row, unanswerable_row

NEAR_SHARE = 0.6  # share of the names taken from the same article: those are hard to tell
MAX_TRIED = 6
NAME = re.compile(r"(?<=[a-z,'] )(?:[A-Z][\w’'-]+)(?: (?:of |the |de )?[A-Z][\w’'-]+)*")
NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
EITHER_WAY = (
    "first:last,largest:smallest,most:least,highest:lowest,before:after,north:south,"
    "east:west,northern:southern,eastern:western,won:lost,father:mother,"
    "summer:winter,private:public"
)
ONE_WAY = (
    "began:ended,begin:end,start:end,started:ended,increase:decrease,"
    "increased:decreased,oldest:youngest,win:lose,born:buried,died:married,"
    "founded:dissolved,built:demolished,opened:closed,male:female,positive:negative,"
    "maximum:minimum,more:fewer,above:below,inside:outside,allowed:forbidden,"
    "accepted:rejected,supported:opposed,best:worst,earliest:latest,primary:secondary,"
    "major:minor,main:least important,joined:left,bought:sold,king:queen,"
    "brother:sister,son:daughter,wife:uncle,husband:cousin,longest:shortest,"
    "modern:ancient,success:failure,hot:cold,upper:lower,common:rare"
)
OPPOSITES = dict(pair.split(":") for pair in f"{EITHER_WAY},{ONE_WAY}".split(","))
OPPOSITES |= {pair.split(":")[1]: pair.split(":")[0] for pair in EITHER_WAY.split(",")}

Swap = tuple[Span, str]


def swap(picked: Sequence[Record], records: Sequence[Record], random_: Random) -> Iterator[Row]:
    """Swap something in each question that offers anything to swap."""
    near: dict[str, set[str]] = defaultdict(set)
    far: list[str] = []
    for record in records:
        names = NAME.findall(record.question)
        near[record.title].update(names)
        far += names
    for record in picked:
        swaps = [
            *_numbers(record, random_),
            *_names(record, (sorted(near[record.title]), far), random_),
            *_opposites(record),
        ]
        if swaps:
            yield _swapped(record, random_.choice(swaps))


def swap_within(picked: Sequence[Record], random_: Random) -> Iterator[Row]:
    """Swap a name or number in each question for another that its passage holds too.

    All its words are there then, and still nothing answers.
    """
    for record in picked:
        swaps = [*_within(record, NAME), *_within(record, NUMBER)]
        if swaps:
            yield _swapped(record, random_.choice(swaps))


def _swapped(record: Record, swap: Swap) -> Row:
    span, word = swap
    question = record.question[: span.start] + word + record.question[span.end :]
    return unanswerable_row(question, record.context, title=record.title, kind="swapped")


def _within(record: Record, kind: re.Pattern[str]) -> Iterator[Swap]:
    """Yield swaps for what neither the question nor the answer says."""
    said = set(re.findall(r"\w+", f"{record.question} {' '.join(record.answers)}".lower()))
    others = [
        word
        for word in dict.fromkeys(kind.findall(record.context))
        if said.isdisjoint(re.findall(r"\w+", word.lower()))
    ]
    for match in kind.finditer(record.question):
        alike = [word for word in others if _shape(word) == _shape(match.group())]
        yield from ((Span(*match.span()), word) for word in alike)


def _shape(word: str) -> tuple[int, int]:
    """Return how many words, and how many digits: a year is swapped for a year."""
    return min(len(word.split()), 2), sum(map(str.isdigit, word))


def _numbers(record: Record, random_: Random) -> Iterator[Swap]:
    for match in NUMBER.finditer(record.question):
        yield Span(*match.span()), _other_number(match.group(), record.context, random_)


def _other_number(number: str, context: str, random_: Random) -> str:
    """Draw a number of the same shape that the context does not hold."""
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    for _ in range(20):
        digits = list(number)
        for place in places[-2:]:
            digits[place] = random_.choice("123456789")
        changed = "".join(digits)
        if len(places) > 1 and changed not in context:
            return changed
    return str(random_.randint(12, 97))


def _names(
    record: Record, names: tuple[Sequence[str], Sequence[str]], random_: Random
) -> Iterator[Swap]:
    near, far = names
    for match in NAME.finditer(record.question):
        pool = near if near and random_.random() < NEAR_SHARE else far
        drawn = random_.sample(pool, min(len(pool), MAX_TRIED))
        own = set(match.group().split())
        for name in drawn:
            if name.lower() not in record.context.lower() and not own & set(name.split()):
                yield Span(*match.span()), name
                break


def _opposites(record: Record) -> Iterator[Swap]:
    for match in re.finditer(r"[A-Za-z]+", record.question):
        word = OPPOSITES.get(match.group().lower())
        if word and word not in record.context.lower():
            yield Span(*match.span()), word
