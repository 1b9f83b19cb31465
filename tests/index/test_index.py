"""The index on disk: what was built is what is loaded, or nothing is."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.callbacks import Progress, do_nothing
from qa.encoders import Vectors
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.encoders.minilm import MiniLMEncoder
from qa.errors import (
    ArticleError,
    IndexBroken,
    IndexMismatch,
    IndexMissing,
    QAError,
    SettingsError,
)
from qa.index import Index, add, build, extend, load
from qa.index.manifest import MANIFEST_FILE, Manifest, hash_files, linked_files
from qa.index.workspace import LOCK_FILE
from qa.origin import Origin
from qa.passages import embedding_text
from qa.settings import Settings
from qa.types import Article
from tests.reading import articles_of

BAG = BagOfWordsEncoder()
CHOSEN = Settings(encoder="bag", reader="similarity")
QUESTIONS = ["Which car is white?", "Who saved nine sailors?", "smoked pears", "Ostrevik"]


class Other(BagOfWordsEncoder):
    """Another model."""

    name = "other"
    sha256 = "0" * 64


class Failing(BagOfWordsEncoder):
    """A model that breaks in the middle of a build."""

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        raise RuntimeError("out of memory")


@pytest.fixture
def home(our_index: Index, our_articles: Path, tmp_path: Path) -> Path:
    """The folder of an index that may be ruined."""
    build(our_articles, into=tmp_path / "vectors", encoder=BAG, settings=CHOSEN)
    return tmp_path / "vectors"


def found(index: Index) -> list[dict[int, float]]:
    """Return what every question finds, by words and by vectors."""
    by_words = [dict(index.words.search(question, 20)) for question in QUESTIONS]
    ids, scores = index.vectors.search(BAG.questions(QUESTIONS), 20)
    by_vectors = [
        dict(zip(row.tolist(), line.tolist(), strict=True))
        for row, line in zip(ids, scores, strict=True)
    ]
    return by_words + by_vectors


def same(one: Index, other: Index) -> bool:
    """Tell whether two indexes are the same, numbers and all."""
    return (
        dict(one.articles) == dict(other.articles)
        and tuple(one.passages) == tuple(other.passages)
        and found(one) == found(other)
    )


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def files(home: Path) -> dict[str, bytes]:
    """Return the files of an index that are the same every time; those of tantivy are not."""
    folder = home / Manifest.read(home).folder
    files = [p for p in folder.rglob("*") if p.is_file() and p.parent.name != "words"]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


# Build and load


def test_what_was_built_is_what_is_loaded(home: Path, our_index: Index) -> None:
    loaded = load(home)
    assert same(loaded, our_index)
    assert loaded.manifest == Manifest.read(home)


def test_an_index_holds_the_articles_of_the_folder(
    our_index: Index, our_articles: Path
) -> None:
    assert tuple(our_index.articles.values()) == articles_of(our_articles)
    assert [p.id for p in our_index.passages] == list(range(len(our_index.passages)))
    assert our_index.manifest.passages == len(our_index.passages) == len(our_index.words)


words = st.sampled_from(
    ["tram", "quay", "lantern", "goat", "é", "中", "😀", "\u2028", "\x85", "“No.”", "Then"]
)
bodies = (
    st.lists(words, min_size=1, max_size=30).map(" ".join).filter(lambda t: t.strip() != "")
)


@settings(max_examples=10)
@given(st.lists(bodies, min_size=1, max_size=3, unique=True))
def test_any_articles_are_loaded_as_they_were_built(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    home = tmp_path_factory.mktemp("any")
    articles = [Article.of(f"Title {n}", text) for n, text in enumerate(texts)]
    built = build(articles, into=home, encoder=BAG)
    assert tuple(built.articles.values()) == tuple(articles)
    assert same(load(home), built)


def test_built_again_the_files_are_the_same_byte_for_byte(
    home: Path, our_articles: Path
) -> None:
    before, name = files(home), Manifest.read(home).folder
    old = load(home)
    again = build(our_articles, into=home, encoder=BAG, settings=CHOSEN, force=True)
    assert files(home) == before
    assert Manifest.read(home).folder == f"{name}-2"
    assert same(again, old)


def test_built_elsewhere_the_files_and_the_name_are_the_same(
    home: Path, our_articles: Path, tmp_path: Path
) -> None:
    build(our_articles, into=tmp_path / "elsewhere", encoder=BAG, settings=CHOSEN)
    assert files(tmp_path / "elsewhere") == files(home)
    assert Manifest.read(tmp_path / "elsewhere").folder == Manifest.read(home).folder


def test_a_build_leaves_one_index_and_no_litter(home: Path, our_articles: Path) -> None:
    for force in (False, True, True):
        build(our_articles, into=home, encoder=BAG, force=force)
        assert names(home) == {MANIFEST_FILE, LOCK_FILE, Manifest.read(home).folder}


def test_the_same_article_given_twice_is_in_the_index_once(tmp_path: Path) -> None:
    article = Article.of("Tram", "It runs along the quay.")
    index = build([article, article], into=tmp_path, encoder=BAG)
    assert (len(index.articles), len(index.passages)) == (1, 1)


def test_the_progress_of_a_build_ends_with_all_passages(
    our_articles: Path, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    index = build(
        our_articles, into=tmp_path, encoder=BAG, progress=lambda *step: seen.append(step)
    )
    assert seen[-1] == (len(index.passages), len(index.passages))


def test_an_index_stays_readable_by_everyone(home: Path) -> None:
    assert (home / Manifest.read(home).folder).stat().st_mode & 0o777 == 0o755


# Old and new


def test_who_holds_the_old_index_still_searches_after_a_rebuild(home: Path) -> None:
    old = load(home)
    before = found(old)
    build([Article.of("Goats", "A goat ate the pears.")], into=home, encoder=BAG)
    assert found(old) == before
    assert len(load(home).passages) == 1


def test_a_build_that_fails_leaves_the_old_index_and_no_litter(
    home: Path, our_articles: Path, our_index: Index
) -> None:
    before = names(home)
    with pytest.raises(RuntimeError, match="out of memory"):
        build(our_articles, into=home, encoder=Failing(), force=True)
    assert names(home) == before
    assert same(load(home), our_index)


def test_bad_articles_alone_leave_the_old_index_as_it_was(
    home: Path, our_index: Index, tmp_path: Path
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bad.txt").write_bytes(b"\0")
    refused: list[ArticleError] = []
    with pytest.raises(ArticleError, match=r"No article of .* could be read"):
        build(tmp_path / "articles", into=home, encoder=BAG, on_error=refused.append)
    assert [error.problem for error in refused] == ["bad.txt is a binary file, not text."]
    assert same(load(home), our_index)


def test_a_bad_article_keeps_no_other_out(
    our_articles: Path, our_index: Index, tmp_path: Path
) -> None:
    shutil.copytree(our_articles, tmp_path / "articles")
    (tmp_path / "articles" / "bad.txt").write_bytes(b"\0")
    built = build(tmp_path / "articles", into=tmp_path / "vectors", encoder=BAG)
    assert same(built, our_index)


def test_where_an_article_comes_from_is_kept(tmp_path: Path) -> None:
    origin = Origin("1911-04-05", "Agnes Rourke", "https://a.invalid/é")
    article = Article.of("Tram", "It runs along the quay.", origin=origin)
    build([article], into=tmp_path, encoder=BAG)
    assert load(tmp_path).articles[article.id].origin == origin


def test_a_first_build_that_fails_leaves_no_index(our_articles: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        build(our_articles, into=tmp_path / "vectors", encoder=Failing())
    with pytest.raises(IndexMissing):
        load(tmp_path / "vectors")


def test_a_folder_that_cannot_be_written_is_named(our_articles: Path, tmp_path: Path) -> None:
    file = tmp_path / "vectors"
    file.write_text("I am a file.", "utf-8")
    with pytest.raises(QAError) as caught:
        build(our_articles, into=file, encoder=BAG)
    assert caught.value.problem == f"{file} cannot be written: File exists."
    assert "name another folder with --index or QA_INDEX" in caught.value.hint
    assert file.read_text("utf-8") == "I am a file."


def test_without_articles_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="There are no articles"):
        build(tmp_path, into=tmp_path / "vectors", encoder=BAG)
    assert not (tmp_path / "vectors").exists()


def test_no_articles_in_hand_are_no_index_either(tmp_path: Path) -> None:
    with pytest.raises(ArticleError):
        build([], into=tmp_path / "vectors", encoder=BAG)


class Counting(BagOfWordsEncoder):
    """Remembers what it has encoded."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        self.read += texts
        return super().passages(texts, progress=progress)


