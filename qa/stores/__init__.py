"""Vector stores behind one promise."""

from __future__ import annotations

from qa.stores.base import Ids, Vectors, VectorStore
from qa.stores.exact import ExactStore
from qa.stores.faiss import FaissStore

__all__ = ["ExactStore", "FaissStore", "Ids", "VectorStore", "Vectors"]
