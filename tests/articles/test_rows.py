"""Tables that are read back from an article's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.articles.builder import ArticleBuilder
from qa.articles.rows import TableText, tables_in
from qa.articles.table import Table
from qa.types import Article

word = st.text("abcdefgh", min_size=1, max_size=6)
cell = st.one_of(word, st.integers(0, 9999).map(str), st.just("-5.50 €"), st.just("a, b"))


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Draw the heads of a table, each another, and its rows."""
    heads = draw(st.lists(word, min_size=2, max_size=5, unique=True))
    row = st.tuples(*(cell for _ in heads))
    return tuple(heads), draw(st.lists(row, min_size=1, max_size=6))


def article_of(*tables: Table, between: str = "It ends here.") -> Article:
    builder = ArticleBuilder("a.txt", "A")
    builder.paragraph("It begins here.")
    for table in tables:
        builder.table(table)
        builder.paragraph(between)
    return builder.article(source="a.txt", raw=b"")


def read_back(article: Article) -> list[TableText]:
    found = [table for s in article.sections for table in tables_in(article, s)]
    for table in found:
        for row in table.rows:
            for cell in row.every:
                assert cell.span.of(article.text) == cell.text
                assert cell.span in row.span
    return found


@given(tables())
def test_each_cell_is_read_back_under_its_head(
    drawn: tuple[tuple[str, ...], list[tuple[str, ...]]],
) -> None:
    heads, rows = drawn
    rows = [row for row in rows if len({*row}) > 1]  # a cell as wide as the table is no row
    if not rows:
        return
    (table,) = read_back(article_of(Table.of([heads, *rows], heads=1)))
    assert [[(c.head, c.text) for c in row.every] for row in table.rows] == [
        list(zip(heads, row, strict=True)) for row in rows
    ]


def test_two_tables_are_two_and_prose_is_none() -> None:
    one = Table.of([["Car", "Price"], ["Salt", "5"]], heads=1)
    other = Table.of([["Stop", "Zone"], ["Quay", "2"]], heads=1)
    article = article_of(one, other)
    assert [[r.label.text for r in t.rows if r.label] for t in read_back(article)] == [
        ["Salt"],
        ["Quay"],
    ]
    prose = Article.of("A", "He came late — note: it rained. Then he left; all: gone.")
    assert read_back(prose) == []


def test_grouped_columns_and_rows_keep_their_heads() -> None:
    rows = [
        ["", "2023", "2023", "2024"],
        ["Line", "Day", "Night", "Day"],
        ["Coast", "Coast", "Coast", "Coast"],
        ["Ostrevik", "4", "5", "6"],
        ["Hills", "Hills", "Hills", "Hills"],
        ["High Moor", "7", "8", "9"],
    ]
    (table,) = read_back(article_of(Table.of(rows, heads=2)))
    assert [[c.head for c in row.cells] for row in table.rows] == [
        ["2023 › Day", "2023 › Night", "2024 › Day"]
    ] * 2
    assert [row.label.text for row in table.rows if row.label] == ["Ostrevik", "High Moor"]


@pytest.mark.parametrize("first", [["", "Day", "Night"], ["Line", "Day", "Night"]])
def test_a_head_without_words_is_no_matter(first: list[str]) -> None:
    (table,) = read_back(article_of(Table.of([first, ["Coast", "4", "5"]], heads=1)))
    (row,) = table.rows
    assert row.label is not None
    assert row.label.text == "Coast"
    assert [(c.head, c.text) for c in row.cells] == [("Day", "4"), ("Night", "5")]


def test_years_are_heads_of_numbers_and_not_of_years() -> None:
    told = Table.of([["Source", "2022", "2023"], ["Wind", "5.1%", "6.6%"]])
    assert list(told.lines()) == ["Source | 2022 | 2023", "Wind — 2022: 5.1%; 2023: 6.6%"]
    years = Table.of([["Ida", "1998", "2004"], ["Vesna", "2016", "2019"]])
    assert years.heads == 0


def test_an_untold_head_is_seen_in_the_first_row() -> None:
    (table,) = read_back(article_of(Table.of([["Car", "Colour"], ["Salt", "white"]])))
    (row,) = table.rows
    assert [(c.head, c.text) for c in row.every] == [("Car", "Salt"), ("Colour", "white")]
