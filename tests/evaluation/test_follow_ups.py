"""Follow-ups of published talks: how near to a rewrite they come, and what is found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.errors import DataError
from qa.evaluation.follow_ups import FollowUp, read_follow_ups, rewriting_rows, samples

BEFORE = (("Who designed the Harbour Tram?", "Ada Brook designed the Harbour Tram."),)
POINTING = FollowUp(
    "Where was she born?", BEFORE, "Where was Ada Brook born?", title="Harbour Tram"
)
ALONE = FollowUp(
    "Who painted the Old Bridge?", BEFORE, "Who painted the Old Bridge?", title="Harbour Tram"
)


def test_what_is_put_in_closes_the_gap_and_what_stands_alone_is_left() -> None:
    rows = rewriting_rows([POINTING, ALONE])
    assert rows["terms of the rewrite, raw"] < rows["terms of the rewrite, ours"] == 1
    assert rows["gap closed"] == rows["left alone rightly"] == 1


def test_nothing_is_told_of_questions_that_nobody_rewrote() -> None:
    assert rewriting_rows([FollowUp("Why?", BEFORE)]) == {}


def row(**more: Any) -> dict[str, Any]:
    said = [("user", "Who built it?"), ("assistant", "Ada did."), ("assistant", "In 1912.")]
    history = [{"role": role, "text": text} for role, text in said]
    return {"id": "talk_2", "question": "Why?", "history": history, **more}


def test_the_replies_to_one_question_are_one(tmp_path: Path) -> None:
    rows = [row(gold_passages=["p1"]), row(history=[])]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (read,) = read_follow_ups(tmp_path)
    assert read.before == (("Who built it?", "Ada did. In 1912."),)
    assert (read.gold, read.conversation) == (frozenset({"p1"}), "talk")
    (turn,) = read.turns()
    assert turn.answer.citations[0].quote == "Ada did. In 1912."


def test_a_folder_without_talks_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no talks"):
        read_follow_ups(tmp_path)


def test_a_sample_is_spread_over_all() -> None:
    asked = [FollowUp(str(number), ()) for number in range(10)]
    assert [each.question for each in samples(asked, 3)] == ["0", "3", "6"]
    assert [*samples(asked, None)] == asked
