"""Record what the assistant says in the conversations of the tests; read the difference.

The sentences that are quoted are the reader's choice: after a change of it, run
`python -m tests.tools.record_conversations`, and read what has changed by eye.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from qa.assistant import Assistant
from qa.evaluation.conversations import read_conversations
from qa.index import build
from tests.conversation.golden import articles, folders, hold, told


def recorded(folder: Path, home: Path) -> str:
    """Hold all conversations of a folder, and return them as they are kept."""
    assistant = Assistant(build(articles(folder), into=home))
    talks = [hold(each, assistant) for each in read_conversations(folder)]
    return "\n\n".join("\n".join(map(told, talk)) for talk in talks) + "\n"


def main() -> None:
    """Record the conversations of every folder, or of those that are named."""
    for folder in folders():
        if sys.argv[1:] and folder.name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as home:
            (folder / "answers.txt").write_text(recorded(folder, Path(home)), "utf-8")


if __name__ == "__main__":
    main()
