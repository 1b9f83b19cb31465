"""A library changed in place is as if built from nothing, and nothing is encoded twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.articles import read_article, read_file
from qa.assistant import Assistant
from qa.callbacks import Progress, do_nothing
from qa.encoders import Vectors
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import ArticleError, IndexBroken, IndexMismatch, IndexMissing, QAError
from qa.index import Index, add, build, load, plan_sync, remove, sync
from qa.index.manifest import MANIFEST_FILE, Manifest
from qa.index.workspace import LOCK_FILE
from qa.settings import Settings
from qa.types import Article

CHOSEN = Settings(encoder="bag", reader="similarity", stance="0", passage_tokens=12)
QUESTIONS = ("Who ate the pear?", "Where does the tram run?", "goat bell", "zebra")
SENTENCES = (
    "A goat ate the pear.",
    "The tram runs along the quay.",
    "The bell hangs in the tower.",
    "A pear fell on the goat.",
)
FILES = ("a.txt", "b.md", "deep/c.txt")


class Counting(BagOfWordsEncoder):
    """Remembers what it has encoded as a passage."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        self.read += texts
        return super().passages(texts, progress=progress)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return BagOfWordsEncoder().passages(texts)


def all_of(index: Index) -> dict[str, Any]:
    """Return everything that an index is good for, told without its numbers."""
    passages = sorted(index.passages, key=lambda passage: passage.place)
    numbers = np.array([passage.id for passage in passages], np.int64)
    assistant = Assistant(index, settings=CHOSEN, encoder=BagOfWordsEncoder())
    answers = [assistant.ask(question) for question in QUESTIONS]
    return {
        "articles": dict(index.articles),
        "passages": [passage.place for passage in passages],
        "vectors": index.vectors.of(numbers).tolist(),
        "entries": {i: replace(e, pinned=False) for i, e in index.entries.items()},
        "hits": [
            [(hit.passage.place, hit.score, dict(hit.stages)) for hit in answer.hits]
            for answer in answers
        ],
        "answers": [answer.as_dict() for answer in answers],
    }


def write(folder: Path, name: str, sentences: Sequence[str]) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(["The title", *sentences]), "utf-8")
    return file


# The law


contents = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)
names = st.sampled_from(FILES)
STEPS = st.one_of(
    st.tuples(st.just("write"), names, contents),
    st.tuples(st.just("rename"), names, names),
    st.tuples(st.just("delete"), names),
    st.tuples(st.just("add"), st.sampled_from(["own.txt", "a.txt"]), contents),
    st.tuples(st.just("remove"), st.integers(0, 5)),
)


class Model:
    """What a library holds after some edits, by the plainest of means."""

    def __init__(self, home: Path) -> None:
        self.folder, self.elsewhere = home / "articles", home / "elsewhere"
        self.held: dict[str, tuple[Article, bool]] = {}
        """Each article by its id, and whether it was added by hand."""

    def sync(self) -> None:
        found: dict[str, Article] = {}
        for file in sorted(p for p in self.folder.rglob("*") if p.is_file()):
            article = read_article(file, name=file.relative_to(self.folder).as_posix())
            found.setdefault(article.id, article)
        sources = {article.source for article in found.values()}
        by_hand = {i for i, (a, kept) in self.held.items() if kept}
        kept = {
            i: (a, True)
            for i, (a, kept) in self.held.items()
            if kept and i not in found and a.source not in sources
        }
        self.held = {i: (a, i in by_hand) for i, a in found.items()} | kept

    def add(self, article: Article) -> None:
        others = {
            i: (a, kept) for i, (a, kept) in self.held.items() if a.source != article.source
        }
        self.held = others | {article.id: (article, True)}


