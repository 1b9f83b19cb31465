"""The commands that measure how good the answers are: feedback and eval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import IndexOption, JsonOption, as_json_text, load_settings
from qa.cli.terminal import show
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.evaluation.benchmark import Question


def feedback(
    index: IndexOption = None,
    *,
    into: Annotated[
        Path | None, typer.Option(help="Write the questions to a new folder, for `qa eval`.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what people think of the answers, and make questions for `qa eval` of it.

    A thumb up on an answer says where its question is answered; one on an abstention, or the
    reason "should have stayed silent", that it is not. The other questions are listed for a
    person, who can fill in what is known in the folder's questions.jsonl.
    """
    from qa import evaluation
    from qa.feedback import Ledger
    from qa.index import load

    settings = load_settings(None, index)
    given, unread = Ledger(Path(settings.data)).read()
    library = load(settings.index)
    opinions = evaluation.FeedbackSummary.of(given, library, unreadable=unread)
    if into:
        evaluation.write_benchmark(opinions.questions, library, into)
    show(as_json_text(opinions.as_dict()) if as_json else opinions)


def evaluate(  # noqa: PLR0913
    data: Annotated[
        list[Path] | None, typer.Argument(help="Benchmark folders or SQuAD JSON files.")
    ] = None,
    *,
    conversations: Annotated[
        list[Path] | None,
        typer.Option(
            help="Ask the conversations of a folder: articles/ and conversations.txt, or a "
            "benchmark whose questions have a talk before them."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(help="Ask only so many questions of each.")
    ] = None,
    work: Annotated[Path, typer.Option(help="Where the indexes are kept.")] = Path(
        ".cache/eval"
    ),
    against: Annotated[
        str | None, typer.Option(help="An encoder to time a question on, for comparison.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(help="Draw risk against coverage: an .svg or a .png file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure search, reading, answers, abstention and speed on questions with known answers.

    One table: a column a benchmark; shares in percent, times in milliseconds. Off-topic
    questions are those of the other benchmarks, so name two or more.
    """
    from qa import evaluation
    from qa.encoders import open_encoder

    if conversations:
        _evaluate_conversations(conversations, work, limit=limit, as_json=as_json)
    if not data:
        return
    done = evaluation.evaluate(
        [evaluation.read_benchmark(path) for path in data],
        Settings.load(),
        work=work,
        limit=limit,
        against=open_encoder(against) if against else None,
        progress=_show_progress,
    )
    show(done.table.as_json() if as_json else done.table)
    for name, table in done.forms.items():
        show(table.as_json() if as_json else f"\n{name}\n\n{table}")
    if picture:
        evaluation.draw(done.curves, picture)


def _evaluate_conversations(
    folders: list[Path], work: Path, *, limit: int | None, as_json: bool
) -> None:
    """Print what share of the turns of conversations is right, by what they test."""
    from qa import evaluation

    settings = Settings.load()
    table, reports = evaluation.evaluate_conversations(
        folders, settings, work=work, limit=limit
    )
    show(table.as_json() if as_json else table)
    if not as_json:
        for turn, answer in (each for report in reports for each in report.wrong):
            show(f"{turn.kind}: {turn.question} [{answer.understood}] → {answer.short_answer}")


def _show_progress(questions: Iterable[Question], name: str) -> Iterator[Question]:
    from tqdm import tqdm

    yield from tqdm(questions, desc=name, unit=" questions")
