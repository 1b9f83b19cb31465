"""Build the packages, install them into an empty environment, and ask there.

    python -m tests.tools.installed

In CI only the packages are installed, and what they need is that of the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.tools.server import CLEAN, serving

ROOT = Path(__file__).parent.parent.parent
MODELS = tuple(file.parent for file in sorted((ROOT / "packaging").glob("*/pyproject.toml")))
LARGEST = 100_000_000  # bytes of a file that the package index takes
ARTICLE = "The Tram\n\nLine 4\n\nThe tram of line 4 is green. It was built in 1931 in Ghent.\n"
QUESTION = "Where was the tram of line 4 built?"
ANSWER = "It was built in 1931 in Ghent."


def build(into: Path) -> list[Path]:
    """Build and check the packages; return the wheels.

    The program is built as a source package, and its wheel of that; the models as a wheel.
    """
    python("-m", "build", "--no-isolation", "--outdir", into, ROOT)
    for folder in MODELS:
        python("-m", "build", "--no-isolation", "--outdir", into, "--wheel", folder)
    made, wheels = sorted(into.iterdir()), sorted(into.glob("*.whl"))
    too_large = [file.name for file in made if file.stat().st_size > LARGEST]
    if too_large:
        raise RuntimeError(f"Too large for the package index: {', '.join(too_large)}")
    python("-m", "twine", "check", "--strict", *made)
    for wheel in wheels:
        own = (folder for folder in MODELS if f"_{folder.name}-" in wheel.name)
        config = next(own, ROOT) / "pyproject.toml"
        python("-m", "check_wheel_contents", "--config", config, wheel)
    return wheels


def ask_there(qa: Path, work: Path, *, env: dict[str, str]) -> None:
    """Ask of a folder in the terminal and in the chat, from an empty folder.

    Raises:
        RuntimeError: if it is answered wrongly, or anything is left where it was asked.
    """
    articles, empty = work / "tram articles", work / "empty"
    articles.mkdir()
    empty.mkdir()
    (articles / "tram.txt").write_text(ARTICLE, "utf-8")
    said = run([qa, "ask", QUESTION, articles], cwd=empty, env=env)
    if ANSWER not in said:
        raise RuntimeError(f"The terminal answered: {said}")
    with serving([qa, "chat", articles], cwd=empty, log=work / "log", env=env) as server:
        answer = server.ask(QUESTION)
    if ANSWER not in answer["answer"]:
        raise RuntimeError(f"The chat answered: {answer}")
    if left := [*empty.iterdir()]:
        raise RuntimeError(f"Left behind: {left}")


def home_in(work: Path) -> dict[str, str]:
    """Return an environment with an empty home."""
    home = work / "home"
    home.mkdir()
    return {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}


def python(*words: str | Path) -> None:
    """Run a module of this Python in the checkout."""
    run([sys.executable, *words], cwd=ROOT, env=dict(os.environ))


def run(command: Sequence[str | Path], *, cwd: Path, env: dict[str, str]) -> str:
    """Run a command with what it needs of the environment; return what it prints.

    Raises:
        RuntimeError: if it fails.
    """
    kept = {name: os.environ[name] for name in CLEAN if name in os.environ}
    words, env = [*map(str, command)], kept | env
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Install into an empty virtual environment, with all that the packages need."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wheels = build(work / "dist")
        print("Built:", *(f"{w.name}, {w.stat().st_size / 1e6:.1f} MB" for w in wheels))
        python("-m", "venv", work / "venv")
        pip: list[str | Path] = [
            work / "venv" / "bin" / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
        ]
        run([*pip, *wheels], cwd=work, env=dict(os.environ))
        print("Installed.")
        ask_there(work / "venv" / "bin" / "qa", work, env=home_in(work))
        print("Asked in the terminal and in the chat: both answer.")


if __name__ == "__main__":
    main()
