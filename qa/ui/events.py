"""How the page's events are handled: who may call them, and how many at the same time."""

from __future__ import annotations

from typing import Any

AT_ONCE = 4  # questions answered at the same time, over all who ask
WAITING = 64
ASK: dict[str, Any] = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
ASKING: dict[str, Any] = {**ASK, **PRIVATE}
