"""Compare ways to fuse the two searches.

`python -m training.compare_fusion BENCHMARK…` prints the retrieval measures of each search
alone, of reciprocal-rank fusion and of convex combinations: why `vector_weight` is what it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from qa.encoders import open_encoder
from qa.evaluation import ResultTable, read_benchmark
from qa.evaluation.benchmark_run import open_benchmark
from qa.evaluation.ranking_metrics import Rankings, by_article
from qa.fusion import convex, reciprocal_rank
from qa.search import search
from qa.settings import Settings

WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    """Print one table, a column a benchmark."""
    settings, table = Settings(), ResultTable()
    encoder = open_encoder(settings.encoder)
    for folder in map(Path, sys.argv[1:]):
        benchmark, rankings = read_benchmark(folder), Rankings()
        index = open_benchmark(benchmark, settings, Path(".cache") / "eval" / folder.name).index
        for question in benchmark.questions:
            if not question.gold:
                continue
            found = search(question.text, index, encoder=encoder, settings=settings)
            words, vectors = found.words, found.vectors
            ways = {"words": words, "vectors": vectors, "rrf": reciprocal_rank(words, vectors)}
            ways |= {f"convex {w}": convex(vectors, words, weight=w) for w in WEIGHTS}
            for name, ranking in ways.items():
                rankings.add(name, question, by_article(ranking, index))
        table.add(folder.name, rankings.rows())
    print(table)


if __name__ == "__main__":
    main()
