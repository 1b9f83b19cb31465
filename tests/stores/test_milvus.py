"""What is Milvus's own: filters of any length, other processes, and what can go wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from qa.errors import MissingExtra, StoreError
from qa.stores import ExactStore, Ids, MilvusStore, Vectors, VectorStore
from qa.stores.milvus_client import ADDRESS_FILE, MAX_FILTER_IDS, TOKEN, MilvusConnection

ROOT = Path(__file__).parent.parent.parent
DIM, ROWS = 8, 3 * MAX_FILTER_IDS

pytestmark = pytest.mark.milvus


@pytest.fixture(scope="module", params=["lite", "milvus"])
def uri(request: pytest.FixtureRequest) -> str:
    where: str = request.getfixturevalue(request.param)
    return where


def unit(rows: int, *, seed: int) -> Vectors:
    matrix = np.random.default_rng(seed).standard_normal((rows, DIM))
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


def fill(*stores: VectorStore) -> None:
    vectors = unit(ROWS, seed=1)
    for store in stores:
        store.add(np.arange(ROWS), vectors)


@pytest.fixture(scope="module")
def saved(uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a store of many vectors."""
    folder, store = tmp_path_factory.mktemp("saved"), MilvusStore(DIM, uri)
    fill(store)
    store.save(folder)
    yield folder
    store.drop()


@pytest.fixture(scope="module")
def oracle() -> ExactStore:
    store = ExactStore(DIM)
    fill(store)
    return store


def some(share: float) -> Ids:
    return np.sort(np.random.default_rng(2).permutation(ROWS)[: int(ROWS * share)])


@pytest.mark.parametrize(
    "within",
    [
        some(0.01),
        some(0.4),
        some(0.9),
        np.arange(MAX_FILTER_IDS + 1),
        np.array([ROWS, ROWS + 1]),
    ],
    ids=["few", "more than one filter names", "nearly all", "a run", "unknown"],
)
@pytest.mark.parametrize("k", [1, 100, 9000])
def test_a_search_within_any_number_is_exact(
    saved: Path, oracle: ExactStore, within: Ids, k: int
) -> None:
    store, queries = MilvusStore.load(saved), unit(2, seed=3)
    found, scores = store.search(queries, k, within=within)
    wanted, exact = oracle.search(queries, k, within=within)
    assert np.allclose(scores, exact, atol=1e-5)
    if k <= 100:  # deeper down, scores are as near as one sum is to another
        assert np.array_equal(found, wanted)
    for row in found:
        real = row[row >= 0]
        assert len({*real.tolist()}) == len(real)
        assert np.isin(real, within).all()


def test_every_vector_can_be_had_again(saved: Path) -> None:
    assert np.array_equal(MilvusStore.load(saved).of(np.arange(ROWS)), unit(ROWS, seed=1))


ASK = """
import sys
from pathlib import Path
from qa.stores import MilvusStore
from tests.stores.test_milvus import unit
store = MilvusStore.load(Path(sys.argv[1]))
found = store.search(unit(3, seed=int(sys.argv[2])), 1)[0]
assert found[:, 0].tolist() == [0, 1, 2], found
"""


def test_another_process_sees_at_once_what_was_saved(milvus: str, tmp_path: Path) -> None:
    store = MilvusStore(DIM, milvus)
    for seed in (4, 5):  # the second time the vectors are replaced
        store.add(np.arange(3), unit(3, seed=seed))
        store.save(tmp_path)
        command = [sys.executable, "-c", ASK, str(tmp_path), str(seed)]
        subprocess.run(command, cwd=ROOT, check=True)
    store.drop()


def test_what_was_written_and_deleted_is_seen_by_the_next_search(uri: str) -> None:
    store, vectors = MilvusStore(DIM, uri), unit(40, seed=6)
    for row in range(0, 40, 2):
        store.add(np.array([row, row + 1]), vectors[row : row + 2])
        assert store.search(vectors[row : row + 1], 1)[0].tolist() == [[row]]
        store.remove(np.array([row]))
        assert row not in store.search(vectors[row : row + 1], 40)[0]
    assert len(store) == 20
    store.drop()


def test_a_large_store_gets_its_graph_when_it_is_saved(
    uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.stores.milvus.EXACT_SEARCH_LIMIT", 1000)
    store, oracle, vectors = MilvusStore(DIM, uri), ExactStore(DIM), unit(3000, seed=7)
    assert store.kind == "Milvus FLAT"
    for each in (store, oracle):
        each.add(np.arange(3000), vectors)
    store.save(tmp_path)
    again = MilvusStore.load(tmp_path)
    assert again.kind == "Milvus HNSW"
    queries = unit(50, seed=8)
    found, wanted = (each.search(queries, 10)[0] for each in (again, oracle))
    shared = [len({*one} & {*other}) for one, other in zip(found, wanted, strict=True)]
    assert np.mean(shared) >= 9.7
    assert 0.97 <= again.recall <= 1
    store.drop()


def test_a_collection_that_is_gone_cannot_be_loaded(uri: str, tmp_path: Path) -> None:
    store = MilvusStore(DIM, uri)
    store.save(tmp_path)
    store.drop()
    with pytest.raises(OSError, match="has no collection qa_"):
        MilvusStore.load(tmp_path)


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    address = {"uri": "http://127.0.0.1:9", "collection": "qa"}
    (tmp_path / ADDRESS_FILE).write_text(json.dumps(address), "utf-8")
    with pytest.raises(StoreError, match=r"Milvus at http://127\.0\.0\.1:9 refused") as told:
        MilvusStore.load(tmp_path)
    assert "Is the server running?" in told.value.hint


def test_a_server_that_asks_for_a_token_lets_nobody_in_without(
    milvus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN)
    with pytest.raises(StoreError, match="refused"):
        MilvusConnection(milvus).ask("list_collections")


def test_one_file_serves_one_program(lite: str) -> None:
    MilvusStore(DIM, lite).drop()
    code = f"from qa.stores import MilvusStore; MilvusStore(8, {lite!r})"
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "StoreError" in other.stderr
    assert "Milvus Lite serves only one." in other.stderr


def test_without_pymilvus_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("pymilvus", "milvus_lite"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, name, None)
            with pytest.raises(MissingExtra, match=r"pip install 'chapter-verse\[milvus\]'"):
                MilvusStore(DIM, "nowhere.db")
