"""An answer with its trace: the evidence it was chosen from, and how long each stage took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from qa.answers import Answer, Turn
from qa.assistant import Assistant
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
    exact: bool = False,
) -> Iterator[tuple[Hit, ...] | Trace]:
    """Yield the hits as soon as they are found, then the answer of `Assistant.ask`, traced.

    Raises:
        QuestionError: if the question is empty or too long.
        SettingsError: if there is no such stance.
    """
    started = perf_counter()
    understood = assistant.understand(question, history=history, exact=exact)
    if not understood.is_single:
        answer = assistant.reply(understood, history=history, stance=stance)
        yield answer.hits
        yield Trace(
            answer, (), dict.fromkeys(STAGES, 0.0) | {"searched": perf_counter() - started}
        )
        return
    hits = assistant.search(understood.asked, favoured=understood.favoured)
    searched = perf_counter()
    yield hits
    began = perf_counter()
    evidence = assistant.read(understood.asked, hits)
    read = perf_counter()
    answer = assistant.answer(
        understood.question, asked=understood.asked, hits=hits, evidence=evidence, stance=stance
    )
    answer = replace(answer, substitutions=understood.rewrite.substitutions)
    answer = understood.corrected(answer)
    seconds = (searched - started, read - began, perf_counter() - read)
    yield Trace(answer, evidence, dict(zip(STAGES, seconds, strict=True)))
