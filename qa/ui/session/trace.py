"""An answer with its trace: the evidence it was chosen from, and how long each stage took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from qa.answers import Answer, Turn
from qa.assistant import Assistant, check_question
from qa.language.follow_up import stand_alone
from qa.readers import Evidence
from qa.types import Hit

STAGES = ("searched", "read", "composed")


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer, the evidence it was chosen from, and the seconds that each stage took."""

    answer: Answer
    evidence: tuple[Evidence, ...]
    seconds: Mapping[str, float]


def trace_answer(
    assistant: Assistant,
    question: str,
    *,
    history: Sequence[Turn] = (),
    stance: str | None = None,
) -> Iterator[tuple[Hit, ...] | Trace]:
    """Yield the hits as soon as they are found, then the answer of `Assistant.ask`, traced.

    Raises:
        QuestionError: if the question is empty or too long.
        SettingsError: if there is no such stance.
    """
    question = check_question(question)
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
    yield Trace(answer, evidence, dict(zip(STAGES, seconds, strict=True)))
