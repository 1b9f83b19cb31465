"""Vectors in files that never change, under a base of every kind, edited again and again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import IndexBroken
from qa.stores import ExactStore, FaissStore, Ids, Vectors, VectorStore
from qa.stores.faiss_index import IndexKind
from tests.stores.layered import FastScan, Fp16, Layered

DIM = 8
kinds = pytest.mark.parametrize("kind", [FaissStore, Fp16, FastScan])
numbers = st.sets(st.integers(0, 50))


def unit(rows: int, *, seed: int) -> Vectors:
    matrix = np.random.default_rng(seed).standard_normal((rows, DIM))
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


def ids(*numbers: int) -> Ids:
    return np.array(numbers, np.int64)


def best(store: VectorStore, queries: Vectors, k: int) -> list[list[int]]:
    found: list[list[int]] = store.search(queries, k)[0].tolist()
    return found


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a store of a few vectors have many files."""
    monkeypatch.setattr("qa.stores.vector_table.SEGMENT_ROWS", 6)
    monkeypatch.setattr("qa.stores.faiss.SEGMENT_ROWS", 6)
    monkeypatch.setattr("qa.stores.faiss.SMALL_SEGMENT", 3)


edits = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6)


@kinds
@given(edits=edits, streamed=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
def test_a_store_edited_again_and_again_is_one_made_from_nothing(
    kind: type[FaissStore],
    tmp_path_factory: pytest.TempPathFactory,
    tiny: None,
    edits: list[tuple[set[int], set[int]]],
    streamed: bool,
) -> None:
    oracle, store = ExactStore(DIM), kind(DIM)
    for seed, (added, removed) in enumerate(edits):
        folder, vectors = tmp_path_factory.mktemp("edited"), unit(len(added), seed=seed)
        if streamed and not seed:
            store = kind(DIM, folder)
        for each in (store, oracle):
            each.add(ids(*sorted(added)), vectors)
            each.remove(ids(*sorted(removed)))
        store.save(folder)
        store = kind.load(folder)
        held = np.sort(oracle._ids)
        assert len(store) == len(held)
        assert np.array_equal(store.of(held), oracle.of(held))
        assert best(store, unit(2, seed=99), 60) == best(oracle, unit(2, seed=99), 60)


def inodes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_ino for file in (folder / "vectors").glob("*.npy")}


