"""Ask a server as many visitors at once, and compare each answer with that of one alone.

    python -m tests.tools.load --visitors 1 10 40 100

A closed loop: each visitor has a client of Gradio's own, and asks as soon as the last answer is
there. Beside every ten of them another one uploads an article to the page, asks it, and goes.
Visitors and server share the machine, so that the figures are of both.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from qa.evaluation import ResultTable
from qa.ui.server.limits import BUSY
from tests.pages import SEEDS
from tests.tools.server import SERVE, Server, serving
from tests.tools.tab import ARTICLE, LAMP, Tab

OFF_TOPIC = ("How is bread baked?", "Who won the cup?", "What is the recipe for pizza?")
SHARES = (50, 95, 99)
PAUSE = 0.5  # seconds after a busy message
COLOURS = ("amber", "violet", "crimson", "turquoise", "ochre", "silver", "emerald", "scarlet")


@dataclass
class Round:
    """What came of one number of visitors; threads share it."""

    expected: dict[str, str]
    end: float
    left: int
    seconds: list[float] = field(default_factory=list)
    uploads: list[float] = field(default_factory=list)
    refused: int = 0
    crossed: int = 0
    failed: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def goes_on(self) -> bool:
        """Tell whether there is time and a question left, and take one."""
        with self._lock:
            self.left -= 1
            return self.left >= 0 and time.monotonic() < self.end

    def note(self, question: str, answer: dict[str, Any], took: float) -> None:
        """Note an answer, and whether it is that of another question."""
        with self._lock:
            self.seconds.append(took)
            self.crossed += told(answer) != self.expected[question]

    def note_upload(self, colour: str, reply: str, took: float) -> None:
        """Note a reply from an uploaded article, and whether it is from another visitor's."""
        with self._lock:
            self.uploads.append(took)
            self.crossed += {each for each in COLOURS if each in reply} != {colour}

    def note_error(self, error: Exception) -> None:
        """Note a question that was not answered."""
        with self._lock:
            if BUSY in str(error):
                self.refused += 1
            else:
                self.failed.append(f"{type(error).__name__}: {error}")


def told(answer: dict[str, Any]) -> str:
    """Return what an answer says, and of which places."""
    places = [[each["start"], each["end"], each["quote"]] for each in answer["citations"]]
    return json.dumps([answer["question"], answer["answer"], places])


def questions_of(folder: Path) -> list[str]:
    """Return the questions whose answers are on file, and some that nothing answers."""
    blocks = (folder / "seed.txt").read_text("utf-8").strip().split("\n\n")
    return [block.partition("\n")[0] for block in blocks] + list(OFF_TOPIC)


def ask_as(visitors: int, server: Server, around: Round, questions: Sequence[str]) -> float:
    """Let so many visitors ask until the round is over; return the seconds that it took."""
    from gradio_client import Client

    def visit(number: int, client: Any) -> None:
        chance = random.Random(number)
        while around.goes_on():
            question = chance.choice(questions)
            started = time.perf_counter()
            try:
                answer = client.predict(question, api_name="/ask")
            except Exception as error:  # noqa: BLE001  # whatever it is, it is counted
                around.note_error(error)
                time.sleep(PAUSE)
            else:
                around.note(question, answer, time.perf_counter() - started)

    def visit_with_article(number: int) -> None:
        turn = number
        while around.goes_on():
            colour = COLOURS[turn % len(COLOURS)]
            started = time.perf_counter()
            try:
                tab = Tab(server.url)
                tab.upload(f"{colour}.txt", ARTICLE.format(colour=colour))
                reply = tab.ask(LAMP)
            except Exception as error:  # noqa: BLE001
                around.note_error(error)
                time.sleep(PAUSE)
            else:
                around.note_upload(colour, reply, time.perf_counter() - started)
            turn += 1

    quiet = {"verbose": False, "analytics_enabled": False}
    clients = [Client(server.url, **quiet) for _ in range(visitors)]
    started = time.perf_counter()
    around.end = time.monotonic() + around.end
    uploading = -(-visitors // 10)
    with ThreadPoolExecutor(visitors + uploading) as pool:
        beside = pool.map(visit_with_article, range(uploading))
        list(pool.map(visit, range(visitors), clients))
        list(beside)
    took = time.perf_counter() - started
    for client in clients:
        client.close()
    return took


def measure(
    server: Server, visitors: Sequence[int], *, seconds: float, questions: int
) -> tuple[ResultTable, bool]:
    """Return a table with a column for each number of visitors, and whether all went well."""
    asked = questions_of(Path(__file__).parent.parent / "data" / "answers")
    expected = {question: told(server.ask(question)) for question in asked}
    table, well = ResultTable(), True
    for number in visitors:
        around = Round(expected, seconds, questions)
        took = ask_as(number, server, around, asked)
        well = well and not around.crossed and not around.failed
        rows = rows_of(around, took) | {"server in memory, MB": memory(server)}
        table.add(f"{number} visitors", rows)
        for problem in sorted({*around.failed}):
            print(problem, file=sys.stderr)
    return table, well


def rows_of(around: Round, took: float) -> dict[str, float]:
    """Return what came of a round, as the table shows it."""
    percentiles = np.percentile(around.seconds or [np.nan], SHARES) * 1000
    return {
        "answered questions": len(around.seconds),
        "answers a second": len(around.seconds) / took,
        **{f"{s} % within … ms": ms for s, ms in zip(SHARES, percentiles, strict=True)},
        "uploaded, and asked": len(around.uploads),
        "… half within … s": float(np.median(around.uploads or [np.nan])),
        "refused questions": around.refused,
        "failed questions": len(around.failed),
        "crossed or changed questions": around.crossed,
    }


def memory(server: Server) -> int:
    """Return the megabytes that a server has in memory."""
    return round(server.metric("process_resident_memory_bytes") / 2**20)


def main() -> None:
    """Read the command line, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--visitors", type=int, nargs="+", default=[1, 10, 40, 100])
    parser.add_argument("--seconds", type=float, default=30, help="of a round, at most")
    parser.add_argument("--questions", type=int, default=1000, help="of a round, at most")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table, well = serve_and_measure(
            Path(folder), given.visitors, seconds=given.seconds, questions=given.questions
        )
    print(table)
    sys.exit(not well)


def serve_and_measure(
    work: Path, visitors: Sequence[int], *, seconds: float, questions: int
) -> tuple[ResultTable, bool]:
    """Serve the seeds, and measure."""
    env = {"QA_ARTICLES": str(SEEDS), "HOME": str(work), "PYTHONPATH": str(SEEDS.parent)}
    with serving(SERVE, cwd=work, log=work / "log", env=env) as server:
        return measure(server, visitors, seconds=seconds, questions=questions)


if __name__ == "__main__":
    main()
