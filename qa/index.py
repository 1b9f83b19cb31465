"""Everything on disk as one value: articles, passages, vectors and words."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from qa.articles import article_files, read_folder
from qa.encoders import Encoder, Progress, open_encoder, silent
from qa.errors import ArticleError, IndexBroken, QAError
from qa.manifest import Entry, Manifest, Recipe, hashes, sha256_of
from qa.origin import Origin
from qa.passages import cut, embedded, heading
from qa.settings import Settings
from qa.stores import FaissStore, Vectors, VectorStore
from qa.types import Article, Passage, Section, Span
from qa.words import Words

Refused = Callable[[ArticleError], object]
"""What hears why a file holds no article."""


def unheard(error: ArticleError) -> None:
    """Hear of nothing."""


ARTICLES, PASSAGES, WORDS = "articles.jsonl", "passages.jsonl", "words"


@dataclass(frozen=True, slots=True)
class Index:
    """A library ready to be searched; read-only, so threads may share it."""

    manifest: Manifest
    articles: Mapping[str, Article]
    passages: Sequence[Passage]
    vectors: VectorStore
    words: Words

    def passages_of(self, articles: Collection[str]) -> tuple[int, ...]:
        """Return the ids of the passages of some articles, which go by their ids."""
        return tuple(p.id for p in self.passages if p.article.id in articles)


def build(  # noqa: PLR0913  # all but the first have good defaults
    articles: str | Path | Iterable[Article] = "seeds",
    *,
    into: str | Path = "vectors",
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    known: Index | None = None,
    progress: Progress = silent,
    refused: Refused = unheard,
) -> Index:
    """Build the index of a folder of articles, or of articles in hand, and put it in place.

    It is written beside the old one, which stays until the new one is whole. Articles that a
    `known` index has are not encoded again: their vectors are copied from it. Each file that
    cannot be read is `refused`, and the others are indexed.

    Raises:
        ArticleError: if there are no articles, or none can be read.
        QAError: if the index cannot be written.
    """
    settings, home = settings or Settings(), Path(into)
    given = _read(Path(articles), refused) if isinstance(articles, str | Path) else articles
    texts = tuple({article.id: article for article in given}.values())
    if not texts:
        raise ArticleError("There are no articles to index.", hint="Name some.")
    encoder = encoder or open_encoder(settings.encoder)
    recipe = Recipe.of(encoder, settings)
    old = _remembered(known, recipe, texts)
    passages = _cut_all(texts, encoder, settings.passage_tokens, old)
    with _workspace(home) as fresh:
        vectors = _encoded(passages, encoder, known=known, old=old, progress=progress)
        _write(fresh, texts, passages, vectors)
        manifest = _install(fresh, home, recipe=recipe, entries=_entries(texts, passages))
    return _open(manifest, home)


def _read(folder: Path, refused: Refused) -> Iterator[Article]:
    """Yield the articles of a folder, and hand over why other files hold none.

    Raises:
        ArticleError: if there are files, and none of them can be read.
    """
    read = refusals = 0
    for found in read_folder(folder):
        if isinstance(found, Article):
            read += 1
            yield found
        else:
            refused(found)
            refusals += 1
    if refusals and not read:
        raise ArticleError(
            f"No article of {folder} could be read.", hint="Mend or move them, then try again."
        )


def load(folder: str | Path = "vectors") -> Index:
    """Open a built index.

    Raises:
        IndexMissing: if there is none.
        IndexBroken: if any of its files was cut short or changed.
        IndexMismatch: if another version of this program built it.
    """
    home = Path(folder)
    manifest = Manifest.read(home)
    manifest.verify(home)
    return _open(manifest, home)


def load_current(
    articles: str | Path | Sequence[Article],
    index: str | Path,
    *,
    settings: Settings,
    encoder: Encoder,
) -> Index | None:
    """Open an index if it is whole, and made of just these articles in this way."""
    home = Path(index)
    contents = _contents(articles)
    try:
        manifest = Manifest.read(home)
        if not manifest.fits(contents, Recipe.of(encoder, settings)):
            return None
        manifest.verify(home)
        return _open(manifest, home)
    except QAError:
        return None


def _contents(articles: str | Path | Sequence[Article]) -> list[str]:
    """Return the hash of each article; one that cannot be read has none that fits."""
    if not isinstance(articles, str | Path):
        return [article.sha256 for article in articles]
    files = article_files(Path(articles))
    try:
        return [sha256_of(file) for file in files]
    except OSError:  # the build will say which file, and why
        return []


def _remembered(
    known: Index | None, recipe: Recipe, articles: Sequence[Article]
) -> dict[str, list[Passage]]:
    """Return the passages that an index made in the same way has of just these articles."""
    if known is None or known.manifest.recipe != recipe:
        return {}
    same = [article.id for article in articles if known.articles.get(article.id) == article]
    old: dict[str, list[Passage]] = {article: [] for article in same}
    for number in known.passages_of(old):
        passage = known.passages[number]
        old[passage.article.id].append(passage)
    return old


def _cut_all(
    articles: Sequence[Article],
    encoder: Encoder,
    tokens: int,
    old: Mapping[str, Sequence[Passage]],
) -> list[Passage]:
    passages: list[Passage] = []
    for article in articles:
        first = len(passages)
        if article.id in old:
            passages += (replace(p, id=n) for n, p in enumerate(old[article.id], first))
            continue
        passages += cut(
            article, tokens=tokens, window=encoder.window, measure=encoder.count, first=first
        )
    return passages


def _encoded(
    passages: Sequence[Passage],
    encoder: Encoder,
    *,
    known: Index | None,
    old: Mapping[str, Sequence[Passage]],
    progress: Progress,
) -> Vectors:
    """Return the vector of each passage: the old ones' are copied, in the same order."""
    vectors = np.empty((len(passages), encoder.dim), np.float32)
    is_old = np.array([p.article.id in old for p in passages], bool)
    fresh = [p for p in passages if p.article.id not in old]
    texts = [embedded(p, window=encoder.window, measure=encoder.count) for p in fresh]
    vectors[~is_old] = encoder.passages(texts, progress=progress)
    if known and old:
        ids = [p.id for kept in old.values() for p in kept]
        vectors[is_old] = known.vectors.of(np.array(ids, np.int64))
    return vectors


