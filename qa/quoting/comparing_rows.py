"""Answers from all rows of a table: the greatest and the least of a column, and how many."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa.answers import Answer, Statement, cite
from qa.articles.rows import Cell, Row
from qa.language.amounts import Quantity, quantity
from qa.language.terms import split_words
from qa.quoting.quotes import Quote
from qa.quoting.table_words import (
    DIMENSIONS,
    alike,
    asked_dimensions,
    fits,
    head_scores,
    question_words,
    row_words,
    words_of,
)
from qa.quoting.tables import FoundTable, knows_all_words, tables_of
from qa.readers import Evidence
from qa.types import Hit, Span

COMPARED_PROBABILITY = 0.9  # of an answer for which all cells of a column were compared
MAX_TABLES = 4  # that are looked at, those found first
MIN_NUMERIC_SHARE = 0.7  # of the filled cells of a column that is compared
MAX_ROWS = 12  # that are quoted of those that were counted
MAX_SHOWN = 4  # values that are shown of those compared
MAX_TIED = 3  # rows that are quoted where several are first

GREATEST_FORMS = """
highest largest biggest greatest most longest tallest heaviest deepest widest fastest quickest
hottest warmest farthest furthest newest youngest latest dearest costliest loudest
"""
LEAST_FORMS = """
lowest smallest least fewest shortest lightest shallowest narrowest slowest coldest nearest
closest oldest earliest cheapest quietest
"""
GREATEST, LEAST = frozenset(GREATEST_FORMS.split()), frozenset(LEAST_FORMS.split())
COMPOUND = {
    "most expensive": "dearest",
    "least expensive": "cheapest",
    "most costly": "dearest",
    "most recent": "latest",
    "most recently": "latest",
}
ANY_FORM = "|".join([*COMPOUND, *sorted(GREATEST | LEAST)])
SUPERLATIVE = re.compile(rf"\b({ANY_FORM})\b(?! (?:of all|likely|people|often))", re.I)
BY_AGE = {"oldest": 1, "youngest": -1, "newest": -1}
"""Of an age the oldest is the greatest; of a year of birth, the least."""
BY_TIME = {"fastest": -1, "quickest": -1, "slowest": 1}
"""Of a time the fastest is the least; of a speed, the greatest."""
HOW_MANY = re.compile(r"\bhow many (?!of\b)(?P<what>[\w’'-]+(?: [\w’'-]+)?)", re.I)
WHICH = re.compile(r"^(?:which|what)\b(?: (?:of the|are the))? (?P<what>[\w’'-]+)", re.I)
WHAT_DOES = re.compile(r"what (?:do|does|did)\b", re.I)
WANTS_VALUE = re.compile(r"^what(?:’s|'s| is| was) the\b", re.I)


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of a column that are numbers, of those rows that are compared."""

    head: str
    values: tuple[tuple[Row, Cell, Quantity], ...]


def compare_rows(
    asked: str, hits: Sequence[Hit], evidence: Sequence[Evidence], *, threshold: float
) -> Answer | None:
    """Answer by comparing or counting rows, if a question asks for that and one table can.

    A sentence that says it in its own words is a better answer, and leaves this to nothing.
    """
    word = SUPERLATIVE.search(asked)
    counted = HOW_MANY.search(asked) or WHICH.search(asked)
    if not (word or counted):
        return None
    for found in list(tables_of([hit.passage for hit in hits]))[:MAX_TABLES]:
        if word and _is_said(word[1], found, evidence, threshold):
            return None
        if not knows_all_words(asked, found):
            continue
        answer = _superlative(asked, word, found, hits) if word else None
        if not word and counted:
            answer = _count_rows(asked, counted, found, hits)
        if answer:
            return answer
    return None


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
    asked: str, word: re.Match[str], found: FoundTable, hits: Sequence[Hit]
) -> Answer | None:
    """Return the row whose cell is the greatest or the least of a column."""
    said = COMPOUND.get(word[1].lower(), word[1].lower())
    rest = f"{asked[: word.start()]} {asked[word.end() :]}"
    rows = _rows_meant(rest, found)
    column = _column(said, rest, rows)
    if column is None:
        return None
    sign = _sign(said, column)
    ordered = sorted(column.values, key=lambda value: -sign * value[2].value)
    best = ordered[0][2].value
    first = [(row, cell) for row, cell, amount in ordered if amount.value == best]
    if len(first) > MAX_TIED or not all(row.name for row, _ in first):
        return None
    shorts = [(each[0], _wanted(asked, rest, column, each)) for each in first]
    values = [cell.text for _, cell, _ in ordered]
    middle = " · ".join(values[:MAX_SHOWN]) + (" …" if len(values) > MAX_SHOWN + 1 else "")
    last = f" {values[-1]}" if len(values) > MAX_SHOWN else ""
    way = "Highest" if sign > 0 else "Lowest"
    note = f"{way} “{column.head}” of {len(values)} rows: {middle}{last}"
    return _answer(asked, found, hits, shorts, note=note)


def _column(said: str, rest: str, rows: Sequence[Row]) -> Column | None:
    """Return the column of numbers that a superlative asks to compare, if one fits best."""
    if len(rows) < 2:
        return None
    heads = dict.fromkeys(cell.head for row in rows for cell in row.cells if cell.head)
    columns = [column for head in heads if (column := _numbers(head, rows))]
    left = question_words(rest)
    named = head_scores([column.head for column in columns], left) if columns else {}
    measures = [measure for measure in DIMENSIONS if said in measure.asking]
    scored = []
    for column in columns:
        cells = [cell.text for _, cell, _ in column.values]
        fit = max((fits(m, column.head, cells) for m in measures), default=0.0)
        scored.append((2 * (named[column.head] > 0.2) + named[column.head] / 10 + fit, column))
    best = max((score for score, _ in scored), default=0.0)
    first = [column for score, column in scored if score == best]
    return first[0] if best >= 1 and len(first) == 1 else None


