"""Benchmarks: articles and questions whose answers are known, in our format or SQuAD's."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from qa.errors import DataError
from qa.evaluation.written import (
    UNANSWERED,
    WrittenArticle,
    is_written,
    locate,
    read_written,
)
from qa.types import Article, Section, Span


class QuestionKind(StrEnum):
    """The relation of a question to a library; later kinds are harder to abstain from."""

    ANSWERABLE = "answerable"
    OFF_TOPIC = "off-topic"
    """Asked of another library."""
    RIGHT_ARTICLE = "right article"
    """Asked by someone; the right article is there, and does not answer."""
    ADVERSARIAL = "adversarial"
    """Written about one of its passages, to look as if that answered."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its known answers, and where in which articles they stand.

    `plausible` is the article that an unanswerable question was written against, if known.
    `form` says how it is asked, `trap` why it only looks answered, `yes_no` whether the answer
    is yes or no: written articles tell, and other benchmarks leave them empty.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    gold: Mapping[str, tuple[Span, ...]]
    answerable: bool
    plausible: str = ""
    form: str = ""
    trap: str = ""
    yes_no: str = ""

    @property
    def given_articles(self) -> frozenset[str]:
        """The articles that a reader is given where there is no search."""
        return frozenset(self.gold) or frozenset({self.plausible} - {""})


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A library and the questions asked of it.

    The answers of some are `long`: whole sentences, and questions that people had. Others have
    a few words for an answer, and unanswerable questions that were written to trap a reader.
    """

    name: str
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    long: bool = False

    def kind(self, question: Question) -> QuestionKind:
        """Return the kind of one of its questions."""
        if question.answerable:
            return QuestionKind.ANSWERABLE
        return QuestionKind.RIGHT_ARTICLE if self.long else QuestionKind.ADVERSARIAL


def read_benchmark(path: Path) -> Benchmark:
    """Read passages and questions, written articles, or a file in SQuAD's official JSON.

    Each passage becomes an article, so that finding the passage is finding the article.

    Raises:
        DataError: if it is neither.
    """
    try:
        if path.is_file():
            return _from_squad(path)
        return _from_written(path) if is_written(path) else _from_folder(path)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise DataError(
            f"{path} is not a benchmark: {type(wrong).__name__} {wrong}.",
            hint="Name a SQuAD file, a folder of passages.jsonl and questions.jsonl, or one of "
            "articles with their questions beside them.",
        ) from wrong


def _from_folder(folder: Path) -> Benchmark:
    articles = {row["id"]: _article(row) for row in json_rows(folder / "passages.jsonl")}
    rows = [
        row
        for row in json_rows(folder / "questions.jsonl")
        if row["answerable"] is not None and not row.get("history")
    ]
    return Benchmark(
        folder.name,
        tuple(articles.values()),
        tuple(_question(row, articles) for row in rows),
        long=any(row.get("gold_sentences") for row in rows),
    )


def json_rows(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file that may be compressed; a person fills in one that is not."""
    plain = file.exists()
    opened = file if plain else file.with_name(f"{file.name}.gz")
    with (open if plain else gzip.open)(opened, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _article(row: Mapping[str, Any]) -> Article:
    text = row["text"]
    path = (row["section"],) if row.get("section") else ()
    sections = (Section(path, Span(0, len(text))),)
    return Article.of(row["title"], text, sections=sections, source=row["id"])


def _question(row: Mapping[str, Any], articles: Mapping[str, Article]) -> Question:
    gold: dict[str, tuple[Span, ...]] = {articles[p].id: () for p in row["gold_passages"]}
    for span in row.get("answer_spans") or ():
        article = articles[span["passage"]].id
        gold[article] = (*gold.get(article, ()), Span(span["start"], span["end"]))
    near = row.get("plausible_passage")
    return Question(
        row["id"],
        row["question"],
        tuple(row["answers"]),
        gold,
        answerable=row["answerable"],
        plausible=articles[near].id if near else "",
    )


def _from_written(folder: Path) -> Benchmark:
    """Read written articles as one library, with the questions whose evidence is found."""
    written = list(read_written(folder))
    questions = [q for each in written for q in _written_questions(each)]
    return Benchmark(folder.name, tuple(w.article for w in written), tuple(questions))


def _written_questions(written: WrittenArticle) -> Iterator[Question]:
    article = written.article
    for number, question in enumerate(written.questions, 1):
        spans = [locate(fragment, article.text) for fragment in question.evidence]
        found = tuple(span for span in spans if span)
        answerable = question.form != UNANSWERED
        if len(found) == len(spans) and bool(found) == answerable:
            yield Question(
                f"{written.name}:{number}",
                question.text,
                answers=(),
                gold={article.id: found} if found else {},
                answerable=answerable,
                plausible="" if answerable else article.id,
                form=question.form,
                trap=question.trap,
                yes_no=question.yes_no,
            )


def _from_squad(file: Path) -> Benchmark:
    articles: list[Article] = []
    questions: list[Question] = []
    for page in json.loads(file.read_text("utf-8"))["data"]:
        title = page["title"].replace("_", " ")
        for number, paragraph in enumerate(page["paragraphs"]):
            article = Article.of(title, paragraph["context"], source=f"{title} {number}")
            articles.append(article)
            questions += _squad_questions(paragraph["qas"], article)
    return Benchmark(file.stem, tuple(articles), tuple(questions))


def _squad_questions(rows: Iterable[Mapping[str, Any]], article: Article) -> Iterator[Question]:
    for row in rows:
        starts = [
            (a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]
        ]
        spans = tuple(Span(start, end) for start, end in dict.fromkeys(starts))
        answers = tuple(dict.fromkeys(a["text"] for a in row["answers"]))
        yield Question(
            row["id"],
            row["question"],
            answers,
            gold={article.id: spans} if spans else {},
            answerable=bool(spans),
            plausible="" if spans else article.id,
        )
