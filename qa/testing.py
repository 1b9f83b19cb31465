"""The promises of the parts that others can write, as tests to be inherited.

    from qa.testing import ReaderSuite

    class TestMyReader(ReaderSuite):
        def make(self):
            return MyReader()

pytest runs the tests that the class inherits. They need nothing but what `make` returns.
"""

from __future__ import annotations

import tempfile
import unicodedata
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from qa.articles import BulkFormat, Format
from qa.encoders import Encoder, Vectors
from qa.errors import ArticleError
from qa.language.sentences import sentences
from qa.lexical.base import FormerIndex, LexicalIndex, LexicalPassage
from qa.readers import Reader
from qa.stores import ExactStore, Ids, VectorStore
from qa.types import Article, Hit, Passage, Span

TOLERANCE = 1e-5
TEXTS = ("The tram runs along the quay.", "", "🐟", "Größe, 中文, 1947 …", "word " * 50)
PARAGRAPHS = (
    "The harbour tram opened in 1912. It runs for nine kilometres along the quay.",
    "The lamp can be seen from 31 kilometres away. The keeper, Ada Brook, retired in 1974.",
)
WORDS = (
    LexicalPassage(3, "Harbour tram", "The tram runs along the quay to the customs house."),
    LexicalPassage(5, "Cars", "Salt is white, Pepper is grey; both trams have bells."),
    LexicalPassage(8, "Lighthouse", "It burned whale oil, then paraffin."),
)
DIM = 8
QUESTION = "When did the harbour tram open?"


class EncoderSuite:
    """What every encoder promises: see `qa.Encoder`."""

    @abstractmethod
    def make(self) -> Encoder:
        """Return the encoder to be tested."""

    def test_vectors_are_float32_and_one_long(self) -> None:
        """Both kinds of texts are encoded to unit vectors of the declared length."""
        encoder = self.make()
        for vectors in (encoder.passages(TEXTS), encoder.questions(TEXTS)):
            assert vectors.shape == (len(TEXTS), encoder.dim)
            assert vectors.dtype == np.float32
            assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=TOLERANCE)

    def test_a_text_has_one_vector_whatever_is_encoded_beside_it(self) -> None:
        """Neither the batch nor the order changes a vector."""
        encoder = self.make()
        together = encoder.passages(TEXTS)
        for row, text in enumerate(TEXTS):
            assert np.allclose(encoder.passages([text])[0], together[row], atol=TOLERANCE)
        backwards = encoder.passages(TEXTS[::-1])[::-1]
        assert np.allclose(backwards, together, atol=TOLERANCE)

    def test_no_texts_are_no_vectors(self) -> None:
        """Nothing in, nothing out, in the right shape."""
        encoder = self.make()
        assert encoder.count([]) == []
        assert encoder.passages([]).shape == encoder.questions([]).shape == (0, encoder.dim)

    def test_a_text_longer_than_the_window_is_refused(self) -> None:
        """A ValueError, and no text cut off."""
        encoder = self.make()
        text = "tram " * (encoder.window + 1)
        assert encoder.count([text])[0] > encoder.window
        for encode in (encoder.passages, encoder.questions):
            assert _raises(ValueError, lambda encode=encode: encode([text]))

    def test_another_of_it_has_the_same_name_and_hash(self) -> None:
        """What an index was built by can be told tomorrow."""
        one, other = self.make(), self.make()
        assert one.name
        assert (one.name, one.sha256, one.dim) == (other.name, other.sha256, other.dim)

    def test_progress_ends_at_the_number_of_texts(self) -> None:
        """Who waits is told when it is done."""
        calls: list[tuple[int, int]] = []
        self.make().passages(TEXTS, progress=lambda done, total: calls.append((done, total)))
        assert calls[-1] == (len(TEXTS), len(TEXTS))


class ReaderSuite:
    """What every reader promises: see `qa.Reader`."""

    @abstractmethod
    def make(self) -> Reader:
        """Return the reader to be tested."""

    def test_every_sentence_is_scored_once(self) -> None:
        """All sentences of all passages come back, and nothing else."""
        hits = hits_of(*PARAGRAPHS)
        wanted = [
            (hit.passage.id, span)
            for hit in hits
            for span in sentences(hit.passage.article.text, hit.passage.span)
        ]
        evidence = self.make().read(QUESTION, hits)
        assert sorted((e.passage.id, e.span) for e in evidence) == sorted(wanted)

    def test_scores_are_probabilities_best_first(self) -> None:
        """They can be compared with a threshold."""
        scores = [e.score for e in self.make().read(QUESTION, hits_of(*PARAGRAPHS))]
        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)

    def test_a_short_answer_stands_in_its_sentence(self) -> None:
        """It is a part of the quotation."""
        for evidence in self.make().read(QUESTION, hits_of(*PARAGRAPHS)):
            assert evidence.short is None or evidence.short in evidence.span

    def test_reading_again_gives_the_same(self) -> None:
        """The same question always gets the same answer."""
        reader, hits = self.make(), hits_of(*PARAGRAPHS)
        assert reader.read(QUESTION, hits) == reader.read(QUESTION, hits)

    def test_no_passages_are_no_evidence(self) -> None:
        """Nothing in, nothing out."""
        assert tuple(self.make().read(QUESTION, [])) == ()


