"""The style sheets and scripts of the page, which lie in `static/`."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent.parent / "static"


def asset(name: str) -> str:
    """Return the text of a style sheet or a script."""
    return (STATIC / name).read_text("utf-8")
