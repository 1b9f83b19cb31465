"""Stores whose index covers few of their vectors, for the tests."""

from __future__ import annotations

from typing import ClassVar

from qa.stores import FaissStore, Ids, Vectors
from qa.stores.faiss_index import IndexKind


class Layered(FaissStore):
    """A store whose index is built of what is added first, and of nothing later."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        super().add(ids, vectors)
        if len(self) and not self._index:
            self._rebuild_index()


class Fp16(Layered):
    kind_thresholds: ClassVar = ((0, IndexKind.FP16),)


class FastScan(Layered):
    kind_thresholds: ClassVar = ((0, IndexKind.FAST_SCAN),)
