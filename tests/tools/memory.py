"""Measure how much memory a served library gains with each question.

    python -m tests.tools.memory --questions 10000 --reader fast

The first 500 are not counted: caches fill with them. What is gained is the slope of a line
through the memory after each hundred.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import urllib.request
from itertools import cycle
from pathlib import Path

import numpy as np

from qa.settings import Settings
from tests.pages import SEEDS, WORD
from tests.tools.load import questions_of
from tests.tools.server import SERVE, Server, serving

WARM_UP = 500  # questions
STEP = 100  # questions between two looks
MOST = 1.0  # kB a question: less is the noise of a run, and ten megabytes in ten thousand


def main() -> None:
    """Serve the seeds, ask, and print what each question leaves behind; 1 if it is too much."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--questions", type=int, default=2000, help="after the first 500")
    parser.add_argument("--reader", default=Settings().reader)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        env = {"QA_ARTICLES": str(SEEDS), "HOME": folder, "PYTHONPATH": str(SEEDS.parent)}
        env["QA_READER"] = given.reader
        with serving(SERVE, cwd=work, log=work / "log", env=env) as server:
            gained, held = measure(server, given.questions)
    print(
        f"{given.reader}: {gained:.2f} kB a question, {held[0]:.0f} MB after {WARM_UP}, "
        f"{held[-1]:.0f} MB after {WARM_UP + given.questions}"
    )
    sys.exit(gained > MOST)


def measure(
    server: Server, count: int, *, warm_up: int = WARM_UP
) -> tuple[float, tuple[float, ...]]:
    """Return the kilobytes that a question leaves behind, and the megabytes at each look."""
    questions = cycle(questions_of(Path(__file__).parent.parent / "data" / "answers"))
    held = list[float]()
    for number, question in zip(range(warm_up + count + 1), questions, strict=False):
        if number >= warm_up and (number - warm_up) % STEP == 0:
            held.append(server.metric("process_resident_memory_bytes"))
        server.ask(f"{question.rstrip('?')}, number {number}?")
    slope = np.polyfit(np.arange(len(held)) * STEP, held, 1)[0]
    return float(slope) / 1e3, tuple(each / 1e6 for each in held)


def ask_over_http(url: str, count: int) -> None:
    """Ask over HTTP, as any program does."""
    call = f"{url}gradio_api/call/ask"
    for number in range(count):
        body = json.dumps({"data": [f"Which {WORD} number {number}?"]}).encode()
        request = urllib.request.Request(call, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as reply:
            event = json.load(reply)["event_id"]
        with urllib.request.urlopen(f"{call}/{event}") as reply:
            reply.read()


if __name__ == "__main__":
    main()
