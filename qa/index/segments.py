"""Segments of articles: files of texts and metadata, and tables of what is where."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import weakref
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexBroken
from qa.origin import Origin
from qa.types import Article, Section, Span

StructuredArray = NDArray[np.void]

ARTICLE_ROW = np.dtype(
    [
        ("id", "S12"),
        ("content_hash", "V32"),
        ("metadata_hash", "V32"),
        ("text_hash", "V32"),
        ("source", "<u8"),  # of its name, to find its like
        ("metadata_at", "<i8"),
        ("metadata_size", "<i8"),
        ("text_at", "<i8"),
        ("text_size", "<i8"),
        ("passages", "<i4"),
        ("pinned", "?"),  # added by hand: a folder that lacks it does not remove it
    ]
)
PASSAGE_ROW = np.dtype([("id", "<i8"), ("start", "<i4"), ("end", "<i4")])
FULL_SEGMENT = 32_768  # passages: some twenty megabytes of text, and few files to hold open
SMALL_SEGMENT = 4_096  # passages: fewer are written anew together with what is added
METADATA_SUFFIX = ".jsonl"
TEXT_SUFFIX = ".txt"
ARTICLES_SUFFIX = ".articles.npy"
PASSAGES_SUFFIX = ".passages.npy"
SUFFIXES = (METADATA_SUFFIX, TEXT_SUFFIX, ARTICLES_SUFFIX, PASSAGES_SUFFIX)


class ArticleRecord(NamedTuple):
    """An article as bytes: its metadata as a line of JSON, and its text."""

    metadata: bytes
    text: bytes

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return an article as its bytes."""
        metadata = {
            "id": article.id,
            "title": article.title,
            "source": article.source,
            "sha256": article.sha256,
            **({"origin": asdict(article.origin)} if article.origin else {}),
            "words": len(article.text.split()),
            **({"pages": article.pages} if article.pages else {}),
            **({"unread_pages": article.unread_pages} if article.unread_pages else {}),
            **(
                {"illegible": list(map(astuple, article.illegible))}
                if article.illegible
                else {}
            ),
            "sections": _sections_as_json(article),
        }
        line = json.dumps(metadata, ensure_ascii=False) + "\n"
        return cls(line.encode(), article.text.encode())

    @property
    def hashes(self) -> tuple[bytes, bytes]:
        """The hashes of both."""
        return hashlib.sha256(self.metadata).digest(), hashlib.sha256(self.text).digest()

    def article(self) -> Article:
        """Return the article."""
        metadata = json.loads(self.metadata)
        sections = parse_sections(metadata)
        return Article(
            metadata["id"],
            metadata["title"],
            self.text.decode(),
            sections,
            metadata["source"],
            metadata["sha256"],
            Origin(**metadata.get("origin", {})),
            tuple(metadata.get("pages", ())),
            tuple(metadata.get("unread_pages", ())),
            tuple(Span(*place) for place in metadata.get("illegible", ())),
        )


def _sections_as_json(article: Article) -> list[dict[str, Any]]:
    return [
        {"path": s.path, "start": s.span.start, "end": s.span.end} for s in article.sections
    ]


def parse_sections(metadata: dict[str, Any]) -> tuple[Section, ...]:
    """Return the sections of an article from its metadata."""
    return tuple(
        Section(tuple(s["path"]), Span(s["start"], s["end"])) for s in metadata["sections"]
    )


def content_hash(article: Article) -> bytes:
    """Return the hash of an article's title, headings and text, which decide its vectors."""
    content = json.dumps([article.title, _sections_as_json(article), article.text])
    return hashlib.sha256(content.encode()).digest()


def source_hash(source: str) -> int:
    """Return a number that tells sources apart, or 0 for none; collisions are rare."""
    digest = hashlib.sha256(source.encode()).digest()
    return int.from_bytes(digest[:8], "little") if source else 0


class RandomAccessFile:
    """A file that is read at any offset; held open, it outlives its folder."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._lock = threading.Lock()
        weakref.finalize(self, os.close, self._file)

    def read(self, offset: int, size: int) -> bytes:
        """Return some bytes, fewer if the file ends before."""
        with self._lock:
            os.lseek(self._file, offset, os.SEEK_SET)
            parts: list[bytes] = []
            while size > 0 and (part := os.read(self._file, size)):
                parts.append(part)
                size -= len(part)
        return b"".join(parts)


@dataclass(frozen=True, slots=True, eq=False)
class ArticleSegment:
    """A segment of articles: its tables in memory, its texts on disk."""

    folder: Path
    name: str
    articles: StructuredArray
    passages: StructuredArray
    metadata: RandomAccessFile
    text: RandomAccessFile

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """Open a segment.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        articles = _read_table(folder / f"{name}{ARTICLES_SUFFIX}", ARTICLE_ROW)
        passages = _read_table(folder / f"{name}{PASSAGES_SUFFIX}", PASSAGE_ROW)
        texts = (
            RandomAccessFile(folder / f"{name}{suffix}")
            for suffix in (METADATA_SUFFIX, TEXT_SUFFIX)
        )
        return cls(folder, name, articles, passages, *texts)

    def record(self, row: StructuredArray) -> ArticleRecord:
        """Return an article as its bytes, verified to be those that were written.

        Raises:
            IndexBroken: if they were changed.
        """
        return ArticleRecord(
            self._read_verified(METADATA_SUFFIX, row), self._read_verified(TEXT_SUFFIX, row)
        )

    def metadata_of(self, row: StructuredArray) -> dict[str, Any]:
        """Return the metadata of an article, without reading its text.

        Raises:
            IndexBroken: if it was changed.
        """
        metadata: dict[str, Any] = json.loads(self._read_verified(METADATA_SUFFIX, row))
        return metadata

    def _read_verified(self, suffix: str, row: StructuredArray) -> bytes:
        name = "metadata" if suffix == METADATA_SUFFIX else "text"
        file = self.metadata if suffix == METADATA_SUFFIX else self.text
        content = file.read(int(row[f"{name}_at"]), int(row[f"{name}_size"]))
        if hashlib.sha256(content).digest() != row[f"{name}_hash"].tobytes():
            changed = self.folder / f"{self.name}{suffix}"
            raise IndexBroken(f"{changed} was changed since the index was built.")
        return content


def _read_table(file: Path, row: np.dtype[np.void]) -> StructuredArray:
    """Read a table; its columns get our names, whatever an older version called them."""
    table = np.load(file, allow_pickle=False)
    if [column[1] for column in table.dtype.descr] != [column[1] for column in row.descr]:
        raise ValueError(f"{file} holds another table")
    renamed: StructuredArray = table.view(row)
    return renamed


def segment_names(folder: Path) -> list[str]:
    """Return the names of the segments in a folder, in the order of their addition."""
    return sorted(
        file.name.removesuffix(METADATA_SUFFIX) for file in folder.glob(f"*{METADATA_SUFFIX}")
    )
