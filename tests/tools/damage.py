"""Damage the files of a library, one at a time: it is noticed, and what mends it is said.

`python -m tests.tools.damage --cases 200` cuts files short and flips bits all over a library,
and prints what became of it. Its short form is a test.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from qa.errors import IndexBroken, IndexMismatch
from qa.index import build
from qa.index.manifest import MANIFEST_FILE, Manifest, files_of
from tests.tools.crash import CHOSEN, articles, told

NOTICED, HARMLESS, WRONG = "noticed", "harmless", "wrong"


def files(home: Path) -> list[Path]:
    """Return every file of a library, the manifest among them."""
    folder = home / Manifest.read(home).folder
    return [home / MANIFEST_FILE, *(folder / name for name in files_of(folder))]


def damage(file: Path, chance: random.Random) -> str:
    """Cut a file short, or flip a bit of it."""
    whole = bytearray(file.read_bytes())
    if chance.random() < 0.3:
        file.write_bytes(whole[: chance.randrange(len(whole))])
        return "truncated"
    whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    file.write_bytes(whole)
    return "bit flip"


def outcome(home: Path, well: str) -> str:
    """Return what comes of opening a damaged library, and of doing what the error says."""
    try:
        return HARMLESS if told(home) == well else WRONG
    except (IndexBroken, IndexMismatch) as error:
        force = error.hint == "Run: qa build --force"
        if not force and error.hint != "Run: qa build":
            return WRONG
    build(articles(0, 12), into=home, settings=CHOSEN, force=force)
    return NOTICED if told(home) == well else WRONG


def trials(top: Path, cases: int, seed: int) -> Counter[tuple[str, str, str]]:
    """Damage as many copies of a library, every file in turn, and count what came of it."""
    chance, seen = random.Random(seed), Counter[tuple[str, str, str]]()
    build(articles(0, 12), into=top / "well", settings=CHOSEN)
    well, home = told(top / "well"), top / "damaged"
    for number in range(cases):
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(top / "well", home)
        file = files(home)[number % len(files(home))]
        seen[_kind(file), damage(file, chance), outcome(home, well)] += 1
    return seen


def _kind(file: Path) -> str:
    return f"words{file.suffix}" if file.parent.name == "words" else file.name


def main() -> int:
    """Print a line for every kind of file; the status is 1 if any damage did harm unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qa-damage-") as top:
        seen = trials(Path(top), options.cases, options.seed)
    for (kind, how, became), count in sorted(seen.items()):
        print(f"{kind:24}{how:12}{became:10}{count:4}")
    return int(any(became == WRONG for _, _, became in seen))


if __name__ == "__main__":
    sys.exit(main())