def test_a_library_is_extended_and_nothing_known_is_encoded_again(
    home: Path, tmp_path: Path
) -> None:
    library, encoder = load(home), Counting()
    goats, pears = (Article.of(name, f"{name} are eaten.") for name in ("Goats", "Pears"))
    one = extend(library, [goats], into=tmp_path / "one", encoder=encoder)
    two = extend(library, [pears, goats], into=tmp_path / "two", encoder=encoder, reuse=one)
    assert encoder.read == ["Goats. Goats are eaten.", "Pears. Pears are eaten."]
    own = [*library.articles.values(), pears, goats]
    assert same(two, build(own, into=tmp_path / "nothing", encoder=BAG))
    assert same(load(home), library)


@pytest.mark.parametrize("changed", ["encoder", "passage_tokens", "title"])
def test_what_is_not_as_it_was_is_encoded_again(changed: str, tmp_path: Path) -> None:
    text = "A goat ate the pears."
    build(
        [Article.of("Old" if changed == "title" else "Goats", text, raw=b"goats")],
        into=tmp_path,
        encoder=Other() if changed == "encoder" else BAG,
        settings=Settings(passage_tokens=64 if changed == "passage_tokens" else 128),
    )
    encoder = Counting()
    article = Article.of("Goats", text, raw=b"goats")
    assert build([article], into=tmp_path, encoder=encoder).articles[article.id] == article
    assert len(encoder.read) == 1


