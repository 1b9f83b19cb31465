"""The chat page: the conversation on the left, the article it quotes on the right."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.ui.page import build_page, serve

__all__ = ["build_page", "serve"]


def __getattr__(name: str) -> object:
    """Load the page, and with it Gradio, when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when Gradio is imported
    from qa.ui import page

    return getattr(page, name)
