"""The edits of an index: build it, add to it, remove from it, sync it with a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from qa.callbacks import OnError, Progress, do_nothing
from qa.encoders import Encoder, open_encoder
from qa.errors import ArticleError, IndexBroken, IndexMismatch, QAError, StoreError
from qa.index.articles import Articles
from qa.index.index import Index, load
from qa.index.indexer import Indexer, commit_version
from qa.index.manifest import Manifest, Recipe
from qa.index.revision import Revision, SeenArticles
from qa.index.source import ArticleSource
from qa.index.workspace import workspace
from qa.index_folder import index_folder
from qa.settings import Settings
from qa.types import Article

ArticleInput = str | Path | Iterable[Article]
"""A folder of articles, or articles in hand."""


def build(  # noqa: PLR0913  # the whole of what there is to choose
    articles: ArticleInput = "seeds",
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
    one kept for the folder.

    Raises:
        ArticleError: if there are no articles, or none can be read.
        IndexBroken: if pinned articles would be lost; with `force` they are.
        QAError: if the index cannot be written.
    """
    settings = settings or Settings()
    home = _home(into, settings, articles)
    indexer = Indexer(
        encoder or open_encoder(settings.encoder),
        settings.passage_tokens,
        progress,
        store=settings.store,
    )
    return _make_equal(
        ArticleSource.of(articles),
        home,
        indexer=indexer,
        open_current=lambda: _open_current(home, force=force),
        rebuild=force,
        on_error=on_error,
    )


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
    return _make_equal(
        ArticleSource.of(folder),
        home,
        indexer=indexer,
        open_current=lambda: load(home),
        rebuild=False,
        on_error=on_error,
    )


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

    def change(revision: Revision) -> None:
        for article in source.read(None, on_error):
            revision.put(article, indexer.spans, pinned=True)
        revision.drop_outdated(only=False)

    with workspace(home) as fresh:
        return commit_version(change, home, fresh, old=load(home), indexer=indexer)


def remove(names: str | Iterable[str], *, index: str | Path = "vectors") -> Index:
    """Remove articles from an index: they go by their ids, their files' names, or titles.

    Raises:
        ArticleError: if there is none of a name, or several have that title, or all would go.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
        QAError: if the index cannot be written.
    """
    home = _home(index, Settings.load())
    Manifest.read(home)
    with workspace(home) as fresh:
        old = load(home)
        wanted = [names] if isinstance(names, str) else names
        rows = {row for name in wanted for row in _rows_named(name, old.articles)}
        recipe = old.manifest.recipe
        return commit_version(
            lambda new: new.drop(sorted(rows)), home, fresh, old=old, indexer=recipe
        )


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

    def change(revision: Revision) -> None:
        for article in articles:
            revision.put(article, indexer.spans)

    with workspace(home) as fresh:
        return commit_version(change, home, fresh, old=library, indexer=indexer)


def _home(
    given: str | Path | None, settings: Settings, articles: ArticleInput | None = None
) -> Path:
    """Return the folder of an index: the one given, or the one kept for the articles."""
    if given:
        return Path(given)
    if isinstance(articles, str | Path):
        settings = replace(settings, articles=str(articles))
    return index_folder(settings)


def _make_equal(
    source: ArticleSource,
    home: Path,
    *,
    indexer: Indexer,
    open_current: Callable[[], Index | None],
    rebuild: bool,
    on_error: OnError,
) -> Index:
    """Make an index hold the articles of a source; if it does already, nothing is written.

    If it is rebuilt, or made in another way than before, its pinned articles are carried over.
    """
    current = open_current()
    old = current if _has_same_vectors(current, indexer) and not rebuild else None
    is_same = old is not None and old.manifest.recipe == indexer.recipe
    if old and is_same and _is_up_to_date(old.articles, source, on_error):
        return old
    with workspace(home) as fresh:
        if current and current.manifest.folder != Manifest.current_folder(home):
            current = open_current()
            old = current if _has_same_vectors(current, indexer) and not rebuild else None

        def change(revision: Revision) -> None:
            for article in source.read(old.articles if old else None, on_error):
                revision.put(article, indexer.spans)
            revision.drop_outdated(only=True)
            for article in current.articles.pinned_articles() if current and not old else ():
                revision.carry_over(article, indexer.spans)

        return commit_version(change, home, fresh, old=old, indexer=indexer)


def _has_same_vectors(index: Index | None, indexer: Indexer) -> bool:
    """Tell whether there is an index with the same passages and vectors, whatever its store."""
    return index is not None and index.manifest.recipe.has_same_vectors(indexer.recipe)


def _is_up_to_date(old: Articles, source: ArticleSource, on_error: OnError) -> bool:
    """Tell whether an index holds the articles of the source and pinned ones, and no others."""
    seen, errors = SeenArticles(), list[ArticleError]()
    same = True
    with suppress(ArticleError):  # raised again when the articles are read to be indexed
        for article in source.read(old, errors.append):
            if seen.add(article) and isinstance(article, Article) and not old.has_same(article):
                same = False
                break
    same = same and bool(seen.ids) and not seen.outdated_rows(old, only=True)
    for error in errors if same else ():
        on_error(error)
    return same


def _open_current(home: Path, *, force: bool) -> Index | None:
    """Open the current index, if there is one that can be opened.

    Raises:
        IndexBroken, StoreError: if it has pinned articles that would be lost without `force`.
    """
    try:
        return load(home)
    except (IndexBroken, StoreError):
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
