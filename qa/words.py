"""The lexical index: which passages hold the words of a question (BM25, by tantivy)."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Self

from tantivy import (
    Document,
    Filter,
    Index,
    Occur,
    Query,
    SchemaBuilder,
    TextAnalyzer,
    TextAnalyzerBuilder,
    Tokenizer,
)

from qa.fusion import Ranking

ANALYZER = "english"
FIELDS = {"text": 1.0, "heading": 0.5}
"""What is searched, and how much a match there counts; the title and headings are one field."""

HEAP = 64_000_000  # bytes of the writer; tantivy asks for at least 15 million
COMMON = """
a about after again against all also am an and any are as at away be because been before being
between both but by can could did do does done during each ever every far few for from get give
given go had happen happened has have having he her here hers him his how i if in into is it its
itself just know let like long made make many may me might more most much must my name no nor
not of often old on once only or other our out over own please said same say says she should
since so some such take tell than that the their them then there these they this those through
to too under until up us use used very was we were what when where whether which while who whom
whose why will with without would you your d ll m re s t ve
""".split()  # noqa: SIM905  # a paragraph reads better than a column
"""Words that say nothing of what a question is about."""


class Words:
    """Passages under integer ids, searched by their words, which are stemmed and unaccented."""

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder, or begin one there; ValueError if it cannot be read."""
        schema = SchemaBuilder().add_integer_field("id", indexed=True, fast=True)
        for field in FIELDS:
            schema = schema.add_text_field(field, tokenizer_name=ANALYZER)
        self._schema = schema.build()
        if not os.access(folder, os.W_OK):
            folder = self._mirrored(folder)
        self._index = Index(self._schema, path=str(folder))
        self._index.register_tokenizer(ANALYZER, _analyzer())
        # Nothing changes behind our back, so no thread need watch the files for it.
        self._index.config_reader(reload_policy="Manual")
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def _mirrored(self, folder: Path) -> Path:
        """Return a folder of links to the files: tantivy locks the folder even to read."""
        mirror = Path(tempfile.mkdtemp(prefix="qa-words-"))
        weakref.finalize(self, shutil.rmtree, mirror, ignore_errors=True)
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (mirror / file.name).symlink_to(file.resolve())
        return mirror

    @classmethod
    def write(cls, folder: Path, passages: Iterable[tuple[int, str, str]]) -> Self:
        """Make an index of (id, heading, text)."""
        words = cls(folder)
        writer = words._index.writer(HEAP, num_threads=1)  # one thread: one order of documents
        for number, heading, text in passages:
            writer.add_document(Document(id=number, heading=heading, text=text))
        writer.commit()
        writer.wait_merging_threads()
        words._index.reload()
        words._searcher = words._index.searcher()
        return words

    def search(
        self, question: str, k: int, *, within: Collection[int] | None = None
    ) -> Ranking:
        """Return the BM25 scores of the best `k` passages; one that shares no word has none.

        `within` are the ids that may be found; a word weighs as in the whole index even then.
        """
        clauses = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self._schema, field, term), boost),
            )
            for term in dict.fromkeys(terms(question))
            for field, boost in FIELDS.items()
        ]
        query = self._only(within, Query.boolean_query(clauses))
        found = self._searcher.search(query, limit=k, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in found])
        return {int(i or 0): float(score) for i, (score, _) in zip(ids, found, strict=True)}

    def unknown(
        self, question: str, *, within: Collection[int] | None = None
    ) -> tuple[str, ...]:
        """Return the words of a question that no passage holds, as they were written."""
        words = dict.fromkeys(word for word in _split(question) if terms(word))
        return tuple(word for word in words if not self.search(word, 1, within=within))

    def _only(self, within: Collection[int] | None, query: Query) -> Query:
        """Narrow a query to some ids, whose scores stay as they are."""
        if within is None:
            return query
        among = Query.term_set_query(self._schema, "id", list(within))
        narrowed = [(Occur.Must, query), (Occur.Must, Query.const_score_query(among, 0.0))]
        return Query.boolean_query(narrowed)


def terms(text: str) -> list[str]:
    """Return the stems of a text's words, but for the common ones."""
    return _analyzer().analyze(text)


def shared(question: str, text: str) -> float:
    """Return the share of a question's words, by their stems, that a text has too."""
    wanted = set(terms(question))
    return len(wanted & set(terms(text))) / len(wanted) if wanted else 0.0


def _split(text: str) -> list[str]:
    return TextAnalyzerBuilder(Tokenizer.simple()).build().analyze(text)


@cache
def _analyzer() -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (
        Filter.remove_long(64),
        Filter.lowercase(),
        Filter.ascii_fold(),
        Filter.custom_stopword(COMMON),
        Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()
