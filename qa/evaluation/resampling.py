"""Resampling: a synthetic library of any size, made of the passages of a real one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from qa.articles import read_folder
from qa.callbacks import Progress, do_nothing
from qa.encoders import Encoder, Vectors
from qa.encoders.base import check_window
from qa.errors import DataError, QAError
from qa.evaluation.benchmark import read_benchmark
from qa.language.sentences import sentences
from qa.passages import embedding_texts, split_article
from qa.settings import Settings
from qa.types import Article, Passage, Section, Span

ARTICLE_PASSAGES = 10  # passages of an article
MAX_PASSAGE_CHARACTERS = 480  # some 120 tokens, so that it is cut no further
MIX_NEIGHBOURS = 20  # of which one is mixed in
NOISE_SHARE = 0.3  # of the spread of the real vectors, in its shape
BLOCK_PASSAGES = 1_024  # passages drawn at once
PASSAGE_NUMBER = re.compile(r"Passage (\d{7})\. ")


@dataclass(frozen=True, slots=True)
class SourcePassages:
    """The passages that are resampled, their vectors, and questions."""

    passages: Sequence[Passage]
    vectors: Vectors
    questions: Sequence[str]

    @classmethod
    def of(
        cls,
        data: Sequence[Path],
        settings: Settings,
        *,
        encoder: Encoder,
        work: Path,
        progress: Progress = do_nothing,
    ) -> Self:
        """Read benchmarks or folders of articles; their vectors are kept in `work`.

        Raises:
            DataError: if there are too few passages, or something is neither.
        """
        articles, questions = _read(data)
        passages = [
            passage
            for article in articles
            for passage in split_article(
                article,
                tokens=settings.passage_tokens,
                window=encoder.window,
                count_tokens=encoder.count,
            )
        ]
        if len(passages) <= MIX_NEIGHBOURS:
            raise DataError(
                f"{len(passages)} passages are too few to resample.", hint="Name more articles."
            )
        texts = embedding_texts(passages, window=encoder.window, count_tokens=encoder.count)
        name = hashlib.sha256("\0".join([encoder.sha256, *texts]).encode()).hexdigest()[:12]
        kept = work / f"{name}.npy"
        if not kept.exists():
            work.mkdir(parents=True, exist_ok=True)
            np.save(kept, encoder.passages(texts, progress=progress))
        return cls(passages, np.load(kept, allow_pickle=False), questions)


def _read(data: Sequence[Path]) -> tuple[list[Article], list[str]]:
    """Return articles, and questions to ask them: sentences of theirs if none are given."""
    articles: list[Article] = []
    questions: list[str] = []
    for path in data:
        try:
            benchmark = read_benchmark(path)
        except DataError as neither:
            try:
                articles += (a for a in read_folder(path) if isinstance(a, Article))
            except QAError:
                raise neither from None
        else:
            articles += benchmark.articles
            questions += (question.text for question in benchmark.questions)
    if not questions:
        questions = [span.of(a.text) for a in articles for span in _first_sentences(a)]
    return articles, questions


def _first_sentences(article: Article) -> Iterator[Span]:
    """Yield the first sentence of every section."""
    for section in article.sections:
        yield from sentences(article.text, section.span)[:1]


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticLibrary:
    """A library of any size: each passage is half of a real one and half of a near one.

    Its vector lies between theirs, with noise in the shape of how real vectors spread. All of
    it follows from its number. The words are those of the real passages, so that every word
    is in as large a share of them as there: more than in a real library of that size, where
    many words are rare. That is the hard case for a search by words.
    """

    source: SourcePassages
    halves: Sequence[tuple[str, str]]
    near: NDArray[np.int64]
    shape: Vectors

    @classmethod
    def of(cls, real: SourcePassages) -> Self:
        """Find what lies near what."""
        import faiss

        v = real.vectors
        _, near = faiss.knn(v, v, MIX_NEIGHBOURS + 1, metric=faiss.METRIC_INNER_PRODUCT)
        spread, axes = np.linalg.eigh(np.cov((v - v.mean(0)).T))
        shape = (axes * np.sqrt(np.maximum(spread, 0))).T.astype(np.float32)
        return cls(real, [_halves(p) for p in real.passages], near[:, 1:], shape)

    def articles(self, passages: int, first: int = 0) -> Iterator[Article]:
        """Yield the articles of so many passages."""
        for start in range(first, passages, ARTICLE_PASSAGES):
            yield self._article(start, min(start + ARTICLE_PASSAGES, passages))

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return the vectors of passages by their numbers."""
        vectors = np.empty((len(numbers), self.shape.shape[0]), np.float32)
        given = np.asarray(numbers)
        for block in np.unique(given // BLOCK_PASSAGES).tolist():
            mine = given // BLOCK_PASSAGES == block
            vectors[mine] = _cached_draw(self, block)[given[mine] % BLOCK_PASSAGES]
        return vectors

    def parents(self, block: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return which real passages those of a block are made of."""
        rng = np.random.default_rng((0, block))
        one = rng.integers(0, len(self.near), BLOCK_PASSAGES)
        return one, self.near[one, rng.integers(0, MIX_NEIGHBOURS, BLOCK_PASSAGES)]

    def draw(self, block: int) -> Vectors:
        """Return the vectors of a block of passages."""
        one, other = self.parents(block)
        rng = np.random.default_rng((1, block))
        share = rng.random((BLOCK_PASSAGES, 1), np.float32)
        noise = NOISE_SHARE * (
            rng.standard_normal((BLOCK_PASSAGES, len(self.shape)), np.float32) @ self.shape
        )
        mixed = (
            (1 - share) * self.source.vectors[one] + share * self.source.vectors[other] + noise
        )
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32)

    def _article(self, start: int, end: int) -> Article:
        texts = [self._text(number) for number in range(start, end)]
        ends = np.cumsum([len(text) + 2 for text in texts]).tolist()
        sections = tuple(
            Section((f"Passage {number:07}",), Span(stop - len(text) - 2, stop - 2))
            for number, text, stop in zip(range(start, end), texts, ends, strict=True)
        )
        one, _ = _cached_parents(self, start // BLOCK_PASSAGES)
        title = self.source.passages[one[start % BLOCK_PASSAGES]].article.title
        return Article.of(title, "\n\n".join(texts), sections=sections, source=f"{start:07}")

    def _text(self, number: int) -> str:
        one, other = _cached_parents(self, number // BLOCK_PASSAGES)
        row = number % BLOCK_PASSAGES
        text = f"{self.halves[one[row]][0]} {self.halves[other[row]][1]}"
        whole = self.source.passages[one[row]].text  # for one of a single word
        return " ".join((text.strip() or whole).split())[:MAX_PASSAGE_CHARACTERS].strip()


@lru_cache(maxsize=8)
def _cached_draw(library: SyntheticLibrary, block: int) -> Vectors:
    return library.draw(block)


@lru_cache(maxsize=8)
def _cached_parents(
    library: SyntheticLibrary, block: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return library.parents(block)


def _halves(passage: Passage) -> tuple[str, str]:
    """Cut a passage in two between sentences, or between words if it has but one."""
    spans = sentences(passage.article.text, passage.span)
    if len(spans) > 1:
        at = spans[len(spans) // 2].start - passage.span.start
        return passage.text[:at], passage.text[at:]
    words = passage.text.split()
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


class VectorLookupEncoder:
    """An encoder that looks up the vectors of a synthetic library.

    It stands in for a real one where passages are encoded, so that a build is measured without
    that; tokens are reckoned by length.
    """

    def __init__(self, library: SyntheticLibrary, encoder: Encoder) -> None:
        self.name, self.sha256 = encoder.name, encoder.sha256
        self.dim, self.window = encoder.dim, encoder.window
        self._library = library

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return about as many tokens as there are."""
        return [len(text) // 5 for text in texts]

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        """Look the vectors up, by the number in the heading."""
        check_window(self.count(texts), self.window)
        marks = [PASSAGE_NUMBER.search(text) for text in texts]
        progress(len(texts), len(texts))
        return self._library.vectors([int(mark[1]) for mark in marks if mark])

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Raise NotImplementedError: questions need the real encoder."""
        raise NotImplementedError(
            f"{len(texts)} questions for an encoder that only looks up passages"
        )