class StoreSuite:
    """What every vector store promises: see `qa.VectorStore`."""

    store: type[VectorStore]
    """The store to be tested."""

    address: str = ""
    """What the settings say after its name and a colon."""

    def test_it_finds_what_exact_search_finds(self) -> None:
        """The same ids, in the same order, with the same scores, padded alike."""
        for rows, k in ((0, 3), (5, 3), (40, 50)):
            with self._begun() as (store, _):
                oracle = ExactStore(DIM)
                for each in (store, oracle):
                    each.add(_ids(range(rows)), _unit(rows, seed=rows))
                _same(store, oracle, k=k)

    def test_it_searches_within_some_ids(self) -> None:
        """Others are not found; unknown ones do no harm."""
        with self._begun() as (store, _):
            oracle = ExactStore(DIM)
            for each in (store, oracle):
                each.add(_ids(range(40)), _unit(40, seed=1))
            for within in ([], [3], [3, 5, 99]):
                _same(store, oracle, k=5, within=_ids(within))

    def test_what_was_replaced_or_removed_is_gone(self) -> None:
        """Adding an id again replaces its vector; removing an unknown one does nothing."""
        with self._begun() as (store, _):
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
        with self._begun() as (store, _):
            vector = _unit(1, seed=5)
            store.add(_ids([8, 3, 5]), np.repeat(vector, 3, axis=0))
            assert store.search(vector, 3)[0].tolist() == [[3, 5, 8]]

    def test_vectors_are_given_back_as_they_came(self) -> None:
        """In the order asked for; an unknown id is a KeyError."""
        with self._begun() as (store, _):
            vectors = _unit(4, seed=6)
            store.add(_ids([1, 2, 3, 4]), vectors)
            assert np.array_equal(store.of(_ids([3, 1])), vectors[[2, 0]])
            assert _raises(KeyError, lambda: store.of(_ids([1, 99])))

    def test_what_was_saved_is_what_is_loaded(self) -> None:
        """It describes itself: the kind of its index has a name, and its recall is a share."""
        for rows in (0, 20):
            with self._begun() as (store, folder):
                store.add(_ids(range(rows)), _unit(rows, seed=7))
                store.save(folder)
                again = self.store.load(folder)
                _same(again, store, k=5)
                assert (again.dim, len(again)) == (DIM, rows)
                assert again.kind
                assert 0 <= again.recall <= 1

    def test_a_version_stays_as_it_was_while_the_next_is_made(self) -> None:
        """Whoever loaded it finds the same; the next one, once it stands, needs it no more."""
        with self._begun() as (store, folder), tempfile.TemporaryDirectory() as fresh:
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
        with self._begun() as (store, folder), tempfile.TemporaryDirectory() as empty:
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
    def _begun(self) -> Iterator[tuple[VectorStore, Path]]:
        """Provide an empty store and its folder, and forget it at the end."""
        with tempfile.TemporaryDirectory() as folder:
            try:
                yield self.store.begin(DIM, Path(folder), self.address), Path(folder)
            finally:
                self.store.forget(Path(folder), None)


