"""Start the folder of a Space as the platform does, and ask it: see `qa deploy --to`.

    python -m tests.tools.space

An environment of its own is made from the folder's requirements and what the platform adds to
them; the code is read-only, the home empty, the user without rights, and the network nowhere.
In CI the environment is that of the tests.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.deployment.contents import Card, write_space
from qa.settings import Settings
from tests.pages import SEEDS
from tests.tools.server import Server, serving

USER = 1000  # the platform's
QUESTION = "How far is Homs from Hama?"
QUOTE = "a city just 40 kilometers to the south"
GUARD = """
import os, socket

def refuse(address):
    host = address[0] if isinstance(address, tuple) else ""
    if host not in {"", "127.0.0.1", "::1", "localhost", "0.0.0.0"}:
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(f"{host}\\n")
        raise OSError(101, "Network is unreachable")

class Guarded(socket.socket):
    def connect(self, address):
        refuse(address)
        return super().connect(address)

    def connect_ex(self, address):
        refuse(address)
        return super().connect_ex(address)

find = socket.getaddrinfo

def getaddrinfo(host, *more, **others):
    refuse((host or "",))
    return find(host, *more, **others)

socket.socket, socket.getaddrinfo = Guarded, getaddrinfo
"""
"""What runs first in the Space: it refuses, and notes, every call that leaves the machine."""


def platform_packages(space: Path) -> list[str]:
    """Return what the platform installs beside the requirements, in the same call."""
    card = (space / "README.md").read_text("utf-8")
    (gradio,) = re.findall(r'^sdk_version: "(.*)"$', card, re.M)
    return [f"gradio[oauth,mcp]=={gradio}", "uvicorn>=0.14.0", "websockets>=10.4", "spaces"]


@contextmanager
def started(
    space: Path, work: Path, *, python: Path, zero_gpu: bool = False
) -> Iterator[Server]:
    """Start a Space, its code read-only and its home empty; nobody outside can be reached."""
    home, guard = work / "home", work / "guard"
    home.mkdir()
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, "utf-8")
    (work / "calls").touch()
    for path in (space, *space.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    work.chmod(0o755)
    other = _without_rights(python)
    if other:
        subprocess.run(["chown", "-R", f"{USER}:{USER}", home, work / "calls"], check=True)
    env = {
        "HOME": str(home),
        "PYTHONPATH": str(guard),
        "CALLS": str(work / "calls"),
        "SYSTEM": "spaces",
        "SPACE_ID": "me/articles",
        "SPACE_HOST": "me-articles.hf.space",
        "SPACE_AUTHOR_NAME": "me",
        "SPACE_REPO_NAME": "articles",
        "CPU_CORES": "2",
        "MEMORY": "16Gi",
        "ACCELERATOR": "none",
        "GRADIO_SSR_MODE": "False",
        **({"SPACES_ZERO_GPU": "true"} if zero_gpu else {}),
    }
    try:
        with serving(
            [*other, python, "app.py"], cwd=space, log=work / "log", env=env
        ) as server:
            yield server
    finally:
        for path in (space, *space.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def _without_rights(python: Path) -> list[str]:
    """Return what runs a command as the platform's user, if we may and it can run Python."""
    if os.geteuid() != 0:
        return []
    other = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    tried = subprocess.run([*other, python, "-c", "import gradio"], check=False)
    return [] if tried.returncode else other


def check(server: Server, work: Path) -> None:
    """Ask a Space that was started on the seeds.

    Raises:
        RuntimeError: if it answers wrongly, or calls anybody.
    """
    quotes = [citation["quote"] for citation in server.ask(QUESTION)["citations"]]
    if not any(QUOTE in quote for quote in quotes):
        raise RuntimeError(f"It quotes: {quotes}")
    if calls := (work / "calls").read_text("utf-8").split():
        raise RuntimeError(f"It called: {', '.join(calls)}")


def main() -> None:
    """Make the Space of the seeds, its environment too; start it, and ask."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        space, venv = work / "space", work / "venv"
        settings = Settings(articles=str(SEEDS))
        write_space(settings, Card("Articles"), space)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        python = venv / "bin" / "python"
        needed: list[str | Path] = ["-r", space / "requirements.txt", *platform_packages(space)]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *needed], check=True)
        print("Installed.")
        with started(space, work, python=python) as server:
            check(server, work)
        print("The Space answers, and calls nobody.")


if __name__ == "__main__":
    main()
