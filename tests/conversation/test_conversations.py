"""Whole conversations, read through by eye, over articles written for them.

They hold what the reader chooses to quote. To renew them after a change that means to change
answers: python -m tests.tools.record_conversations, then read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.evaluation.conversations import ask_conversations, read_conversations
from qa.index import build
from tests.conversation.golden import articles, folders
from tests.tools.record_conversations import recorded

MUST = {"comparison", "article", "library", "manners"}
"""Kinds that no reader may get wrong; what it makes of a question is measured elsewhere."""


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_conversations_go_as_recorded(folder: Path, tmp_path: Path) -> None:
    assert recorded(folder, tmp_path) == (folder / "answers.txt").read_text("utf-8")


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_what_is_no_matter_of_reading_is_right(folder: Path, tmp_path: Path) -> None:
    assistant = Assistant(build(articles(folder), into=tmp_path))
    report = ask_conversations(read_conversations(folder), assistant)
    assert [turn for turn, _ in report.wrong if turn.kind in MUST] == []


def test_there_are_enough() -> None:
    talks = [talk for folder in folders() for talk in read_conversations(folder)]
    assert len(talks) >= 110
    assert sum(len(talk) > 1 for talk in talks) >= 80
