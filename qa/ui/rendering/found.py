"""How an answer was found: what was searched for, what was read, and how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from qa.answers import Answer, Turn
from qa.assistant import Assistant, check
from qa.language.follow_up import stand_alone
from qa.readers import Evidence
from qa.settings import STANCES
from qa.types import Hit
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.quoting import inert

STAGES = ("vectors", "words", "fused")
STEPS = ("searched", "read", "composed")
UNFOUND = "–"


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, the evidence it was chosen from, and the seconds that each stage took."""

    answer: Answer
    evidence: tuple[Evidence, ...]
    seconds: Mapping[str, float]


def find(
    assistant: Assistant,
    question: str,
    *,
    history: Sequence[Turn] = (),
    stance: str | None = None,
) -> Iterator[tuple[Hit, ...] | Found]:
    """Answer as `Assistant.ask` does, and keep what it forgets; first yield what is to be read.

    Raises:
        QuestionError: if the question is empty or too long.
        SettingsError: if there is no such stance.
    """
    question = check(question)
    asked = stand_alone(question, history)
    started = perf_counter()
    hits = assistant.search(asked)
    searched = perf_counter()
    yield hits
    began = perf_counter()
    evidence = assistant.read(asked, hits)
    read = perf_counter()
    answer = assistant.answer(
        question, asked=asked, hits=hits, evidence=evidence, stance=stance
    )
    seconds = (searched - started, read - began, perf_counter() - read)
    yield Found(answer, evidence, dict(zip(STEPS, seconds, strict=True)))


def sureness(chance: float, strings: Strings = ENGLISH) -> str:
    """Return a chance in words: the stances say where one word gives way to the next."""
    words = {"strict": strings.sure, "balanced": strings.likely, "eager": strings.unsure}
    met = (words[name] for name, least in STANCES.items() if chance >= least)
    return next(met, strings.unlikely)


def certainty(answer: Answer, strings: Strings = ENGLISH) -> str:
    """Return how sure an answer is, as Markdown.

    A silence claims nothing, and nothing is sure where the articles disagree.
    """
    if not answer.statements or answer.rivals:
        return ""
    word = sureness(answer.confidence, strings)
    degree = sureness(answer.confidence)
    return (
        f"<span class='certainty {degree}' title='{strings.certainty_means}'>"
        f"{word.capitalize()}</span>"
    )


def fold(found: Found, strings: Strings = ENGLISH) -> str:
    """Return how an answer was found as Markdown that is folded away."""
    summary = f"<details><summary>{strings.found}</summary>"
    return "\n\n".join([summary, *_told(found, strings), "</details>"])


def _told(found: Found, strings: Strings) -> Iterator[str]:
    yield strings.searched_for.format(question=inert(found.answer.asked))
    if found.answer.hits:
        yield "\n".join(_table(found, strings))
        yield strings.ranks
    times = {step: _milliseconds(found.seconds[step], strings) for step in STEPS}
    yield strings.took.format(**times)


def _table(found: Found, strings: Strings) -> Iterator[str]:
    hits = found.answer.hits
    ranks = [_ranks(hits, stage) for stage in STAGES]
    chances: dict[int, float] = {}
    for evidence in found.evidence:
        number = evidence.passage.id
        chances[number] = max(evidence.score, chances.get(number, 0.0))
    several = len({hit.passage.article.id for hit in hits}) > 1
    columns = (strings.by_meaning, strings.by_words, strings.by_both)
    yield _row([strings.passage, *columns, strings.answers])
    yield _row(["---", *["---:"] * len(STAGES), "---"])
    for passage in (hit.passage for hit in hits):
        name = passage.trail if several or not passage.path else passage.path[-1]
        places = (str(rank.get(passage.id, UNFOUND)) for rank in ranks)
        chance = chances.get(passage.id)
        sure = strings.not_read if chance is None else sureness(chance, strings)
        yield _row([inert(name), *places, sure])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _ranks(hits: Sequence[Hit], stage: str) -> dict[int, int]:
    """Return the rank of each hit that a stage found, by the number of its passage."""
    found = [hit for hit in hits if stage in hit.stages]
    best_first = sorted(found, key=lambda hit: (-hit.stages[stage], hit.passage.place))
    return {hit.passage.id: rank for rank, hit in enumerate(best_first, 1)}


def _milliseconds(seconds: float, strings: Strings) -> str:
    if seconds < 0.001:
        return strings.no_time
    return strings.milliseconds.format(count=strings.number(round(1000 * seconds)))