def _numbers(head: str, rows: Sequence[Row]) -> Column | None:
    """Return a column as numbers of one unit, or nothing if too few of its cells are."""
    cells = [(row, cell) for row in rows for cell in row.cells if cell.head == head]
    filled = [(row, cell) for row, cell in cells if any(map(str.isalnum, cell.text))]
    values = [(row, cell, q) for row, cell in filled if (q := quantity(cell.text))]
    units = {q.unit for _, _, q in values}
    if (
        len(values) < 2
        or len(values) < MIN_NUMERIC_SHARE * len(filled)
        or len(units - {""}) > 1
    ):
        return None
    return Column(head, tuple(values))


def _sign(said: str, column: Column) -> int:
    """Return whether the greatest is wanted, 1, or the least, -1."""
    words = words_of(column.head)
    units = {q.unit for _, _, q in column.values}
    if said in BY_AGE and ("age" in words or units == {"minute"}):
        return BY_AGE[said]
    if said in BY_TIME and ("time" in words or "durat" in words or units & {"minute", "clock"}):
        return BY_TIME[said]
    return 1 if said in GREATEST else -1


def _wanted(asked: str, rest: str, column: Column, found: tuple[Row, Cell]) -> Span:
    """Return the cell that a question wants of the row: its name, its value, or another.

    The first word that is a head, or what all rows go by, says which.
    """
    row, value = found
    assert row.name is not None
    measures = asked_dimensions(question_words(rest)) if WHAT_DOES.match(asked) else []
    asks_value = any(fits(measure, column.head, [value.text]) for measure in measures)
    if asks_value or asked.lower().startswith("how "):
        return value.span
    columns = {row.name.head: row.name, column.head: value}
    columns |= {cell.head: cell for cell in row.cells if cell.head not in columns}
    for written in split_words(rest):
        forms = question_words(written)
        wanted = next((c for head, c in columns.items() if _is_alike(forms, head)), None)
        if wanted:
            return wanted.span
    asks_value = WANTS_VALUE.search(asked) is not None and not row.name.head
    return value.span if asks_value else row.name.span


def _is_alike(forms: Collection[str], head: str) -> bool:
    return bool(head) and any(alike(form, words_of(head)) for form in forms)


def _count_rows(
    asked: str, noun: re.Match[str], found: FoundTable, hits: Sequence[Hit]
) -> Answer | None:
    """Return how many rows there are of those that a question means, and quote them."""
    rows = found.table.rows
    meant = _rows_meant(asked, found)
    if not all(row.name for row in rows) or not _is_count(asked, noun, found, meant):
        return None
    names = [row.name.text for row in meant if row.name]
    listed = ", ".join(names[:MAX_ROWS])
    more = f" … {len(names) - MAX_ROWS} more" if len(names) > MAX_ROWS else ""
    whole = f" of {len(rows)}" if len(meant) < len(rows) else ""
    note = f"{len(meant)}{whole} rows: {listed}{more}"
    cells = [(row, None) for row in meant[:MAX_ROWS]]
    return _answer(asked, found, hits, cells, note=note)


def _is_count(asked: str, noun: re.Match[str], found: FoundTable, meant: Sequence[Row]) -> bool:
    """Tell whether a question wants these rows counted or listed, and no cell of one of them.

    What is counted is what the rows are: a word that all share, or one of head or title. Where
    that is not said, as in “how many people”, at least two rows are meant.
    """
    rows = found.table.rows
    counts = noun.re is HOW_MANY
    title = found.title_words()
    head = rows[0].name.head if rows[0].name else ""
    what, subject = words_of(noun["what"]), words_of(head) | title | _shared_words(rows)
    is_subject = any(alike(word, subject) for word in what)
    numbers = {cell.head for row in rows for cell in row.cells if quantity(cell.text)}
    of_column = any(alike(word, words_of(head)) for head in numbers for word in what)
    named = [words for row in meant if (words := _name_words(row) - title)]
    if not meant or (of_column and not is_subject) or (len(meant) == len(rows) and not counts):
        return False
    if any(words <= words_of(asked) for words in named):
        return False  # one row is named, and asked for a cell
    if len(meant) == 1:
        return counts and is_subject and not any(words & words_of(asked) for words in named)
    return is_subject or (counts and len(meant) < len(rows))


def _name_words(row: Row) -> frozenset[str]:
    return words_of(row.name.text) if row.name else frozenset()


def _shared_words(rows: Sequence[Row]) -> frozenset[str]:
    """Return the words that the names of all rows share: what the rows are."""
    return frozenset.intersection(*map(_name_words, rows))


def _answer(
    asked: str,
    found: FoundTable,
    hits: Sequence[Hit],
    cells: Sequence[tuple[Row, Span | None]],
    *,
    note: str,
) -> Answer:
    """Return an answer that quotes rows, each with its short answer if it has one."""
    citations = cite(Quote(found.article, row.span, short) for row, short in cells)
    return Answer(
        asked,
        asked,
        tuple(Statement(c.quote, (c.number,), is_item=len(cells) > 1) for c in citations),
        citations,
        tuple(hits),
        COMPARED_PROBABILITY,
        note=note,
    )