def play(model: Model, home: Path, step: tuple[Any, ...]) -> None:
    """Do one step to a folder and its library, and to the model."""
    kind, *what = step
    if kind == "write":
        write(model.folder, *what)
    elif kind == "rename" and (model.folder / what[0]).exists():
        (model.folder / what[1]).parent.mkdir(exist_ok=True)
        (model.folder / what[0]).replace(model.folder / what[1])
    elif kind == "delete" and sum(p.is_file() for p in model.folder.rglob("*")) > 1:
        (model.folder / what[0]).unlink(missing_ok=True)
    elif kind == "add":
        file = write(model.elsewhere, *what)
        add(file, index=home, encoder=BagOfWordsEncoder())
        model.add(read_article(file))
    elif kind == "remove" and len(model.held) > 1:
        name = sorted(model.held)[what[0] % len(model.held)]
        remove(name, index=home)
        del model.held[name]
    if kind in ("write", "rename", "delete"):
        before = {(a.id, a.source) for a, _ in model.held.values()}
        model.sync()
        after = {(a.id, a.source) for a, _ in model.held.values()}
        planned = plan_sync(model.folder, index=home, encoder=BagOfWordsEncoder()).as_dict()
        assert planned["keep"] == len(before & after)
        assert sorted([*planned["add"], *(move["to"] for move in planned["move"])]) == sorted(
            source for _, source in after - before
        )
        assert sorted(
            [*planned["drop"], *(move["from"] for move in planned["move"])]
        ) == sorted(source for _, source in before - after)
        sync(model.folder, index=home, encoder=BagOfWordsEncoder())


@settings(max_examples=20)
@given(first=contents, steps=st.lists(STEPS, min_size=1, max_size=6))
def test_after_any_edits_it_is_as_if_built_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], steps: list[tuple[Any, ...]]
) -> None:
    top = tmp_path_factory.mktemp("edits")
    home, model = top / "home", Model(top)
    write(model.folder, FILES[0], first)
    build(model.folder, into=home, encoder=BagOfWordsEncoder(), settings=CHOSEN)
    model.sync()
    for step in steps:
        play(model, home, step)
    articles = [article for article, _ in model.held.values()]
    nothing = build(
        articles, into=top / "nothing", encoder=BagOfWordsEncoder(), settings=CHOSEN
    )
    assert all_of(load(home)) == all_of(nothing)
    assert {e.id: e.pinned for e in load(home).entries.values()} == {
        i: kept for i, (_, kept) in model.held.items()
    }


