"""Rows as evidence: the row that a question names, and the cell that is its short answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.articles.rows import Cell, Row, TableText, tables_in
from qa.language.amounts import quantity
from qa.language.dates import YEAR
from qa.language.dimensions import asked_dimensions
from qa.language.question_kinds import (
    asks_how_much,
    asks_when,
    asks_where,
    asks_whether,
    asks_who,
    asks_why,
    counted,
)
from qa.language.terms import split_words
from qa.quoting.table_words import (
    CURRENCY,
    LIGHT,
    TableWords,
    alike,
    fits,
    head_scores,
    names,
    question_words,
    row_words,
    words_of,
)
from qa.readers import Evidence
from qa.types import Article, Passage, Section, Span

NAMED_PROBABILITY = 0.9  # of a row whose label and one of whose heads the question names
UNNAMED_FACTOR = 0.1  # of the probability of a row beside one that the question names
MIN_LEAD = 2.0  # over the probability of any other row, if a row is meant that is not named
MAX_NAMED = 3  # rows that a question names alike: of more, none is meant
MAX_AROUND = 20_000  # characters of a section, beside the cells, whose words are known
FEW_WORDS = 0.5  # of a column, at least this much of a match
WANTED = re.compile(
    r"(?:and |so )?(?:(?P<who>who)\b|(?:in |on |at |for |of |from )?(?:which|what) "
    r"(?P<what>(?:[\w’'-]+ ){1,2}))",
    re.IGNORECASE,
)
MOMENT = re.compile(r"\d{1,2}:\d\d|\b\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}\b")


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table in a section of an article, and a passage that the search found there."""

    table: TableText
    section: Section
    passage: Passage

    @property
    def article(self) -> Article:
        """The article that it stands in."""
        return self.passage.article

    def title_words(self) -> frozenset[str]:
        """Return the words of the title and the headings that it stands under."""
        return words_of(" ".join([self.article.title, *self.section.path]))

    def known_words(self) -> frozenset[str]:
        """Return the words of all that stands around it: a question with others asks more."""
        said = self.section.span.of(self.article.text)
        around = words_of(said[:MAX_AROUND]) | self.title_words()
        return around | LIGHT | self.cell_words()

    def cell_words(self) -> frozenset[str]:
        """Return the words of all its cells and heads."""
        heads = {cell.head for row in self.table.rows for cell in row.every}
        words = [words_of(head) for head in heads]
        return frozenset[str]().union(*words, *map(row_words, self.table.rows))


def tables_of(passages: Collection[Passage]) -> Iterator[FoundTable]:
    """Yield the tables in the sections of some passages, each once, in their order."""
    seen = set[tuple[str, Span]]()
    for passage in passages:
        section = next((s for s in passage.article.sections if passage.span in s.span), None)
        if section and (passage.article.id, section.span) not in seen:
            seen.add((passage.article.id, section.span))
            for table in tables_in(passage.article, section):
                yield FoundTable(table, section, passage)


def by_rows(
    asked: str, evidence: Sequence[Evidence], unknown: Collection[str]
) -> list[Evidence]:
    """Return the evidence, scored anew by what the question names among the rows of its tables.

    Of a table in which a row is named, the others are no answer; of a row that is not named
    nothing is the short answer. Where a column is named too, that cell is it, and the row
    answers. Heads alone answer nothing.
    """
    passages = {e.passage.id: e.passage for e in evidence}
    found = list(tables_of(passages.values()))
    if not found or asks_why(asked):
        return list(evidence)
    by_row = dict[tuple[str, Span], Evidence]()
    spans = {(e.passage.article.id, e.span): e for e in evidence}
    for each in found:
        for row_evidence in _row_evidence(asked, each, spans, unknown):
            by_row[each.article.id, row_evidence.span] = row_evidence
    left = [e for e in evidence if (e.passage.article.id, e.span) not in by_row]
    return sorted([*by_row.values(), *left], key=lambda e: -e.score)


def _row_evidence(
    asked: str,
    found: FoundTable,
    evidence: dict[tuple[str, Span], Evidence],
    unknown: Collection[str],
) -> Iterator[Evidence]:
    """Yield the evidence of the heads and rows of a table."""
    article = found.article.id
    for span in found.table.heads:
        if read := evidence.get((article, span)):
            yield replace(read, score=UNNAMED_FACTOR * read.score, short=None)
    words = TableWords.of(found.table)
    named = words.named_rows(asked)
    is_full = bool(named) and not _asks_more(asked, found)
    partly = None if named or unknown else words.partly_named_row(asked)
    read_rows = [e for row in found.table.rows if (e := evidence.get((article, row.span)))]
    best = max((e.score for e in read_rows), default=0.0) if len(named) <= MAX_NAMED else None
    for row in found.table.rows:
        read = evidence.get((article, row.span))
        if row in named and is_full:
            given = read or Evidence(found.passage, row.span, 0.0)
            yield _named_row(asked, found, row, given, best=best)
        elif read is None:
            continue
        elif named or partly:
            share = 1.0 if row == partly else UNNAMED_FACTOR
            short = _short_of(asked, row, read) if row == partly else None
            yield replace(read, score=share * read.score, short=short)
        else:
            second = max((e.score for e in read_rows if e is not read), default=0.0)
            is_meant = not unknown and read.score >= MIN_LEAD * second
            short = _within_cell(row, read.short) if is_meant else None
            is_other = any(map(_is_name, unknown)) or _names_another(asked, found, unknown)
            share = UNNAMED_FACTOR if is_other else 1.0
            yield replace(read, score=share * read.score, short=short)


