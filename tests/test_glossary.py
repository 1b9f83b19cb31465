"""The glossary names classes that exist, and no name stands for two things."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

QA = Path(__file__).parent.parent / "qa"
NAME = re.compile(r"`([A-Z]\w+)`")
TERM = re.compile(r"^\| ([^|]+) \| ", re.MULTILINE)


def classes() -> Iterator[str]:
    """Yield the name of every public class of the program, as often as it is defined."""
    for file in QA.rglob("*.py"):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name


def test_no_public_class_name_stands_for_two_things() -> None:
    assert [name for name, count in Counter(classes()).items() if count > 1] == []


def test_every_class_of_the_glossary_exists(root: Path) -> None:
    named = set(NAME.findall((root / "docs" / "glossary.md").read_text("utf-8")))
    assert len(named) > 50
    assert named - set(classes()) == set()


def test_the_glossary_gives_each_term_once(root: Path) -> None:
    terms = TERM.findall((root / "docs" / "glossary.md").read_text("utf-8"))
    counts = Counter(term for term in terms if term not in {"term", "---"})
    assert [term for term, count in counts.items() if count > 1] == []
