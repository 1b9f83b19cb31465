"""The page's endpoints for programs: over HTTP, by Gradio's client, and as tools of MCP."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import gradio as gr

from qa.answers import Answer, Turn
from qa.assistant import check_question
from qa.conversation.rewriting import rewrites
from qa.errors import QAError, QuestionError
from qa.language.characters import well_formed
from qa.ui.components.events import ASK
from qa.ui.server.journal import entry
from qa.ui.session.conversation import MAX_HISTORY
from qa.ui.session.provider import AssistantProvider

Result = TypeVar("Result")


def wire(provider: AssistantProvider) -> None:
    """Add the endpoints: each is named and described by its function, as a tool too."""

    def ask(
        question: str,
        history: list[str] | None = None,
        stance: str | None = None,
        exact: bool = False,  # noqa: FBT001, FBT002  # Gradio gives them by position
    ) -> dict[str, Any]:
        """Answer a question with sentences quoted from the articles.

        Args:
            question: the question, in plain English
            history: the questions asked before it, in order
            stance: how sure the answer must be: strict, balanced, eager, or a probability
            exact: take the words as they are, and correct no slips
        """
        return _or_error(lambda: ask_json(provider, question, history, stance, exact=exact))

    def ask_text(
        question: str,
        history: list[str] | None = None,
        stance: str | None = None,
        exact: bool = False,  # noqa: FBT001, FBT002  # Gradio gives them by position
    ) -> str:
        """Answer a question with sentences quoted from the articles, as text with its sources.

        Args:
            question: the question, in plain English
            history: the questions asked before it, in order
            stance: how sure the answer must be: strict, balanced, eager, or a probability
            exact: take the words as they are, and correct no slips
        """
        return _or_error(lambda: ask_plain(provider, question, history, stance, exact=exact))

    gr.api(ask, api_name="ask", **ASK)
    gr.api(ask_text, api_name="ask_text", **ASK)


def ask_json(
    provider: AssistantProvider,
    question: str,
    history: object,
    stance: str | None = None,
    *,
    exact: object = False,
) -> dict[str, Any]:
    """Return an answer as JSON holds it, its text with marks first.

    Raises:
        QAError: if the question, the history, the stance or the index is no good.
    """
    answer = _answer(provider, question, history, stance, exact=exact)
    text = " ".join(map(str, answer.statements)) or answer.reason
    return {"answer": text, **answer.as_dict()}


def ask_plain(
    provider: AssistantProvider,
    question: str,
    history: object,
    stance: str | None = None,
    *,
    exact: object = False,
) -> str:
    """Return an answer as plain text: sentences with marks, then what they quote.

    Raises:
        QAError: if the question, the history, the stance or the index is no good.
    """
    return str(_answer(provider, question, history, stance, exact=exact))


def _answer(
    provider: AssistantProvider,
    question: str,
    history: object,
    stance: str | None,
    *,
    exact: object,
) -> Answer:
    with entry("api", _text(question)) as noted:
        turns, assistant = turns_of(history), provider.assistant()
        trace = assistant.trace(question, history=turns, stance=stance, exact=_truth(exact))
        noted.note_answer(trace)
        return trace.answer


def turns_of(history: object) -> tuple[Turn, ...]:
    """Return earlier questions as turns; what they were about is worked out, not asked again.

    Raises:
        QuestionError: if they are not a list of questions.
    """
    if not isinstance(history, list | None):
        raise QuestionError("The history is not a list.", hint="Send the earlier questions.")
    turns: tuple[Turn, ...] = ()
    for question in map(check_question, map(_text, (history or [])[-MAX_HISTORY:])):
        asked = rewrites(question, turns)[0].asked
        answer = Answer(question, asked, reason="Asked before.")
        turns = (*turns, Turn(question, answer))
    return turns


def _text(question: object) -> str:
    if not isinstance(question, str):
        raise QuestionError("A question is text.", hint="Send it as a string.")
    return question


def _truth(exact: object) -> bool:
    if not isinstance(exact, bool):
        raise QuestionError("`exact` is true or false.", hint="Send one of them, or nothing.")
    return exact


def return_json(server: Any) -> None:
    """Make a server of MCP return objects as JSON: Gradio prints them as Python does."""
    postprocess = server.postprocess_output_data

    def as_json(data: list[Any], root_url: str) -> Any:
        texts = [json.dumps(d, ensure_ascii=False) if isinstance(d, dict) else d for d in data]
        return postprocess(texts, root_url)

    server.postprocess_output_data = as_json


def _or_error(answer: Callable[[], Result]) -> Result:
    """Return what is answered; an error is shown in one line, without a traceback."""
    try:
        return answer()
    except QAError as error:
        raise gr.Error(well_formed(str(error)), print_exception=False) from error
