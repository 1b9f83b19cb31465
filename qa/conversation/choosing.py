"""What a turn means: which reading of it, and whether it goes on from those before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log

import numpy as np

from qa.answers import Intent, Turn
from qa.conversation.noun_phrases import names
from qa.conversation.rewriting import Rewrite
from qa.conversation.scope import last_quoted_article
from qa.language.terms import terms
from qa.pipeline import Pipeline
from qa.search import Background, worth_reading
from qa.stores.base import Vectors

PULL = 7.0  # what a cosine of 1 is worth beside the logarithm of a probability
NAMING = 0.5  # of the cosine of what was put in: it comes near to a passage headed so anyway
UNLIKELY = 0.3  # of the probability of the likeliest reading: rarer ones are not weighed
CLOSE = 0.3  # of that sum: readings this near to the best are read before one is chosen
MAX_READINGS = 2  # readings at the most
CLEAR = 0.5  # cosine: a question this near to a passage needs no more words
ELSEWHERE = 0.04  # cosine: by so much more is a new subject nearer to another article
FEW = 1  # terms: a question of so few may need those before it to be searched for
MAX_EARLIER = 3  # earlier questions that a search minds
SPOKEN_OF = 5  # passages found for each, which the talk has been about
NEW_SUBJECT = (
    0.2  # cosine: by so much is a new subject nearer to a passage than to any of those
)


def favoured_articles(history: Sequence[Turn]) -> frozenset[str]:
    """Return the ids of the articles that come easier: of the one last quoted."""
    article = last_quoted_article(history)
    return frozenset([article.id] if article else [])


def background_of(reading: Rewrite, history: Sequence[Turn], pipeline: Pipeline) -> Background:
    """Return what a turn is searched for with: the article last quoted, and maybe questions.

    Their words would lead astray a question that says itself what it is about: they are for one
    of few words and without a name. One that was rewritten says what it goes on from.
    """
    asked = reading.asked
    says_much = len(terms(asked)) > FEW or bool(names(asked))
    is_whole = reading.is_rewritten or says_much
    questions = () if is_whole else _questions_before(asked, history, pipeline)
    return Background(favoured_articles(history), questions)


def _questions_before(
    asked: str, history: Sequence[Turn], pipeline: Pipeline
) -> tuple[str, ...]:
    """Return the earlier questions, the latest first, or none if the subject is a new one.

    That clearly comes near to something that the talk has not been about.
    """
    turns = [turn.answer for turn in history[-MAX_EARLIER:]]
    questions = [a.asked for a in reversed(turns) if a.intent is Intent.QUESTION]
    if not questions or asked in questions:
        return ()
    about = {hit.passage.id for a in turns for hit in worth_reading(a.hits)[:SPOKEN_OF]}
    about |= {*pipeline.index.passages_of(favoured_articles(history))}
    here, there = _here_and_there(asked, about, pipeline)
    if there >= CLEAR and there - here >= NEW_SUBJECT:
        return ()
    encoder = pipeline.encoder
    counts = encoder.count(questions)
    return tuple(q for q, n in zip(questions, counts, strict=True) if n <= encoder.window)


def choose(readings: Sequence[Rewrite], history: Sequence[Turn], pipeline: Pipeline) -> Rewrite:
    """Return the likeliest reading, by the talk, the search, and if need be the reader."""
    if len(readings) == 1 and not readings[0].is_rewritten:
        return readings[0]
    home = favoured_articles(history)
    if pipeline.within:
        home &= frozenset(pipeline.within)
    if not readings[-1].is_rewritten:  # nothing points back, but it names nothing either
        return _home_or_elsewhere(readings, home, pipeline)
    readings = [r for r in readings if r.probability >= UNLIKELY * readings[0].probability]
    if len(readings) == 1:
        return readings[0]
    weighed = [
        log(max(reading.probability, 1e-6)) + PULL * fit
        for reading, fit in zip(readings, _fits(readings, pipeline), strict=True)
    ]
    order = sorted(range(len(readings)), key=lambda n: -weighed[n])
    close = [n for n in order if weighed[n] >= weighed[order[0]] - CLOSE][:MAX_READINGS]
    if len(close) == 1:
        return readings[order[0]]
    return max(
        (readings[n] for n in close),
        key=lambda r: r.probability * _answer_probability(r.asked, home, pipeline),
    )


def _fits(readings: Sequence[Rewrite], pipeline: Pipeline) -> list[float]:
    """Return how near a passage comes to each reading, but for what was put in, by itself."""
    put_in = [" ".join(each.meant for each in r.substitutions) or r.asked for r in readings]
    texts = [*(reading.asked for reading in readings), *put_in]
    near = _nearest(pipeline.encoder.questions(texts), pipeline)
    return [float(near[n] - NAMING * near[n + len(readings)]) for n in range(len(readings))]


def _nearest(
    vectors: Vectors, pipeline: Pipeline, among: Collection[int] | None = None
) -> Vectors:
    """Return the cosine of the passage nearest to each question."""
    allowed = pipeline.passages if among is None else among
    ids = None if allowed is None else np.array([*allowed], np.int64)
    _, scores = pipeline.index.vectors.search(vectors, 1, within=ids)
    return np.nan_to_num(scores[:, 0], neginf=0.0)


def _nearest_passages(questions: Sequence[str], pipeline: Pipeline) -> list[int]:
    """Return the id of the passage nearest to each question."""
    ids = None if pipeline.passages is None else np.array([*pipeline.passages], np.int64)
    vectors = pipeline.encoder.questions(questions)
    found, _ = pipeline.index.vectors.search(vectors, 1, within=ids)
    return [int(each) for each in found[:, 0]]


def _home_or_elsewhere(
    readings: Sequence[Rewrite], home: frozenset[str], pipeline: Pipeline
) -> Rewrite:
    """Return the reading about the last subject, unless the question can do without it.

    It can if another article is much nearer, and if it finds the same passage by itself.
    """
    alone = readings[-1]
    if not home or _is_new(alone.asked, pipeline):
        return alone if home else readings[0]
    here, there = _here_and_there(alone.asked, pipeline.index.passages_of(home), pipeline)
    if there - here >= ELSEWHERE or (here >= CLEAR and here == there):
        return alone
    one, other = _nearest_passages([alone.asked, readings[0].asked], pipeline)
    return alone if one == other else readings[0]


def _here_and_there(
    question: str, among: Collection[int], pipeline: Pipeline
) -> tuple[float, float]:
    """Return how near some passages come to a question, and how near any does."""
    vectors = pipeline.encoder.questions([question])
    allowed = pipeline.passages
    ids, scores = pipeline.index.vectors.search(
        vectors, 1, within=None if allowed is None else np.array([*allowed], np.int64)
    )
    there = float(scores[0, 0]) if ids[0, 0] >= 0 else 0.0
    if int(ids[0, 0]) in among:
        return there, there
    here = {*among} if allowed is None else {*among} & {*allowed}
    return (float(_nearest(vectors, pipeline, here)[0]) if here else 0.0), there


def _is_new(question: str, pipeline: Pipeline) -> bool:
    """Tell whether a question speaks of things that no article speaks of."""
    said = terms(question)
    unknown = pipeline.index.words.unknown_words(question, within=pipeline.passages)
    return len(said) > 1 and len(unknown) == len(said)


def _answer_probability(asked: str, home: frozenset[str], pipeline: Pipeline) -> float:
    """Return how surely the reader finds an answer."""
    evidence = pipeline.read(asked, pipeline.search(asked, background=Background(home)).hits)
    return max((each.score for each in evidence), default=0.0)
