"""The promise of a vector store, as tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from qa.encoders import Vectors
from qa.stores import ExactStore, Ids, VectorStore
from qa.testing.checks import TOLERANCE, raises

DIM = 8


class StoreSuite:
    """What every vector store promises: see `qa.VectorStore`."""

    store: type[VectorStore]
    """The store to be tested."""

    address: str = ""
    """What the settings say after its name and a colon."""

    def test_it_finds_what_exact_search_finds(self) -> None:
        """The same ids, in the same order, with the same scores, padded alike."""
        for rows, k in ((0, 3), (5, 3), (40, 50)):
            with self._new_store() as (store, _):
                oracle = ExactStore(DIM)
                for each in (store, oracle):
                    each.add(_ids(range(rows)), _unit(rows, seed=rows))
                _same(store, oracle, k=k)

    def test_it_searches_within_some_ids(self) -> None:
        """Others are not found; unknown ones do no harm."""
        with self._new_store() as (store, _):
            oracle = ExactStore(DIM)
            for each in (store, oracle):
                each.add(_ids(range(40)), _unit(40, seed=1))
            for within in ([], [3], [3, 5, 99]):
                _same(store, oracle, k=5, within=_ids(within))

    def test_what_was_replaced_or_removed_is_gone(self) -> None:
        """Adding an id again replaces its vector; removing an unknown one does nothing."""
        with self._new_store() as (store, _):
            oracle = ExactStore(DIM)
            for each in (store, oracle):
                each.add(_ids(range(20)), _unit(20, seed=2))
                each.add(_ids(range(5)), _unit(5, seed=3))
                each.remove(_ids([7, 8, 99]))
                each.add(_ids([]), _unit(0, seed=4))
            assert len(store) == len(oracle)
            _same(store, oracle, k=20)

    def test_equal_scores_come_in_id_order(self) -> None:
        """So the same question always gets the same answer."""
        with self._new_store() as (store, _):
            vector = _unit(1, seed=5)
            store.add(_ids([8, 3, 5]), np.repeat(vector, 3, axis=0))
            assert store.search(vector, 3)[0].tolist() == [[3, 5, 8]]

    def test_vectors_are_given_back_as_they_came(self) -> None:
        """In the order asked for; an unknown id is a KeyError."""
        with self._new_store() as (store, _):
            vectors = _unit(4, seed=6)
            store.add(_ids([1, 2, 3, 4]), vectors)
            assert np.array_equal(store.of(_ids([3, 1])), vectors[[2, 0]])
            assert raises(KeyError, partial(store.of, _ids([1, 99])))

    def test_what_was_saved_is_what_is_loaded(self) -> None:
        """It describes itself: the kind of its index has a name, and its recall is a share."""
        for rows in (0, 20):
            with self._new_store() as (store, folder):
                store.add(_ids(range(rows)), _unit(rows, seed=7))
                store.save(folder)
                again = self.store.load(folder)
                _same(again, store, k=5)
                assert (again.dim, len(again)) == (DIM, rows)
                assert again.kind
                assert 0 <= again.recall <= 1

    def test_a_version_stays_as_it_was_while_the_next_is_made(self) -> None:
        """Whoever loaded it finds the same; the next one, once it stands, needs it no more."""
        with self._new_store() as (store, folder), tempfile.TemporaryDirectory() as fresh:
            old, new = ExactStore(DIM), ExactStore(DIM)
            for each in (store, old, new):
                each.add(_ids(range(20)), _unit(20, seed=7))
            store.save(folder)
            reader, writer = self.store.load(folder), self.store.load(folder)
            for each in (writer, new):
                each.remove(_ids(range(5)))
                each.add(_ids(range(20, 25)), _unit(5, seed=8))
            _same(reader, old, k=30)
            writer.save(Path(fresh))
            for each in (reader, self.store.load(folder)):
                _same(each, old, k=30)
            _same(self.store.load(Path(fresh)), new, k=30)
            self.store.forget(folder, Path(fresh))
            self.store.sweep(Path(fresh))
            assert len(self.store.load(Path(fresh))) == len(new)
            _same(self.store.load(Path(fresh)), new, k=30)
            self.store.forget(Path(fresh), None)

    def test_what_a_killed_build_left_is_not_found(self) -> None:
        """Nor does it matter where it died: a folder may hold nothing yet."""
        with self._new_store() as (store, folder), tempfile.TemporaryDirectory() as empty:
            store.add(_ids(range(20)), _unit(20, seed=7))
            store.save(folder)
            self.store.load(folder).add(_ids(range(20, 25)), _unit(5, seed=8))
            self.store.forget(Path(empty), folder)
            for _ in range(2):
                again = self.store.load(folder)
                assert len(again) == 20
                assert again.search(_unit(5, seed=8), 30)[0].max() < 20
                self.store.sweep(folder)

    @contextmanager
    def _new_store(self) -> Iterator[tuple[VectorStore, Path]]:
        """Provide an empty store and its folder, and forget it at the end."""
        with tempfile.TemporaryDirectory() as folder:
            try:
                yield self.store.begin(DIM, Path(folder), self.address), Path(folder)
            finally:
                self.store.forget(Path(folder), None)


def _ids(numbers: Sequence[int]) -> Ids:
    return np.array(numbers, np.int64)


def _unit(rows: int, *, seed: int) -> Vectors:
    matrix = np.random.default_rng(seed).standard_normal((rows, DIM))
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


def _same(store: VectorStore, other: VectorStore, *, k: int, within: Ids | None = None) -> None:
    queries = _unit(3, seed=11)
    ids, scores = store.search(queries, k, within=within)
    wanted, exact = other.search(queries, k, within=within)
    assert np.array_equal(ids, wanted)
    assert np.allclose(scores, exact, atol=TOLERANCE)
