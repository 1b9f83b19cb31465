"""Articles with questions of many kinds written beside them: `NAME.md` and `NAME.jsonl`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from qa.articles import read_file
from qa.types import Article, Span

NOISE = r"[\s|*`_#>\\]"
"""What may differ between a fragment and its article: white space and Markdown's marks."""

LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
SUFFIXES = (".md", ".txt", ".html")
UNANSWERED = "none"
"""The form of a question that its article does not answer."""


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question about one article, with the fragments of it that answer.

    Its `form` is fact, why, how, keyword, typo, yesno, list or none; `none` has a `trap`, and
    in `near` the fragment that a careless reader would quote. `yes_no` is yes or no, of a
    question that wants one of them.
    """

    form: str
    text: str
    short: tuple[str, ...]
    evidence: tuple[str, ...]
    near: str
    trap: str
    yes_no: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read a line of a file of questions."""
        return cls(
            row["kind"],
            row["q"],
            tuple(filter(None, row.get("short", ()))),
            tuple(row.get("evidence", ())),
            row.get("near", ""),
            row.get("trap", ""),
            row.get("verdict", ""),
        )


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """An article, and the questions written beside it."""

    name: str
    article: Article
    questions: tuple[WrittenQuestion, ...]


def is_written(folder: Path) -> bool:
    """Tell whether a folder holds articles with questions beside them."""
    return any(map(_beside, folder.rglob("*.jsonl")))


def read_written(folder: Path) -> Iterator[WrittenArticle]:
    """Yield the articles below a folder that have questions beside them, by name."""
    for file in sorted(folder.rglob("*.jsonl")):
        if beside := _beside(file):
            name = beside.relative_to(folder).as_posix()
            (article,) = read_file(beside, name=name)
            if not isinstance(article, Article):
                raise article
            lines = filter(str.strip, file.read_text("utf-8").splitlines())
            questions = tuple(WrittenQuestion.of(json.loads(line)) for line in lines)
            yield WrittenArticle(name, article, questions)


def locate(fragment: str, text: str) -> Span | None:
    """Return where a fragment stands in a text, whatever white space or marks lie between.

    Between the cells of a table's row there may be their columns' heads, too.
    """
    cells = [_pattern(cell) for cell in LINK.sub(r"\1", fragment).split("|") if cell.strip()]
    for between in (f"{NOISE}*", r"[^\n]*?"):
        if found := re.search(between.join(cells), text) if cells else None:
            return Span(*found.span())
    return None


def _pattern(fragment: str) -> str:
    """Return a pattern of the words of a fragment, with any marks between them."""
    return f"{NOISE}*".join(re.escape(word) for word in re.split(f"{NOISE}+", fragment) if word)


def _beside(file: Path) -> Path | None:
    """Return the article that a file of questions stands beside."""
    return next((f for s in SUFFIXES if (f := file.with_suffix(s)).exists()), None)
