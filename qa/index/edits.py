"""The edits of an index: each is planned, and then committed in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from qa.callbacks import OnError, Progress, do_nothing
from qa.encoders import Encoder, open_encoder
from qa.errors import (
    ArticleError,
    IndexBroken,
    IndexMismatch,
    MissingExtra,
    QAError,
    SettingsError,
    StoreError,
)
from qa.index.articles import Articles
from qa.index.backends import find_backend
from qa.index.changes import Changes, plan
from qa.index.commit import commit
from qa.index.index import Index, load
from qa.index.indexer import Indexer
from qa.index.manifest import Manifest, Recipe
from qa.index.source import ArticleSource
from qa.index.workspace import workspace
from qa.index_folder import index_folder
from qa.settings import Settings
from qa.types import Article

ArticleInput = str | Path | Iterable[Article]
"""A folder of articles, or articles in hand."""


def build(  # noqa: PLR0913  # the whole of what there is to choose
    articles: ArticleInput | None = None,
    *,
    into: str | Path | None = None,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    force: bool = False,
    progress: Progress = do_nothing,
    on_error: OnError = do_nothing,
) -> Index:
    """Build the index of a folder of articles, or of articles in hand, and put it in place.

    An index that is there is changed into the one asked for. If it was made in the same way,
    its articles are not encoded again, except with `force`; pinned articles stay. It is in use
    until the new version is complete. `on_error` is called for each file that cannot be read,
    and the others are indexed. Without `into` it is the index that the settings name, or the
    one kept for the folder; without `articles` it is the folder that they name, and without
    `settings` they are those in force.

    Raises:
        ArticleError: if there are no articles, or none can be read.
        IndexBroken: if pinned articles would be lost; with `force` they are.
        SettingsError: if there is no such store, or the settings make no sense.
        QAError: if the index cannot be written.
    """
    settings = settings or Settings.load()
    articles = settings.articles if articles is None else articles
    find_backend(settings.store)
    home = _home(into, settings, articles)
    indexer = Indexer(
        encoder or open_encoder(settings.encoder),
        settings.passage_tokens,
        progress,
        store=settings.store,
    )
    source = ArticleSource.of(articles)

    def changes() -> Changes:
        current = _open_current(home, force=force)
        return _plan_sync(source, current, indexer.recipe, rebuild=force, on_error=on_error)

    return _edit(home, changes, indexer.recipe, indexer)


def sync(
    folder: str | Path,
    *,
    index: str | Path | None = None,
    encoder: Encoder | None = None,
    progress: Progress = do_nothing,
    on_error: OnError = do_nothing,
) -> Index:
    """Make an index hold the articles of a folder as they are now, in the way it was made.

    Its articles are not encoded again, even if their files were renamed; pinned articles stay.
    `on_error` is called for each file that cannot be read.

    Raises:
        ArticleError: if there are no articles, or none can be read.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
        QAError: if the index cannot be written.
    """
    home = _home(index, Settings.load(), folder)
    indexer = _make_indexer(Manifest.read(home).recipe, encoder, progress)
    source = ArticleSource.of(folder)
    return _edit(
        home,
        lambda: _plan_sync(source, load(home), indexer.recipe, on_error=on_error),
        indexer.recipe,
        indexer,
    )


def plan_sync(
    folder: str | Path,
    *,
    index: str | Path | None = None,
    encoder: Encoder | None = None,
    on_error: OnError = do_nothing,
) -> Changes:
    """Return what `sync` would change; nothing is written.

    Raises:
        QAError: as `sync` does.
    """
    home = _home(index, Settings.load(), folder)
    recipe = _make_indexer(Manifest.read(home).recipe, encoder, do_nothing).recipe
    return _plan_sync(ArticleSource.of(folder), load(home), recipe, on_error=on_error)


def add(
    articles: str | Path | Article | Iterable[str | Path | Article],
    *,
    index: str | Path | None = None,
    root: str | Path | None = None,
    encoder: Encoder | None = None,
    progress: Progress = do_nothing,
    on_error: OnError = do_nothing,
) -> Index:
    """Add articles to an index: files, folders, or articles in hand.

    They are pinned: they stay when the index is built or synced from a folder that lacks them.
    A file replaces one of the same name, which is its path in the `root` if it lies there.
    `on_error` is called for each file that cannot be read, and the others are added.

    Raises:
        ArticleError: if there is nothing at a path.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
        QAError: if the index cannot be written.
    """
    home = _home(index, Settings.load())
    indexer = _make_indexer(Manifest.read(home).recipe, encoder, progress)
    paths = [articles] if isinstance(articles, str | Path | Article) else articles
    source = ArticleSource.from_paths(paths, root)
    return _edit(
        home,
        lambda: plan(source.read(None, on_error), load(home), pin=True),
        indexer.recipe,
        indexer,
    )


def remove(names: str | Iterable[str], *, index: str | Path | None = None) -> Index:
    """Remove articles from an index: they go by their ids, their files' names, or titles.

    Raises:
        ArticleError: if there is none of a name, or several have that title, or all would go.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
        QAError: if the index cannot be written.
    """
    home = _home(index, Settings.load())
    recipe = Manifest.read(home).recipe
    wanted = (names,) if isinstance(names, str) else tuple(names)

    def changes() -> Changes:
        index = load(home)
        rows = {row for name in wanted for row in _rows_named(name, index.articles)}
        return Changes(index, drop=tuple(sorted(rows)))

    return _edit(home, changes, recipe)


def extend(
    library: Index,
    articles: Iterable[Article],
    *,
    into: str | Path,
    encoder: Encoder,
    reuse: Index | None = None,
    progress: Progress = do_nothing,
) -> Index:
    """Write an index of a library and some more articles to another folder.

    The library is not encoded again, nor are articles of the index to `reuse`. Vectors and
    words are in the folder, wherever the library has them.

    Raises:
        QAError: if the index cannot be written.
    """
    home = Path(into)
    indexer = Indexer(encoder, library.manifest.recipe.passage_tokens, progress, reuse)
    changes = plan(articles, library, replace=False)
    with workspace(home) as fresh:
        return commit(changes, home, fresh, indexer.recipe, indexer=indexer)


def _home(
    given: str | Path | None, settings: Settings, articles: ArticleInput | None = None
) -> Path:
    """Return the folder of an index: the one given, or the one kept for the articles."""
    if given:
        return Path(given)
    if isinstance(articles, str | Path):
        settings = replace(settings, articles=str(articles))
    return index_folder(settings)


def _edit(
    home: Path, changes: Callable[[], Changes], recipe: Recipe, indexer: Indexer | None = None
) -> Index:
    """Plan changes of an index and commit them; where another comes first, plan them anew.

    If nothing would change, nothing is written.
    """
    while True:
        stamp = Manifest.stamp(home)
        planned = changes()
        base = planned.base
        if base and not planned and base.manifest.recipe == recipe:
            return base
        with workspace(home) as fresh:
            if Manifest.stamp(home) == stamp:
                return commit(planned, home, fresh, recipe, indexer=indexer)


def _plan_sync(
    source: ArticleSource,
    current: Index | None,
    recipe: Recipe,
    *,
    rebuild: bool = False,
    on_error: OnError,
) -> Changes:
    """Plan to make an index hold the articles of a source, and the pinned ones.

    If it is rebuilt, or its vectors were made in another way, all is new.
    """
    base = None
    if current and current.manifest.recipe.has_same_vectors(recipe) and not rebuild:
        base = current
    pinned = current.articles.pinned_articles() if current and not base else ()
    articles = source.read(base.articles if base else None, on_error)
    return plan(articles, base, only=True, pinned=pinned)


def _open_current(home: Path, *, force: bool) -> Index | None:
    """Open the current index, if there is one that can be opened.

    Raises:
        QAError: if it has pinned articles that would be lost without `force`.
    """
    try:
        return load(home)
    except (IndexBroken, MissingExtra, SettingsError, StoreError):
        if not force and _pinned_count(home):
            raise
    except QAError:
        pass
    return None


def _pinned_count(home: Path) -> int:
    try:
        return Manifest.read(home).added
    except QAError:
        return 0


def _make_indexer(recipe: Recipe, encoder: Encoder | None, progress: Progress) -> Indexer:
    """Return the indexer that made an index."""
    encoder = encoder or open_encoder(recipe.encoder)
    indexer = Indexer(encoder, recipe.passage_tokens, progress, store=recipe.store)
    if indexer.recipe != recipe:
        raise IndexMismatch(
            f"The index was not built by the encoder {indexer.encoder.name} as it is now."
        )
    return indexer


def _rows_named(name: str, articles: Articles) -> list[int]:
    """Return the rows of the articles of a name: an id, a source, or a title."""
    row = articles.find_row(name)
    found = [row] if row is not None else articles.rows_of_source(name)
    if found:
        return found
    titled = [entry.id for entry in articles.entries.values() if entry.title == name]
    if len(titled) > 1:
        raise ArticleError(
            f"{len(titled)} articles are called {name}.",
            hint=f"Name one by its file or its id: {', '.join(titled)}.",
        )
    if not titled:
        raise ArticleError(f"There is no article {name}.", hint="qa info lists them.")
    return [articles.row(titled[0])]
