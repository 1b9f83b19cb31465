"""Fuzz every reader: of whatever bytes it makes articles, or says why not, and in time.

`python -m tests.tools.fuzz --minutes 15` reads files that were changed at random, in a process
of its own with bounded memory, and names those that broke it; `--again pdf:123` reads one anew.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import selectors
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from qa.articles import read_file
from qa.errors import ArticleError
from qa.types import Article
from tests.documents import FILES, epub

MEMORY = 3 << 30  # bytes of addresses that the reading process may have
SECONDS = 20.0  # for one file; they have some kilobytes
LARGEST = 200_000  # bytes of a changed file
ZIPPED = ("docx", "epub", "odt", "pptx", "xlsx")
BITS = (
    *(
        b"<",
        b">",
        b"</",
        b"&",
        b"&#0;",
        b"&#xD800;",
        b"\0",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\r",
    ),
    *(b"<table><tr><td>", b"<b>" * 50, b"<div>" * 400, b"<sup>", b"<li>", b"</p>", b"<!--"),
    *(
        b"<!ENTITY a '&b;&b;&b;'>",
        b"<!DOCTYPE x>",
        b"<![CDATA[",
        b"---\n",
        b": ",
        b"- ",
        b"[" * 99,
    ),
    *(b"obj", b"endobj", b"stream", b"/Kids", b"/Parent 1 0 R", b"-1", b"2147483648", b"1e400"),
    *(
        b"/Length 99999999",
        b"<<",
        b">>",
        b"(" * 40,
        b"\\u0000",
        b"{",
        b'"',
        b"NaN",
        b"null",
        b"|",
    ),
    *(
        "\u202e\u0301😀ﬁ\u00ad\ufffe".encode(),
        "عربي".encode(),
        b"\n\n",
        b"#",
        b"> " * 60,
        b"* " * 60,
    ),
)
"""What is put into files."""


@dataclass
class Count:
    """What became of the files of one format."""

    articles: int = 0
    refused: int = 0
    slowest: float = 0.0
    broken: list[str] = field(default_factory=list)


def changed(kind: str, number: int) -> bytes:
    """Return a file of a format, changed in the way that has this number."""
    random = Random(f"{kind}:{number}")
    whole = epub(ncx=True) if kind == "epub" and number % 2 else _file(kind)
    if kind in ZIPPED and random.random() < 0.9:
        return _rezipped(whole, random)
    return _mutated(whole, random)


@cache
def _file(kind: str) -> bytes:
    return FILES[kind]()


def _rezipped(whole: bytes, random: Random) -> bytes:
    """Change the files in a zip file, and not the zip file."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(held, "w") as new:
        names = random.sample(old.namelist(), random.choice((1, 1, 2)))
        for info in old.infolist():
            content = old.read(info)
            if info.filename in names:
                content = _mutated(content, random)
            if info.filename not in names or random.random() > 0.1:  # or it is missing
                new.writestr(info, content)
    return held.getvalue()


