"""Libraries whose articles disagree in many ways, or only seem to, asked as a user asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.evaluation.conversations import ask_conversations, read_conversations
from qa.index import build

FOLDERS = sorted((Path(__file__).parent.parent / "data" / "disagreement").iterdir())
SHOWN = 0.6  # of those that disagree, in each library: what the fourth reached unseen
ALARMS = 1  # of those that only seem to, in each library


@pytest.mark.model
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_most_disagreements_are_shown_and_next_to_nothing_else(
    folder: Path, tmp_path: Path
) -> None:
    assistant = Assistant(build(folder / "articles", into=tmp_path))
    right = ask_conversations(read_conversations(folder), assistant).right
    shown = [each for kind, all_ in right.items() if kind.startswith("dis") for each in all_]
    silent = [each for kind, all_ in right.items() if kind.startswith("agr") for each in all_]
    assert sum(shown) >= SHOWN * len(shown)
    assert sum(silent) >= len(silent) - ALARMS
