"""The commands that ask: ask, suggest and chat."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import (
    ArticlesOption,
    ExactOption,
    FolderArgument,
    IndexOption,
    JsonOption,
    StanceOption,
    as_json_text,
    load_settings,
    progress_bar,
)
from qa.cli.terminal import show

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.settings import Settings


def ask(  # noqa: PLR0913  # the whole of what there is to choose
    question: Annotated[str, typer.Argument(help="The question, in plain words.")],
    folder: FolderArgument = None,
    *,
    index: IndexOption = None,
    stance: StanceOption = None,
    exact: ExactOption = False,
    with_trace: Annotated[
        bool, typer.Option("--trace", help="Tell how the answer was found, stage by stage.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Answer one question, with its citations.

    Each sentence of the answer is a quotation; the list below it says of which article and
    section, and at which characters. If the articles don't say, so does the answer. A FOLDER
    that has no index yet gets one.
    """
    settings = load_settings(folder, index)
    if folder:
        _build_first(settings)
    trace = _open(settings).trace(question, stance=stance, exact=exact)
    if as_json:
        more = {"trace": trace.as_dict()} if with_trace else {}
        show(as_json_text({**trace.answer.as_dict(), **more}))
    else:
        show(f"{trace.answer}\n\n{trace}" if with_trace else trace.answer)


def suggest(
    folder: FolderArgument = None,
    *,
    index: IndexOption = None,
    limit: Annotated[int, typer.Option(help="How many questions at the most.")] = 4,
) -> None:
    """Print questions that the articles answer, made of their own words.

    Each has been asked: it is surely answered, by the section that it was made of.
    """
    for made in _open(load_settings(folder, index)).suggest(limit=limit):
        show(made.question)


def chat(
    folder: FolderArgument = None,
    *,
    articles: ArticlesOption = None,
    index: IndexOption = None,
    stance: StanceOption = None,
) -> None:
    """Open the chat in a browser; the index is built first if it is stale.

    The address is Gradio's affair: GRADIO_SERVER_NAME and GRADIO_SERVER_PORT choose it.
    """
    from qa.ui import serve

    serve(load_settings(folder or articles, index, stance))


def _open(settings: Settings) -> Assistant:
    from qa.assistant import Assistant
    from qa.index import load

    return Assistant(load(settings.index), settings=settings)


def _build_first(settings: Settings) -> None:
    """Build the index of a folder, if there is none yet."""
    from qa.index import build
    from qa.index.manifest import Manifest

    if Manifest.current_folder(Path(settings.index)) == "":
        with progress_bar("Encoding") as progress:
            build(settings.articles, into=settings.index, settings=settings, progress=progress)
