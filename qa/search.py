"""Hybrid search: a question in, the passages most likely to answer it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from qa.encoders import Encoder
from qa.fusion import Ranking, convex
from qa.index import Index
from qa.query import with_aliases
from qa.quoting.near_duplicate_passages import group_near_duplicates
from qa.settings import Settings
from qa.stores.base import Vectors
from qa.timing import timed
from qa.types import Hit, Passage

FAVOUR = 0.05  # added to the fused score of passages of the article last quoted
FADING = 0.5  # of its weight is left of an earlier question's meaning with each turn
SAID_BEFORE = 0.6  # what the words of earlier questions count, beside those of the question
MAX_SCORE_GAP = 0.3  # of the fused score: from below came 1 of 200 right answers
STEPS = ("encode", "vectors", "words", "fuse", "group")


@dataclass(frozen=True, slots=True)
class Background:
    """The talk before a question: its articles by id, and its questions, the latest first."""

    articles: frozenset[str] = frozenset()
    questions: tuple[str, ...] = ()


NO_BACKGROUND = Background()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of a search, and the rankings that they come of.

    `vectors`, `words` and `fused` score all candidates. `seconds` are those of each step; the
    words are searched beside the two steps before.
    """

    hits: tuple[Hit, ...] = ()
    vectors: Ranking = field(default_factory=dict)
    words: Ranking = field(default_factory=dict)
    fused: Ranking = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


def search(
    question: str,
    index: Index,
    *,
    encoder: Encoder,
    settings: Settings,
    within: Collection[int] | None = None,
    background: Background = NO_BACKGROUND,
) -> SearchResult:
    """Return the best passages by meaning and by words, fused; each stage's score is kept.

    The words, with the aliases of what they name, are searched while the question is encoded.
    A near duplicate of a better passage takes no place of its own, and is kept beside that one.
    `within` are the ids of the passages that may be found; without it all may. Those of the
    articles in the `background` count for a little more; its questions count the less, the
    longer ago they were asked.
    """
    favoured = frozenset(index.passages_of(background.articles))
    before = background.questions
    k, seconds = settings.candidates, dict.fromkeys(STEPS, 0.0)

    def search_words() -> Ranking:
        with timed(seconds, "words"):
            wanted = with_aliases(question, index.words.vocabulary)
            found = index.words.search(wanted, k, within=within)
            if not before:
                return found
            return _beside(found, index.words.search(" ".join(before), k, within=within))

    with ThreadPoolExecutor(max_workers=1) as beside:
        finding = beside.submit(search_words)
        with timed(seconds, "encode"):
            query = _weighted_mean(encoder.questions([question, *before]))
        with timed(seconds, "vectors"):
            by_vectors = _search_vectors(query, index, k=k, within=within)
    by_words = finding.result()
    with timed(seconds, "fuse"):
        fused = convex(by_vectors, by_words, weight=settings.vector_weight)
        if favoured:
            fused = {n: score + FAVOUR * (n in favoured) for n, score in fused.items()}
    stages = {"vectors": by_vectors, "words": by_words, "fused": fused}
    hits = []
    with timed(seconds, "group"):
        ranked = _passages_by_rank(fused, index)
        for passage, near_duplicates in group_near_duplicates(ranked, limit=settings.hits):
            number = passage.id
            scores = {name: found[number] for name, found in stages.items() if number in found}
            hits.append(Hit(passage, fused[number], scores, near_duplicates))
    return SearchResult(tuple(hits), by_vectors, by_words, fused, seconds)


def _passages_by_rank(ranking: Ranking, index: Index) -> Iterator[Passage]:
    """Yield the passages, best first; equal ones come as they stand in the library.

    Each is read only when it is asked for.
    """
    best = sorted(ranking, key=lambda number: -ranking[number])
    for _, equal in groupby(best, key=ranking.__getitem__):
        yield from sorted((index.passages[n] for n in equal), key=lambda p: p.place)


def worth_reading(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Return the hits, best first, whose scores are not far below the best."""
    return [hit for hit in hits if hit.score >= hits[0].score - MAX_SCORE_GAP]


def _weighted_mean(vectors: Vectors) -> Vectors:
    """Return one unit vector of several, each of which counts for less than the one before."""
    if len(vectors) == 1:
        return vectors
    total = FADING ** np.arange(len(vectors), dtype=vectors.dtype) @ vectors
    return (total / max(np.linalg.norm(total), np.finfo(vectors.dtype).tiny))[None]


def _beside(asked: Ranking, before: Ranking) -> Ranking:
    """Return what the words of a question found, and those of the ones before it, as shares."""
    best, other = (max(found.values(), default=0.0) or 1.0 for found in (asked, before))
    return {
        n: asked.get(n, 0.0) / best + SAID_BEFORE * before.get(n, 0.0) / other
        for n in asked.keys() | before.keys()
    }


def _search_vectors(
    query: Vectors, index: Index, *, k: int, within: Collection[int] | None
) -> Ranking:
    """Return the cosine of the `k` passages nearest in meaning."""
    among = None if within is None else np.array([*within], np.int64)
    ids, scores = index.vectors.search(query, k, within=among)
    found = np.isfinite(scores[0])
    return dict(zip(ids[0][found].tolist(), scores[0][found].tolist(), strict=True))
