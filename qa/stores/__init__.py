"""Vector stores, behind one interface."""

from __future__ import annotations

from qa.stores.base import Ids, Vectors, VectorStore
from qa.stores.exact import ExactStore
from qa.stores.faiss import FaissStore
from qa.stores.milvus import MilvusStore

__all__ = ["ExactStore", "FaissStore", "Ids", "MilvusStore", "VectorStore", "Vectors"]
