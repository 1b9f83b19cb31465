"""The promises that others can test theirs by hold of ours, and catch what breaks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from qa import Evidence, Hit
from qa.articles import SUFFIXES, BulkFormat, Format
from qa.callbacks import Progress, do_nothing
from qa.encoders import Encoder, Vectors, open_encoder
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.lexical.milvus import MilvusLexicalIndex
from qa.lexical.tantivy import TantivyIndex
from qa.readers import Reader, open_reader
from qa.stores import ExactStore, FaissStore, Ids, MilvusStore
from qa.testing import EncoderSuite, FormatSuite, LexicalSuite, ReaderSuite, StoreSuite
from tests.stores.layered import FastScan, Fp16

HTML = "<html><title>Tram</title><h1>Tram</h1><p>The tram is re\u0301d.</p></html>"


class TestBagOfWords(EncoderSuite):
    def make(self) -> Encoder:
        return BagOfWordsEncoder()


class TestMiniLM(EncoderSuite):
    def make(self) -> Encoder:
        return open_encoder("minilm")


class TestSimilarity(ReaderSuite):
    def make(self) -> Reader:
        return open_reader("similarity", BagOfWordsEncoder())


@cache
def shipped(name: str) -> Reader:
    return open_reader(name, BagOfWordsEncoder())


class TestFast(ReaderSuite):
    def make(self) -> Reader:
        return shipped("fast")


class TestDeep(ReaderSuite):
    def make(self) -> Reader:
        return shipped("deep")


class TestExactStore(StoreSuite):
    store = ExactStore


class TestFaissStore(StoreSuite):
    store = FaissStore


class TestFp16(StoreSuite):
    store = Fp16


class TestFastScan(StoreSuite):
    store = FastScan


@pytest.mark.milvus
class TestMilvusStore(StoreSuite):
    store = MilvusStore

    @pytest.fixture(autouse=True, params=["lite", "milvus"])
    def at(self, request: pytest.FixtureRequest) -> None:
        self.address = request.getfixturevalue(request.param)


class TestTantivyIndex(LexicalSuite):
    index = TantivyIndex


@pytest.mark.milvus
class TestMilvusLexicalIndex(LexicalSuite):
    index = MilvusLexicalIndex

    @pytest.fixture(autouse=True)
    def at_lite(self, lite: str) -> None:
        self.address = lite


class TestText(FormatSuite):
    def make(self) -> Format | BulkFormat:
        return SUFFIXES[".txt"]

    def samples(self) -> Mapping[str, bytes]:
        return {"tram.txt": "Tram\r\n\r\nThe tram is re\u0301d.\r\n".encode()}


class TestWebPages(FormatSuite):
    def make(self) -> Format | BulkFormat:
        return SUFFIXES[".html"]

    def samples(self) -> Mapping[str, bytes]:
        return {"tram.html": HTML.encode()}


class TestJsonLines(FormatSuite):
    def make(self) -> Format | BulkFormat:
        return SUFFIXES[".jsonl"]

    def samples(self) -> Mapping[str, bytes]:
        return {"trams.jsonl": b'{"title": "Tram", "text": "The tram is red."}\n'}


class Careless(BagOfWordsEncoder):
    """Cuts long texts off, and lets the first text of a batch weigh on all."""

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        cut = [" ".join(text.split()[: self.window]) for text in texts]
        vectors = super().passages(cut, progress=progress)
        mixed = vectors + vectors[:1]
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)


class TestCareless(EncoderSuite):
    def make(self) -> Encoder:
        return Careless()

    @pytest.mark.xfail(raises=AssertionError)
    def test_a_text_has_one_vector_whatever_is_encoded_beside_it(self) -> None:
        super().test_a_text_has_one_vector_whatever_is_encoded_beside_it()

    @pytest.mark.xfail(raises=AssertionError)
    def test_a_text_longer_than_the_window_is_refused(self) -> None:
        super().test_a_text_longer_than_the_window_is_refused()


class Lazy:
    """Reads the first passage alone, and is sure of it."""

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        return tuple(Evidence(hit.passage, hit.passage.span, 2) for hit in hits[:1])


class TestLazy(ReaderSuite):
    def make(self) -> Reader:
        return Lazy()

    @pytest.mark.xfail(raises=AssertionError)
    def test_every_sentence_is_scored_once(self) -> None:
        super().test_every_sentence_is_scored_once()

    @pytest.mark.xfail(raises=AssertionError)
    def test_scores_are_probabilities_best_first(self) -> None:
        super().test_scores_are_probabilities_best_first()


class Leaky(ExactStore):
    """Writes what it adds to the version that it was loaded from."""

    home: Path | None = None

    @classmethod
    def load(cls, folder: Path) -> Self:
        store = super().load(folder)
        store.home = folder
        return store

    def add(self, ids: Ids, vectors: Vectors) -> None:
        super().add(ids, vectors)
        if self.home:
            self.save(self.home)


class TestLeaky(StoreSuite):
    store = Leaky

    @pytest.mark.xfail(raises=AssertionError)
    def test_a_version_stays_as_it_was_while_the_next_is_made(self) -> None:
        super().test_a_version_stays_as_it_was_while_the_next_is_made()

    @pytest.mark.xfail(raises=AssertionError)
    def test_what_a_killed_build_left_is_not_found(self) -> None:
        super().test_what_a_killed_build_left_is_not_found()
