"""Questions about rows: which is quoted, which cell is the short answer, what is compared."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qa.answers import Answer
from qa.articles import read_article
from qa.articles.table import Table
from qa.language.sentences import sentences
from qa.quoting.compose import compose
from qa.readers import Evidence
from qa.settings import Settings
from qa.types import Article, Hit, Passage
from tests.tables.files import write_all
from tests.tables.questions import QUESTIONS, Asked
from tests.tools.tables import right_cell, right_row

EVERY = [(name, asked) for name, questions in QUESTIONS.items() for asked in questions]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    folder = tmp_path_factory.mktemp("tables")
    write_all(folder)
    return {file.name: read_article(file) for file in folder.iterdir()}


def asked_of(question: str, article: Article, *, unknown: Sequence[str] = ()) -> Answer:
    """Answer as if a reader found every sentence as likely as the others."""
    passages = [Passage(n, article, s.span) for n, s in enumerate(article.sections)]
    evidence = [
        Evidence(passage, span, 0.4)
        for passage in passages
        for span in sentences(article.text, passage.span)
    ]
    hits = [Hit(passage, 1.0) for passage in passages]
    return compose(
        question,
        question,
        hits=hits,
        evidence=evidence,
        unknown=unknown,
        settings=Settings(),
    )


def test_there_are_sixty_questions_over_twelve_tables() -> None:
    assert (len(QUESTIONS), len(EVERY)) == (12, 60)


@pytest.mark.parametrize(("name", "asked"), EVERY, ids=[a.question for _, a in EVERY])
def test_a_question_gets_its_row_and_its_cell(
    name: str, asked: Asked, articles: dict[str, Article]
) -> None:
    answer = asked_of(asked.question, articles[name])
    assert right_row(asked, answer), answer
    assert right_cell(asked, answer), answer


PARTS = (
    "Part | Weight (kg) | Price | Made by | In store\n\n"
    "Axle A — Weight (kg): 9; Price: €99; Made by: Tessin; In store: 3 weeks\n\n"
    "Axle B — Weight (kg): 12; Price: €1,250; Made by: Norvik; In store: 10 days\n\n"
    "Lamp — Weight (kg): -0.5; Price: €8.50; Made by: Norvik; In store: 2 hours\n\n"
    "Belt — Weight (kg): 2; Price: –; Made by: Norvik; In store: 2 months"
)


def of_parts(question: str, *, unknown: Sequence[str] = ()) -> Answer:
    return asked_of(question, Article.of("Parts of the tram", PARTS), unknown=unknown)


@pytest.mark.parametrize(
    ("question", "short", "note"),
    [
        ("Which is the cheapest part?", "Lamp", "Lowest “Price” of 3 rows"),
        ("Which part is the most expensive?", "Axle B", "Highest “Price” of 3 rows"),
        ("Which axle is the cheapest?", "Axle A", "Lowest “Price” of 2 rows"),
        ("How much does the cheapest part cost?", "€8.50", "Lowest “Price” of 3 rows"),
        ("Which is the lightest part?", "Lamp", "Lowest “Weight (kg)” of 4 rows: -0.5 · 2"),
        ("Who made the heaviest part?", "Norvik", "Highest “Weight (kg)” of 4 rows"),
        ("Which part is in store the longest?", "Belt", "Highest “In store” of 4 rows"),
        ("Which part of Norvik is the heaviest?", "Axle B", "Highest “Weight (kg)” of 3 rows"),
    ],
)
def test_a_superlative_is_told_by_comparing_the_cells(
    question: str, short: str, note: str
) -> None:
    answer = of_parts(question)
    assert answer.short_answer == short, answer
    assert answer.note.startswith(note), answer.note
    assert str(answer).splitlines()[:2] == [short, answer.note]


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("How many parts are there?", "4 rows: Axle A, Axle B, Lamp, Belt"),
        ("How many parts are made by Norvik?", "3 of 4 rows: Axle B, Lamp, Belt"),
        ("Which parts are made by Norvik?", "3 of 4 rows: Axle B, Lamp, Belt"),
    ],
)
def test_rows_are_counted_and_quoted(question: str, note: str) -> None:
    answer = of_parts(question)
    assert answer.note == note
    assert [s.text.split(" — ")[0] for s in answer.statements] == note.partition(": ")[2].split(
        ", "
    )


@pytest.mark.parametrize(
    "question",
    [
        "Which is the cheapest part in Denmark?",
        "Which part is the fastest?",
        "How many parts were recalled?",
        "How many parts are made by Aldo?",
        "Which is the oldest part?",
    ],
)
def test_what_a_table_does_not_tell_is_not_compared(question: str) -> None:
    answer = of_parts(question)
    assert answer.note == ""
    assert answer.short_answer == ""


def test_a_sentence_that_says_it_is_a_better_answer_than_a_comparison() -> None:
    article = Article.of("Parts of the tram", f"{PARTS}\n\nThe belt is the cheapest part.")
    assert asked_of("Which is the cheapest part?", article).note == ""


def test_rows_are_no_answer_where_the_one_that_is_asked_for_is_missing() -> None:
    answer = of_parts("What does axle Z9 weigh?", unknown=["Z9"])
    assert not answer.statements


def test_a_row_that_is_not_named_gives_no_short_answer() -> None:
    assert of_parts("Who makes the wheel?", unknown=["wheel"]).short_answer == ""
    assert of_parts("What does it weigh?").short_answer == ""


def test_other_rows_are_not_quoted_beside_the_one_that_is_named() -> None:
    answer = of_parts("What does axle B weigh?")
    assert [c.short_answer for c in answer.citations] == ["12"]


def test_a_year_that_no_head_has_gets_no_cell() -> None:
    text = "Source | 2022 | 2023\n\nWind — 2022: 5%; 2023: 6%\n\nCoal — 2022: 9%; 2023: 8%"
    article = Article.of("Power", text)
    assert asked_of("What was the share of wind in 2023?", article).short_answer == "6%"
    assert asked_of("What was the share of wind in 2019?", article).short_answer == ""


def test_a_row_that_is_not_there_is_not_answered_with_another() -> None:
    rows = [["Boat", "Half day"], ["Single kayak", "£28"], ["Double kayak", "£45"]]
    article = Article.of("Hire", "\n\n".join(Table.of(rows, heads=1).lines()))
    assert not asked_of("What does a triple kayak cost?", article, unknown=["triple"]).citations
    assert asked_of("What does any kayak cost today?", article, unknown=["today"]).citations
