"""Ask the questions of tests/tables and print the share of right rows and right cells.

`python -m tests.tools.tables` asks the real models; `--verbose` shows each wrong answer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from qa.answers import Answer
from qa.assistant import Assistant
from qa.evaluation import ResultTable
from qa.index import build
from qa.settings import Settings
from tests.tables.files import write_all
from tests.tables.questions import QUESTIONS, UNANSWERED, Asked


def right_row(asked: Asked, answer: Answer) -> bool:
    """Tell whether the answer quotes the rows asked for; of one row, as what answers best."""
    quoted = [c.quote for c in answer.citations]
    if len(asked.rows) > 1:
        return len(quoted) == len(asked.rows) and all(map(_begins, quoted, asked.rows))
    main = next((c.quote for c in answer.citations if c.short), "".join(quoted[:1]))
    return _begins(main, asked.rows[0])


def right_cell(asked: Asked, answer: Answer) -> bool:
    """Tell whether the short answer is the cell, or the count that stands above the rows."""
    if len(asked.rows) > 1:
        return answer.note.startswith(f"{asked.cell} ")
    return answer.short_answer == asked.cell


def _begins(quote: str, label: str) -> bool:
    return quote == label or quote.startswith((f"{label} —", f"{label} |"))


def main() -> None:
    """Build an index of the tables, ask it, and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--reader", default=Settings().reader)
    options = parser.parse_args()
    chosen = Settings().with_({"reader": options.reader})
    table = ResultTable()
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "articles"
        folder.mkdir()
        write_all(folder)
        index = build(folder, into=Path(home) / "index", settings=chosen)
        assistant = Assistant(index, settings=chosen)
        outcomes: list[tuple[str, bool, bool]] = []
        for name, questions in QUESTIONS.items():
            for asked in questions:
                answer = assistant.ask(asked.question)
                row, cell = right_row(asked, answer), right_cell(asked, answer)
                outcomes.append((name.rpartition(".")[2], row, cell))
                if options.verbose and not (row and cell):
                    sys.stdout.write(f"{name}: {asked}\n{answer}\n\n")
        silent = [not (answer := assistant.ask(q)).short_answer for q in UNANSWERED]
        if options.verbose:
            for question in UNANSWERED:
                if (answer := assistant.ask(question)).short_answer:
                    sys.stdout.write(f"unanswered: {question}\n{answer}\n\n")
    for kind in dict.fromkeys(kind for kind, _, _ in outcomes):
        rows = [(row, cell) for each, row, cell in outcomes if each == kind]
        table.add(kind, _shares(rows))
    table.add("all", _shares((row, cell) for _, row, cell in outcomes))
    sys.stdout.write(f"{table}\n\n")
    sys.stdout.write(f"No short answer where none is: {sum(silent)} of {len(silent)}.\n")


def _shares(outcomes: Iterable[tuple[bool, bool]]) -> dict[str, float]:
    rows, cells = zip(*outcomes, strict=True)
    return {
        "questions": len(rows),
        "right row": sum(rows) / len(rows),
        "right cell": sum(cells) / len(cells),
    }


if __name__ == "__main__":
    main()
