"""Conversations with known answers: how many turns of each kind are understood and answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from qa.answers import Answer, Turn
from qa.assistant import Assistant
from qa.errors import DataError
from qa.evaluation.benchmark import read_benchmark
from qa.evaluation.benchmark_run import open_benchmark
from qa.evaluation.follow_ups import (
    finding_rows,
    read_follow_ups,
    rewriting_rows,
    samples,
)
from qa.evaluation.table import ResultTable
from qa.index import build
from qa.settings import Settings

TURNS = "conversations.txt"
NOTHING = "-"  # expected of a turn that must not be answered with a quotation


@dataclass(frozen=True, slots=True)
class ExpectedTurn:
    """A turn, what it tests, and words that its answer holds."""

    kind: str
    question: str
    expected: str

    def is_right(self, answer: Answer) -> bool:
        """Tell whether an answer is the expected one: it quotes or says the words.

        Articles that disagree, and persons of one name, must be shown as such; of articles
        that only seem to disagree it must not be said.
        """
        if self.kind.startswith("agreement"):
            return not answer.rivals
        if self.expected == NOTHING:
            return not answer.statements
        said = " ".join([answer.text, *(f"{c.trail} {c.quote}" for c in answer.citations)])
        if self.expected.casefold() not in said.casefold():
            return False
        if self.kind.startswith("disagreement"):
            return bool(answer.rivals)
        return self.kind != "names" or len({c.article.id for c in answer.citations}) > 1


Conversation = tuple[ExpectedTurn, ...]


def read_conversations(folder: Path) -> list[Conversation]:
    """Read the conversations of a folder: a turn a line, a blank line between two.

    Raises:
        DataError: if there are none, or a line is no turn.
    """
    try:
        text = (folder / TURNS).read_text("utf-8")
        blocks = ("\n".join(_lines(block)) for block in text.split("\n\n"))
        return [tuple(map(_turn, block.splitlines())) for block in blocks if block]
    except (OSError, ValueError) as wrong:
        raise DataError(
            f"{folder} holds no conversations: {wrong}.",
            hint="Name a folder of articles/ and conversations.txt.",
        ) from wrong


def _lines(block: str) -> Iterator[str]:
    return (line for line in block.splitlines() if line.strip() and line[0] != "#")


def _turn(line: str) -> ExpectedTurn:
    kind, question, expected = (part.strip() for part in line.split(" | "))
    return ExpectedTurn(kind, question, expected)


@dataclass(slots=True)
class ConversationReport:
    """The results of a folder of conversations, by what each turn tests, and the seconds."""

    right: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    turns: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    wrong: list[tuple[ExpectedTurn, Answer]] = field(default_factory=list)

    def rows(self) -> dict[str, float]:
        """Return the share of right turns of each kind, and the cost of a turn."""
        rows = {f"{kind} right": sum(all_) / len(all_) for kind, all_ in self.right.items()}
        if self.plain:
            rows["turn ms"] = 1000 * median(self.turns)
            rows["plain ask ms"] = 1000 * median(self.plain)
            ratios = (turn / plain for turn, plain in zip(self.turns, self.plain, strict=True))
            rows["added to a plain ask"] = median(ratios) - 1
        return rows


def ask_conversations(
    conversations: Sequence[Conversation], assistant: Assistant
) -> ConversationReport:
    """Ask each turn with those before it; each question for a fact is asked plainly too."""
    report = ConversationReport()
    for conversation in conversations:
        history: list[Turn] = []
        for turn in conversation:
            trace = assistant.trace(turn.question, history=history)
            answer = trace.answer
            history.append(Turn(turn.question, answer))
            right = turn.is_right(answer)
            report.right[turn.kind].append(right)
            if not right:
                report.wrong.append((turn, answer))
            if turn.kind in {"question", "follow-up"} and not answer.parts:
                plain = assistant.pipeline.trace(answer.asked + " ")
                report.turns.append(sum(trace.seconds.values()))
                report.plain.append(sum(plain.seconds.values()))
    return report


def evaluate_conversations(
    folders: Sequence[Path], settings: Settings, *, work: Path, limit: int | None = None
) -> tuple[ResultTable, list[ConversationReport]]:
    """Ask the conversations of some folders; the indexes are kept in `work`.

    A folder may also be a benchmark whose questions have a talk before them; of those, `limit`
    are asked.

    Raises:
        DataError: if a folder holds no conversations.
    """
    table, reports = ResultTable(), []
    for folder in folders:
        if not (folder / TURNS).exists():
            table.add(folder.name, _follow_up_rows(folder, settings, work=work, limit=limit))
            continue
        conversations = read_conversations(folder)
        index = build(folder / "articles", into=work / folder.name, settings=settings)
        reports.append(ask_conversations(conversations, Assistant(index, settings=settings)))
        table.add(folder.name, reports[-1].rows())
    return table, reports


def _follow_up_rows(
    folder: Path, settings: Settings, *, work: Path, limit: int | None
) -> dict[str, float]:
    asked = [*samples(read_follow_ups(folder), limit)]
    rows = rewriting_rows(asked)
    if any(each.gold for each in asked):
        assistant = open_benchmark(read_benchmark(folder), settings, work / folder.name)
        rows |= finding_rows(asked, assistant)
    return rows
