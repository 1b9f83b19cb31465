"""Build a library of your own, change a file, sync, and ask again.

python examples/library.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from qa import Assistant, Index, build, sync

QUESTION = "When does the ferry leave?"


def show(index: Index) -> None:
    """Print how large a library is, and what it answers."""
    answer = Assistant(index).ask(QUESTION)
    print(f"{index.manifest.articles} articles: {answer.short_answer or answer.reason}")


def main(folder: Path) -> None:
    """Build, add a file, correct it, remove it: only what changed is encoded."""
    articles, home = folder / "articles", folder / "index"
    articles.mkdir()
    (articles / "island.md").write_text("# The island\n\nThe island has two lighthouses.\n")
    show(build(articles, into=home))

    ferry = articles / "ferry.md"
    ferry.write_text("# The ferry\n\nThe ferry leaves at 9:40 from the north quay.\n")
    show(sync(articles, index=home))

    ferry.write_text("# The ferry\n\nThe ferry leaves at 10:15 from the north quay.\n")
    show(sync(articles, index=home))

    ferry.unlink()
    show(sync(articles, index=home))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(temporary))
