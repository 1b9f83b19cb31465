"""The lexical index at Milvus: its BM25, over our terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from tantivy import Document, Index, SchemaBuilder

from qa.fusion import Ranking, sorted_ids
from qa.language.terms import query_terms, search_terms
from qa.lexical.base import FIELDS, FormerIndex, LexicalPassage
from qa.lexical.question_words import question_words
from qa.lexical.tantivy import TantivyIndex
from qa.lexical.vocabulary import (
    WRITER_HEAP,
    Vocabulary,
    add_vocabulary_fields,
    vocabulary_fields,
)
from qa.stores.milvus_client import (
    ADDRESS_FILE,
    MAX_HITS,
    MilvusCollection,
    connect,
    drop_collection,
    index_params,
    uri_of,
)

DEPTH = 4  # times k: how deep each field is searched before the fields are added
K1, B = 1.2, 0.75  # as tantivy has them
VOCABULARY = "vocabulary"
"""The folder of what Milvus cannot list: it stays in the index's own."""


class MilvusLexicalIndex:
    """The terms of the passages in one Milvus collection, written once for each version.

    Milvus Lite weighs a word by each of its files apart (some 80,000 passages go in one), so
    passages added later would be weighed by themselves: hence nothing is ever added. Servers
    before 2.5 have no BM25; there the words are in the folder, by tantivy.
    """

    kind = "Milvus BM25"

    def __init__(self, folder: Path) -> None:
        """Reconnect to the address in a folder; OSError if nothing is there."""
        self._collection = MilvusCollection.open(folder)
        self._size = self._collection.count()
        index = Index.open(str(folder / VOCABULARY))
        index.config_reader(reload_policy="Manual")
        self.vocabulary = Vocabulary(index.searcher())

    def __len__(self) -> int:
        return self._size

    @classmethod
    def write(
        cls,
        folder: Path,
        passages: Iterable[LexicalPassage],
        *,
        address: str = "",
        former: FormerIndex | None = None,
    ) -> Self | TantivyIndex:
        """Index passages at Milvus, and keep its address and the vocabulary in a folder."""
        uri = uri_of(address)
        if not connect(uri).has_bm25:
            return TantivyIndex.write(folder, passages, former=former)
        collection = _create_collection(uri, folder)
        collection.upsert(
            {
                "id": number,
                "heading": _encode_terms(search_terms(heading, language)),
                "text": _encode_terms(search_terms(text, language)),
            }
            for number, heading, text, language in _with_vocabulary(
                passages, folder / VOCABULARY
            )
        )
        collection.flush()
        return cls(folder)

    @classmethod
    def load(cls, folder: Path) -> Self | TantivyIndex:
        """Open the index whose address is in a folder, or the one that is there itself."""
        at_milvus = (folder / ADDRESS_FILE).exists()
        return cls(folder) if at_milvus else TantivyIndex.load(folder)

    @classmethod
    def forget(cls, folder: Path, standing: Path | None) -> None:
        """Drop the collection of a version, unless the standing one has it too."""
        drop_collection(folder, standing)

    def search(
        self, question: str, k: int, *, within: Collection[int] | None = None
    ) -> Ranking:
        """Return the BM25 scores of the best `k` passages.

        Each field is searched `DEPTH` times as deep, and the scores of whatever was found are
        completed; so a passage is only missed if more than that are before it in both.
        """
        wanted = query_terms(question, self.vocabulary.languages, self.vocabulary.has)
        if not wanted or k < 1:
            return {}
        depth = min(DEPTH * k, MAX_HITS)
        rankings = {field: self._search_field(field, wanted, depth, within) for field in FIELDS}
        either = {number for ranking in rankings.values() for number in ranking}
        scores = dict.fromkeys(either, 0.0)
        for field, boost in FIELDS.items():
            ranking = dict(rankings[field])
            if len(ranking) == depth:  # or else who is not in it has no such word
                ranking |= self._search_field(field, wanted, depth, either - ranking.keys())
            for number, score in ranking.items():
                scores[number] += boost * score
        return {number: scores[number] for number in sorted_ids(scores)[:k]}

    def unknown_words(
        self, question: str, *, within: Collection[int] | None = None
    ) -> tuple[str, ...]:
        """Return the words of a question that no passage holds, as they were written."""
        words = question_words(question, self.vocabulary.languages)
        wanted = list(dict.fromkeys(t for word in words for way in word.ways for t in way))
        rankings = [
            self._collection.search(
                [_encode_terms([term]) for term in wanted],
                1,
                field=_bm25_field(field),
                within=within,
            )
            for field in FIELDS
        ]
        held = {t for t, *hits in zip(wanted, *rankings, strict=True) if any(hits)}
        return tuple(
            word.written for word in words if not any(held.issuperset(way) for way in word.ways)
        )

    def _search_field(
        self, field: str, query_terms: Sequence[str], k: int, within: Collection[int] | None
    ) -> Ranking:
        text = _encode_terms(query_terms)
        return self._collection.search([text], k, field=_bm25_field(field), within=within)[0]


def _with_vocabulary(
    passages: Iterable[LexicalPassage], folder: Path
) -> Iterator[LexicalPassage]:
    """Yield the passages, and write the vocabulary of them meanwhile."""
    folder.mkdir()
    index = Index(add_vocabulary_fields(SchemaBuilder()).build(), path=str(folder))
    writer = index.writer(WRITER_HEAP, num_threads=1)
    for passage in passages:
        writer.add_document(Document(**vocabulary_fields(*passage[1:])))
        yield passage
    writer.commit()
    writer.wait_merging_threads()


def _create_collection(uri: str, folder: Path) -> MilvusCollection:
    """Create the collection: for each field its terms, and the BM25 vector made of them."""
    connect(uri)  # which says so if pymilvus is not installed
    from pymilvus import DataType, Function, FunctionType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    indexes = MilvusClient.prepare_index_params()
    for field in FIELDS:
        analyzer = {"enable_analyzer": True, "analyzer_params": {"tokenizer": "standard"}}
        schema.add_field(field, DataType.VARCHAR, max_length=65_535, **analyzer)
        schema.add_field(_bm25_field(field), DataType.SPARSE_FLOAT_VECTOR)
        kind = {"name": f"{field}_weighed", "function_type": FunctionType.BM25}
        names = {"input_field_names": [field], "output_field_names": [_bm25_field(field)]}
        schema.add_function(Function(**kind, **names))
        indexes.add_index(
            _bm25_field(field),
            index_type="SPARSE_INVERTED_INDEX",
            metric_type="BM25",
            params=index_params(bm25_k1=K1, bm25_b=B),
        )
    return MilvusCollection.create(uri, schema, indexes, folder=folder)


def _bm25_field(field: str) -> str:
    return f"{field}_bm25"


def _encode_terms(words: Iterable[str]) -> str:
    """Return terms as a text that Milvus's standard tokenizer splits into just those terms.

    What counts as a letter differs between engines, so terms beyond ASCII are spelt in hex.
    """
    return " ".join(w if w.isascii() else f"x{w.encode().hex()}" for w in words)
