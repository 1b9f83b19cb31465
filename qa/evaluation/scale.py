"""Libraries of growing size, each built, opened, asked and changed, and what that takes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np

from qa.callbacks import Progress, do_nothing
from qa.encoders import Encoder, Vectors, open_encoder
from qa.errors import DataError
from qa.evaluation.resampling import PARTS, Given, Real, Resampled
from qa.evaluation.table import Table
from qa.evaluation.timing import Times
from qa.fusion import convex
from qa.index import add, build, load, remove
from qa.index.manifest import Manifest
from qa.search import search
from qa.settings import Settings
from qa.types import Article

ASKED = 200  # questions
WARMED = 20  # of them asked before, untimed
NEAREST = 10
SAME = 1e-6  # of a cosine: less is no difference
MEGA = 1e6
PARTS_TOLD = [f"{stage} p50 ms" for stage in ("encode", "vectors", "words", "fuse")]
STEPS = {"k": 1_000, "M": 1_000_000}

T = TypeVar("T")
Showing = Callable[[str], AbstractContextManager[Progress]]
"""Given what goes on, returns what shows how far it is."""


@contextmanager
def unseen(title: str) -> Iterator[Progress]:  # noqa: ARG001
    """Show nothing."""
    yield do_nothing


def sizes_of(given: str) -> list[int]:
    """Read sizes such as 1k,10k,1M.

    Raises:
        DataError: if one is no number of passages.
    """
    return [_size(each.strip()) for each in given.split(",")]


def _size(given: str) -> int:
    number = given[:-1] if given[-1:] in STEPS else given
    if not number.isdigit() or int(number) < 1:
        raise DataError(f"{given!r} is no number of passages.", hint="Write 500, 10k or 1M.")
    return int(number) * STEPS.get(given[-1:], 1)


def scaled(
    data: Sequence[Path],
    sizes: Sequence[int],
    settings: Settings,
    *,
    work: Path,
    showing: Showing = unseen,
) -> Table:
    """Build a library of each size from the data, resampled, and measure it.

    Raises:
        DataError: if the data are neither benchmarks nor articles, or too few.
    """
    encoder, table = open_encoder(settings.encoder), Table()
    with showing("Encoding what is given") as progress:
        real = Real.of(data, settings, encoder=encoder, work=work, progress=progress)
    library = Resampled.of(real)
    given = Given(library, encoder)
    picked = np.random.default_rng(0).permutation(len(real.questions))[:ASKED]
    questions = [real.questions[number] for number in picked]
    queries = encoder.questions(questions)
    for size in sizes:
        home = work / f"{size}"
        shutil.rmtree(home, ignore_errors=True)
        with showing(f"Building {_named(size)}") as progress:
            rows = _built(library.articles(size), home, given, progress)
        kind = Manifest.read(home).kind
        rows |= _asked_afresh(home, questions, settings)
        rows |= _recall(home, queries, settings.candidates)
        rows |= _changed(next(library.articles(size + PARTS, first=size)), home, given)
        table.add(f"{_named(size)}, {kind}", rows)
        shutil.rmtree(home)
    return table


def _named(size: int) -> str:
    for letter, step in reversed(STEPS.items()):
        if size >= step and size % step == 0:
            return f"{size // step} {letter}"
    return str(size)


def _built(
    articles: Iterable[Article], home: Path, encoder: Encoder, progress: Progress
) -> dict[str, float]:
    """Build a library, and weigh it."""
    seconds, index = _timed(
        lambda: build(articles, into=home, encoder=encoder, progress=progress)
    )
    weights = {part: _megabytes(index.folder / part) for part in ("texts", "vectors", "words")}
    return {
        "build s": seconds,
        "disk MB": sum(weights.values()),
        **{f"… {part} MB": weight for part, weight in weights.items()},
    }


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MEGA


def _asked_afresh(home: Path, questions: Sequence[str], settings: Settings) -> dict[str, float]:
    """Ask in a new process, which holds nothing else."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(asked, home, questions, settings).result()


def asked(home: Path, questions: Sequence[str], settings: Settings) -> dict[str, float]:
    """Open a library, search it for every question, and tell what that took."""
    encoder = open_encoder(settings.encoder)
    encoder.questions(questions[:1])
    before = _resident()
    opening, index = _timed(lambda: load(home))
    find = partial(search, index=index, encoder=encoder, settings=settings)
    first, _ = _timed(lambda: find(questions[0]))
    for question in questions[:WARMED]:
        find(question)
    times, k = Times(), settings.candidates
    for question in questions:
        query = times.timed("encode", partial(encoder.questions, [question]))
        ids, scores = times.timed("vectors", partial(index.vectors.search, query, k))
        by_words = times.timed("words", partial(index.words.search, question, k))
        near = dict(zip(ids[0].tolist(), scores[0].tolist(), strict=True))
        times.timed("fuse", partial(convex, near, by_words, weight=settings.vector_weight))
    busy = process_time()
    whole = [_timed(partial(find, question))[0] * 1000 for question in questions]
    busy = (process_time() - busy) / len(questions)
    return {
        "open s": opening,
        "first search ms": first * 1000,
        "search p50 ms": float(np.percentile(whole, 50)),
        "search p99 ms": float(np.percentile(whole, 99)),
        "search, of the processor ms": busy * 1000,
        **{f"… {name}": ms for name, ms in times.rows().items() if name in PARTS_TOLD},
        "resident MB": _resident(),
        "… of which models MB": before,
    }


def _recall(home: Path, queries: Vectors, k: int) -> dict[str, float]:
    """Tell how many of the nearest a search finds, against a look at every vector."""
    vectors = load(home).vectors
    exact = getattr(vectors, "exact", vectors.search)
    _, wanted = exact(queries, NEAREST)
    _, scores = vectors.search(queries, k)
    reached = scores[:, :NEAREST] >= wanted[:, -1:] - SAME
    return {f"recall@{NEAREST}": float(reached.mean())}


def _changed(article: Article, home: Path, encoder: Encoder) -> dict[str, float]:
    """Add an article, and remove it again."""
    adding, _ = _timed(lambda: add(article, index=home, encoder=encoder))
    removing, _ = _timed(lambda: remove(article.id, index=home))
    return {"add an article s": adding, "remove it s": removing}


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = perf_counter()
    done = work()
    return perf_counter() - start, done


def _resident() -> float:
    """Return the most memory that this process had, where the system tells."""
    if not sys.platform.startswith("linux"):
        return float("nan")
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1000
