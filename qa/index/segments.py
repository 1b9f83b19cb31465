"""A run of articles as files: texts, what is told of them, and tables of what is where."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import weakref
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexBroken
from qa.origin import Origin
from qa.types import Article, Section, Span

Table = NDArray[np.void]

ARTICLE = np.dtype(
    [
        ("id", "S12"),
        ("made", "V32"),  # the hash of what its passages and vectors are made of
        ("told_check", "V32"),  # the hashes of the two stretches of bytes
        ("text_check", "V32"),
        ("source", "<u8"),  # of its name, to find its like
        ("told_at", "<i8"),
        ("told_size", "<i8"),
        ("text_at", "<i8"),
        ("text_size", "<i8"),
        ("passages", "<i4"),
        ("kept", "?"),  # added by hand: a folder that lacks it does not remove it
    ]
)
PASSAGE = np.dtype([("id", "<i8"), ("start", "<i4"), ("end", "<i4")])
FULL = 32_768  # passages: some twenty megabytes of text, and few files to hold open
SMALL = 4_096  # passages: fewer are written anew together with what is added
TOLD, TEXT, ARTICLES, PASSAGES = ".jsonl", ".txt", ".articles.npy", ".passages.npy"
KINDS = (TOLD, TEXT, ARTICLES, PASSAGES)


class Stored(NamedTuple):
    """An article as its bytes: what is told of it, and its text."""

    told: bytes
    text: bytes

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return an article as its bytes."""
        told = {
            "id": article.id,
            "title": article.title,
            "source": article.source,
            "sha256": article.sha256,
            **({"origin": asdict(article.origin)} if article.origin else {}),
            "words": len(article.text.split()),
            "sections": _listed(article),
        }
        line = json.dumps(told, ensure_ascii=False) + "\n"
        return cls(line.encode(), article.text.encode())

    @property
    def checks(self) -> tuple[bytes, bytes]:
        """The hashes of both."""
        return hashlib.sha256(self.told).digest(), hashlib.sha256(self.text).digest()

    def article(self) -> Article:
        """Return the article."""
        told = json.loads(self.told)
        sections = sections_of(told)
        return Article(
            told["id"],
            told["title"],
            self.text.decode(),
            sections,
            told["source"],
            told["sha256"],
            Origin(**told.get("origin", {})),
        )


def _listed(article: Article) -> list[dict[str, Any]]:
    return [
        {"path": s.path, "start": s.span.start, "end": s.span.end} for s in article.sections
    ]


def sections_of(told: dict[str, Any]) -> tuple[Section, ...]:
    """Return the sections of an article from what is told of it."""
    return tuple(
        Section(tuple(s["path"]), Span(s["start"], s["end"])) for s in told["sections"]
    )


def made_of(article: Article) -> bytes:
    """Return the hash of what the passages and the vectors of an article are made of."""
    content = json.dumps([article.title, _listed(article), article.text])
    return hashlib.sha256(content.encode()).digest()


def source_number(source: str) -> int:
    """Return a number for a source, which other sources hardly ever have; 0 for none."""
    digest = hashlib.sha256(source.encode()).digest()
    return int.from_bytes(digest[:8], "little") if source else 0


class Stretches:
    """A file that is read where a table says; held open, it outlives its folder."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._lock = threading.Lock()
        weakref.finalize(self, os.close, self._file)

    def read(self, at: int, size: int) -> bytes:
        """Return some bytes, fewer if the file ends before."""
        with self._lock:
            os.lseek(self._file, at, os.SEEK_SET)
            parts: list[bytes] = []
            while size > 0 and (part := os.read(self._file, size)):
                parts.append(part)
                size -= len(part)
        return b"".join(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """One run of articles: its tables in memory, its texts on disk."""

    folder: Path
    name: str
    articles: Table
    passages: Table
    told: Stretches
    text: Stretches

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """Open a run.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        articles, passages = (
            np.load(folder / f"{name}{kind}", allow_pickle=False)
            for kind in (ARTICLES, PASSAGES)
        )
        if articles.dtype != ARTICLE or passages.dtype != PASSAGE:
            raise ValueError(f"{name} holds other tables")
        texts = (Stretches(folder / f"{name}{kind}") for kind in (TOLD, TEXT))
        return cls(folder, name, articles, passages, *texts)

    def stored(self, row: Table) -> Stored:
        """Return an article as its bytes, which are those that were written.

        Raises:
            IndexBroken: if they were changed.
        """
        return Stored(self._checked(TOLD, row), self._checked(TEXT, row))

    def told_of(self, row: Table) -> dict[str, Any]:
        """Return what is told of an article, its text left unread.

        Raises:
            IndexBroken: if it was changed.
        """
        told: dict[str, Any] = json.loads(self._checked(TOLD, row))
        return told

    def _checked(self, kind: str, row: Table) -> bytes:
        file, name = (self.told, "told") if kind == TOLD else (self.text, "text")
        stretch = file.read(int(row[f"{name}_at"]), int(row[f"{name}_size"]))
        if hashlib.sha256(stretch).digest() != row[f"{name}_check"].tobytes():
            changed = self.folder / f"{self.name}{kind}"
            raise IndexBroken(f"{changed} was changed since the index was built.")
        return stretch


def chunk_names(folder: Path) -> list[str]:
    """Return the names of the runs in a folder, in the order of their addition."""
    return sorted(file.name.removesuffix(TOLD) for file in folder.glob(f"*{TOLD}"))