@pytest.mark.parametrize(
    "store", ["", "chroma", "milvus", "milvus:", "milvus:lite", "FAISS", "faiss:here"]
)
def test_a_store_that_is_none_is_named_before_anything_is_read(
    store: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=f"No such store: {store}.") as caught:
        build("nowhere", into=tmp_path / "home", settings=Settings(store=store))
    assert caught.value.hint == "Known: faiss, milvus:http://HOST:PORT, milvus:FILE.db."
    assert not (tmp_path / "home").exists()


# Damage


def test_where_there_is_no_index_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as caught:
        load(tmp_path / "vectors")
    assert str(caught.value) == f"There is no index in {tmp_path / 'vectors'}. Run: qa build"


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: list[Callable[[Path], None]] = [
    cut_short,
    emptied,
    changed,
    longer,
    made_a_folder,
    Path.unlink,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_that_was_damaged_is_named(home: Path, damage: Callable[[Path], None]) -> None:
    manifest = Manifest.read(home)
    for name in manifest.files:
        file = home / manifest.folder / name
        whole = file.read_bytes()
        damage(file)
        with pytest.raises(IndexBroken) as caught:
            load(home)
        assert str(file) in caught.value.problem
        assert caught.value.hint == "Run: qa build --force"
        if file.is_dir():
            file.rmdir()
        file.write_bytes(whole)
    assert load(home).passages


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_damaged_in_a_large_index_is_named_when_it_is_read(
    home: Path, damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.index.manifest.LARGE_INDEX", 0)
    manifest = Manifest.read(home)
    for name in manifest.files:
        file = home / manifest.folder / name
        whole = file.read_bytes()
        damage(file)
        if damage is longer and name.endswith((".jsonl", ".txt")):
            assert read_whole(load(home))  # what stands behind the last article is not read
        else:
            with pytest.raises(IndexBroken) as caught:
                read_whole(load(home))
            assert str(file).removesuffix(file.suffix) in caught.value.problem
        if file.is_dir():
            file.rmdir()
        file.write_bytes(whole)
    assert read_whole(load(home))


def read_whole(index: Index) -> list[Article]:
    index.vectors.of(index.passages.ids)
    assert len(list(index.passages)) == len(index.passages)
    return list(index.articles.values())


def test_the_hashes_of_what_two_folders_share_by_links_are_known(
    home: Path, tmp_path: Path
) -> None:
    before = Manifest.read(home)
    shutil.copytree(home / before.folder, tmp_path / "other")
    linked = sorted(before.files)[::2]
    for name in linked:
        (tmp_path / "other" / name).unlink()
        (tmp_path / "other" / name).hardlink_to(home / before.folder / name)
    assert linked_files(tmp_path / "other", home / before.folder, before.files) == {
        name: before.files[name] for name in linked
    }


def test_the_hashes_after_an_edit_are_those_of_the_files(home: Path) -> None:
    add(
        Article.of("Goats", "A goat stands on the quay."),
        index=home,
        encoder=BagOfWordsEncoder(),
    )
    after = Manifest.read(home)
    assert after.files == hash_files(home / after.folder, after.files)


def test_every_file_of_an_index_is_in_its_manifest(home: Path) -> None:
    manifest = Manifest.read(home)
    written = {
        path.relative_to(home / manifest.folder).as_posix()
        for path in (home / manifest.folder).rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }
    assert set(manifest.files) == written
    assert {"texts/00000001.jsonl", "vectors/00001.npy", "words/meta.json"} <= written


def signed(**said: object) -> bytes:
    """Return a manifest that says something, with the hash of that."""
    sha256 = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return json.dumps({**said, "sha256": sha256}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"format": 4}',
        signed(format=4, folder="x", recipe={}, articles=[], files={}),
        signed(format=4, folder="x", recipe=3, articles=4, files=5),
    ],
)
def test_a_manifest_that_cannot_be_read_is_named(home: Path, content: bytes) -> None:
    (home / MANIFEST_FILE).write_bytes(content)
    with pytest.raises(IndexBroken, match=r"manifest\.json") as caught:
        load(home)
    assert caught.value.hint == "Run: qa build --force"


