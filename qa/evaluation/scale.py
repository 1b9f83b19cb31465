"""The scale benchmark: libraries of growing size are built, opened, searched and changed."""

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
from qa.evaluation.resampling import (
    ARTICLE_PASSAGES,
    SourcePassages,
    SyntheticLibrary,
    VectorLookupEncoder,
)
from qa.evaluation.table import ResultTable
from qa.evaluation.timing import StageTimes
from qa.index import add, build, load, remove
from qa.index.manifest import Manifest
from qa.search import search
from qa.settings import Settings
from qa.stores.base import RECALL_AT
from qa.types import Article

QUESTIONS = 200  # questions
WARM_UP = 20  # of them asked before, untimed
MIN_COSINE_DIFFERENCE = 1e-6  # of a cosine: less is no difference
MEGABYTE = 1e6
STAGE_ROWS = [f"{stage} p50 ms" for stage in ("encode", "vectors", "words", "fuse")]
STEPS = {"k": 1_000, "M": 1_000_000}

T = TypeVar("T")
ProgressBar = Callable[[str], AbstractContextManager[Progress]]
"""Called with a title; returns a progress bar."""


@contextmanager
def no_progress_bar(title: str) -> Iterator[Progress]:  # noqa: ARG001
    """Show no progress."""
    yield do_nothing


def parse_sizes(given: str) -> list[int]:
    """Read sizes such as 1k,10k,1M.

    Raises:
        DataError: if one is not a number of passages.
    """
    return [_size(each.strip()) for each in given.split(",")]


def _size(given: str) -> int:
    number = given[:-1] if given[-1:] in STEPS else given
    if not number.isdigit() or int(number) < 1:
        raise DataError(f"{given!r} is not a number of passages.", hint="Write 500, 10k or 1M.")
    return int(number) * STEPS.get(given[-1:], 1)


def measure_scale(
    data: Sequence[Path],
    sizes: Sequence[int],
    settings: Settings,
    *,
    work: Path,
    progress_bar: ProgressBar = no_progress_bar,
) -> ResultTable:
    """Build a library of each size, resampled from the data, and measure it.

    Raises:
        DataError: if the data are neither benchmarks nor articles, or too few.
    """
    encoder, table = open_encoder(settings.encoder), ResultTable()
    with progress_bar("Encoding what is given") as progress:
        real = SourcePassages.of(data, settings, encoder=encoder, work=work, progress=progress)
    library = SyntheticLibrary.of(real)
    given = VectorLookupEncoder(library, encoder)
    picked = np.random.default_rng(0).permutation(len(real.questions))[:QUESTIONS]
    questions = [real.questions[number] for number in picked]
    queries = encoder.questions(questions)
    for size in sizes:
        home = work / f"{size}"
        shutil.rmtree(home, ignore_errors=True)
        with progress_bar(f"Building {_size_name(size)}") as progress:
            rows = _measure_build(library.articles(size), home, given, progress)
        kind = Manifest.read(home).kind
        rows |= _measure_search_in_new_process(home, questions, settings)
        rows |= _measure_recall(home, queries, settings.candidates)
        rows |= _measure_edits(
            next(library.articles(size + ARTICLE_PASSAGES, first=size)), home, given
        )
        table.add(f"{_size_name(size)}, {kind}", rows)
        shutil.rmtree(home)
    return table


def _size_name(size: int) -> str:
    for letter, step in reversed(STEPS.items()):
        if size >= step and size % step == 0:
            return f"{size // step} {letter}"
    return str(size)


def _measure_build(
    articles: Iterable[Article], home: Path, encoder: Encoder, progress: Progress
) -> dict[str, float]:
    """Build a library, and measure time and size."""
    seconds, index = _time(
        lambda: build(articles, into=home, encoder=encoder, progress=progress)
    )
    weights = {part: _megabytes(index.folder / part) for part in ("texts", "vectors", "words")}
    return {
        "build s": seconds,
        "disk MB": sum(weights.values()),
        **{f"… {part} MB": weight for part, weight in weights.items()},
    }


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MEGABYTE


def _measure_search_in_new_process(
    home: Path, questions: Sequence[str], settings: Settings
) -> dict[str, float]:
    """Search in a new process, which holds nothing else."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(measure_search, home, questions, settings).result()


def measure_search(
    home: Path, questions: Sequence[str], settings: Settings
) -> dict[str, float]:
    """Open a library, search it for every question, and return the times."""
    encoder = open_encoder(settings.encoder)
    encoder.questions(questions[:1])
    before = peak_memory()
    opening, index = _time(lambda: load(home))
    find = partial(search, index=index, encoder=encoder, settings=settings)
    first, _ = _time(lambda: find(questions[0]))
    for question in questions[:WARM_UP]:
        find(question)
    times, whole, busy = StageTimes(), list[float](), process_time()
    for question in questions:
        took, found = _time(partial(find, question))
        times.add(found.seconds)
        whole.append(took * 1000)
    busy = (process_time() - busy) / len(questions)
    return {
        "open s": opening,
        "first search ms": first * 1000,
        "search p50 ms": float(np.percentile(whole, 50)),
        "search p99 ms": float(np.percentile(whole, 99)),
        "search, of the processor ms": busy * 1000,
        **{f"… {name}": ms for name, ms in times.rows().items() if name in STAGE_ROWS},
        "resident MB": peak_memory(),
        "… of which models MB": before,
    }


def _measure_recall(home: Path, queries: Vectors, k: int) -> dict[str, float]:
    """Return the recall of the search, against exact search."""
    vectors = load(home).vectors
    exact = getattr(vectors, "exact", vectors.search)
    _, wanted = exact(queries, RECALL_AT)
    _, scores = vectors.search(queries, k)
    reached = scores[:, :RECALL_AT] >= wanted[:, -1:] - MIN_COSINE_DIFFERENCE
    return {f"recall@{RECALL_AT}": float(reached.mean())}


def _measure_edits(article: Article, home: Path, encoder: Encoder) -> dict[str, float]:
    """Measure adding an article, and removing it again."""
    adding, _ = _time(lambda: add(article, index=home, encoder=encoder))
    removing, _ = _time(lambda: remove(article.id, index=home))
    return {"add an article s": adding, "remove it s": removing}


def _time(work: Callable[[], T]) -> tuple[float, T]:
    start = perf_counter()
    done = work()
    return perf_counter() - start, done


def peak_memory() -> float:
    """Return the peak memory of this process in MB, on Linux."""
    if not sys.platform.startswith("linux"):
        return float("nan")
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1000
