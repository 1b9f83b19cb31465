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


TRAILS = """
Trail | Length (km) | Start | Climb
Fen | 2 | 9:15 | 300 m
Gorse | 15 | 10:45 | 1.2 km
Heath | 30 | 8:00 | 40 m
"""


def of_table(table: str, title: str, question: str) -> Answer:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    text = "\n\n".join(Table.of(rows, heads=1).lines())
    return asked_of(question, Article.of(title, text))


def of_lamps(question: str) -> Answer:
    return of_table(LAMPS, "Lamps of the coast", question)


def of_trails(question: str) -> Answer:
    return of_table(TRAILS, "Trails of the moor", question)


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


@pytest.mark.parametrize(
    "question",
    [
        "Which lamps do not weigh more than 10 kg?",
        "Which lamps don’t weigh more than 10 kg?",
        "Which lamps are not over 10 kg?",
        "How many lamps were not lit before 1980?",
        "Are there no lamps over 10 kg?",
        "Which lamps weigh under 5 kg or over 30 kg?",
        "Which lamp is not the cheapest over 10 kg?",
        "Which lamp is not the heaviest?",
        "How many lamps were not made by Norvik?",
    ],
)
def test_what_is_negated_or_one_of_two_is_not_compared(question: str) -> None:
    answer = of_lamps(question)
    assert (answer.note, answer.yes_no) == ("", "")


def test_no_more_than_a_number_is_no_negation() -> None:
    answer = of_lamps("Which lamps weigh no more than 10 kg?")
    assert labels(answer) == ["Brae", "Dune"]


@pytest.mark.parametrize(
    ("question", "yes_no"),
    [
        ("Are all lamps over 10 kg?", "no"),
        ("Are all lamps over 3 kg?", "yes"),
        ("Does every lamp cost less than €500?", "no"),
        ("Does each lamp cost less than €2,000?", "yes"),
        ("Do all lamps weigh more than 40 kg?", "no"),
        ("Are both lamps over 3 kg?", ""),
        ("Are most lamps over 10 kg?", ""),
        ("Do most lamps weigh more than 10 kg?", ""),
        ("Are only lamps over 10 kg?", ""),
        ("Is the cheapest lamp over 10 kg?", ""),
    ],
)
def test_all_are_within_only_if_each_is(question: str, yes_no: str) -> None:
    answer = of_lamps(question)
    assert (answer.yes_no, bool(answer.note)) == (yes_no, bool(yes_no))


@pytest.mark.parametrize(
    ("question", "rows", "note"),
    [
        (
            "Which lamps weigh more than 10 kg and cost less than €400?",
            ["Alba"],
            "1 of 4 rows with “Weight (kg)” > 10 & “Price” < 400: Alba (12, €340)",
        ),
        (
            "Which lamps weigh over 5 kg and under 20 kg?",
            ["Alba", "Brae", "Esk"],
            "3 of 5 rows with “Weight (kg)” > 5 & “Weight (kg)” < 20: "
            "Alba (12), Brae (7.5), Esk (12.5)",
        ),
        (
            "Which is the cheapest lamp over 5 kg and under €400?",
            ["Brae"],
            "Lowest “Price” of 2 rows with “Weight (kg)” > 5 & “Price” < 400: €99 · €340",
        ),
        ("Which lamps weigh more than 20 kg and cost less than €400?", [], ""),
    ],
)
def test_of_several_bounds_all_are_told(question: str, rows: list[str], note: str) -> None:
    answer = of_lamps(question)
    assert answer.note == note
    assert not note or labels(answer) == rows


