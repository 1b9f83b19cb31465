"""The texts of a version while they are written: new articles beside those that stay."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from io import BufferedWriter
from pathlib import Path
from typing import Self

import numpy as np

from qa.files import link
from qa.index.segments import (
    ARTICLE,
    ARTICLES,
    FULL,
    KINDS,
    PASSAGE,
    PASSAGES,
    SMALL,
    TEXT,
    TOLD,
    Chunk,
    Stored,
    Table,
    source_number,
)
from qa.index.texts import Texts
from qa.types import Article, Span


class Draft:
    """Writes runs of articles into an empty folder, beside those of an old version that stay.

    A run of which nothing went is linked; one that is small, or half gone, is written anew, and
    of any other only the tables are.
    """

    def __init__(self, folder: Path, old: Texts | None) -> None:
        self._folder, self._old = folder, old
        self._stays = np.ones(len(old) if old else 0, bool)
        chunks = old.stock.chunks if old else []
        last = max((int(chunk.name) for chunk in chunks), default=0)
        room = 2 * len(chunks)  # for those written anew: each ends two others at the most
        self._anew, self._fresh = Runs(folder, last + 1), Runs(folder, last + 1 + room)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Write what is left to write, unless something went wrong."""
        with closing(self._anew), closing(self._fresh):
            if raised[0] is None:
                if self._old:
                    self._carry(self._old)
                self._anew.end()
                self._fresh.end()

    def add(
        self,
        article: Article,
        *,
        made: bytes,
        first: int,
        spans: Sequence[Span],
        kept: bool,
    ) -> None:
        """Write an article and its passages, which are numbered on from the first."""
        passages = np.empty(len(spans), PASSAGE)
        passages["id"] = np.arange(first, first + len(spans))
        passages["start"] = [span.start for span in spans]
        passages["end"] = [span.end for span in spans]
        self._write(article, made=made, passages=passages, kept=kept)

    def move(self, article: Article, row: int, *, kept: bool) -> None:
        """Write an article anew that stood in a row; its passages are the same."""
        old = self._old
        if old is None:
            raise ValueError("There is no old version")
        self.drop(row)
        made, passages = old.table["made"][row].tobytes(), old.passages.rows_of(row)
        self._write(article, made=made, passages=passages, kept=kept)

    def drop(self, row: int) -> None:
        """Leave out the article that the old version has in a row."""
        self._stays[row] = False

    def _write(self, article: Article, *, made: bytes, passages: Table, kept: bool) -> None:
        stored = Stored.of(article)
        record = np.zeros((), ARTICLE)
        record["id"] = article.id
        record["made"] = np.void(made)
        record["told_check"], record["text_check"] = map(np.void, stored.checks)
        record["source"], record["kept"] = source_number(article.source), kept
        self._fresh.write(stored, record, passages)

    def _carry(self, old: Texts) -> None:
        """Link or write anew every run of the old version."""
        first = 0
        for chunk in old.stock.chunks:
            rows = range(first, first + len(chunk.articles))
            first += len(rows)
            stays = [row for row in rows if self._stays[row]]
            if _is_worth_keeping(chunk, old.table[stays]):
                self._link(chunk, old, stays)
                continue
            for row in stays:
                record = old.table[row].copy()
                self._anew.write(old.stock.stored(row), record, old.passages.rows_of(row))

    def _link(self, chunk: Chunk, old: Texts, stays: Sequence[int]) -> None:
        whole = len(stays) == len(chunk.articles)
        for kind in KINDS if whole else (TOLD, TEXT):
            link(chunk.folder / f"{chunk.name}{kind}", self._folder)
        if not whole:
            passages = [old.passages.rows_of(row) for row in stays]
            np.save(self._folder / f"{chunk.name}{ARTICLES}", old.table[stays])
            np.save(self._folder / f"{chunk.name}{PASSAGES}", np.concatenate(passages))


class Runs:
    """Writes one run of articles after the other, each until it is full."""

    def __init__(self, folder: Path, number: int) -> None:
        self._folder, self._number = folder, number
        self._articles: list[Table] = []
        self._passages: list[Table] = []
        self._held = 0
        self._files: list[BufferedWriter] = []

    def write(self, stored: Stored, record: Table, passages: Table) -> None:
        """Write an article under a record, where its place is filled in, and its passages."""
        if not self._files:
            self._files += (self._file(kind).open("xb") for kind in (TOLD, TEXT))
        told, text = self._files
        record["told_at"], record["told_size"] = told.tell(), len(stored.told)
        record["text_at"], record["text_size"] = text.tell(), len(stored.text)
        record["passages"] = len(passages)
        told.write(stored.told)
        text.write(stored.text)
        self._articles.append(record)
        self._passages.append(passages)
        self._held += len(passages)
        if self._held >= FULL:
            self.end()

    def end(self) -> None:
        """End the run that is open, if one is."""
        if not self._files:
            return
        self.close()
        np.save(self._file(ARTICLES), np.array(self._articles, ARTICLE))
        np.save(self._file(PASSAGES), np.concatenate(self._passages))
        self._articles, self._passages, self._held = [], [], 0
        self._number += 1

    def close(self) -> None:
        """Close the files that are open, all of them, though a full disk refuse one."""
        with ExitStack() as stack:
            for file in self._files:
                stack.callback(file.close)
            self._files = []

    def _file(self, kind: str) -> Path:
        return self._folder / f"{self._number:08}{kind}"


def _is_worth_keeping(chunk: Chunk, stays: Table) -> bool:
    """Tell whether much stays of a run, and more than went."""
    much = int(stays["passages"].sum()) >= SMALL
    return much and 2 * int(stays["text_size"].sum()) >= int(chunk.articles["text_size"].sum())
