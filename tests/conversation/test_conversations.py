"""Whole conversations, read through by eye, over articles written for them.

They hold what the reader chooses to quote. To renew them after a change that means to change
answers: python -m tests.tools.record_conversations, then read the difference.
"""

from __future__ import annotations

import pytest

from qa.answers import Answer
from qa.assistant import Assistant
from qa.evaluation.conversations import ExpectedTurn, read_conversations
from qa.index import build
from tests.conversation.golden import ROUNDING, articles, folders, hold, kept, told

MUST = {"comparison", "article", "library", "manners"}
"""Kinds that no reader may get wrong; what it makes of a question is measured elsewhere."""

Held = list[tuple[ExpectedTurn, Answer]]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Held]:
    """All conversations, by their folder."""
    found = dict[str, Held]()
    for folder in folders():
        home = tmp_path_factory.mktemp(folder.name)
        assistant = Assistant(build(articles(folder), into=home))
        found[folder.name] = [
            pair
            for talk in read_conversations(folder)
            for pair in zip(talk, hold(talk, assistant), strict=True)
        ]
    return found


def test_conversations_go_as_recorded(held: dict[str, Held]) -> None:
    pairs = [
        (told(answer), before)
        for folder in folders()
        for (_, answer), before in zip(held[folder.name], kept(folder), strict=True)
    ]
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    assert len(changed) <= ROUNDING * len(pairs), changed


@pytest.mark.parametrize("folder", [folder.name for folder in folders()])
def test_what_is_no_matter_of_reading_is_right(held: dict[str, Held], folder: str) -> None:
    must = [(turn, answer) for turn, answer in held[folder] if turn.kind in MUST]
    assert [turn for turn, answer in must if not turn.is_right(answer)] == []


def test_there_are_enough() -> None:
    talks = [talk for folder in folders() for talk in read_conversations(folder)]
    assert len(talks) >= 110
    assert sum(len(talk) > 1 for talk in talks) >= 80
