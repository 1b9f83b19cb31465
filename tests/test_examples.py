"""The examples, run as whoever reads them would run them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

START = 120  # seconds at most, for a machine that has much to do


def run(root: Path, *arguments: str, code: str = "") -> str:
    """Run an example, or some code, where a newcomer would be: in the repository."""
    what = ("-c", code) if code else arguments
    done = subprocess.run(
        [sys.executable, "-W", "error", *what],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "QA_INDEX": str(root / "vectors")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ask(root: Path) -> None:
    printed = run(root, "examples/ask.py", "How far is Homs from Hama?")
    assert printed.startswith("40 kilometers\n  “Its proximity to Homs,")
    assert "never mention" in run(root, "examples/ask.py", "What is the recipe for pizza?")


def test_library(root: Path) -> None:
    first, second, third, last = run(root, "examples/library.py").splitlines()
    assert first.startswith("1 articles: The articles don't say")
    assert second == "2 articles: 9:40"
    assert third == "2 articles: 10:15"
    assert last == first


def test_reader(root: Path) -> None:
    assert "spearheaded by Hayat Tahrir al-Sham" in run(root, "examples/reader.py")


def test_notebook(root: Path) -> None:
    """Its cells are Python, and run one after the other without a kernel too."""
    notebook = root / "examples" / "how_an_answer_is_found.ipynb"
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    printed = run(root, code=code)
    assert "a city just 40 kilometers to the south" in printed
    assert not any(c.get("outputs") for c in cells)


@pytest.fixture
def chat(root: Path, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {
        "PYTHONPATH": str(root),
        "QA_INDEX": str(root / "vectors"),
        "QA_DATA": str(tmp_path),
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_ANALYTICS_ENABLED": "False",
    }
    log = (tmp_path / "log").open("wb")
    with log, subprocess.Popen([sys.executable, "app.py"], cwd=root, env=env, stdout=log) as it:
        address, until = f"http://127.0.0.1:{port}", time.monotonic() + START
        while not ready(address):
            assert time.monotonic() < until
            time.sleep(0.5)
        yield address
        it.terminate()


def ready(address: str) -> bool:
    try:
        with urlopen(f"{address}/health") as health:
            return bool(health.status == 200)
    except URLError:
        return False


def test_http_client(root: Path, chat: str) -> None:
    printed = run(root, "examples/http_client.py", chat, "How far is Homs from Hama?")
    assert "a city just 40 kilometers to the south" in printed
    assert "\n[1] Insurgents Seize Hama" in printed
