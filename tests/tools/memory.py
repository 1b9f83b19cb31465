"""Measure how much memory the served page gains with each question that a program asks.

    python -m tests.tools.memory --questions 2000

The first 500 are not counted: caches fill with them.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from qa.ui.session.provider import AssistantProvider
from tests.pages import WORD, assistant, bag, serve

WARM_UP = 500


def main() -> None:
    """Print the kilobytes and the milliseconds of a question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=2000)
    count = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as home:
        for url in serve(AssistantProvider.fixed(assistant(bag(Path(home))))):
            kilobytes, seconds = measure(url, count)
            line = f"{kilobytes:.2f} kB and {1000 * seconds:.0f} ms a question\n"
            sys.stdout.write(line)


def measure(url: str, count: int) -> tuple[float, float]:
    """Return the kilobytes that each of so many questions leaves behind, and its seconds."""
    ask_over_http(url, WARM_UP)
    before, started = _resident(), time.perf_counter()
    ask_over_http(url, count)
    return (_resident() - before) / count, (time.perf_counter() - started) / count


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


def _resident() -> float:
    """Return the kilobytes of memory that this process holds, on Linux."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4.096


if __name__ == "__main__":
    main()
