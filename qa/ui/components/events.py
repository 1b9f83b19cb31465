"""Options of the page's events: who may call them, how many at once, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.ui.i18n.strings import Strings, strings_for
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.store import SessionStore

MAX_CONCURRENT = 4  # questions answered at the same time, over all who ask
MAX_QUEUE = 128  # a hundred who ask at once wait for seconds; more are told to come back
ASK: dict[str, Any] = {"concurrency_limit": MAX_CONCURRENT, "concurrency_id": "ask"}
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
EACH: dict[str, Any] = {"trigger_mode": "multiple", "queue": False, **PRIVATE}
"""An event is handled even while the one before it still is; Gradio would drop it."""
ASKING: dict[str, Any] = {**ASK, **PRIVATE}


@dataclass(frozen=True, slots=True)
class EventContext:
    """The context of an event of the page: what the server has of the visitor.

    `library` is the visitor's own, and `tab` the token of the tab that it is kept for.
    """

    provider: AssistantProvider
    store: SessionStore
    library: gr.State
    tab: gr.State
    panel: gr.HTML


def strings_of(request: gr.Request) -> Strings:
    """Return the page's words in the language of the browser that sends a request."""
    return strings_for(request.headers.get("accept-language"))


def payload(event: gr.EventData, name: str) -> object:
    """Return what the page's script sent under a name: anyone can send anything."""
    return event._data.get(name) if isinstance(event._data, dict) else None
