"""How the page's events are handled: who may call them, how many at once, in which language."""

from __future__ import annotations

from typing import Any

import gradio as gr

from qa.ui.i18n.strings import Strings, spoken_by

AT_ONCE = 4  # questions answered at the same time, over all who ask
WAITING = 64
ASK: dict[str, Any] = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
EACH: dict[str, Any] = {"trigger_mode": "multiple", "queue": False, **PRIVATE}
"""What is wanted while the last is still being done is done too; Gradio would skip it."""
ASKING: dict[str, Any] = {**ASK, **PRIVATE}


def strings_of(request: gr.Request) -> Strings:
    """Return what the page says, in the language of the browser that asks."""
    return spoken_by(request.headers.get("accept-language"))
