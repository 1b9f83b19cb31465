"""The control that copies and saves a conversation."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from qa.ui.components.events import PRIVATE, strings_of
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.export import export, verify_quotations
from qa.ui.session.conversation import Conversation
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import VisitorLibrary


def wire(
    control: gr.HTML, conversation: gr.State, library: gr.State, provider: AssistantProvider
) -> None:
    """Send what the control's script asks for."""

    def send(
        exchanges: Conversation,
        visitor: VisitorLibrary,
        event: gr.EventData,
        request: gr.Request,
    ) -> Any:
        assistant, strings = visitor.provider(provider), strings_of(request)
        return export_json(assistant, exchanges, event._data, strings) or gr.skip()

    control.export(send, [conversation, library], control, queue=False, **PRIVATE)


def export_json(
    provider: AssistantProvider,
    conversation: Conversation,
    sent: object,
    strings: Strings = ENGLISH,
) -> str:
    """Return a conversation, or the answer in it that has a key, as JSON for the script.

    Every quotation is verified against the library as it is now.
    """
    if not isinstance(sent, dict) or not provider.ready:
        return ""
    articles, key = provider.assistant().index.articles, sent.get("key")
    chosen = conversation if key is None else [e for e in conversation if e.key == key][-1:]
    answers = [verify_quotations(exchange.answer, articles, strings) for exchange in chosen]
    file = json.dumps(export(answers, sent.get("form"), strings))
    return file.replace("<", "\\u003c")  # for it travels as the value of HTML
