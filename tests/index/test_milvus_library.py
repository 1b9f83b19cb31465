"""A library at Milvus is the library in its folder, whatever is done to it and when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.index import Index, add, build, extend, load, remove, sync
from qa.lexical.milvus import MilvusLexicalIndex
from qa.settings import Settings
from qa.stores import FaissStore, MilvusStore
from qa.stores.milvus_client import connect, read_address
from qa.types import Article
from tests.index.test_edits import CHOSEN, SENTENCES, Counting, all_of, write

pytestmark = pytest.mark.milvus

MORE = Article.of("The zebra", "The zebra rings the bell. A goat watches the zebra.")


class Killed(Exception):  # noqa: N818  # as in kill -9
    """Stands for the end of a process."""


@pytest.fixture(scope="module", params=["lite", "milvus"])
def chosen(request: pytest.FixtureRequest) -> Settings:
    return replace(CHOSEN, store=f"milvus:{request.getfixturevalue(request.param)}")


@pytest.fixture(scope="module")
def in_lite(lite: str) -> Settings:
    return replace(CHOSEN, store=f"milvus:{lite}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    for name, first in (("a.txt", 0), ("b.md", 1), ("deep/c.txt", 2)):
        write(folder, name, [*SENTENCES[first:], *SENTENCES[:first]])
    return folder


def made(folder: Path, home: Path, settings: Settings) -> Index:
    return build(folder, into=home, settings=settings, encoder=Counting())


def told(index: Index) -> dict[str, Any]:
    """Return what an index is good for; a score by five of its digits."""
    said = all_of(index)
    said["hits"] = [
        [
            (place, f"{score:.4f}", {stage: f"{s:.4f}" for stage, s in stages.items()})
            for place, score, stages in hits
        ]
        for hits in said["hits"]
    ]
    return said


def collections(index: Index) -> set[str]:
    uri = read_address(index.folder)["uri"]
    return set(connect(uri).ask("list_collections"))


def rows_at_milvus(index: Index) -> int:
    address = read_address(index.folder)
    asked = {"filter": "", "output_fields": ["count(*)"], "consistency_level": "Strong"}
    found = connect(address["uri"]).ask("query", address["collection"], **asked)
    return int(found[0]["count(*)"])


def test_whatever_is_done_it_is_as_one_in_its_folder(
    chosen: Settings, folder: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    made(folder, here, CHOSEN)
    index = made(folder, there, chosen)
    assert isinstance(index.vectors, MilvusStore)
    at_milvus = connect(read_address(index.folder)["uri"]).has_bm25
    assert isinstance(index.words, MilvusLexicalIndex) is at_milvus
    assert told(index) == told(load(here))
    for home in (here, there):
        add(MORE, index=home, encoder=BagOfWordsEncoder())
    assert told(load(there)) == told(load(here))
    for home in (here, there):
        remove("b.md", index=home)
    assert told(load(there)) == told(load(here))
    write(folder, "a.txt", SENTENCES[2:])
    for home in (here, there):
        sync(folder, index=home, encoder=BagOfWordsEncoder())
    assert told(load(there)) == told(load(here))
    assert rows_at_milvus(load(there)) == len(load(there).passages)


def test_changing_the_store_encodes_nothing_again(
    chosen: Settings, folder: Path, tmp_path: Path
) -> None:
    home, encoder = tmp_path / "home", Counting()
    local = told(build(folder, into=home, settings=CHOSEN, encoder=encoder))
    encoder.read.clear()
    for settings, store in ((chosen, MilvusStore), (CHOSEN, FaissStore)):
        index = build(folder, into=home, settings=settings, encoder=encoder)
        assert isinstance(index.vectors, store)
        assert index.manifest.recipe.store == settings.store
        assert told(index) == local
        again = build(folder, into=home, settings=settings, encoder=encoder)
        assert again.manifest == index.manifest
    assert encoder.read == []


def test_who_reads_finds_the_same_while_the_library_is_changed(
    chosen: Settings, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    reader = made(folder, home, chosen)
    before = told(reader)

    def look(*_: object) -> None:
        assert told(reader) == before
        raise Killed

    monkeypatch.setattr("qa.index.commit.install", look)
    with pytest.raises(Killed):
        add(MORE, index=home, encoder=BagOfWordsEncoder())
    assert told(reader) == told(load(home)) == before
    with pytest.raises(Killed):
        remove("b.md", index=home)
    assert told(reader) == told(load(home)) == before


def test_what_a_killed_writer_left_is_swept_by_the_next(
    chosen: Settings, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    made(folder, home, chosen)
    with monkeypatch.context() as patch:
        patch.setattr("qa.index.commit.install", _die)
        with pytest.raises(Killed):  # its rows are written, its version is not
            add(MORE, index=home, encoder=BagOfWordsEncoder())
    with monkeypatch.context() as patch:
        patch.setattr("qa.index.commit.open_version", _die)
        patch.setattr("qa.stores.MilvusStore.sweep", lambda _: None)
        with pytest.raises(Killed):  # its version stands, what it removed does too
            remove("b.md", index=home)
    made(folder, other, CHOSEN)
    remove("b.md", index=other)
    assert told(load(home)) == told(load(other))
    assert rows_at_milvus(load(home)) > len(load(home).passages)
    for each in (home, other):
        add(Article.of("Last", "The last goat."), index=each, encoder=BagOfWordsEncoder())
    assert told(load(home)) == told(load(other))
    assert rows_at_milvus(load(home)) == len(load(home).passages)


def test_a_build_that_fails_or_is_replaced_leaves_no_collection(
    in_lite: Settings, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    index = made(folder, home, in_lite)
    others = collections(index)
    with monkeypatch.context() as patch:
        patch.setattr("qa.index.commit._write_words", _die)
        with pytest.raises(Killed):
            build(folder, into=home, settings=in_lite, encoder=Counting(), force=True)
    assert collections(index) == others
    again = build(folder, into=home, settings=in_lite, encoder=Counting(), force=True)
    assert len(collections(again)) == len(others)
    assert collections(again) != others


def test_what_a_visitor_adds_stays_out_of_milvus(
    in_lite: Settings, folder: Path, tmp_path: Path
) -> None:
    library = made(folder, tmp_path / "home", in_lite)
    mine = extend(library, [MORE], into=tmp_path / "mine", encoder=BagOfWordsEncoder())
    assert isinstance(mine.vectors, FaissStore)
    assert rows_at_milvus(library) == len(library.passages)
    assert len(mine.passages) > len(library.passages)
    assert told(mine)["answers"] != told(library)["answers"]


def _die(*_: object, **__: object) -> None:
    raise Killed
