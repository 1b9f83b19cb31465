"""What can be done to a library: build it, add to it, remove from it, sync it with a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from qa.callbacks import Progress, do_nothing
from qa.encoders import Encoder, open_encoder
from qa.errors import ArticleError, IndexBroken, IndexMismatch, QAError, StoreError
from qa.index.index import Index, load
from qa.index.indexer import Maker, put
from qa.index.manifest import Manifest, Recipe
from qa.index.revision import Given, Revision
from qa.index.source import Refused, Source, unheard
from qa.index.texts import Texts
from qa.index.workspace import writing
from qa.settings import Settings
from qa.types import Article

Articles = str | Path | Iterable[Article]
"""A folder of articles, or articles in hand."""


def build(  # noqa: PLR0913  # the whole of what there is to choose
    articles: Articles = "seeds",
    *,
    into: str | Path = "vectors",
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    force: bool = False,
    progress: Progress = do_nothing,
    refused: Refused = unheard,
) -> Index:
    """Build the index of a folder of articles, or of articles in hand, and put it in place.

    An index that is there becomes the one asked for. If it was made in the same way, what it
    has is not encoded again, but with `force`; what was added to it by hand stays. It stands
    until the new one is whole. Each file that cannot be read is `refused`, and the others are
    indexed.

    Raises:
        ArticleError: if there are no articles, or none can be read.
        IndexBroken: if what was added by hand would be lost; with `force` it is.
        QAError: if the index cannot be written.
    """
    settings, home = settings or Settings(), Path(into)
    maker = Maker(
        encoder or open_encoder(settings.encoder),
        settings.passage_tokens,
        progress,
        store=settings.store,
    )
    return _become(
        Source.of(articles),
        home,
        maker=maker,
        opening=lambda: _standing(home, force=force),
        again=force,
        refused=refused,
    )


def sync(
    folder: str | Path,
    *,
    index: str | Path = "vectors",
    encoder: Encoder | None = None,
    progress: Progress = do_nothing,
    refused: Refused = unheard,
) -> Index:
    """Make an index hold the articles of a folder as they are now, in the way it was made.

    What it has is not encoded again, though its file be called otherwise now; what was added by
    hand stays. Each file that cannot be read is `refused`.

    Raises:
        ArticleError: if there are no articles, or none can be read.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
        QAError: if the index cannot be written.
    """
    home = Path(index)
    maker = _maker(Manifest.read(home).recipe, encoder, progress)
    return _become(
        Source.of(folder),
        home,
        maker=maker,
        opening=lambda: load(home),
        again=False,
        refused=refused,
    )


def add(
    articles: str | Path | Article | Iterable[str | Path | Article],
    *,
    index: str | Path = "vectors",
    root: str | Path | None = None,
    encoder: Encoder | None = None,
    progress: Progress = do_nothing,
    refused: Refused = unheard,
) -> Index:
    """Add articles to an index: files, folders, or articles in hand.

    They stay when the index is built or synced from a folder that lacks them. What is read
    from a file replaces what was read from one of the same name: that is its path in the `root`
    if it lies there. Each file that cannot be read is `refused`, and the others are added.

    Raises:
        ArticleError: if there is nothing at a place.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
        QAError: if the index cannot be written.
    """
    home = Path(index)
    maker = _maker(Manifest.read(home).recipe, encoder, progress)
    places = [articles] if isinstance(articles, str | Path | Article) else articles
    source = Source.at(places, root)

    def change(revision: Revision) -> None:
        for article in source.read(None, refused):
            revision.take(article, maker.spans, kept=True)
        revision.drop_others(only=False)

    with writing(home) as fresh:
        return put(change, home, fresh, old=load(home), maker=maker)


def remove(names: str | Iterable[str], *, index: str | Path = "vectors") -> Index:
    """Remove articles from an index: they go by their ids, their files' names, or titles.

    Raises:
        ArticleError: if there is none of a name, or several have that title, or all would go.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
        QAError: if the index cannot be written.
    """
    home = Path(index)
    Manifest.read(home)
    with writing(home) as fresh:
        old = load(home)
        wanted = [names] if isinstance(names, str) else names
        rows = {row for name in wanted for row in _called(name, old.texts)}
        recipe = old.manifest.recipe
        return put(lambda new: new.drop(sorted(rows)), home, fresh, old=old, maker=recipe)


def extend(
    library: Index,
    articles: Iterable[Article],
    *,
    into: str | Path,
    encoder: Encoder,
    known: Index | None = None,
    progress: Progress = do_nothing,
) -> Index:
    """Put what a library holds and some more articles in place elsewhere.

    Nothing of the library is encoded again, nor what a `known` index has. Its vectors and words
    are in the folder, wherever the library has them.

    Raises:
        QAError: if the index cannot be written.
    """
    home = Path(into)
    maker = Maker(encoder, library.manifest.recipe.passage_tokens, progress, known)

    def change(revision: Revision) -> None:
        for article in articles:
            revision.take(article, maker.spans)

    with writing(home) as fresh:
        return put(change, home, fresh, old=library, maker=maker)


def _become(
    source: Source,
    home: Path,
    *,
    maker: Maker,
    opening: Callable[[], Index | None],
    again: bool,
    refused: Refused,
) -> Index:
    """Make an index hold what is given; if it does already, nothing is written.

    If it is made `again`, or in another way than it was, what was added by hand is carried on.
    """
    standing = opening()
    old = standing if _is_so_made(standing, maker) and not again else None
    is_there = old is not None and old.manifest.recipe == maker.recipe
    if old and is_there and _holds_only(old.texts, source, refused):
        return old
    with writing(home) as fresh:
        if standing and standing.manifest.folder != Manifest.standing(home):
            standing = opening()
            old = standing if _is_so_made(standing, maker) and not again else None

        def change(revision: Revision) -> None:
            for article in source.read(old.texts if old else None, refused):
                revision.take(article, maker.spans)
            revision.drop_others(only=True)
            for article in standing.texts.kept() if standing and not old else ():
                revision.carry_on(article, maker.spans)

        return put(change, home, fresh, old=old, maker=maker)


def _is_so_made(index: Index | None, maker: Maker) -> bool:
    """Tell whether there is an index, and it was made in this way, whatever its store."""
    return index is not None and index.manifest.recipe.cuts_and_encodes_as(maker.recipe)


def _holds_only(old: Texts, source: Source, refused: Refused) -> bool:
    """Tell whether what is given, and what was added by hand, is all there is."""
    seen, heard = Given(), list[ArticleError]()
    just = True
    with suppress(ArticleError):  # where none can be read: whoever reads them again says so
        for article in source.read(old, heard.append):
            if seen.note(article) and isinstance(article, Article) and not old.holds(article):
                just = False
                break
    just = just and bool(seen.ids) and not seen.leaving(old, only=True)
    for error in heard if just else ():
        refused(error)
    return just


def _standing(home: Path, *, force: bool) -> Index | None:
    """Open the index that stands, if it can be.

    Raises:
        IndexBroken, StoreError: if it is known to hold what was added by hand, and no force is
            used.
    """
    try:
        return load(home)
    except (IndexBroken, StoreError):
        if not force and _added(home):
            raise
    except QAError:
        pass
    return None


def _added(home: Path) -> int:
    try:
        return Manifest.read(home).added
    except QAError:
        return 0


def _maker(recipe: Recipe, encoder: Encoder | None, progress: Progress) -> Maker:
    """Return who makes more of an index in the way it was made."""
    encoder = encoder or open_encoder(recipe.encoder)
    maker = Maker(encoder, recipe.passage_tokens, progress, store=recipe.store)
    if maker.recipe != recipe:
        raise IndexMismatch(
            f"The index was built by another encoder than {maker.encoder.name} as it is now."
        )
    return maker


def _called(name: str, texts: Texts) -> list[int]:
    """Return the rows of the articles of a name."""
    row = texts.find(name)
    found = [row] if row is not None else texts.of_source(name)
    if found:
        return found
    entitled = [entry.id for entry in texts.entries.values() if entry.title == name]
    if len(entitled) > 1:
        raise ArticleError(
            f"{len(entitled)} articles are called {name}.",
            hint=f"Name one by its file or its id: {', '.join(entitled)}.",
        )
    if not entitled:
        raise ArticleError(f"There is no article {name}.", hint="qa info lists them.")
    return [texts.row(entitled[0])]
