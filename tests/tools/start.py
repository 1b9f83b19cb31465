"""Measure how soon a chat is there, and what it takes while nobody asks.

    python -m tests.tools.start

Starts and bare imports of Gradio take turns, so that both meet the same machine: what counts is
how they compare. The status is 1 if a start is slower, or rest dearer, than it may be.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from qa.evaluation import ResultTable
from tests.pages import SEEDS
from tests.tools.load import memory
from tests.tools.server import SERVE, serving

QUESTION = "How far is Homs from Hama?"
PAGE = 0.8  # times the import of Gradio, and
MORE = 1.0  # seconds: the latest that the page may be there
ANSWER = 2.0  # seconds after the page: the latest for the first answer
REST = 0.01  # of a core: the most that it may take while nobody asks
MEMORY = 500  # MB: the most that it may hold


def main() -> None:
    """Measure, print the table, and say by the status whether all is as it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=30, help="of rest")
    given = parser.parse_args()
    rows = measure(given.turns, given.seconds)
    table = ResultTable()
    table.add("median", rows)
    print(table)
    limits = {
        "page, of what is allowed": 1.0,
        "first answer after it, s": ANSWER,
        "of a core at rest": REST,
        "in memory, MB": MEMORY,
    }
    over = [name for name, most in limits.items() if rows[name] > most]
    for name in over:
        print(f"Over {limits[name]}: {name}", file=sys.stderr)
    sys.exit(bool(over))


def measure(turns: int, rest: float) -> dict[str, float]:
    """Return the medians of some turns; the index is built before the first."""
    seen = defaultdict[str, list[float]](list)
    with tempfile.TemporaryDirectory() as folder:
        start_once(Path(folder), rest=0)
        for _ in range(turns):
            importing = import_gradio()
            turn = start_once(Path(folder), rest=rest)
            turn["page, of what is allowed"] = turn["page, s"] / (PAGE * importing + MORE)
            for name, value in {"import gradio, s": importing, **turn}.items():
                seen[name].append(value)
    return {name: median(values) for name, values in seen.items()}


def import_gradio() -> float:
    """Return the seconds of a Python that imports Gradio and ends."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import gradio"], check=True)
    return time.perf_counter() - started


def start_once(work: Path, *, rest: float) -> dict[str, float]:
    """Start a chat on the seeds, ask once, and let it rest for some seconds."""
    env = {"QA_ARTICLES": str(SEEDS), "HOME": str(work), "PYTHONPATH": str(SEEDS.parent)}
    started = time.perf_counter()
    with serving(SERVE, cwd=work, log=work / "log", env=env) as server:
        page = time.perf_counter()
        server.ask(QUESTION)
        answered = time.perf_counter()
        time.sleep(min(rest, 2))  # what the answer left to be done
        before, resting = server.metric("process_cpu_seconds_total"), time.perf_counter()
        time.sleep(rest)
        busy = server.metric("process_cpu_seconds_total") - before
        return {
            "page, s": page - started,
            "first answer after it, s": answered - page,
            "of a core at rest": busy / (time.perf_counter() - resting),
            "in memory, MB": memory(server),
        }


if __name__ == "__main__":
    main()
