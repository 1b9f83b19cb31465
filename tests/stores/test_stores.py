"""The laws of a vector store, for every store; its examples are in `qa.testing`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.stores import ExactStore, FaissStore, Ids, MilvusStore, Vectors, VectorStore
from tests.stores.layered import FastScan, Fp16

DIM = 8


@dataclass(frozen=True)
class Kind:
    """A way to keep the promise, and how many examples of a law there is time for."""

    empty: Callable[[], VectorStore]
    load: Callable[[Path], VectorStore]
    examples: int = settings.default.max_examples if settings.default else 50


IN_MEMORY = {
    "exact": Kind(lambda: ExactStore(DIM), ExactStore.load),
    "faiss": Kind(lambda: FaissStore(DIM), FaissStore.load),
    "faiss, fp16": Kind(lambda: Fp16(DIM), Fp16.load),
    "faiss, fast scan": Kind(lambda: FastScan(DIM), FastScan.load, examples=8),
}
AT_MILVUS = [pytest.param(name, marks=pytest.mark.milvus) for name in ("lite", "milvus")]


@pytest.fixture(scope="module", params=[*IN_MEMORY, *AT_MILVUS])
def kind(request: pytest.FixtureRequest) -> Iterator[Kind]:
    if request.param in IN_MEMORY:
        yield IN_MEMORY[request.param]
        return
    store = MilvusStore(DIM, request.getfixturevalue(request.param))

    def emptied() -> VectorStore:  # a collection takes seconds to make
        store.remove(np.arange(200))
        return store

    yield Kind(emptied, MilvusStore.load, examples=8)
    store.drop()


def law(**given_: Any) -> Callable[[Callable[..., None]], Callable[[Kind], None]]:
    """Ask a law of every kind of store, with as many examples as it has time for."""

    def decorated(holds: Callable[..., None]) -> Callable[[Kind], None]:
        def test(kind: Kind) -> None:
            @settings(max_examples=kind.examples)
            @given(**given_)
            def held(**example: Any) -> None:
                holds(kind, **example)

            held()

        return test

    return decorated


def empty(kind: Kind) -> VectorStore:
    return kind.empty()


def unit(rows: int, *, seed: int) -> Vectors:
    matrix = np.random.default_rng(seed).standard_normal((rows, DIM))
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


def ids(*numbers: int) -> Ids:
    return np.array(numbers, np.int64)


def best(store: VectorStore, queries: Vectors, k: int) -> list[list[int]]:
    found: list[list[int]] = store.search(queries, k)[0].tolist()
    return found


def test_a_stored_vector_finds_itself_with_score_one(kind: Kind) -> None:
    store, vectors = empty(kind), unit(5, seed=1)
    store.add(np.arange(10, 15), vectors)
    found, scores = store.search(vectors, 1)
    assert found[:, 0].tolist() == [10, 11, 12, 13, 14]
    assert np.allclose(scores, 1, atol=1e-5)


def test_a_score_is_the_cosine(kind: Kind) -> None:
    store = empty(kind)
    axes = np.eye(DIM, dtype=np.float32)
    store.add(ids(1, 2), np.stack([axes[0], -axes[0]]))
    query = (axes[:1] + axes[1:2]) / np.sqrt(np.float32(2))
    found, scores = store.search(query, 2)
    assert found.tolist() == [[1, 2]]
    assert scores[0].tolist() == pytest.approx([0.70711, -0.70711], abs=1e-5)


few = st.sets(st.integers(0, 30), max_size=20)


@law(added=few, removed=few)
def test_what_was_removed_is_not_found_and_the_rest_is(
    kind: Kind, added: set[int], removed: set[int]
) -> None:
    store, vectors = empty(kind), unit(31, seed=7)
    store.add(ids(*sorted(added)), vectors[sorted(added)])
    store.remove(ids(*sorted(removed)))
    left = added - removed
    assert len(store) == len(left)
    found = best(store, unit(1, seed=8), 31)[0]
    assert {number for number in found if number >= 0} == left


@law(first=st.sets(st.integers(0, 30)), again=st.sets(st.integers(0, 30)))
def test_a_replaced_vector_is_the_new_one(kind: Kind, first: set[int], again: set[int]) -> None:
    store, oracle = empty(kind), ExactStore(DIM)
    old, new = unit(31, seed=10), unit(31, seed=11)
    store.add(ids(*sorted(first)), old[sorted(first)])
    store.add(ids(*sorted(again)), new[sorted(again)])
    for number in first | again:
        oracle.add(ids(number), (new if number in again else old)[number : number + 1])
    queries = unit(2, seed=12)
    assert best(store, queries, 31) == best(oracle, queries, 31)


@law(rows=st.integers(0, 40), k=st.integers(1, 50), seed=st.integers(0, 2**32 - 1))
def test_every_store_agrees_with_exact_search(kind: Kind, rows: int, k: int, seed: int) -> None:
    store, oracle, vectors = empty(kind), ExactStore(DIM), unit(rows, seed=seed)
    for each in (store, oracle):
        each.add(np.arange(rows), vectors)
    queries = unit(3, seed=seed + 1)
    found, scores = store.search(queries, k)
    wanted, exact = oracle.search(queries, k)
    assert found.shape == scores.shape == (3, k)
    assert np.allclose(scores, exact, atol=1e-5)
    assert np.array_equal(found, wanted)


numbers = st.sets(st.integers(0, 50))


@law(rows=st.integers(0, 40), k=st.integers(1, 50), within=numbers)
def test_a_search_within_some_finds_what_a_store_of_just_those_would(
    kind: Kind, rows: int, k: int, within: set[int]
) -> None:
    store, few, vectors = empty(kind), ExactStore(DIM), unit(rows, seed=rows)
    store.add(np.arange(rows), vectors)
    held = sorted(within & set(range(rows)))
    few.add(ids(*held), vectors[held])
    queries = unit(3, seed=rows + 1)
    found, scores = store.search(queries, k, within=ids(*within))
    wanted, exact = few.search(queries, k)
    assert np.array_equal(found, wanted)
    assert np.allclose(scores, exact, atol=1e-5)


@law(wanted=st.lists(st.integers(0, 19), max_size=30))
def test_the_vectors_of_ids_are_those_that_were_added(kind: Kind, wanted: list[int]) -> None:
    store, vectors = empty(kind), unit(20, seed=13)
    store.add(np.arange(100, 120), vectors)
    assert np.array_equal(store.of(ids(*wanted) + 100), vectors[wanted])


@given(rows=st.integers(0, 20), k=st.integers(1, 25), seed=st.integers(0, 2**32 - 1))
def test_exact_search_agrees_with_sorting_by_hand(rows: int, k: int, seed: int) -> None:
    store, vectors, query = ExactStore(DIM), unit(rows, seed=seed), unit(1, seed=seed + 1)
    store.add(np.arange(rows), vectors)
    cosine = {row: float(np.dot(vectors[row], query[0])) for row in range(rows)}
    wanted = sorted(cosine, key=lambda row: -cosine[row])[:k]
    found, scores = store.search(query, k)
    assert found[0].tolist() == wanted + [-1] * (k - len(wanted))
    assert scores[0, : len(wanted)].tolist() == pytest.approx(
        [cosine[row] for row in wanted], abs=1e-6
    )


def test_a_store_that_is_not_there_cannot_be_loaded(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises((OSError, RuntimeError)):
        kind.load(tmp_path)
