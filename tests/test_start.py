"""A chat is there soon: what is imported before its page, and the short form of the tool."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.ui.page import build_page, launch_options
from tests.pages import SEEDS, free_port
from tests.test_architecture import HEAVY, PARSERS, run
from tests.tools.memory import measure
from tests.tools.server import SERVE, serving
from tests.tools.start import start_once

LATER = {*HEAVY, *PARSERS, "spellchecker", "tokenizers"} - {"gradio"}
"""What nobody waits for who opens the page: it is loaded when it is up."""
LEAK = 20  # kB a question: a fifth of what Gradio kept of each before it was told to forget


def test_the_page_is_up_before_a_model_or_a_parser_is_loaded() -> None:
    loaded = run("""
from qa.ui.page import build_page, launch_options
page = build_page()
page.launch(prevent_thread_lock=True, quiet=True, **launch_options())
import sys; print(*{name.partition(".")[0] for name in sys.modules}, flush=True)
import os; os._exit(0)
""")
    assert "gradio" in loaded
    assert LATER & (loaded - run("import gradio")) == set()


class Busy:
    """Middleware of a machine that has no time for Gradio's own look at the page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        busy = scope.get("method") == "HEAD"
        await (Response(status_code=503) if busy else self.app)(scope, receive, send)


def test_a_busy_machine_serves_the_page_all_the_same() -> None:
    page = build_page()
    busy = {"app_kwargs": {"middleware": [Middleware(Busy)]}}
    options = {"prevent_thread_lock": True, "quiet": True, "server_port": free_port()}
    _, url, _ = page.launch(**options, **launch_options(), **busy)
    with urlopen(url) as reply:
        assert reply.status == 200
    page.close(verbose=False)


@pytest.mark.model
def test_a_chat_starts_answers_and_rests(tmp_path: Path) -> None:
    seen = start_once(tmp_path, rest=3)
    assert seen["of a core at rest"] < 0.05
    assert seen["in memory, MB"] < 600


@pytest.mark.model
def test_questions_leave_little_behind(tmp_path: Path) -> None:
    # The memory of the deep reader settles after some hundred questions: the long form asks it.
    env = {"QA_ARTICLES": str(SEEDS), "HOME": str(tmp_path), "PYTHONPATH": str(SEEDS.parent)}
    env["QA_READER"] = "fast"
    with serving(SERVE, cwd=tmp_path, log=tmp_path / "log", env=env) as server:
        gained, _ = measure(server, 200, warm_up=100)
    assert gained < LEAK