# What is encoded, and what is not


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three articles."""
    for name, sentence in zip(FILES, SENTENCES, strict=False):
        write(tmp_path / "articles", name, [sentence])
    return tmp_path / "articles"


@pytest.fixture
def home(folder: Path, tmp_path: Path) -> Path:
    """The folder of their index."""
    build(folder, into=tmp_path / "home", encoder=BagOfWordsEncoder(), settings=CHOSEN)
    return tmp_path / "home"


def test_only_what_changed_is_encoded(folder: Path, home: Path) -> None:
    encoder = Counting()
    write(folder, "a.txt", [" ".join(SENTENCES[1:3])])
    (folder / "deep" / "c.txt").unlink()
    index = sync(folder, index=home, encoder=encoder)
    assert [article.source for article in index.articles.values()] == ["b.md", "a.txt"]
    assert encoder.read == [f"The title. {' '.join(SENTENCES[1:3])}"]


def test_a_file_that_is_renamed_is_not_encoded_and_cited_by_its_new_name(
    folder: Path, home: Path
) -> None:
    encoder, before = Counting(), load(home)
    (folder / "a.txt").rename(folder / "z.txt")
    index = sync(folder, index=home, encoder=encoder)
    assert encoder.read == []
    assert {a.source for a in index.articles.values()} == {"b.md", "deep/c.txt", "z.txt"}
    assert {p.id for p in index.passages} == {p.id for p in before.passages}


def test_a_name_that_gives_the_title_is_encoded_again(tmp_path: Path) -> None:
    """Markdown without a heading goes by the name of its file, and so do its vectors."""
    folder, encoder = tmp_path / "articles", Counting()
    folder.mkdir()
    (folder / "goats.md").write_text("They ate the pears.", "utf-8")
    build(folder, into=tmp_path / "home", encoder=encoder, settings=CHOSEN)
    (folder / "goats.md").rename(folder / "kids.md")
    sync(folder, index=tmp_path / "home", encoder=encoder)
    assert encoder.read == ["goats. They ate the pears.", "kids. They ate the pears."]


def test_a_file_is_read_once(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(file: Path, *, name: str) -> Iterator[Article | ArticleError]:
        read.append(name)
        return read_file(file, name=name)

    monkeypatch.setattr("qa.index.source.read_file", counted)
    write(folder, "a.txt", SENTENCES[1:3])
    sync(folder, index=home, encoder=BagOfWordsEncoder())
    assert read == ["a.txt"]
    read.clear()
    build(folder, into=home, encoder=BagOfWordsEncoder(), settings=CHOSEN, force=True)
    assert read == [*FILES]


def test_many_articles_wait_in_a_file(
    folder: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.index.spool.SPOOL_MEMORY", 50)
    filed = build(folder, into=tmp_path / "x", encoder=BagOfWordsEncoder(), settings=CHOSEN)
    assert all_of(filed) == all_of(load(home))


def test_where_another_edit_comes_first_neither_is_lost(folder: Path, home: Path) -> None:
    """One that is planned of an index which is no longer the current one is planned anew."""
    own = Article.of("Own", SENTENCES[3], source="own.txt")
    write(folder, "new.txt", SENTENCES)
    (folder / "bad.txt").write_bytes(b"\0")

    def add_meanwhile(_: ArticleError) -> None:
        add(own, index=home, encoder=BagOfWordsEncoder())

    index = sync(folder, index=home, encoder=BagOfWordsEncoder(), on_error=add_meanwhile)
    assert {a.source for a in index.articles.values()} == {*FILES, "new.txt", "own.txt"}


def test_a_number_is_never_used_twice(home: Path, tmp_path: Path) -> None:
    used = {passage.id for passage in load(home).passages}
    remove("deep/c.txt", index=home)
    index = add(
        write(tmp_path, "c.txt", [SENTENCES[3]]), index=home, encoder=BagOfWordsEncoder()
    )
    (fresh,) = index.passages_of([read_article(tmp_path / "c.txt").id])
    assert fresh not in used
    assert index.passages[fresh].article.source == "c.txt"
    for gone in used - {passage.id for passage in index.passages}:
        with pytest.raises(KeyError):
            index.passages[gone]


def test_what_changes_nothing_writes_nothing(folder: Path, home: Path, tmp_path: Path) -> None:
    index = add(
        write(tmp_path, "own.txt", SENTENCES[:2]), index=home, encoder=BagOfWordsEncoder()
    )
    before = (home / MANIFEST_FILE).stat()
    for same in (
        add(tmp_path / "own.txt", index=home, encoder=BagOfWordsEncoder()),
        sync(folder, index=home, encoder=BagOfWordsEncoder()),
        build(folder, into=home, encoder=BagOfWordsEncoder(), settings=CHOSEN),
    ):
        assert same.manifest == index.manifest
    assert (home / MANIFEST_FILE).stat() == before


# What was added by hand


def test_what_was_added_stays_when_all_is_built_anew(
    folder: Path, home: Path, tmp_path: Path
) -> None:
    own = read_article(write(tmp_path, "own.txt", SENTENCES[:2]))
    add(tmp_path / "own.txt", index=home, encoder=BagOfWordsEncoder())
    for settings_, force in ((CHOSEN, True), (CHOSEN.with_({"passage_tokens": 20}), False)):
        encoder = Counting()
        index = build(folder, into=home, encoder=encoder, settings=settings_, force=force)
        assert index.articles[own.id] == own
        assert len(index.articles) == 4
        assert len(encoder.read) == len(index.passages)


def test_what_was_added_is_not_lost_unasked_when_an_index_breaks(
    folder: Path, home: Path, tmp_path: Path
) -> None:
    add(write(tmp_path, "own.txt", SENTENCES[:2]), index=home, encoder=BagOfWordsEncoder())
    (home / Manifest.read(home).folder / "vectors" / "store.json").unlink()
    with pytest.raises(IndexBroken, match="is missing") as caught:
        build(folder, into=home, encoder=BagOfWordsEncoder(), settings=CHOSEN)
    assert caught.value.hint == "Run: qa build --force"
    forced = build(folder, into=home, encoder=BagOfWordsEncoder(), settings=CHOSEN, force=True)
    assert len(forced.articles) == 3


def test_a_file_in_the_folder_of_articles_goes_by_its_path_there(
    folder: Path, home: Path
) -> None:
    write(folder, "deep/c.txt", SENTENCES)
    index = add(folder / "deep" / "c.txt", index=home, root=folder, encoder=BagOfWordsEncoder())
    assert {a.source for a in index.articles.values()} == set(FILES)


def test_a_folder_is_added_with_the_files_that_can_be_read(home: Path, tmp_path: Path) -> None:
    write(tmp_path, "more/own.txt", SENTENCES[:2])
    (tmp_path / "more" / "bad.txt").write_bytes(b"\0")
    refused: list[ArticleError] = []
    more = tmp_path / "more"
    index = add(more, index=home, encoder=BagOfWordsEncoder(), on_error=refused.append)
    assert [error.problem for error in refused] == ["bad.txt is a binary file, not text."]
    assert "own.txt" in {entry.source for entry in index.entries.values()}


# What cannot be done


@pytest.mark.parametrize(
    "edit",
    [
        lambda home: add(Article.of("A", "b"), index=home),
        lambda home: remove("a", index=home),
        lambda home: sync(Path(__file__).parent.parent / "data" / "articles", index=home),
    ],
)
def test_where_there_is_no_index_nothing_can_be_changed(
    edit: Callable[[Path], Index], tmp_path: Path
) -> None:
    with pytest.raises(IndexMissing):
        edit(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_what_is_not_there_cannot_be_removed_or_added(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"There is no article zebra\.") as caught:
        remove("zebra", index=home)
    assert caught.value.hint == "qa info lists them."
    with pytest.raises(ArticleError, match=r"There is no .*absent\.txt"):
        add(tmp_path / "absent.txt", index=home, encoder=BagOfWordsEncoder())


def test_an_article_is_removed_by_its_id_its_file_or_its_title(
    folder: Path, tmp_path: Path
) -> None:
    articles = [Article.of(t, t, source=f"{t}.txt") for t in ("Goats", "Pears", "Bells", "Zoo")]
    home = tmp_path / "names"
    build(articles, into=home, encoder=BagOfWordsEncoder())
    left = remove([articles[0].id, "Pears.txt", "Bells"], index=home)
    assert [article.title for article in left.articles.values()] == ["Zoo"]
    with pytest.raises(ArticleError, match="There are no articles"):
        remove("Zoo", index=home)


def test_a_title_of_several_names_none(tmp_path: Path) -> None:
    articles = [Article.of("Goats", text) for text in ("One.", "Two.")]
    build(articles, into=tmp_path, encoder=BagOfWordsEncoder())
    with pytest.raises(ArticleError, match="2 articles are called Goats") as caught:
        remove("Goats", index=tmp_path)
    assert articles[0].id in caught.value.hint


def test_what_another_encoder_made_is_not_added_to(home: Path) -> None:
    class Other(BagOfWordsEncoder):
        sha256 = "0" * 64

    with pytest.raises(IndexMismatch, match="not built by the encoder"):
        add([Article.of("A", "b")], index=home, encoder=Other())


def test_only_one_may_change_an_index_and_the_other_is_told(home: Path) -> None:
    with FileLock(home / LOCK_FILE), pytest.raises(QAError) as caught:
        remove("a.txt", index=home)
    assert caught.value.problem == f"The index in {home} is being changed by another program."
    assert caught.value.hint == "Wait until it is done, then try again."
    assert len(remove("a.txt", index=home).articles) == 2