def test_a_manifest_cut_anywhere_is_an_error_that_says_what_to_do(home: Path) -> None:
    whole = (home / MANIFEST_FILE).read_bytes()
    for size in range(0, len(whole) - 2, 97):
        (home / MANIFEST_FILE).write_bytes(whole[:size])
        with pytest.raises(IndexBroken):
            load(home)


def rewrite(home: Path, **changes: object) -> None:
    said = json.loads((home / MANIFEST_FILE).read_text("utf-8"))
    del said["sha256"]
    (home / MANIFEST_FILE).write_bytes(signed(**{**said, **changes}))


def test_whatever_a_manifest_said_it_is_noticed_if_it_was_changed(home: Path) -> None:
    said = json.loads((home / MANIFEST_FILE).read_text("utf-8"))
    (home / MANIFEST_FILE).write_text(
        json.dumps({**said, "passages": said["passages"] + 1}), "utf-8"
    )
    with pytest.raises(IndexBroken, match="was changed") as caught:
        load(home)
    assert caught.value.hint == "Run: qa build --force"


@pytest.mark.parametrize("version", [0, 2, "3", None])
def test_an_index_of_another_format_is_of_another_version(home: Path, version: object) -> None:
    rewrite(home, format=version)
    with pytest.raises(IndexMismatch, match="another version of this program") as caught:
        load(home)
    assert caught.value.hint == "Run: qa build"


def test_a_manifest_that_is_no_object_is_of_another_version(home: Path) -> None:
    (home / MANIFEST_FILE).write_text("[]", "utf-8")
    with pytest.raises(IndexMismatch):
        load(home)


def test_parts_that_do_not_go_together_are_found_out(home: Path) -> None:
    rewrite(home, passages=Manifest.read(home).passages + 1)
    with pytest.raises(IndexBroken, match="do not match"):
        load(home)


@pytest.mark.parametrize("kind", [".txt", ".jsonl"])
def test_what_changes_after_the_opening_is_noticed_when_it_is_read(
    home: Path, kind: str
) -> None:
    index = load(home)
    file = index.folder / "texts" / f"00000001{kind}"
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2)
        stream.write(b"\1")
    with pytest.raises(IndexBroken, match="was changed since the index was built") as caught:
        [*index.articles.values()]
    assert str(file) in caught.value.problem
    if kind == ".jsonl":
        with pytest.raises(IndexBroken):
            index.entries  # noqa: B018  # it is read here


