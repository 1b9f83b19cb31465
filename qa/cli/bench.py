"""The command line's benchmarks of speed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from qa.cli.options import JsonOption, progress_bar
from qa.cli.terminal import show
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
    as_json: JsonOption = False,
) -> None:
    """Measure how fast passages are encoded, and that they are found as well as before.

    In turns with sentence-transformers at its defaults, so that both meet the same machine;
    `times as fast` is the median of the turns. Then the questions are asked of both.
    """
    from qa import evaluation
    from qa.encoders import open_encoder

    settings, table = Settings.load(), evaluation.ResultTable()
    ours = open_encoder(settings.encoder)
    for path in data:
        benchmark = evaluation.read_benchmark(path)
        rows = evaluation.compare_encoders(
            benchmark, settings, ours=ours, against=against, progress=_show_progress
        )
        table.add(benchmark.name, rows)
    show(table.as_json() if as_json else table)


@app.command()
def peers(
    data: Annotated[list[Path], typer.Argument(help="Benchmark folders or SQuAD JSON files.")],
    *,
    model: Annotated[str, typer.Option(help="A model for sentence-transformers: a folder.")],
    reader: Annotated[
        str | None,
        typer.Option(help="A model for question answering, for haystack and txtai: a folder."),
    ] = None,
    limit: Annotated[int, typer.Option(help="Ask only so many questions of each.")] = 200,
    work: Annotated[Path, typer.Option(help="Where the indexes are kept.")] = Path(
        ".cache/eval"
    ),
    as_json: JsonOption = False,
) -> None:
    """Ask the same questions of this program, of plain search, haystack and txtai.

    Questions off the topic are those of the next benchmark, so name two or more. What is not
    installed is named, and left out.
    """
    from qa import evaluation
    from qa.evaluation.peers import compare_peers

    settings, table = Settings.load(), evaluation.ResultTable()
    benchmarks = [evaluation.read_benchmark(path) for path in data]
    for benchmark, other in zip(benchmarks, [*benchmarks[1:], benchmarks[0]], strict=True):
        others = () if other is benchmark else other.questions
        home = work / benchmark.name
        rows = compare_peers(
            benchmark, others, settings, model=model, reader=reader, work=home, limit=limit
        )
        for name, measures in rows:
            if isinstance(measures, str):
                typer.echo(f"{name} is left out. {measures}", err=True)
            else:
                table.add(f"{benchmark.name}, {name}", measures)
    show(table.as_json() if as_json else table)


@app.command()
def scale(
    data: Annotated[
        list[Path], typer.Argument(help="Benchmark folders, SQuAD JSON files, or articles.")
    ],
    *,
    sizes: Annotated[
        str, typer.Option(help="How many passages, such as 500,10k,1M.")
    ] = "1k,10k,100k,1M",
    work: Annotated[Path, typer.Option(help="Where the libraries are built.")] = Path(
        ".cache/scale"
    ),
    as_json: JsonOption = False,
) -> None:
    """Measure libraries of growing size, resampled from some articles.

    One table: a column a size. A million passages take six gigabytes while they are built.
    """
    from qa.evaluation.scale import measure_scale, parse_sizes

    table = measure_scale(
        data, parse_sizes(sizes), Settings.load(), work=work, progress_bar=progress_bar
    )
    show(table.as_json() if as_json else table)


def _show_progress(turns: Iterable[int]) -> Iterator[int]:
    from tqdm import tqdm

    yield from tqdm(turns, desc="Encoding in turns", unit=" turns")
