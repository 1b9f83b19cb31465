"""Rows within bounds: told from the cells of a column, counted, listed, and compared."""

from __future__ import annotations

import pytest

from qa.answers import Answer
from qa.articles.table import Table
from qa.types import Article
from tests.quoting.test_tables import asked_of

LAMPS = """
Lamp | Weight (kg) | Price | Made by | Lit since | Reach
Alba | 12 | €340 | Norvik | 1911 | 20 km
Brae | 7.5 | €99 | Tessin | 1958 | 12 km
Cove | 31 | €1,250 | Norvik | 1874 | 38 km
Dune | 4 | €99.50 | Brandt | 2006 | 900 m
Esk | 12.5 | – | Norvik | 1990 | 22 km
"""


def of_lamps(question: str) -> Answer:
    rows = [[cell.strip() for cell in line.split("|")] for line in LAMPS.strip().splitlines()]
    text = "\n\n".join(Table.of(rows, heads=1).lines())
    return asked_of(question, Article.of("Lamps of the coast", text))


def labels(answer: Answer) -> list[str]:
    return [citation.quote.partition(" — ")[0] for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "rows", "note"),
    [
        (
            "Which lamps weigh more than 12 kg?",
            "Cove Esk",
            "2 of 5 rows with “Weight (kg)” > 12: ",
        ),
        (
            "Which lamps weigh at least 12 kg?",
            "Alba Cove Esk",
            "3 of 5 rows with “Weight (kg)” ≥ 12",
        ),
        ("Which lamps are heavier than 10 kg?", "Alba Cove Esk", "3 of 5 rows"),
        ("Which lamps are lighter than 8 kg?", "Brae Dune", "2 of 5 rows"),
        (
            "Which lamps weigh under 5,000 g?",
            "Dune",
            "1 of 5 rows with “Weight (kg)” < 5000 g: Dune (4)",
        ),
        ("Which lamps cost less than €100?", "Brae Dune", "2 of 4 rows with “Price” < 100"),
        (
            "Which lamps cost 99 euro or less?",
            "Brae",
            "1 of 4 rows with “Price” ≤ 99: Brae (€99)",
        ),
        ("Which lamps cost between 90 and 400 euro?", "Alba Brae Dune", "3 of 4 rows"),
        (
            "How many lamps cost more than 200 euro?",
            "Alba Cove",
            "2 of 4 rows with “Price” > 200",
        ),
        ("How many rows have a price over 200?", "Alba Cove", "2 of 4 rows"),
        ("How many lamps of Norvik weigh over 12 kg?", "Cove Esk", "2 of 3 rows"),
        (
            "Which lamps have been lit since before 1900?",
            "Cove",
            "1 of 5 rows with “Lit since” < 1900",
        ),
        (
            "Which lamps are older than 1930?",
            "Alba Cove",
            "2 of 5 rows with “Lit since” < 1930",
        ),
        ("Which lamps are newer than 1980?", "Dune Esk", "2 of 5 rows with “Lit since” > 1980"),
        ("Which lamps have a reach over 15 km?", "Alba Cove Esk", "3 of 5 rows"),
        (
            "Which lamps have a reach under 2 km?",
            "Dune",
            "1 of 5 rows with “Reach” < 2 km: Dune (900 m)",
        ),
    ],
)
def test_rows_within_bounds_are_quoted_and_their_cells_shown(
    question: str, rows: str, note: str
) -> None:
    answer = of_lamps(question)
    assert labels(answer) == rows.split(), answer.note
    assert answer.note.startswith(note), answer.note


@pytest.mark.parametrize(
    ("question", "short", "note"),
    [
        (
            "Which is the cheapest lamp over 10 kg?",
            "Alba",
            "Lowest “Price” of 2 rows with “Weight (kg)” > 10: €340 · €1,250",
        ),
        ("Which lamp is the heaviest under €350?", "Alba", "Highest “Weight (kg)” of 3 rows"),
        ("Which is the cheapest lamp under 200 euro?", "Brae", "Lowest “Price” of 2 rows"),
        ("Who made the lamp that weighs more than 30 kg?", "Norvik", "1 of 5 rows"),
        ("Which lamp weighs more than 30 kg?", "Cove", "1 of 5 rows"),
    ],
)
def test_of_rows_within_bounds_the_first_or_the_only_one_has_a_short_answer(
    question: str, short: str, note: str
) -> None:
    answer = of_lamps(question)
    assert (answer.short_answer, answer.note[: len(note)]) == (short, note)


def test_where_no_row_is_within_the_nearest_is_shown() -> None:
    answer = of_lamps("Which lamps weigh more than 40 kg?")
    assert answer.note == "None of 5 rows with “Weight (kg)” > 40; nearest: Cove (31)"
    assert labels(answer) == ["Cove"]


def test_whether_there_is_a_row_within_is_said() -> None:
    assert of_lamps("Are there lamps under 5 kg?").yes_no == "yes"
    assert of_lamps("Is any lamp heavier than 40 kg?").yes_no == "no"


@pytest.mark.parametrize(
    "question",
    [
        "Does Brae weigh more than 5 kg?",
        "Which lamps in Denmark weigh more than 5 kg?",
        "Which lamps weigh more than 5 euro?",
        "What happened after 1950?",
        "Which lamps are hotter than 5 degrees?",
    ],
)
def test_what_no_column_tells_is_not_compared(question: str) -> None:
    assert of_lamps(question).note == ""
