"""The lexical index in files: passages ranked by BM25, by tantivy."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Self

from tantivy import Document, Index, Occur, Query, Schema, SchemaBuilder

from qa.files import link
from qa.fusion import Ranking
from qa.language.terms import query_terms, search_terms
from qa.lexical.base import FIELDS, FormerIndex, LexicalPassage
from qa.lexical.question_words import QuestionWord, question_words
from qa.lexical.vocabulary import (
    WRITER_HEAP,
    Vocabulary,
    add_vocabulary_fields,
    vocabulary_fields,
)

REBUILD_LIMIT = 20_000  # passages: an index of fewer is written anew in about a second
MAX_DELETED_SHARE = 0.02  # of the passages: as many removed ones may still count in the scores
FILTER_COST = 0.1
"""The query is restricted to some ids if their number squared is at most so much of `k` times
the size of the index; where they are more, the results of the whole index are filtered. Both
took 30 ms at this point, of a million passages."""


class TantivyIndex:
    """An index of passages under integer ids, searched by the terms of their words."""

    kind = "tantivy"

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder, or create one there; ValueError if it cannot be read."""
        if not os.access(folder, os.W_OK):
            folder = self._mirror(folder)
        exists = Index.exists(str(folder))
        self._index = Index.open(str(folder)) if exists else Index(_schema(), path=str(folder))
        self._schema = self._index.schema
        # Nothing changes behind our back, so no thread need watch the files for it.
        self._index.config_reader(reload_policy="Manual")
        self._searcher = self._index.searcher()
        self._deleted = count_deleted(folder) if exists else 0
        self.vocabulary = Vocabulary(self._searcher)

    def __len__(self) -> int:
        return self._searcher.num_docs

    def _mirror(self, folder: Path) -> Path:
        """Return a folder of links to the files: tantivy locks the folder even to read."""
        mirror = Path(tempfile.mkdtemp(prefix="qa-words-"))
        weakref.finalize(self, shutil.rmtree, mirror, ignore_errors=True)
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (mirror / file.name).symlink_to(file.resolve())
        return mirror

    @classmethod
    def write(
        cls,
        folder: Path,
        passages: Iterable[LexicalPassage],
        *,
        address: str = "",  # noqa: ARG003  # it is in the folder
        former: FormerIndex | None = None,
    ) -> Self:
        """Index passages in an empty folder.

        The files of a former index that is large, and lost little, are linked and added to.
        """
        removed: Collection[int] = ()
        if former and Index.exists(str(former.folder)) and not cls.should_rebuild(former):
            _link_all(former.folder, folder)
            passages, removed = former.added, former.removed
        fresh = cls(folder)
        # One thread keeps the documents in one order.
        writer = fresh._index.writer(WRITER_HEAP, num_threads=1)
        for number in removed:
            writer.delete_documents_by_term("id", number)
        for passage in passages:
            writer.add_document(_document(passage))
        writer.commit()
        writer.wait_merging_threads()
        return cls(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open the index in a folder."""
        return cls(folder)

    @classmethod
    def forget(cls, folder: Path, standing: Path | None) -> None:
        """Do nothing: everything is in the folder."""

    @staticmethod
    def should_rebuild(former: FormerIndex) -> bool:
        """Tell whether an index should be rebuilt rather than changed.

        That gives the scores of an index that never held the removed passages. A changed one
        counts them among the others until it is written anew; so they may only be few.
        """
        held = len(TantivyIndex(former.folder))
        deleted = count_deleted(former.folder) + len(former.removed)
        return held < REBUILD_LIMIT or deleted > MAX_DELETED_SHARE * held

    def search(
        self, question: str, k: int, *, within: Collection[int] | None = None
    ) -> Ranking:
        """Return the BM25 scores of the best `k` passages; one that shares no word has none.

        `within` are the ids that may be found; a word weighs as in the whole index even then.
        """
        wanted = query_terms(question, self.vocabulary.languages, self.vocabulary.has)
        return self._scores(wanted, k, within=within)

    def unknown_words(
        self, question: str, *, within: Collection[int] | None = None
    ) -> tuple[str, ...]:
        """Return the words of a question that no passage holds, as they were written."""
        words = question_words(question, self.vocabulary.languages)
        return tuple(word.written for word in words if not self._contains(word, within))

    def _contains(self, word: QuestionWord, within: Collection[int] | None) -> bool:
        """Tell whether the passages have a word in any of its forms."""
        return any(all(self._holds(term, within) for term in way) for way in word.ways)

    def _holds(self, term: str, within: Collection[int] | None) -> bool:
        """Tell whether a passage has a term; removed passages may still be counted."""
        held = max(self._searcher.doc_freq(field, term) for field in FIELDS)
        if held == 0 or (within is None and held > self._deleted):
            return held > 0
        return bool(self._scores([term], 1, within=within))

    def _scores(
        self, wanted: Sequence[str], k: int, *, within: Collection[int] | None
    ) -> Ranking:
        """Return the scores of the best `k` passages that have some of the terms."""
        clauses = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self._schema, field, term), boost),
            )
            for term in wanted
            for field, boost in FIELDS.items()
        ]
        query = Query.boolean_query(clauses)
        if within is None:
            return self._search(query, k)
        if len(within) ** 2 <= FILTER_COST * k * len(self):
            return self._search(self._restrict(within, query), k)
        return self._search_unfiltered(query, k, frozenset(within))

    def _search(self, query: Query, k: int) -> dict[int, float]:
        """Return the best `k` of what a query finds, best first."""
        found = self._searcher.search(query, limit=k, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in found])
        return {int(i or 0): float(score) for i, (score, _) in zip(ids, found, strict=True)}

    def _restrict(self, within: Collection[int], query: Query) -> Query:
        """Restrict a query to some ids, whose scores stay as they are."""
        among = Query.term_set_query(self._schema, "id", list(within))
        narrowed = [(Occur.Must, query), (Occur.Must, Query.const_score_query(among, 0.0))]
        return Query.boolean_query(narrowed)

    def _search_unfiltered(self, query: Query, k: int, within: frozenset[int]) -> Ranking:
        """Search the whole index deeper and deeper, until `k` results are among some ids."""
        limit = 1 + 2 * k * len(self) // len(within)
        while True:
            found = self._search(query, limit)
            among = [(number, score) for number, score in found.items() if number in within]
            if len(among) >= k or len(found) < limit:
                return dict(among[:k])
            limit *= 4


def count_deleted(folder: Path) -> int:
    """Return how many removed passages an index still counts."""
    segments = json.loads((folder / "meta.json").read_text("utf-8"))["segments"]
    return sum((segment["deletes"] or {}).get("num_deleted_docs", 0) for segment in segments)


def _schema() -> Schema:
    schema = SchemaBuilder().add_integer_field("id", indexed=True, fast=True)
    for field in FIELDS:
        schema = schema.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return add_vocabulary_fields(schema).build()


def _document(passage: LexicalPassage) -> Document:
    """Return what is indexed of a passage: its terms, and its part in the vocabulary."""
    number, heading, text, language = passage
    return Document(
        id=number,
        heading=" ".join(search_terms(heading, language)),
        text=" ".join(search_terms(text, language)),
        **vocabulary_fields(heading, text, language),
    )


def _link_all(old: Path, folder: Path) -> None:
    """Link the files that tantivy writes once, and copy those that it replaces."""
    for file in old.iterdir():
        if file.suffix == ".json":
            shutil.copyfile(file, folder / file.name)
        elif file.suffix != ".lock":
            link(file, folder)