def _mutated(whole: bytes, random: Random) -> bytes:
    content = bytearray(whole)
    for _ in range(random.choice((1, 1, 2, 4, 8, 32))):
        at = random.randrange(len(content) + 1)
        till = min(len(content), at + random.choice((1, 2, 8, 40, 400)))
        match random.randrange(7):
            case 0:
                content[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del content[at:till]
            case 2:
                content[at:at] = random.choice(BITS)
            case 3:
                content[at:till] = content[at:till] * random.choice((2, 3, 50))
            case 4:
                other = random.randrange(len(content) + 1)
                content[at:at] = content[other : other + random.choice((4, 30, 300))]
            case 5:
                content[at:till] = random.choice(BITS)
            case _:
                del content[at if random.random() < 0.1 else len(content) :]
    return bytes(content[:LARGEST])


def read(kind: str, number: int, folder: Path) -> str:
    """Read one changed file and say what it was; anything but articles and errors is raised."""
    file = folder / f"fuzzed.{kind}"
    file.write_bytes(changed(kind, number))
    outcome = "refused"
    for found in read_file(file):
        if isinstance(found, Article):
            outcome = "article"
            _check(found)
        else:
            _blame(found)
    return outcome


def _check(article: Article) -> None:
    """Hold an article against what every other part of the program relies on."""
    article.text.encode()
    for section in article.sections:
        words = section.span.of(article.text)
        if words != words.strip() or not words:
            raise ValueError(f"A section with space around it: {words[:40]!r}")
        " ".join(section.path).encode()
    " ".join([article.title, *map(str, (article.origin, article.origin.address))]).encode()


def _blame(error: ArticleError) -> None:
    """Raise what a parser did not raise: a mistake of ours is no damage of a file."""
    cause = error.__cause__
    trace = cause.__traceback__ if cause else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = trace.tb_frame.f_code.co_filename if trace else ""
    if "is damaged: " in error.problem and f"{os.sep}qa{os.sep}" in where:
        raise AssertionError(f"Ours: {cause!r} in {where}") from cause


def work(kind: str, first: int, folder: Path) -> None:
    """Read changed files for ever, a line for each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    number = first
    while True:
        try:
            outcome = read(kind, number, folder)
        except Exception as wrong:  # noqa: BLE001  # it is told, with its number
            outcome = f"broken {type(wrong).__name__}: {wrong!s:.300}".replace("\n", " ")
        sys.stdout.write(f"{number} {outcome}\n")
        sys.stdout.flush()
        number += 1


def fuzz(kind: str, *, seconds: float, first: int = 0) -> Count:
    """Read changed files of one format for a while, and count what became of them."""
    count, ends, number = Count(), time.monotonic() + seconds, first
    while time.monotonic() < ends:
        for said, took in _outcomes(kind, number, ends):
            count.slowest = max(count.slowest, took)
            count.articles += said == "article"
            count.refused += said == "refused"
            if said.startswith("broken"):
                count.broken.append(f"{kind}:{number} {said[7:]}")
            number += 1
    return count


def _outcomes(kind: str, first: int, ends: float) -> Iterator[tuple[str, float]]:
    """Yield what becomes of each file, and how long it takes, until one breaks the process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "tests.tools.fuzz",
            "--work",
            f"{kind}:{first}",
            folder,
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        stdout = process.stdout
        if stdout is None:
            raise RuntimeError("The process has no output.")
        with selectors.DefaultSelector() as ready:
            ready.register(stdout, selectors.EVENT_READ)
            wait = 4 * SECONDS  # it has to start
            while time.monotonic() < ends:
                started = time.monotonic()
                line = stdout.readline().decode() if ready.select(wait) else ""
                wait = SECONDS
                if not line:
                    died = process.poll()
                    how = "hangs" if died is None else f"ends the process: {died}"
                    yield f"broken {how}", time.monotonic() - started
                    break
                yield line.split(" ", 1)[1].strip(), time.monotonic() - started
        process.kill()
        process.wait()
        stdout.close()


def main() -> int:
    """Fuzz the formats one after the other, and say how it went."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    given.add_argument("--minutes", type=float, default=15.0)
    given.add_argument("--only", nargs="*", choices=list(FILES), default=list(FILES))
    given.add_argument("--first", type=int, default=0, help="the number of the first change")
    given.add_argument("--again", help="read one file anew, by its format and number")
    given.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    chosen = given.parse_args()
    if chosen.work:
        kind, _, number = chosen.work[0].partition(":")
        work(kind, int(number), Path(chosen.work[1]))
    if chosen.again:
        kind, _, number = chosen.again.partition(":")
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(read(kind, int(number), Path(folder)) + "\n")
        return 0
    share = 60 * chosen.minutes / len(chosen.only)
    counts = {kind: fuzz(kind, seconds=share, first=chosen.first) for kind in chosen.only}
    sys.stdout.write(f"{'':8}{'articles':>10}{'refused':>10}{'slowest':>10}{'broken':>10}\n")
    for kind, count in counts.items():
        row = f"{count.articles:>10,}{count.refused:>10,}{count.slowest:>9.1f}s"
        sys.stdout.write(f"{kind:8}{row}{len(count.broken):>10}\n")
    broken = [line for count in counts.values() for line in count.broken]
    sys.stdout.write("".join(f"{line}\n" for line in broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
