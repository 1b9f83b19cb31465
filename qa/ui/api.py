"""The page's endpoints for programs: over HTTP, by Gradio's client, and as tools of MCP."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import gradio as gr

from qa.errors import QAError
from qa.ui.components.events import ASK
from qa.ui.rendering import chat
from qa.ui.session.desk import Desk

Told = TypeVar("Told")


def wire(desk: Desk) -> None:
    """Add the endpoints: each is named and described by its function, as a tool too."""

    def ask(
        question: str, history: list[str] | None = None, stance: str | None = None
    ) -> dict[str, Any]:
        """Answer a question with sentences quoted from the articles.

        Args:
            question: the question, in plain English
            history: the questions asked before it, in order
            stance: how sure the answer must be: strict, balanced, eager, or a probability
        """
        return _told(lambda: chat.asked(desk, question, history, stance))

    def ask_text(
        question: str, history: list[str] | None = None, stance: str | None = None
    ) -> str:
        """Answer a question with sentences quoted from the articles, as text with its sources.

        Args:
            question: the question, in plain English
            history: the questions asked before it, in order
            stance: how sure the answer must be: strict, balanced, eager, or a probability
        """
        return _told(lambda: chat.asked_text(desk, question, history, stance))

    gr.api(ask, api_name="ask", **ASK)
    gr.api(ask_text, api_name="ask_text", **ASK)


def tell_json(server: Any) -> None:
    """Tell users of MCP in JSON what an endpoint returns: Gradio prints it as Python does."""
    tell = server.postprocess_output_data

    def told(data: list[Any], root_url: str) -> Any:
        texts = [json.dumps(d, ensure_ascii=False) if isinstance(d, dict) else d for d in data]
        return tell(texts, root_url)

    server.postprocess_output_data = told


def _told(answering: Callable[[], Told]) -> Told:
    """Return what is told; what goes wrong is said in one line."""
    try:
        return answering()
    except QAError as error:
        raise gr.Error(str(error), print_exception=False) from error
