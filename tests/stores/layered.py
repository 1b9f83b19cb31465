"""Stores whose base is small, for the tests."""

from __future__ import annotations

from typing import ClassVar

from qa.stores import FaissStore, Ids, Vectors
from qa.stores.faiss_index import Kind


class Layered(FaissStore):
    """A store whose base is made of what is added first; what comes later stands behind it."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        super().add(ids, vectors)
        if len(self) and not self._base:
            self._renew()


class Fp16(Layered):
    kinds: ClassVar = ((0, Kind.FP16),)


class FastScan(Layered):
    kinds: ClassVar = ((0, Kind.FAST_SCAN),)
