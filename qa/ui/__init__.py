"""The chat page: the conversation on the left, the article it quotes on the right."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.ui.page import build_page, serve

__all__ = ["build_page", "serve"]

GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",  # or each browser would record what is asked over the API
    # Gradio keeps statistics of the last 10,000 events, and counts them anew after each one.
    "GRADIO_ANALYTICS_MAX_EVENTS": "100",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000",
}
"""What Gradio reads from the environment when it is imported."""

for name, value in GRADIO.items():
    os.environ.setdefault(name, value)


def __getattr__(name: str) -> object:
    """Load the page, and with it Gradio, when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    from qa.ui.server.hosts import port

    port()  # one that is none makes Gradio fail as it is imported
    from qa.ui import page

    return getattr(page, name)
