"""A chat is there soon: what is imported before its page, and the short form of the tool."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import SEEDS
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


@pytest.mark.model
def test_a_chat_starts_answers_and_rests(tmp_path: Path) -> None:
    seen = start_once(tmp_path, rest=3)
    assert seen["of a core at rest"] < 0.05
    assert seen["in memory, MB"] < 600


@pytest.mark.model
def test_questions_leave_little_behind(tmp_path: Path) -> None:
    env = {"QA_ARTICLES": str(SEEDS), "HOME": str(tmp_path), "PYTHONPATH": str(SEEDS.parent)}
    with serving(SERVE, cwd=tmp_path, log=tmp_path / "log", env=env) as server:
        gained, _ = measure(server, 200, warm_up=100)
    assert gained < LEAK