class LexicalSuite:
    """What every lexical index promises: see `qa.lexical.base.LexicalIndex`."""

    index: type[LexicalIndex]
    """The index to be tested."""

    address: str = ""
    """What the settings say after the store's name and a colon."""

    def test_it_finds_words_by_their_stems(self) -> None:
        """In the text and above it; a passage that shares no word has no score."""
        with self._written(WORDS) as (index, _):
            assert len(index) == len(WORDS)
            assert index.kind
            assert set(index.search("trams", 9)) == {3, 5}
            assert set(index.search("lighthouses", 9)) == {8}
            assert all(score > 0 for score in index.search("tram quay", 9).values())
            assert len(index.search("tram", 1)) == 1
            assert index.search("the of", 9) == {}

    def test_it_searches_within_some_ids(self) -> None:
        """With the scores of the whole index; unknown ids do no harm."""
        with self._written(WORDS) as (index, _):
            whole = index.search("tram", 9)
            assert index.search("tram", 9, within=[5, 99]) == {5: whole[5]}
            assert index.search("tram", 9, within=[]) == {}

    def test_it_knows_which_words_no_passage_has(self) -> None:
        """As they were written, and without the common words of the language."""
        with self._written(WORDS) as (index, _):
            assert index.unknown_words("Which zebra rides the Tram?") == ("zebra", "rides")
            assert index.unknown_words("the tram", within=[8]) == ("tram",)

    def test_what_was_written_is_what_is_loaded(self) -> None:
        """The words of the passages among it."""
        with self._written(WORDS) as (index, folder):
            again = self.index.load(folder)
            assert again.search("tram whale", 9) == index.search("tram whale", 9)
            assert again.vocabulary.has("tram")
            assert not again.vocabulary.has("zebra")

    def test_the_next_version_is_as_if_written_from_nothing(self) -> None:
        """And the one before stays as it was, until it is forgotten."""
        every = [*WORDS[1:], LexicalPassage(11, "Goats", "A goat waits for the tram.")]
        with self._written(WORDS) as (old, folder), self._written(every) as (whole, _):
            before = old.search("tram goat", 9)
            former = FormerIndex(folder, removed=[WORDS[0].id], added=every[-1:])
            with self._written(every, former=former) as (_, fresh):
                assert self.index.load(folder).search("tram goat", 9) == before
                self.index.forget(folder, fresh)
                new = self.index.load(fresh)
                assert len(new) == len(every)
                assert new.search("tram goat", 9) == whole.search("tram goat", 9)

    @contextmanager
    def _written(
        self, passages: Sequence[LexicalPassage], *, former: FormerIndex | None = None
    ) -> Iterator[tuple[LexicalIndex, Path]]:
        """Provide an index of passages and its folder, and forget it at the end."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written = self.index.write(folder, passages, address=self.address, former=former)
            yield written, folder
            self.index.forget(folder, None)


class FormatSuite:
    """What every format promises: see `qa.articles.Format`."""

    @abstractmethod
    def make(self) -> Format | BulkFormat:
        """Return the format to be tested."""

    @abstractmethod
    def samples(self) -> Mapping[str, bytes]:
        """Return whole files of the format, by their names."""

    def test_every_sample_is_read(self) -> None:
        """Each has an article with text, in sections, that knows its source."""
        for name, raw in self.samples().items():
            articles = self._read(name, raw)
            assert articles
            for article in articles:
                assert isinstance(article, Article), article
                assert article.title
                assert article.sections
                assert article.source.startswith(name)

    def test_text_is_as_every_offset_counts_it(self) -> None:
        """Unicode in the form NFC, lines that end in one newline."""
        for name, raw in self.samples().items():
            for article in self._articles(name, raw):
                assert unicodedata.is_normalized("NFC", article.text)
                assert "\r" not in article.text

    def test_the_same_bytes_are_the_same_article(self) -> None:
        """Reading is repeatable, so an index knows what changed."""
        for name, raw in self.samples().items():
            assert self._articles(name, raw) == self._articles(name, raw)

    def test_damage_is_an_article_error_or_an_article(self) -> None:
        """Files that are cut short, empty or of another format stop nothing."""
        for name, raw in self.samples().items():
            for broken in (b"", raw[: len(raw) // 2], raw[::-1], bytes(range(256)) * 4):
                self._read(name, broken)

    def test_the_suffixes_are_those_of_the_samples(self) -> None:
        """They are written in small letters, with their dots."""
        suffixes = self.make().suffixes
        assert all(suffix.startswith(".") and suffix.islower() for suffix in suffixes)
        assert {Path(name).suffix for name in self.samples()} <= {*suffixes}

    def _read(self, name: str, raw: bytes) -> list[Article | ArticleError]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_bytes(raw)
            try:
                return list(self.make().articles(file, source=name))
            except ArticleError as error:
                return [error]

    def _articles(self, name: str, raw: bytes) -> list[Article]:
        return [each for each in self._read(name, raw) if isinstance(each, Article)]


def hits_of(*texts: str) -> tuple[Hit, ...]:
    """Return each text as a hit: a passage that is a whole article."""
    articles = [Article.of(f"Article {n}", text) for n, text in enumerate(texts)]
    passages = [Passage(n, a, Span(0, len(a.text))) for n, a in enumerate(articles)]
    return tuple(Hit(passage, 0.5) for passage in passages)


def _raises(error: type[Exception], call: object) -> bool:
    assert callable(call)
    try:
        call()
    except error:
        return True
    return False


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
