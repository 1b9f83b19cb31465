"""Measure a Milvus: how fast it is, and whether it finds what an index's own folder does.

    python -m tests.tools.at_milvus speed URI ROWS
    python -m tests.tools.at_milvus agreement URI FOLDER BENCHMARK …

A URI is a server's, or a file's that ends in .db. The indexes are kept in the folder; the
benchmarks are those of `qa eval`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from qa.encoders import open_encoder
from qa.evaluation import Benchmark, ResultTable, read_benchmark
from qa.evaluation.ranking_metrics import Rankings, by_article
from qa.fusion import sorted_ids
from qa.index import build
from qa.lexical.base import LexicalPassage
from qa.lexical.milvus import MilvusLexicalIndex
from qa.search import search
from qa.settings import Settings
from qa.stores import ExactStore, MilvusStore, Vectors
from qa.stores.milvus_client import connect

DIM, TOPICS, ASKED, K, TOP = 384, 200, 50, 100, 10
VOCABULARY = 20_000  # words, as rare as Zipf's law has them


def main() -> None:
    """Print the table that is asked for."""
    what, uri, *others = sys.argv[1:]
    table = ResultTable()
    if what == "speed":
        table.add(uri, of_vectors(uri, int(others[0])) | of_words(uri, int(others[0])))
    for path in others[1:] if what == "agreement" else ():
        benchmark = read_benchmark(Path(path))
        table.add(benchmark.name, agreement(uri, benchmark, Path(others[0]) / benchmark.name))
    sys.stdout.write(f"{table}\n")


def of_vectors(uri: str, rows: int) -> dict[str, float]:
    """Return how fast vectors are kept and found."""
    vectors, queries = _near_each_other(rows)
    store, exact, ids = MilvusStore(DIM, uri), ExactStore(DIM), np.arange(rows)
    exact.add(ids, vectors)
    with tempfile.TemporaryDirectory() as folder:
        added = _ms(lambda: store.add(ids, vectors))
        saved = _ms(lambda: store.save(Path(folder)))
        opened = _ms(lambda: MilvusStore.load(Path(folder)))
    found, wanted = store.search(queries, TOP)[0], exact.search(queries, TOP)[0]
    shared = [np.isin(*pair).mean() for pair in zip(found, wanted, strict=True)]

    def search(within: int | None) -> Callable[[int], object]:
        among = None if within is None else ids[:: rows // within]
        return lambda n: store.search(queries[n : n + 1], K, within=among)

    times = {
        **_times("search", search(None)),
        **_times("search within 100", search(100)),
        **_times("search within 4,000", search(4000)),
        **_times("search within half", search(rows // 2)),
    }

    def remove() -> None:
        store.remove(ids[:TOP])
        with tempfile.TemporaryDirectory() as fresh:
            store.save(Path(fresh))
            MilvusStore.sweep(Path(fresh))

    times["remove ten ms"] = _ms(remove)
    store.drop()
    rate = 1000 * rows / added
    speed = {"vectors added a second": rate, "save ms": saved, "open ms": opened}
    return {**speed, **times, f"recall@{TOP}": float(np.mean(shared))}


def of_words(uri: str, rows: int) -> dict[str, float]:
    """Return how fast words are kept and found, if they can be."""
    if not connect(uri).has_bm25:
        return {}
    random = np.random.default_rng(1)

    def text(size: int) -> str:
        return " ".join(f"w{word}" for word in random.zipf(1.2, size) % VOCABULARY)

    passages = [LexicalPassage(number, text(5), text(70)) for number in range(rows)]
    questions = [text(6) for _ in range(ASKED)]
    with tempfile.TemporaryDirectory() as folder:
        written = _ms(lambda: MilvusLexicalIndex.write(Path(folder), passages, address=uri))
        words = MilvusLexicalIndex(Path(folder))
        times = _times("words", lambda n: words.search(questions[n], K))
        MilvusLexicalIndex.forget(Path(folder), None)
    return {"words of passages a second": 1000 * rows / written, **times}


def agreement(uri: str, benchmark: Benchmark, home: Path) -> dict[str, float]:
    """Return how well the fused search finds what answers, here and there, and how alike."""
    chosen = Settings()
    encoder, rankings = open_encoder(chosen.encoder), Rankings()
    here, there = home / "here", home / "there"
    indexes = {"here": build(benchmark.articles, into=here, settings=chosen, encoder=encoder)}
    if not there.exists():
        shutil.copytree(here, there)  # so nothing is encoded twice
    moved = replace(chosen, store=f"milvus:{uri}")
    indexes["there"] = build(benchmark.articles, into=there, settings=moved, encoder=encoder)
    alike: list[bool] = []
    for question in [question for question in benchmark.questions if question.gold]:
        tops: list[list[int]] = []
        for name, index in indexes.items():
            ranking = search(question.text, index, encoder=encoder, settings=chosen).fused
            rankings.add(name, question, by_article(ranking, index))
            tops.append(sorted_ids(ranking)[:TOP])
        alike.append(tops[0] == tops[1])
    return {**rankings.rows(), f"equal top {TOP}": float(np.mean(alike))}


def _near_each_other(rows: int) -> tuple[Vectors, Vectors]:
    """Return unit vectors about some topics, and as many queries as are asked."""
    random = np.random.default_rng(0)
    topics = random.standard_normal((TOPICS, DIM))
    of = random.integers(0, TOPICS, rows + ASKED)
    vectors = topics[of] + random.standard_normal((rows + ASKED, DIM))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    both = vectors.astype(np.float32)
    return both[:rows], both[rows:]


def _ms(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def _times(name: str, call: Callable[[int], object]) -> dict[str, float]:
    ms = [_ms(partial(call, n)) for n in range(ASKED)]
    return {f"{name} p{share} ms": float(np.percentile(ms, share)) for share in (50, 95)}


if __name__ == "__main__":
    main()
