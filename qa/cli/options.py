"""Options of the commands, and what else they share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from qa.articles import format_names
from qa.index_folder import index_folder
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.callbacks import Progress

ArticlesOption = Annotated[
    str | None,
    typer.Option("--articles", help=f"The folder of articles ({', '.join(format_names())})."),
]
IndexOption = Annotated[str | None, typer.Option("--index", help="The folder of the index.")]
FolderArgument = Annotated[
    str | None, typer.Argument(help="The folder of articles, if it is not the settings'.")
]
StanceOption = Annotated[
    str | None,
    typer.Option(
        "--stance",
        help="How sure an answer must be: strict, balanced, eager, or a probability.",
    ),
]
ExactOption = Annotated[
    bool, typer.Option("--exact", help="Take the words as they are: correct no slip.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def load_settings(
    articles: str | None, index: str | None, stance: str | None = None
) -> Settings:
    """Return the settings as options choose them, the index's folder among them."""
    given = {"articles": articles, "index": index, "stance": stance}
    settings = Settings.load().with_({name: value for name, value in given.items() if value})
    return replace(settings, index=str(index_folder(settings)))


def as_json_text(value: object) -> str:
    """Return a value as indented JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False)


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Show a progress bar while something long goes on."""
    from tqdm import tqdm

    with tqdm(desc=title, unit=" passages", disable=None) as shown:

        def progress(done: int, total: int) -> None:
            shown.total = total
            shown.update(done - shown.n)

        yield progress
