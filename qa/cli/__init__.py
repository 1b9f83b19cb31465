"""The command line: build, ask, chat, and what else there is."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from qa.cli import bench
from qa.cli.ask import ask, chat, suggest
from qa.cli.deploy import deploy
from qa.cli.doctor import doctor
from qa.cli.library import add, build, info, remove, sync
from qa.cli.quality import evaluate, feedback
from qa.cli.terminal import log_printably, show, show_error
from qa.errors import DISTRIBUTION, QAError
from qa.plugins import version_of

app = typer.Typer(
    help="Ask a folder of articles; every sentence of the answer is a quotation you can open.",
    epilog="Every setting can also be given as QA_NAME=… or in qa.toml; `qa info` lists them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)


def show_version(wanted: bool) -> None:  # noqa: FBT001  # typer gives it by position
    """Print the version if it is wanted, and end."""
    if wanted:
        show(f"{DISTRIBUTION} {version_of(DISTRIBUTION) or 'of a checkout'}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, help="Print the version.")
    ] = False,
) -> None:
    """Take what is said before a command."""


for command in (build, add, remove, sync, ask, suggest, chat, info, feedback, deploy, doctor):
    app.command()(command)
app.command("eval")(evaluate)
app.add_typer(bench.app, name="bench")


def main() -> None:
    """Run the command line; a QAError is a line that says what to do, and exit status 1."""
    log_printably()
    try:
        app()
    except QAError as error:
        show_error(f"qa: {error.problem}")
        if error.hint:
            show_error(error.hint)
        sys.exit(1)
