"""The command that makes a Hugging Face Space of a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.options import ArticlesOption, IndexOption, load_settings
from qa.cli.terminal import show


def deploy(
    name: Annotated[str, typer.Argument(help="The Space, as USER/NAME.")],
    *,
    articles: ArticlesOption = None,
    index: IndexOption = None,
    title: Annotated[str | None, typer.Option(help="What stands above it.")] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Show it to nobody but you.")
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Write to a new folder what would be uploaded, and stop."),
    ] = None,
) -> None:
    """Create or update a Hugging Face Space of the articles: the chat, for everyone.

    It holds the program, its models, the articles and their index: without --private everyone
    can read them. The account is that of `hf auth login` or HF_TOKEN.
    """
    from qa.deployment.contents import Card, write_space
    from qa.deployment.upload import deploy as upload

    settings = load_settings(articles, index)
    card = Card(title or name.rpartition("/")[2].replace("-", " ").capitalize())
    if to:
        write_space(settings, card, to)
        show(f"{to} holds what would be uploaded to {name}.")
    else:
        show(upload(settings, card, name, private=private))
