"""Ask a benchmark's questions and score every stage."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from qa.assistant import Assistant
from qa.encoders import Encoder, open_encoder
from qa.evaluation.benchmark import Benchmark, Question
from qa.evaluation.scores import f1, is_right
from qa.evaluation.table import Table
from qa.evaluation.tally import Tally
from qa.fusion import Ranking, convex, reciprocal_rank
from qa.index import Index, build, load_current
from qa.readers import Evidence
from qa.search import nearest
from qa.settings import Settings
from qa.types import Answer

Watch = Callable[[Iterable[Question], str], Iterable[Question]]
"""Passes the questions on and shows, under a name, how far they are."""

OFF_TOPIC = 200  # questions of the other benchmarks that each library is asked


def evaluate(
    benchmarks: Sequence[Benchmark],
    settings: Settings,
    *,
    work: Path,
    limit: int | None = None,
    watch: Watch = lambda questions, _: questions,
) -> Table:
    """Ask every question of its own library, and some of the others'.

    The indexes are kept in `work`; `limit` takes that many questions of each, by a fixed seed.
    """
    table = Table()
    for benchmark in benchmarks:
        assistant = prepared(benchmark, settings, work / benchmark.name)
        encoder, tally = open_encoder(settings.encoder), Tally()
        for question in watch(_sample(benchmark.questions, limit), benchmark.name):
            if question.gold:
                _score_search(question, assistant.index, encoder, settings, tally=tally)
            _score_answer(question, assistant, tally=tally)
        foreign = [q for b in benchmarks if b is not benchmark for q in b.questions]
        for question in watch(_sample(foreign, OFF_TOPIC), f"{benchmark.name}, off topic"):
            answer, _ = _ask(question, assistant, tally=tally)
            _score_silence(answer, "off-topic", tally=tally)
        table.add(benchmark.name, tally.summary())
    return table


def prepared(benchmark: Benchmark, settings: Settings, home: Path) -> Assistant:
    """Open the benchmark's index, built if it is not there yet."""
    encoder, articles = open_encoder(settings.encoder), benchmark.articles
    index = load_current(articles, home, settings=settings, encoder=encoder)
    index = index or build(articles, into=home, settings=settings, encoder=encoder)
    return Assistant(index, settings=settings, encoder=encoder)


def _sample(questions: Sequence[Question], limit: int | None) -> Sequence[Question]:
    if limit is None or limit >= len(questions):
        return questions
    return random.Random(0).sample(questions, limit)


def _score_search(
    question: Question, index: Index, encoder: Encoder, settings: Settings, *, tally: Tally
) -> None:
    words = index.words.search(question.text, settings.candidates)
    vectors = nearest(question.text, index, encoder=encoder, k=settings.candidates)
    searches = {
        "words": words,
        "vectors": vectors,
        "rank fusion": reciprocal_rank(words, vectors),
        "fused": convex(vectors, words, weight=settings.vector_weight),
    }
    for name, ranking in searches.items():
        tally.found(name, question, by_article(ranking, index))


def by_article(ranking: Ranking, index: Index) -> dict[str, float]:
    """Give each article the score of its best passage."""
    best: dict[str, float] = {}
    for number, score in ranking.items():
        article = index.passages[number].article.id
        best[article] = max(score, best.get(article, score))
    return best


def _ask(
    question: Question, assistant: Assistant, *, tally: Tally
) -> tuple[Answer, Sequence[Evidence]]:
    """Do what `Assistant.ask` does, stage by stage."""
    text = question.text
    hits = tally.timed("search", lambda: assistant.search(text))
    evidence = tally.timed("read", lambda: assistant.read(text, hits))
    answer = tally.timed(
        "answer", lambda: assistant.answer(text, asked=text, hits=hits, evidence=evidence)
    )
    return answer, evidence


def _score_answer(question: Question, assistant: Assistant, *, tally: Tally) -> None:
    answer, evidence = _ask(question, assistant, tally=tally)
    if not question.answerable:
        _score_silence(answer, "unanswerable", tally=tally)
        return
    tally.add("answerable refused", not answer.statements)
    tally.confidence("answerable", answer.confidence)
    best = evidence[0] if evidence else None
    article = best.passage.article if best else None
    right = bool(best and article and is_right(article, best.span, question))
    tally.add("right sentence first", right)
    quote = best.span.of(article.text) if best and article else ""
    tally.add("token F1 of it", f1(quote, question.answers))
    if answer.statements:
        cited = (is_right(c.article, c.span, question) for c in answer.citations)
        tally.add("right when answered", any(cited))


def _score_silence(answer: Answer, kind: str, *, tally: Tally) -> None:
    tally.add(f"{kind} refused", not answer.statements)
    tally.confidence(kind, answer.confidence)
