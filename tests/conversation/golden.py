"""Conversations as people read them: what was understood, and what was said."""

from __future__ import annotations

import re
from pathlib import Path

from qa.answers import Answer, Turn
from qa.assistant import Assistant
from qa.evaluation.conversations import Conversation

DATA = Path(__file__).parent.parent / "data"
FOLDER = DATA / "conversations"
ROUNDING = 0.04
"""The share of turns that may go otherwise: processors round products of 8 bits each in its own
way, which tips what was on an edge. Where some were recorded on another, .018 did."""


def folders() -> list[Path]:
    """The folders of conversations."""
    return sorted(path for path in FOLDER.iterdir() if path.is_dir())


def articles(folder: Path) -> Path:
    """The articles that a folder's conversations are over: its own, or those of all tests."""
    own = folder / "articles"
    return own if own.exists() else DATA / "articles"


def hold(conversation: Conversation, assistant: Assistant) -> list[Answer]:
    """Hold a conversation, and return what was said of each turn."""
    history: list[Turn] = []
    for turn in conversation:
        answer = assistant.ask(turn.question, history=history)
        history.append(Turn(turn.question, answer))
    return [turn.answer for turn in history]


def told(answer: Answer) -> str:
    """Return a turn as it is kept: the question, how it was understood, what was said."""
    lines = [f"> {answer.question}  [{answer.intent}]"]
    if answer.understood:
        lines.append(f"  understood as: {answer.understood}")
    lines += [f"  {line}" for line in answer.text.partition("\n\n")[0].splitlines()]
    return "\n".join(lines)


def kept(folder: Path) -> list[str]:
    """Return the turns that are kept of a folder's conversations."""
    text = (folder / "answers.txt").read_text("utf-8")
    return re.split(r"\n+(?=> )", text.rstrip("\n"))
