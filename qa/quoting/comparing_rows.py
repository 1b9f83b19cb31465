"""Answers from all rows of a table: the first of a column, those within bounds, how many."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.answers import Answer, Statement, cite
from qa.articles.rows import Cell, Row
from qa.language.amounts import quantity
from qa.language.dimensions import asked_dimensions
from qa.language.question_kinds import asks_whether, counted
from qa.language.terms import split_words
from qa.quoting.columns import Column, compared_column, number_columns
from qa.quoting.quotes import Quote
from qa.quoting.row_question import RowQuestion
from qa.quoting.table_words import alike, fits, question_words, row_words, words_of
from qa.quoting.tables import FoundTable, knows_all_words, tables_of
from qa.quoting.within import MAX_ROWS, Within, name_list, rows_within
from qa.readers import Evidence
from qa.types import Hit, Span

COMPARED_PROBABILITY = 0.9  # of an answer for which all cells of a column were compared
MAX_TABLES = 4  # that are looked at, those found first
MAX_SHOWN = 4  # values that are shown of those compared
MAX_TIED = 3  # rows that are quoted where several are first
HIGHEST = "Highest “{head}” of {count} rows: {values}"
LOWEST = "Lowest “{head}” of {count} rows: {values}"
HIGHEST_WITHIN = "Highest “{head}” of {count} rows with {condition}: {values}"
LOWEST_WITHIN = "Lowest “{head}” of {count} rows with {condition}: {values}"
ALL_ROWS = "{count} rows: {named}"
SOME_ROWS = "{count} of {every} rows: {named}"
WHAT_DOES = re.compile(r"what (?:do|does|did)\b", re.I)
ALL = re.compile(r"\b(?:all|every|each|both)\b", re.I)
SOME = re.compile(r"\b(?:any|some|there|an?|one)\b", re.I)
WANTS_VALUE = re.compile(r"^what(?:’s|'s| is| was) the\b", re.I)


def compare_rows(
    asked: str, hits: Sequence[Hit], evidence: Sequence[Evidence], *, threshold: float
) -> Answer | None:
    """Answer by comparing or counting rows, if a question asks for that and one table can.

    A sentence that says it in its own words is a better answer, and leaves this to nothing.
    """
    question = RowQuestion.of(asked)
    if not (question.degree or question.noun or question.bounds) or not question.is_plain:
        return None
    for found in list(tables_of([hit.passage for hit in hits]))[:MAX_TABLES]:
        if question.degree and _is_said(question.superlative, found, evidence, threshold):
            return None
        if not knows_all_words(question.about, found):
            continue
        answer = _of_table(question, found, hits)
        if answer:
            return answer
    return None


def _of_table(asked: RowQuestion, found: FoundTable, hits: Sequence[Hit]) -> Answer | None:
    rows = _rows_meant(asked.rest, found)
    if not asked.bounds:
        if asked.degree:
            return _superlative(asked, rows, found, hits)
        return _count_rows(asked, rows, found, hits) if asked.noun else None
    within = rows_within(asked.bounds, asked.rest, rows, number_columns(found.table.rows))
    if within is None:
        return None
    if asked.degree and within.rows:
        return _superlative(asked, within.rows, found, hits, among=within)
    return None if asked.degree else _bounded(asked, within, found, hits)


def _is_said(
    word: str, found: FoundTable, evidence: Sequence[Evidence], threshold: float
) -> bool:
    """Tell whether a sentence that is no row has the superlative, and likely answers."""
    rows = {row.span for row in found.table.rows}
    return any(
        e.score >= threshold
        and e.span not in rows
        and re.search(rf"\b{re.escape(word)}\b", e.span.of(e.passage.article.text), re.I)
        for e in evidence
    )


def _rows_meant(asked: str, found: FoundTable) -> list[Row]:
    """Return the rows that have each word by which a question narrows them down."""
    rows = found.table.rows
    heads = words_of(" ".join({cell.head for row in rows for cell in row.every}))
    asked_words = words_of(asked) - found.title_words() - heads
    narrowing = [
        word for word in asked_words if 0 < sum(word in row_words(r) for r in rows) < len(rows)
    ]
    return [row for row in rows if all(word in row_words(row) for word in narrowing)]


def _superlative(
    asked: RowQuestion,
    rows: Sequence[Row],
    found: FoundTable,
    hits: Sequence[Hit],
    *,
    among: Within | None = None,
) -> Answer | None:
    """Return the row whose cell is the greatest or the least of a column."""
    assert asked.degree
    bounded = among.columns if among else []
    heads = {column.head for column in bounded}
    columns = [c for c in number_columns(found.table.rows) if c.head not in heads]
    column = compared_column(asked.degree.adjective, asked.rest, columns)
    if column is None and bounded:  # the cheapest under 200: of the prices that are bounded
        column = (
            bounded[0]
            if len(bounded) == 1
            else compared_column(asked.degree.adjective, asked.rest, bounded)
        )
    values = [value for value in column.values if value[0] in rows] if column else []
    if column is None or len(values) < 2 - bool(among):
        return None
    sign = column.sign(asked.degree)
    ordered = sorted(values, key=lambda value: -sign * value[2].value)
    best = ordered[0][2].value
    first = [(row, cell) for row, cell, amount in ordered if amount.value == best]
    if len(first) > MAX_TIED or not all(row.name for row, _ in first):
        return None
    shorts = [(each[0], _wanted(asked, column, each)) for each in first]
    texts = [cell.text for _, cell, _ in ordered]
    middle = " · ".join(texts[:MAX_SHOWN]) + (" …" if len(texts) > MAX_SHOWN + 1 else "")
    last = f" {texts[-1]}" if len(texts) > MAX_SHOWN else ""
    if among and len(values) == 1:
        return _answer(asked, found, hits, shorts, note=str(among))
    template = (
        (HIGHEST_WITHIN if sign > 0 else LOWEST_WITHIN)
        if among
        else (HIGHEST if sign > 0 else LOWEST)
    )
    note = template.format(
        head=column.head,
        count=len(texts),
        condition=among.condition if among else "",
        values=f"{middle}{last}",
    )
    return _answer(asked, found, hits, shorts, note=note)


def _bounded(
    asked: RowQuestion, within: Within, found: FoundTable, hits: Sequence[Hit]
) -> Answer | None:
    """Return the rows within bounds: counted, listed, or a cell of the only one.

    If none is, the nearest is quoted. Of a row that is named another cell is wanted.
    """
    title = found.title_words()
    names = [words for row in found.table.rows if (words := _name_words(row) - title)]
    whether, one = asks_whether(asked.question), len(within.rows) == 1
    is_named = any(words <= words_of(asked.rest) for words in names)
    if is_named or not (asked.noun or whether or one) or not words_of(asked.rest):
        return None
    wants_cell = counted(asked.question) is None or _is_other_column(asked.noun, within)
    if wants_cell and not one and counted(asked.question) is not None:
        return None
    column = within.columns[-1]
    cells = {row: cell for row, cell, _ in column.values}
    every = ALL.search(asked.question) if whether else None
    if every and every[0].lower() == "both" and len(within.compared) != 2:
        return None
    if not within.rows:
        answer = _answer(asked, found, hits, [(within.nearest, None)], note=str(within))
        return replace(answer, yes_no="no" if whether else "")
    is_only = one and wants_cell and not every and within.rows[0].name is not None
    shorts = [
        (row, _wanted(asked, column, (row, cells[row])) if is_only else None)
        for row in within.rows[:MAX_ROWS]
    ]
    answer = _answer(asked, found, hits, shorts, note=str(within))
    return replace(answer, yes_no=_whether(asked.question, within) if whether else "")


def _whether(question: str, within: Within) -> str:
    """Return yes or no, of at least one row that is within; of all as a whole, maybe neither.

    “Are the lamps over 10 kg?” is answered by neither where some are and others are not.
    """
    if len(within.rows) == len(within.compared) or (
        SOME.search(question) and not ALL.search(question)
    ):
        return "yes"
    return "no" if ALL.search(question) else ""


def _wanted(asked: RowQuestion, column: Column, found: tuple[Row, Cell]) -> Span:
    """Return the cell that a question wants of the row: its name, its value, or another.

    The first word that is a head, or what all rows go by, says which.
    """
    row, value = found
    assert row.name is not None
    question, rest = asked.question, asked.rest
    dimensions = asked_dimensions(question_words(rest)) if WHAT_DOES.match(question) else []
    asks_value = any(fits(dimension, column.head, [value.text]) for dimension in dimensions)
    if asks_value or (question.lower().startswith("how ") and not asked.bounds):
        return value.span
    columns = {row.name.head: row.name, column.head: value}
    columns |= {cell.head: cell for cell in row.cells if cell.head not in columns}
    for written in split_words(rest):
        forms = question_words(written)
        wanted = next((c for head, c in columns.items() if _is_alike(forms, head)), None)
        if wanted:
            return wanted.span
    asks_value = WANTS_VALUE.search(question) is not None and not row.name.head
    return value.span if asks_value else row.name.span


def _is_other_column(noun: str, within: Within) -> bool:
    """Tell whether a column says what is counted: how many seats, of boats built early."""
    row = within.compared[0]
    bounded = {column.head for column in within.columns}
    heads = {cell.head for cell in row.cells} - bounded - {row.name and row.name.head}
    return any(_is_alike(words_of(noun), head) for head in heads if head)


def _is_alike(forms: Collection[str], head: str) -> bool:
    return bool(head) and any(alike(form, words_of(head)) for form in forms)


def _count_rows(
    asked: RowQuestion, meant: Sequence[Row], found: FoundTable, hits: Sequence[Hit]
) -> Answer | None:
    """Return how many rows there are of those that a question means, and quote them."""
    rows = found.table.rows
    if not all(row.name for row in rows) or not _is_count(asked, found, meant):
        return None
    named = name_list([row.name.text for row in meant if row.name])
    note = (SOME_ROWS if len(meant) < len(rows) else ALL_ROWS).format(
        count=len(meant), every=len(rows), named=named
    )
    cells = [(row, None) for row in meant[:MAX_ROWS]]
    return _answer(asked, found, hits, cells, note=note)


def _is_count(asked: RowQuestion, found: FoundTable, meant: Sequence[Row]) -> bool:
    """Tell whether a question wants these rows counted or listed, and no cell of one of them.

    What is counted is what the rows are: a word that all share, or one of head or title. Where
    that is not said, as in “how many people”, at least two rows are meant.
    """
    rows = found.table.rows
    counts = counted(asked.question) is not None
    title = found.title_words()
    head = rows[0].name.head if rows[0].name else ""
    what, subject = words_of(asked.noun), words_of(head) | title | _shared_words(rows)
    is_subject = any(alike(word, subject) for word in what)
    numbers = {cell.head for row in rows for cell in row.cells if quantity(cell.text)}
    of_column = any(alike(word, words_of(head)) for head in numbers for word in what)
    named = [words for row in meant if (words := _name_words(row) - title)]
    if not meant or (of_column and not is_subject) or (len(meant) == len(rows) and not counts):
        return False
    if any(words <= words_of(asked.rest) for words in named):
        return False  # one row is named, and asked for a cell
    if len(meant) == 1:
        return (
            counts and is_subject and not any(words & words_of(asked.rest) for words in named)
        )
    return is_subject or (counts and len(meant) < len(rows))


def _name_words(row: Row) -> frozenset[str]:
    return words_of(row.name.text) if row.name else frozenset()


def _shared_words(rows: Sequence[Row]) -> frozenset[str]:
    """Return the words that the names of all rows share: what the rows are."""
    return frozenset.intersection(*map(_name_words, rows))


def _answer(
    asked: RowQuestion,
    found: FoundTable,
    hits: Sequence[Hit],
    cells: Sequence[tuple[Row, Span | None]],
    *,
    note: str,
) -> Answer:
    """Return an answer that quotes rows, each with its short answer if it has one."""
    citations = cite(Quote(found.article, row.span, short) for row, short in cells)
    return Answer(
        asked.question,
        asked.question,
        tuple(Statement(c.quote, (c.number,), is_item=len(cells) > 1) for c in citations),
        citations,
        tuple(hits),
        COMPARED_PROBABILITY,
        note=note,
    )