def _write(
    folder: Path,
    articles: Sequence[Article],
    passages: Sequence[Passage],
    vectors: Vectors,
) -> None:
    _write_lines(folder / ARTICLES, map(_article_line, articles))
    _write_lines(folder / PASSAGES, map(_passage_line, passages))
    store = FaissStore(vectors.shape[1])
    store.add(np.arange(len(passages)), vectors)
    store.save(folder)
    (folder / WORDS).mkdir()
    rows = ((p.id, heading(p.article.title, p.path), p.text) for p in passages)
    Words.write(folder / WORDS, rows)


def _entries(articles: Sequence[Article], passages: Sequence[Passage]) -> tuple[Entry, ...]:
    counts = dict.fromkeys((article.id for article in articles), 0)
    for passage in passages:
        counts[passage.article.id] += 1
    return tuple(Entry(a.id, a.source, a.title, a.sha256, counts[a.id]) for a in articles)


@contextmanager
def _workspace(home: Path) -> Iterator[Path]:
    """Lend a folder beside the index, and leave nothing of it behind."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".building-", dir=home))
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as refused:
        raise QAError(
            f"{home} cannot be written: {refused.strerror or refused}.",
            hint="Make room, or name another folder with --index or QA_INDEX.",
        ) from refused


def _install(
    fresh: Path, home: Path, *, recipe: Recipe, entries: tuple[Entry, ...]
) -> Manifest:
    """Name the new folder by what it was made from, point the manifest at it, drop the old."""
    made_from = json.dumps([str(recipe), sorted(str(entry) for entry in entries)])
    name = wanted = hashlib.sha256(made_from.encode()).hexdigest()[:12]
    again = 1
    while (home / name).exists():
        again += 1
        name = f"{wanted}-{again}"
    manifest = Manifest(name, recipe, entries, hashes(fresh))
    fresh.chmod(0o755)  # mkdtemp's folders are private
    fresh.rename(home / name)
    manifest.write(home)
    for old in home.iterdir():
        if old.is_dir() and old.name != name and not old.name.startswith("."):
            shutil.rmtree(old, ignore_errors=True)
    return manifest


def _open(manifest: Manifest, home: Path) -> Index:
    folder = home / manifest.folder
    try:
        articles = {a.id: a for a in map(_article, _read_lines(folder / ARTICLES))}
        rows = _read_lines(folder / PASSAGES)
        passages = tuple(_passage(row, articles) for row in rows)
        vectors = FaissStore.load(folder)
        words = Words(folder / WORDS)
    except (OSError, ValueError, KeyError, RuntimeError) as damaged:
        raise IndexBroken(f"The index in {home} cannot be opened: {damaged}.") from damaged
    if not len(passages) == len(vectors) == len(words) == manifest.passages:
        raise IndexBroken(f"The parts of the index in {home} are of different lengths.")
    return Index(manifest, articles, passages, vectors, words)


def _article_line(article: Article) -> dict[str, Any]:
    sections = [
        {"path": s.path, "start": s.span.start, "end": s.span.end} for s in article.sections
    ]
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "sha256": article.sha256,
        **({"origin": asdict(article.origin)} if article.origin else {}),
        "sections": sections,
        "text": article.text,
    }


def _article(row: dict[str, Any]) -> Article:
    sections = tuple(
        Section(tuple(s["path"]), Span(s["start"], s["end"])) for s in row["sections"]
    )
    return Article(
        row["id"],
        row["title"],
        row["text"],
        sections,
        row["source"],
        row["sha256"],
        Origin(**row.get("origin", {})),
    )


def _passage_line(passage: Passage) -> dict[str, Any]:
    span = passage.span
    place = {
        "id": passage.id,
        "article": passage.article.id,
        "start": span.start,
        "end": span.end,
    }
    return {**place, "text": passage.text}


def _passage(row: dict[str, Any], articles: Mapping[str, Article]) -> Passage:
    return Passage(row["id"], articles[row["article"]], Span(row["start"], row["end"]))


def _write_lines(file: Path, rows: Iterable[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