def _named_row(
    asked: str, found: FoundTable, row: Row, given: Evidence, *, best: float | None
) -> Evidence:
    """Return a row that a question names: it answers as well as any of its table, the `best`.

    If a column is named too it surely does, unless that asks whether, or for what the rows are
    in words that the table lacks. Of many rows that are named alike none is meant: no `best`.
    """
    cell = asked_cell(asked, row)
    if cell and cell is row.name and not knows_all_words(asked, found):
        cell = None
    if cell and best is not None and not asks_whether(asked):
        return replace(given, score=max(given.score, NAMED_PROBABILITY), short=cell.span)
    score = max(given.score, best or 0.0)
    return replace(given, score=score, short=_short_of(asked, row, given))


def _is_name(word: str) -> bool:
    """Tell the name or the number of something from another word that no article has."""
    return word[:1].isupper() or any(map(str.isdigit, word))


def _names_another(asked: str, found: FoundTable, unknown: Collection[str]) -> bool:
    """Tell whether an unknown word stands before one of a label: a row that is not there."""
    labels = [words_of(row.label.text) for row in found.table.rows if row.label]
    known = frozenset[str]().union(*labels)
    return any(
        one in unknown and words_of(other) <= known
        for one, other in pairwise(split_words(asked))
    )


def _asks_more(asked: str, found: FoundTable) -> bool:
    """Tell whether a question has a number that nothing in or around a table has."""
    numbers = {word for word in question_words(asked) if any(map(str.isdigit, word))}
    return bool(numbers - found.known_words())


def asked_cell(asked: str, row: Row, *, without: Collection[str] = ()) -> Cell | None:
    """Return the cell of a row whose column a question names, if one does so best."""
    keys = [c for c in row.every if names(c.text, asked, is_label=c is row.label)]
    used = frozenset[str]().union(*(words_of(cell.text) for cell in keys))
    left = question_words(asked) - used - frozenset(without)
    cells = [cell for cell in row.cells if cell not in keys]
    heads = head_scores({cell.head for cell in cells if cell.head}, left)
    scored = [(heads.get(cell.head, 0.0) + _kind(asked, left, cell), cell) for cell in cells]
    best = max((score for score, _ in scored), default=0.0)
    first = [cell for score, cell in scored if score == best]
    if len(cells) == 1 and row.label in keys:
        return cells[0]
    if best >= FEW_WORDS and len(first) == 1:
        return first[0]
    if row.name is None or row.name in keys or row.label in keys or not keys:
        return None
    return row.name if _asks_label(asked, row.name) else None


def _asks_label(asked: str, label: Cell) -> bool:
    """Tell whether a question wants what the rows are: “which part”, of a column of parts."""
    found = WANTED.match(asked)
    if found is None:
        return False
    nouns = question_words(found["what"]) if found["what"] else frozenset[str]()
    goes_by = words_of(label.head) | words_of(label.text)
    return any(alike(noun, goes_by) for noun in nouns) or found["who"] is not None


def _short_of(asked: str, row: Row, read: Evidence) -> Span | None:
    """Return the cell whose column is named, or else the one where the reader's words begin."""
    cell = asked_cell(asked, row)
    if cell is None and read.short:
        short = read.short
        cell = next((cell for cell in row.every if cell.span.overlap(short)), None)
    if cell is None or (
        cell in (row.label, row.name) and words_of(cell.text) & words_of(asked)
    ):
        return None
    return cell.span


def _kind(asked: str, words: frozenset[str], cell: Cell) -> float:
    """Return how well a cell is of the kind that a question asks for."""
    score = max((fits(m, cell.head, [cell.text]) for m in asked_dimensions(words)), default=0.0)
    has_number = any(map(str.isdigit, cell.text))
    if asks_when(asked):
        is_time = YEAR.fullmatch(cell.text) or MOMENT.search(cell.text)
        score += 0.6 * bool(is_time)
    elif asks_who(asked) or asks_where(asked):
        score += 0.4 * (cell.text[:1].isupper() and not has_number)
    elif asks_how_much(asked):
        score += 0.6 * bool(CURRENCY.search(cell.text))
    elif counted(asked) is not None:
        number = quantity(cell.text)
        score += 0.2 * (number is not None and number.unit != "date")
    return score


def _within_cell(row: Row, short: Span | None) -> Span | None:
    """Return the cell that most of a reader's short answer lies in, if it is of one."""
    if short is None:
        return None
    within = [cell for cell in row.every if cell.span.overlap(short)]
    return within[0].span if len(within) == 1 else None


def knows_all_words(asked: str, found: FoundTable) -> bool:
    """Tell whether a table, and what stands around it, has every word that a question has."""
    dimensions = asked_dimensions(question_words(asked))
    known = found.known_words().union(*(m.asking | m.heads for m in dimensions))
    return all(word in known or alike(word, known) for word in words_of(asked))
