"""Conversations as people read them: what was understood, and what was said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa.answers import Answer, Turn
from qa.assistant import Assistant
from qa.evaluation.conversations import Conversation

DATA = Path(__file__).parent.parent / "data"
FOLDER = DATA / "conversations"


def folders() -> list[Path]:
    """The folders of conversations."""
    return sorted(path for path in FOLDER.iterdir() if path.is_dir())


def articles(folder: Path) -> Path:
    """The articles that a folder's conversations are over: its own, or those of all tests."""
    own = folder / "articles"
    return own if own.exists() else DATA / "articles"


def told(conversation: Conversation, assistant: Assistant) -> str:
    """Hold a conversation, and return it: each turn, how it was understood, what was said."""
    history: list[Turn] = []
    lines: list[str] = []
    for turn in conversation:
        answer = assistant.ask(turn.question, history=history)
        history.append(Turn(turn.question, answer))
        lines.extend(_lines(turn.question, answer))
    return "\n".join(lines)


def _lines(question: str, answer: Answer) -> Iterator[str]:
    yield f"> {question}  [{answer.intent}]"
    if answer.understood:
        yield f"  understood as: {answer.understood}"
    yield from (f"  {line}" for line in answer.text.partition("\n\n")[0].splitlines())