@pytest.mark.parametrize(
    ("question", "note"),
    [
        (
            "Which trails are longer than 10?",
            "2 of 3 rows with “Length (km)” > 10: Gorse (15), Heath (30)",
        ),
        (
            "Which trails are longer than 10 km?",
            "2 of 3 rows with “Length (km)” > 10: Gorse (15), Heath (30)",
        ),
        ("Which trails have a climb over 100?", ""),
        ("Which trails have a start after 9?", ""),
        ("Which trails have a start before 10:30?", ""),
        ("Which trails have a length from 10 to 20?", "1 of 3 rows with “Length (km)” 10–20"),
    ],
)
def test_a_bound_of_no_unit_has_that_of_the_column(question: str, note: str) -> None:
    answer = of_trails(question)
    assert answer.note.startswith(note) and bool(answer.note) is bool(note), answer.note


def test_a_bound_of_no_unit_has_that_of_all_cells() -> None:
    table = LAMPS.replace("900 m", "9 km")
    answer = of_table(table, "Lamps of the coast", "Which lamps have a reach over 15?")
    assert labels(answer) == ["Alba", "Cove", "Esk"]


@pytest.mark.parametrize(
    ("bound", "yes_no", "note"),
    [
        ("over 10 kg", "", "3 of 5 rows"),
        ("over 3 kg", "yes", "5 of 5 rows"),
        ("over 40 kg", "no", "None of 5 rows"),
    ],
)
@pytest.mark.parametrize("subject", ["the lamps", "lamps", "these lamps"])
def test_of_all_as_a_whole_neither_yes_nor_no_is_said_where_only_some_are_within(
    subject: str, bound: str, yes_no: str, note: str
) -> None:
    answer = of_lamps(f"Are {subject} {bound}?")
    assert answer.yes_no == yes_no
    assert answer.note.startswith(note)


TIED = """
Lamp | Weight (kg) | Price | Made by
Alba | 12 | €340 | Norvik
Brae | 7.5 | €99 | Tessin
Cove | 31 | €99 | Norvik
Dune | 31 | €400 | Norvik
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Which is the heaviest lamp?", "Cove, Dune"),
        ("Which lamp is the cheapest?", "Brae, Cove"),
        ("Who made the heaviest lamp?", "Norvik"),
        ("What does the cheapest lamp cost?", "€99"),
        ("Which is the cheapest lamp over 10 kg?", "Cove"),
    ],
)
def test_of_rows_that_tie_each_is_told(question: str, short: str) -> None:
    answer = of_table(TIED, "Lamps of the coast", question)
    assert answer.short_answer == short
    assert str(answer).startswith(f"{short}\n")


VANS = """
Van | Seats | In service since | Change
Heron | 3 | 2018-05-02 | +4%
Osprey | 9 | 2020-09-14 | +11%
Wren | 5 | 2016-03-21 | new
Kestrel | 5 | 2018-11-30 | -2%
"""
INVOICES = """
Invoice | Date | Net | VAT | Total
N-1 | 3 May 2024 | £100 | £20 | £120
N-2 | 14 June 2024 | £900 | £180 | £1,080
N-3 | 1 Feb 2024 | £5 | £1 | £6
"""


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which vans have been in service since before 2019?", "Heron Wren Kestrel"),
        ("Which vans have been in service since 2018?", "Heron Osprey Kestrel"),
        ("Which van is the newest?", "Osprey"),
        ("Which is the oldest van?", "Wren"),
        ("Which van grew the most?", "Osprey"),
    ],
)
def test_dates_and_changes_are_compared(question: str, rows: str) -> None:
    answer = of_table(VANS, "Vans of the pool", question)
    assert (labels(answer), bool(answer.note)) == (rows.split(), True)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which invoice is the largest?", "N-2"),
        ("Which invoices are over £110?", "N-1 N-2"),
        ("Which invoice is the latest?", "N-2"),
        ("Which invoice has the lowest VAT?", "N-3"),
    ],
)
def test_of_net_tax_and_total_the_total_is_compared(question: str, rows: str) -> None:
    answer = of_table(INVOICES, "Invoices of the yard", question)
    assert (labels(answer), bool(answer.note)) == (rows.split(), True)
