"""The commands that change an index, and the one that describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import (
    ArticlesOption,
    FolderArgument,
    IndexOption,
    JsonOption,
    as_json_text,
    load_settings,
    progress_bar,
)
from qa.cli.terminal import show, show_error
from qa.errors import ArticleError, ArticleWarning
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.callbacks import OnError, Progress
    from qa.index import Index


def build(
    folder: FolderArgument = None,
    *,
    articles: ArticlesOption = None,
    index: IndexOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Build even if nothing changed.")
    ] = False,
) -> None:
    """Build the index of a folder of articles.

    What the index has already is not encoded again, and what was added to it by hand stays;
    --force makes it from nothing. The old index stays until the new one is whole. Each file
    that cannot be read is named, the rest is indexed, and the exit status is 1.
    """
    from qa import index as library

    settings = load_settings(folder or articles, index)

    def change(progress: Progress, on_error: OnError) -> Index:
        return library.build(
            settings.articles,
            into=settings.index,
            settings=settings,
            force=force,
            progress=progress,
            on_error=on_error,
        )

    _change(settings.index, change)


def add(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of articles.")],
    *,
    articles: ArticlesOption = None,
    index: IndexOption = None,
) -> None:
    """Add articles to the index; they stay in it until they are removed.

    A file replaces what was read from one of the same name. Each file that cannot be read is
    named, the others are added, and the exit status is 1.
    """
    from qa import index as library

    settings = load_settings(articles, index)

    def change(progress: Progress, on_error: OnError) -> Index:
        return library.add(
            paths,
            index=settings.index,
            root=settings.articles,
            progress=progress,
            on_error=on_error,
        )

    _change(settings.index, change)


def remove(
    names: Annotated[list[str], typer.Argument(help="Files' names, ids or titles.")],
    *,
    articles: ArticlesOption = None,
    index: IndexOption = None,
) -> None:
    """Remove articles from the index, by what `qa info` calls them.

    Their files are left alone: one in the folder of articles is back with the next build.
    """
    from qa import index as library

    home = load_settings(articles, index).index
    _change(home, lambda *_: library.remove(names, index=home))


def sync(
    folder: Annotated[Path, typer.Argument(help="The folder of articles.")],
    *,
    index: IndexOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would change, and change nothing.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --dry-run: print JSON.")
    ] = False,
) -> None:
    """Make the index hold what a folder holds now, in the way the index was made.

    Only what changed is encoded, and a file that was renamed is not; what was added by hand
    stays.
    """
    from qa import index as library

    home = load_settings(str(folder), index).index
    if dry_run:
        errors = list[ArticleError]()
        with _print_errors(errors):
            changes = library.plan_sync(folder, index=home, on_error=errors.append)
            show(as_json_text(changes.as_dict()) if as_json else changes)
        _exit_if_unread(errors)
        return

    def change(progress: Progress, on_error: OnError) -> Index:
        return library.sync(folder, index=home, progress=progress, on_error=on_error)

    _change(home, change)


def info(
    folder: FolderArgument = None,
    *,
    index: IndexOption = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="Name the articles that are nearly the same.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what an index holds, the model that made it, and the settings in force."""
    from qa.index import load
    from qa.index.near_duplicate_articles import find_near_duplicates

    settings = load_settings(folder, index)
    held = load(settings.index)
    manifest = held.manifest
    facts = {
        "index": f"{settings.index}/{manifest.folder}",
        "articles": manifest.articles,
        "passages": manifest.passages,
        "store": manifest.recipe.store,
        "words": held.words.kind,
        "encoder": f"{manifest.recipe.encoder} {manifest.recipe.encoder_sha256[:12]}",
        "vectors": f"{manifest.kind}, recall@10 {manifest.recall:.3f}",
        "settings": {name: getattr(settings, name) for name in Settings.__slots__},
        "sources": {entry.source: entry.title for entry in held.entries.values()},
    }
    unread = {e.source: e for e in held.entries.values() if e.unread_pages}
    if unread:
        facts["pages that are pictures"] = {
            source: f"{entry.unread_pages} of {entry.pages}" for source, entry in unread.items()
        }
    illegible = {e.source: e.illegible for e in held.entries.values() if e.illegible}
    if illegible:
        facts["characters that are no words"] = illegible
    if alike:
        sources = [entry.source for entry in held.entries.values()]
        found = find_near_duplicates(held.articles.values())
        facts["nearly the same"] = [[sources[number] for number in group] for group in found]
    show(as_json_text(facts) if as_json else "\n".join(_lines(facts)))


def _change(home: str, change: Callable[[Progress, OnError], Index]) -> None:
    """Change the index, say what it holds now, and name each file that could not be read."""
    from qa.index.manifest import Manifest

    before, errors = Manifest.current_folder(Path(home)), list[ArticleError]()
    with progress_bar("Encoding") as progress, _print_errors(errors):
        index = change(progress, errors.append)
    if index.manifest.folder == before:
        show(f"{home} is up to date.")
    else:
        held = _count(len(index.articles), "article"), _count(len(index.passages), "passage")
        show(f"{', '.join(held)} in {home}.")
    _exit_if_unread(errors)


def _exit_if_unread(errors: Sequence[ArticleError]) -> None:
    """End with the status 1 if a file could not be read."""
    if not all(isinstance(error, ArticleWarning) for error in errors):
        raise typer.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _lines(facts: dict[str, object]) -> Iterable[str]:
    for name, value in facts.items():
        if isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {key}: {inner}" for key, inner in value.items())
        elif isinstance(value, list):
            yield f"{name}:"
            yield from (f"  {', '.join(some)}" for some in value)
        else:
            yield f"{name}: {value}"


@contextmanager
def _print_errors(errors: Sequence[ArticleError]) -> Iterator[None]:
    """Print, at the end, a line for each file that could not be read."""
    try:
        yield
    finally:
        for error in errors:
            show_error(f"qa: {error}")
