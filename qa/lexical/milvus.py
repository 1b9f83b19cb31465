"""The lexical index at Milvus: our terms, its BM25."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Self

from qa.fusion import Ranking, ordered
from qa.language.terms import split_words, terms
from qa.lexical.base import FIELDS
from qa.stores.milvus_client import MOST, Rows, connected, tuned

DEPTH = 4  # times k: how deep each field is searched before the fields are added
K1, B = 1.2, 0.75  # as tantivy has them


class MilvusWords:
    """The words of one collection, which is written once: each version has its own.

    Milvus Lite weighs a word by each of its files apart (some 80,000 passages go in one), so
    passages added later would be weighed by themselves: hence nothing is ever added.
    """

    def __init__(self, folder: Path) -> None:
        """Reconnect to the address in a folder; OSError if nothing is there."""
        self._rows = Rows.read(folder)
        self._held = self._rows.count()

    def __len__(self) -> int:
        return self._held

    @classmethod
    def write(cls, folder: Path, passages: Iterable[tuple[int, str, str]], uri: str) -> Self:
        """Make an index of (id, heading, text) at Milvus, and keep its address in a folder."""
        rows = _made(uri, folder)
        rows.put(
            {"id": number, "heading": _told(terms(heading)), "text": _told(terms(text))}
            for number, heading, text in passages
        )
        rows.settle()
        return cls(folder)

    def drop(self) -> None:
        """Delete the whole collection."""
        self._rows.drop()

    def search(
        self, question: str, k: int, *, within: Collection[int] | None = None
    ) -> Ranking:
        """Return the BM25 scores of the best `k` passages.

        Each field is searched `DEPTH` times as deep, and the scores of whatever was found are
        completed; so a passage is only missed if more than that are before it in both.
        """
        asked = [*dict.fromkeys(terms(question))]
        if not asked or k < 1:
            return {}
        depth = min(DEPTH * k, MOST)
        found = {field: self._of(field, asked, depth, within) for field in FIELDS}
        either = {number for ranking in found.values() for number in ranking}
        scores = dict.fromkeys(either, 0.0)
        for field, boost in FIELDS.items():
            ranking = dict(found[field])
            if len(ranking) == depth:  # or else who is not in it has no such word
                ranking |= self._of(field, asked, depth, either - ranking.keys())
            for number, score in ranking.items():
                scores[number] += boost * score
        return {number: scores[number] for number in ordered(scores)[:k]}

    def unknown(
        self, question: str, *, within: Collection[int] | None = None
    ) -> tuple[str, ...]:
        """Return the words of a question that no passage holds, as they were written."""
        words = [word for word in dict.fromkeys(split_words(question)) if terms(word)]
        asked = [_told(terms(word)) for word in words]
        found = [self._rows.search(asked, 1, field=_scored(f), within=within) for f in FIELDS]
        return tuple(word for word, *hits in zip(words, *found, strict=True) if not any(hits))

    def _of(
        self, field: str, asked: Sequence[str], k: int, within: Collection[int] | None
    ) -> Ranking:
        text = _told(asked)
        return self._rows.search([text], k, field=_scored(field), within=within)[0]


def _made(uri: str, folder: Path) -> Rows:
    """Create the collection: for each field its terms, and what Milvus makes of them."""
    connected(uri)  # which says so if pymilvus is not installed
    from pymilvus import DataType, Function, FunctionType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    indexes = MilvusClient.prepare_index_params()
    for field in FIELDS:
        analysed = {"enable_analyzer": True, "analyzer_params": {"tokenizer": "standard"}}
        schema.add_field(field, DataType.VARCHAR, max_length=65_535, **analysed)
        schema.add_field(_scored(field), DataType.SPARSE_FLOAT_VECTOR)
        kind = {"name": f"{field}_weighed", "function_type": FunctionType.BM25}
        names = {"input_field_names": [field], "output_field_names": [_scored(field)]}
        schema.add_function(Function(**kind, **names))
        indexes.add_index(
            _scored(field),
            index_type="SPARSE_INVERTED_INDEX",
            metric_type="BM25",
            params=tuned(bm25_k1=K1, bm25_b=B),
        )
    return Rows.make(uri, schema, indexes, folder=folder)


def _scored(field: str) -> str:
    return f"{field}_bm25"


def _told(words: Iterable[str]) -> str:
    """Return terms as a text that Milvus's standard tokenizer splits into just those.

    It goes by letters and digits, each engine by its own tables; so others are spelt in hex.
    """
    return " ".join(w if w.isascii() else f"x{w.encode().hex()}" for w in words)