def test_a_damaged_index_can_be_built_again(
    home: Path, our_articles: Path, our_index: Index
) -> None:
    (home / MANIFEST_FILE).write_text("{", "utf-8")
    shutil.rmtree(next(path for path in home.iterdir() if path.is_dir()))
    build(our_articles, into=home, encoder=BAG)
    assert same(load(home), our_index)


def test_a_question_for_another_encoder_is_refused_and_both_are_named(
    our_index: Index,
) -> None:
    with pytest.raises(IndexMismatch, match=r"by the encoder bag, .* by other, another model"):
        Assistant(our_index, encoder=Other(), settings=CHOSEN)


# Up to date


def is_current(articles: Path, home: Path, **changed_: object) -> bool:
    """Tell whether a build leaves the index as it is."""
    before = (home / MANIFEST_FILE).stat() if (home / MANIFEST_FILE).exists() else None
    build(articles, into=home, encoder=BAG, settings=CHOSEN.with_(changed_))
    return (home / MANIFEST_FILE).stat() == before


def test_an_index_is_current_until_its_articles_change(
    home: Path, our_articles: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "articles"
    shutil.copytree(our_articles, copied)
    assert is_current(copied, home)
    (copied / "more.txt").write_text("Goats\n\nA goat ate the pears.", "utf-8")
    assert not is_current(copied, home)
    assert is_current(copied, home)
    (copied / "lighthouse.md").unlink()
    assert not is_current(copied, home)
    assert is_current(copied, home)


def test_an_index_is_current_until_the_way_it_is_made_changes(
    home: Path, our_articles: Path
) -> None:
    assert is_current(our_articles, home, hits=3, stance="0.9")
    assert not is_current(our_articles, home, passage_tokens=64)


def test_a_current_index_is_opened_where_nothing_can_be_written(
    home: Path, our_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr("qa.index.workspace.FileLock", refuse)
    assert build(our_articles, into=home, encoder=BAG, settings=CHOSEN).passages
    with pytest.raises(QAError, match="cannot be written"):
        build(our_articles, into=home, encoder=BAG, settings=CHOSEN, force=True)


def test_a_damaged_index_is_not_current(home: Path, our_articles: Path) -> None:
    changed(home / Manifest.read(home).folder / "texts" / "00000001.txt")
    assert not is_current(our_articles, home)
    assert load(home).passages


# The shipped index


def test_the_shipped_index_is_that_of_the_seeds(root: Path, tmp_path: Path) -> None:
    shipped, encoder = load(root / "vectors"), MiniLMEncoder()
    fresh = build(root / "seeds", into=tmp_path, encoder=encoder)
    assert dict(shipped.articles) == dict(fresh.articles)
    assert tuple(shipped.passages) == tuple(fresh.passages)
    assert shipped.manifest.recipe == fresh.manifest.recipe
    assert shipped.manifest.folder == fresh.manifest.folder
    for question in ("Where does the road to Homs lead?", "Assad", "what was seized"):
        assert shipped.words.search(question, 9) == fresh.words.search(question, 9)
    texts = [
        embedding_text(p, window=encoder.window, count_tokens=encoder.count)
        for p in shipped.passages
    ]
    vectors = encoder.passages(texts)
    ids, scores = shipped.vectors.search(vectors, 1)
    assert ids[:, 0].tolist() == list(range(len(texts)))
    # Each processor rounds products of 8 bits in its own way.
    assert np.allclose(scores[:, 0], 1, atol=1e-3)
    every = [index.vectors.search(vectors, len(texts)) for index in (shipped, fresh)]
    assert np.allclose(np.sort(every[0][1]), np.sort(every[1][1]), atol=5e-3)


def test_the_shipped_index_is_current(root: Path) -> None:
    shipped = root / "vectors"
    before = (shipped / MANIFEST_FILE).stat()
    build(root / "seeds", into=shipped)
    assert (shipped / MANIFEST_FILE).stat() == before
