"""The command line's benchmarks of speed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from qa.settings import Settings

app = typer.Typer(help="Measure speed and size on this machine.", no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Measure speed and size on this machine."""


@app.command()
def encode(
    data: Annotated[list[Path], typer.Argument(help="Benchmark folders or SQuAD JSON files.")],
    *,
    against: Annotated[
        str, typer.Option(help="The same model for sentence-transformers: a name or a folder.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure how fast passages are encoded, and that they are found as well as before.

    In turns with sentence-transformers at its defaults, so that both meet the same machine;
    `times as fast` is the median of the turns. Then the questions are asked of both.
    """
    from qa import evaluation
    from qa.encoders import open_encoder

    settings, table = Settings.load(), evaluation.Table()
    ours = open_encoder(settings.encoder)
    for path in data:
        benchmark = evaluation.read_benchmark(path)
        rows = evaluation.race(benchmark, settings, ours=ours, against=against, watch=_watched)
        table.add(benchmark.name, rows)
    print(table.as_json() if as_json else table)


def _watched(turns: Iterable[int]) -> Iterator[int]:
    from tqdm import tqdm

    yield from tqdm(turns, desc="Encoding in turns", unit=" turns")
