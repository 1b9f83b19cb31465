"""Kill whoever changes a library: the old one or the new one stands, never neither.

`python -m tests.tools.crash --kills 200` does so that many times, half of them after a random
time, half at a random one of the calls that touch a file, and prints what stood afterwards. Its
short form is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import IndexMissing
from qa.index import add, build, encoding, load, remove
from qa.index.manifest import MANIFEST_FILE, Manifest
from qa.index.workspace import LOCK_FILE
from qa.settings import Settings
from qa.types import Article

CHOSEN = Settings(encoder="bag", reader="similarity", passage_tokens=16)
WORDS = ("goat", "pear", "tram", "bell", "quay", "lamp", "harbour", "keeper")
QUESTIONS = ("goat of the quay", "Which lamp has the keeper?")
TOUCHING = ("open", "os.", "shutil.", "tempfile.")
"""How the events begin, of those that Python audits, that touch a file."""


def articles(first: int, last: int) -> list[Article]:
    """Return some articles, the same every time."""
    made = []
    for n in range(first, last):
        said = [f"The {WORDS[n * k % 8]} {n} of the {WORDS[k % 8]} rests." for k in range(9)]
        made.append(Article.of(f"Article {n}", " ".join(said), source=f"{n}.txt"))
    return made


@dataclass(frozen=True)
class Deed:
    """Something that is done to a library, or where there is none yet."""

    name: str
    do: Callable[[Path], object]
    begins: bool = False


DEEDS = (
    Deed("build", lambda home: build(articles(0, 12), into=home, settings=CHOSEN), begins=True),
    Deed("force", lambda home: build(articles(6, 14), into=home, settings=CHOSEN, force=True)),
    Deed("add", lambda home: add(articles(12, 14), index=home)),
    Deed("remove", lambda home: remove(["1.txt", "4.txt", "7.txt"], index=home)),
    Deed("sync", lambda home: build(articles(3, 13), into=home, settings=CHOSEN)),
)


def told(home: Path) -> str:
    """Return what a library says to whoever opens it; nothing if there is none."""
    try:
        index = load(home)
    except IndexMissing:
        return ""
    words = [sorted(index.words.search(question, 50).values()) for question in QUESTIONS]
    scores = index.vectors.search(BagOfWordsEncoder().questions(QUESTIONS), 9)[1].tolist()
    held = sorted((a.source, a.id, a.text) for a in index.articles.values())
    spans = sorted((p.article.id, p.span.start, p.span.end) for p in index.passages)
    return json.dumps([held, spans, words, scores])


def forked(act: Callable[[], object], *, kill_after: float | None = None) -> int:
    """Do something in a process of its own, and return how that ended, 0 if well."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001  # it must not go on as a second parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def done(deed: Deed, home: Path, *, kill_at: int = 0) -> int:
    """Do a deed, in small batches, and return how many calls touched a file; or die at one."""
    calls = 0

    def heard(event: str, _: Any) -> None:
        nonlocal calls
        if event.startswith(TOUCHING):
            calls += 1
            if calls == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    encoding.BATCH = 5
    sys.addaudithook(heard)
    deed.do(home)
    return calls


class Trial:
    """A place where libraries are changed and killed."""

    def __init__(self, top: Path, chance: random.Random) -> None:
        self._top, self._chance = top, chance
        self._answer = top / "answer"
        self._before = top / "before"
        self._well(lambda: done(DEEDS[0], self._before))

    def _well(self, act: Callable[[], object]) -> str:
        """Do something in a process of its own, and return what it returned, as JSON."""
        if forked(lambda: self._answer.write_text(json.dumps(act()), "utf-8")) != 0:
            raise RuntimeError("What nobody killed failed")
        return self._answer.read_text("utf-8")

    def prepared(self, deed: Deed) -> Path:
        """Return the home of a library that the deed may change, or a place for one."""
        home = self._top / "home"
        shutil.rmtree(home, ignore_errors=True)
        if not deed.begins:
            shutil.copytree(self._before, home)
        return home

    def measure(self, deed: Deed) -> tuple[str, str, int, float]:
        """Return what is told before and after a deed, its calls, and the seconds it takes."""
        home = self.prepared(deed)
        old = self._well(lambda: told(home))
        started = time.monotonic()
        calls = int(self._well(lambda: done(deed, home)))
        took = time.monotonic() - started
        return old, self._well(lambda: told(home)), calls, took

    def kill(self, deed: Deed, measured: tuple[str, str, int, float]) -> str:
        """Kill who does a deed, and return what stands: the old, the new or neither."""
        old, new, calls, took = measured
        home = self.prepared(deed)
        if self._chance.random() < 0.5:
            after = self._chance.uniform(0, took)
            ended = forked(lambda: done(deed, home), kill_after=after)
        else:
            at = self._chance.randint(1, calls)
            ended = forked(lambda: done(deed, home, kill_at=at))
        try:
            stands = self._well(lambda: told(home))
        except RuntimeError:
            return "neither"
        name = {old: "old", new: "new"}.get(stands, "neither")
        if name != "neither" and not self._goes_on(deed, home, new, is_done=stands == new):
            return "stuck"
        return name if os.WIFSIGNALED(ended) else "finished"

    def _goes_on(self, deed: Deed, home: Path, new: str, *, is_done: bool) -> bool:
        """Tell whether the deed can be done again, and the next one leaves nothing behind."""
        if not (is_done and deed.name == "remove"):
            self._well(lambda: done(deed, home))
        same = self._well(lambda: told(home)) == new
        self._well(lambda: remove("6.txt", index=home).manifest.folder)
        left = {path.name for path in home.iterdir()}
        return same and left == {MANIFEST_FILE, LOCK_FILE, Manifest.read(home).folder}


def main() -> int:
    """Kill as often as asked; the status is 1 if ever neither stood, or none could go on."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    seen = {deed.name: Counter[str]() for deed in DEEDS}
    top = Path(tempfile.mkdtemp(prefix="qa-crash-"))
    try:
        trial = Trial(top, random.Random(options.seed))
        measured = {deed.name: trial.measure(deed) for deed in DEEDS}
        kills = 0
        while kills < options.kills:
            deed = DEEDS[kills % len(DEEDS)]
            stands = trial.kill(deed, measured[deed.name])
            seen[deed.name][stands] += 1
            kills += stands != "finished"  # some are done before the blow falls
    finally:
        shutil.rmtree(top, ignore_errors=True)
    print(f"{'':8}" + "".join(f"{name:>10}" for name in OUTCOMES))
    for name, counted in seen.items():
        print(f"{name:8}" + "".join(f"{counted[outcome]:10}" for outcome in OUTCOMES))
    return int(any(c["neither"] or c["stuck"] for c in seen.values()))


OUTCOMES = ("old", "new", "finished", "neither", "stuck")

if __name__ == "__main__":
    sys.exit(main())