def two(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    return old, new


def test_an_edit_links_the_files_it_does_not_change(tmp_path: Path, tiny: None) -> None:
    old, new = two(tmp_path)
    store = FaissStore(DIM, old)
    store.add(np.arange(4), unit(4, seed=1))
    for first in range(4, 24, 2):
        store.add(np.arange(first, first + 2), unit(2, seed=first))
    store.save(old)
    endings = (".npy", ".ids.npy")
    written = {f"0000{n}{ending}" for n in range(1, 5) for ending in endings}
    assert inodes(old).keys() == written | {"holes.npy"}
    again = FaissStore.load(old)
    again.remove(ids(7))
    again.add(ids(50), unit(1, seed=50))
    again.save(new)
    kept = {name: node for name, node in inodes(new).items() if inodes(old).get(name) == node}
    assert len(kept) == 8
    assert {"00005.npy", "00005.ids.npy", "holes.npy"} == inodes(new).keys() - kept.keys()


@kinds
def test_a_loaded_store_outlives_its_folder(kind: type[FaissStore], tmp_path: Path) -> None:
    store = kind(DIM)
    store.add(np.arange(20), unit(20, seed=1))
    store.save(tmp_path)
    again = kind.load(tmp_path)
    shutil.rmtree(tmp_path)
    assert best(again, unit(2, seed=3), 20) == best(store, unit(2, seed=3), 20)
    assert np.array_equal(again.of(ids(7, 3)), store.of(ids(7, 3)))


@pytest.mark.parametrize("cut", [1, 4000])
def test_a_file_that_was_cut_short_is_noticed(tmp_path: Path, cut: int) -> None:
    store = FastScan(DIM)
    store.add(np.arange(500), unit(500, seed=1))
    store.save(tmp_path)
    opened = FastScan.load(tmp_path)
    file = tmp_path / "vectors" / "00001.npy"
    os.truncate(file, file.stat().st_size - cut)
    with pytest.raises(ValueError, match="cut short"):
        FastScan.load(tmp_path)
    with pytest.raises(IndexBroken, match="cut short"):
        opened.of(ids(499))


def test_a_changed_vector_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    store = FaissStore(DIM)
    store.add(np.arange(500), unit(500, seed=1))
    store.save(tmp_path)
    file = tmp_path / "vectors" / "00001.npy"
    with file.open("r+b") as stream:
        stream.seek(-3, os.SEEK_END)
        byte = stream.read(1)[0]
        stream.seek(-3, os.SEEK_END)
        stream.write(bytes([byte ^ 1]))
    opened = FaissStore.load(tmp_path)
    assert np.array_equal(opened.of(ids(498)), store.of(ids(498)))
    with pytest.raises(IndexBroken, match="was changed"):
        opened.of(ids(499))


@pytest.mark.parametrize(
    ("vectors", "told"),
    [
        (unit(2, seed=1)[:, :5], "in a store of 8"),
        (unit(2, seed=1) * np.float32(np.nan), "not a number"),
        (unit(3, seed=1), "needs an id"),
        (unit(2, seed=1)[0], "in a store of 8"),
    ],
)
def test_vectors_that_do_not_fit_are_refused(vectors: Vectors, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        FaissStore(DIM).add(ids(1, 2), vectors)


def test_no_id_is_given_twice_at_once() -> None:
    with pytest.raises(ValueError, match="no two the same"):
        FaissStore(DIM).add(ids(1, 1), unit(2, seed=1))


def test_a_question_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="in a store of 8"):
        FaissStore(DIM).search(unit(1, seed=1)[:, :5], 3)


def scored(store: VectorStore, query: Vectors, k: int) -> dict[int, float]:
    found, scores = store.search(query, k)
    return dict(zip(found[0].tolist(), scores[0].tolist(), strict=True))


def test_the_same_vector_scores_the_same_to_the_last_bit_in_every_kind() -> None:
    vectors, query = unit(40, seed=1), unit(1, seed=2)
    scores = []
    for made in (FaissStore, Fp16, FastScan):
        store, apart = made(DIM), made(DIM)
        store.add(np.arange(40), vectors)
        apart.add(np.arange(40, 47), vectors[33:])
        scores.append(
            dict(zip(*(row[0].tolist() for row in store.search(query, 40)), strict=True))
        )
        few = dict(zip(*(row[0].tolist() for row in apart.search(query, 7)), strict=True))
        assert all(few[n + 7] == scores[-1][n] for n in range(33, 40))
    assert scores[0] == scores[1] == scores[2]


WIDE = 32


def clustered(rows: int, *, seed: int) -> Vectors:
    rng = np.random.default_rng(seed)
    near = rng.standard_normal((50, WIDE))[rng.integers(0, 50, rows)]
    matrix = near + 0.7 * rng.standard_normal((rows, WIDE))
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize("made", [Fp16, FastScan])
@pytest.mark.parametrize("few", [0, 20_000])
def test_what_a_base_finds_is_scored_exactly_and_nearly_all_there_is(
    made: type[Layered], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.stores.faiss.EXACT_SEARCH_LIMIT", few)
    store, oracle = made(WIDE), ExactStore(WIDE)
    vectors, queries = clustered(12_000, seed=1), clustered(40, seed=2)
    rng = np.random.default_rng(3)
    for each in (store, oracle):
        each.add(np.arange(10_000), vectors[:10_000])
        each.add(np.arange(10_000, 12_000), vectors[10_000:])
        each.remove(np.arange(0, 12_000, 7))
    among = rng.choice(12_000, 3_000, replace=False)
    for within in (None, among):
        found, scores = store.search(queries, 10, within=within)
        _, wanted = oracle.search(queries, 10, within=within)
        assert np.allclose(scores, np.einsum("qd,qkd->qk", queries, vectors[found]), atol=1e-6)
        assert not (found % 7 == 0).any()
        assert within is None or np.isin(found, within).all()
        reached = np.mean(scores >= wanted[:, -1:] - 1e-6)
        exact = made is Fp16 or (few and within is not None)
        assert reached == 1 if exact else reached > 0.9
    assert np.allclose(store.exact(queries, 10)[1], oracle.search(queries, 10)[1], atol=1e-6)


def test_the_kind_is_chosen_by_the_number_of_vectors_and_its_recall_is_measured(
    tmp_path: Path,
) -> None:
    class Grown(FaissStore):
        kind_thresholds: ClassVar = (
            (0, IndexKind.FLAT),
            (100, IndexKind.FP16),
            (1_000, IndexKind.FAST_SCAN),
        )

    store, kinds = Grown(WIDE), []
    for number, rows in enumerate((50, 100, 900, 3_000)):
        folder = tmp_path / str(number)
        folder.mkdir()
        store.add(np.arange(len(store), len(store) + rows), clustered(rows, seed=number))
        store.save(folder)
        store = Grown.load(folder)
        kinds.append(store.kind)
        assert (
            store.recall == 1 if store.kind is not IndexKind.FAST_SCAN else store.recall > 0.9
        )
    assert kinds == [IndexKind.FLAT, IndexKind.FP16, IndexKind.FAST_SCAN, IndexKind.FAST_SCAN]
    store.remove(np.arange(3_500))
    (tmp_path / "less").mkdir()
    store.save(tmp_path / "less")
    assert (store.kind, store.recall) == (IndexKind.FP16, 1)
    assert Grown.load(tmp_path / "less").kind is IndexKind.FP16


def test_a_base_is_made_anew_only_when_much_has_changed(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    store = FastScan(WIDE)
    store.add(np.arange(1_000), clustered(1_000, seed=1))
    store.save(old)
    first = (old / "vectors" / "base.faiss").read_bytes()
    store.add(np.arange(1_000, 1_040), clustered(40, seed=2))
    store.remove(np.arange(40))
    store.save(new)
    assert (new / "vectors" / "base.faiss").read_bytes() == first
    store.remove(np.arange(40, 60))
    store.save(tmp_path)
    assert (tmp_path / "vectors" / "base.faiss").read_bytes() != first
