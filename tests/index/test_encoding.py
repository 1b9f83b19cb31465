"""Encoding in batches: a build that was cut off goes on where it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.callbacks import Progress, do_nothing
from qa.encoders import Vectors
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import IndexMissing
from qa.index import Index, add, build, encoding, load
from qa.index.embedding_cache import EmbeddingCache
from qa.index.manifest import MANIFEST_FILE, Recipe
from qa.index.workspace import CACHE_FOLDER, LOCK_FILE
from qa.settings import Settings
from qa.types import Article
from tests.tools.crash import articles

CHOSEN = Settings(encoder="bag", passage_tokens=16)
RECIPE = Recipe("bag", "0" * 64, 16)
SMALL = 5
SOME = articles(0, 9)


class Cut(BagOfWordsEncoder):
    """Encodes so many batches, and is cut off at the next one."""

    def __init__(self, batches: int) -> None:
        self.sizes: list[int] = []
        self._left = batches

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        if len(self.sizes) == self._left:
            raise KeyboardInterrupt
        self.sizes.append(len(texts))
        return super().passages(texts, progress=progress)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "BATCH", SMALL)


def vectors(index: Index) -> list[list[float]]:
    ids = np.array([passage.id for passage in index.passages], np.int64)
    found: list[list[float]] = index.vectors.of(ids).tolist()
    return found


def interrupted(home: Path, batches: int, given_: Sequence[Article] = SOME) -> None:
    with pytest.raises(KeyboardInterrupt):
        build(given_, into=home, encoder=Cut(batches), settings=CHOSEN)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Index:
    home = tmp_path_factory.mktemp("whole")
    return build(SOME, into=home, encoder=BagOfWordsEncoder(), settings=CHOSEN)


def test_no_more_is_encoded_at_once_than_a_batch(tmp_path: Path, whole: Index) -> None:
    encoder = Cut(99)
    build(SOME, into=tmp_path, encoder=encoder, settings=CHOSEN)
    assert sum(encoder.sizes) == len(whole.passages)
    assert max(encoder.sizes) == SMALL


@pytest.mark.parametrize("batches", [1, 3])
def test_a_build_that_was_cut_off_goes_on_where_it_was(
    batches: int, tmp_path: Path, whole: Index
) -> None:
    interrupted(tmp_path, batches)
    with pytest.raises(IndexMissing):
        load(tmp_path)
    rest, steps = Cut(99), list[tuple[int, int]]()
    index = build(
        SOME,
        into=tmp_path,
        encoder=rest,
        settings=CHOSEN,
        progress=lambda *step: steps.append(step),
    )
    assert vectors(index) == vectors(whole)
    assert sum(rest.sizes) == len(whole.passages) - batches * SMALL
    assert steps[-1] == (len(whole.passages), len(whole.passages))
    assert steps == sorted(steps)
    assert {p.name for p in tmp_path.iterdir()} == {
        MANIFEST_FILE,
        LOCK_FILE,
        index.manifest.folder,
    }


def test_it_goes_on_though_the_articles_changed_meanwhile(tmp_path: Path, whole: Index) -> None:
    interrupted(tmp_path, 3)
    others, rest = [*reversed(SOME[1:]), *articles(20, 21)], Cut(99)
    index = build(others, into=tmp_path, encoder=rest, settings=CHOSEN)
    nothing = build(
        others, into=tmp_path / "nothing", encoder=BagOfWordsEncoder(), settings=CHOSEN
    )
    assert vectors(index) == vectors(nothing)
    assert sum(rest.sizes) < len(index.passages)


def test_an_addition_that_was_cut_off_goes_on_too(tmp_path: Path) -> None:
    build(SOME, into=tmp_path, encoder=BagOfWordsEncoder(), settings=CHOSEN)
    more, rest = articles(10, 15), Cut(99)
    with pytest.raises(KeyboardInterrupt):
        add(more, index=tmp_path, encoder=Cut(2))
    assert len(load(tmp_path).articles) == len(SOME)
    index = add(more, index=tmp_path, encoder=rest)
    fresh = index.passages_of([article.id for article in more])
    assert sum(rest.sizes) == len(fresh) - 2 * SMALL


def test_what_was_encoded_in_another_way_is_of_no_use(tmp_path: Path) -> None:
    interrupted(tmp_path, 2)
    encoder = Cut(99)
    other = CHOSEN.with_({"passage_tokens": 30})
    index = build(SOME, into=tmp_path, encoder=encoder, settings=other)
    assert sum(encoder.sizes) == len(index.passages)


def test_a_torn_batch_is_encoded_again(tmp_path: Path, whole: Index) -> None:
    interrupted(tmp_path, 2)
    file = min((tmp_path / CACHE_FOLDER).rglob("*.npy"))
    file.write_bytes(file.read_bytes()[:-1])
    rest = Cut(99)
    index = build(SOME, into=tmp_path, encoder=rest, settings=CHOSEN)
    assert vectors(index) == vectors(whole)
    assert sum(rest.sizes) == len(whole.passages) - SMALL


hashes = st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=6)
STARTS = st.sampled_from([b"\0" * 8, b"\0" * 7 + b"\1", b"\xff" * 8])
"""Hashes that begin alike, though none ever will."""
alike = st.lists(
    st.tuples(STARTS, st.binary(min_size=24, max_size=24)).map(b"".join),
    unique=True,
    max_size=6,
)


@given(kept=st.lists(st.one_of(hashes, alike), max_size=3), data=st.data())
def test_what_is_found_again_is_what_was_kept(
    tmp_path_factory: pytest.TempPathFactory, kept: list[list[bytes]], data: st.DataObject
) -> None:
    home = tmp_path_factory.mktemp("kept")
    every = {name for names in kept for name in names}
    made = {name: np.array([n, -n], np.float32) for n, name in enumerate(sorted(every))}
    left = EmbeddingCache(home, RECIPE, 2)
    for names in kept:
        left.save(names, np.array([made[name] for name in names], np.float32).reshape(-1, 2))
    asked = data.draw(
        st.lists(
            st.one_of(
                st.sampled_from([*made, b"x" * 32]),
                *[hashes.map(lambda h: (h or [b"y" * 32])[0])],
            )
        )
    )
    unless = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(asked), max_size=len(asked))), bool
    )
    found = np.full((len(asked), 2), 9, np.float32)
    has = EmbeddingCache(home, RECIPE, 2).fill(asked, found, skip=unless)
    for name, is_there, not_wanted, vector in zip(asked, has, unless, found, strict=True):
        if is_there:
            assert vector.tolist() == made[name].tolist()
        assert not (is_there and not_wanted)
        starts = [other[:8] for other in made]
        if name in made and not not_wanted and starts.count(name[:8]) == 1:
            assert is_there
