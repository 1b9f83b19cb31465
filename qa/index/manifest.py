"""The manifest of an index: how it was made, how much it holds, and the hashes of its files."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from qa.encoders import Encoder
from qa.errors import IndexBroken, IndexMismatch, IndexMissing, IndexUnreadable
from qa.files import sha256_of
from qa.settings import Settings

FORMAT = 4  # raise it when the same articles would be indexed in another way
MANIFEST_FILE = "manifest.json"
CHECKSUM_KEY = "sha256"
VERIFIED_WHEN_READ = re.compile(r"texts/\d+\.(jsonl|txt)|vectors/\d+\.npy")
LARGE_INDEX = 250_000_000  # bytes: they are hashed in a quarter of a second on two idle cores
HASH_THREADS = 2  # a disk keeps no more of them busy


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an index is made of its articles: encoder, size of a passage, and store."""

    encoder: str
    encoder_sha256: str
    passage_tokens: int
    store: str = field(default="faiss", repr=False)  # not part of a folder's name

    @classmethod
    def of(cls, encoder: Encoder, settings: Settings) -> Self:
        """Return the recipe of this encoder and these settings."""
        return cls(encoder.name, encoder.sha256, settings.passage_tokens, settings.store)

    def has_same_vectors(self, other: Recipe) -> bool:
        """Tell whether another recipe gives the same passages and vectors, in any store."""
        return replace(self, store=other.store) == other


@dataclass(frozen=True, slots=True)
class Manifest:
    """The one file that names the current version; replacing it replaces the index."""

    folder: str
    recipe: Recipe
    articles: int
    added: int
    """The number of pinned articles."""

    passages: int
    rows: int
    """The id of the next passage: no id is used twice."""

    files: Mapping[str, str]
    kind: str
    """The kind of index that the vectors are searched with."""

    recall: float
    """The share of the 10 nearest vectors that a search finds, measured after the build."""

    format: int = FORMAT

    def write(self, home: Path) -> None:
        """Replace the manifest in one step: the old version is current until then."""
        content = asdict(self)
        text = json.dumps(
            content | {CHECKSUM_KEY: _checksum(content)}, indent=2, ensure_ascii=False
        )
        fresh = home / f"{self.folder}.manifest"
        with fresh.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(home / MANIFEST_FILE)

    @classmethod
    def current_folder(cls, home: Path) -> str | None:
        """Return the folder of the current version, of any format; empty if there is no index.

        Returns None if there is a manifest that cannot be read.
        """
        try:
            content = json.loads((home / MANIFEST_FILE).read_text("utf-8"))
        except FileNotFoundError:
            return ""
        except (OSError, ValueError):
            return None
        folder = content.get("folder") if isinstance(content, dict) else None
        return folder if isinstance(folder, str) else None

    @classmethod
    def stamp(cls, home: Path) -> tuple[int, int]:
        """Return the manifest's time and inode: cheap to compare, new with each version."""
        try:
            stat = (home / MANIFEST_FILE).stat()
        except OSError:
            return 0, 0
        return stat.st_mtime_ns, stat.st_ino

    @classmethod
    def read(cls, home: Path) -> Self:
        """Read the manifest of the index in a folder.

        Raises:
            IndexMissing: if there is none.
            IndexMismatch: if another version wrote it.
            IndexBroken: if it is damaged.
            IndexUnreadable: if it may not be read.
        """
        try:
            content = json.loads((home / MANIFEST_FILE).read_text("utf-8"))
        except FileNotFoundError as missing:
            raise IndexMissing(home) from missing
        except PermissionError as refused:
            raise IndexUnreadable(refused) from refused
        except (OSError, ValueError, RecursionError) as damaged:
            raise IndexBroken(f"{home / MANIFEST_FILE} cannot be read: {damaged}.") from damaged
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise IndexMismatch(
                f"The index in {home} was made by another version of this program."
            )
        if content.pop(CHECKSUM_KEY, None) != _checksum(content):
            raise IndexBroken(f"{home / MANIFEST_FILE} was changed since the index was built.")
        return cls._from(content, home)

    @classmethod
    def _from(cls, content: dict[str, Any], home: Path) -> Self:
        try:
            return cls(**{**content, "recipe": Recipe(**content["recipe"])})
        except (KeyError, TypeError) as damaged:
            raise IndexBroken(f"{home / MANIFEST_FILE} lacks a field: {damaged}.") from damaged

    def verify(self, home: Path) -> None:
        """Compare every file of the index with its hash, before any parser sees its bytes.

        Texts and vectors of a large index are left out, since each is compared with a hash of
        its own when it is read; reading all would take seconds.

        Raises:
            IndexBroken: if one is missing or was changed.
        """
        folder = home / self.folder
        pieces = [name for name in self.files if VERIFIED_WHEN_READ.fullmatch(name)]
        deferred = set(pieces if _size(folder, pieces) > LARGE_INDEX else ())
        actual = hash_files(folder, self.files.keys() - deferred)
        actual |= {name: self.files[name] for name in deferred if (folder / name).is_file()}
        for name, expected in self.files.items():
            if actual.get(name) != expected:
                state = "was changed" if actual.get(name) else "is missing"
                raise IndexBroken(f"{folder / name} {state} since the index was built.")


def linked_files(folder: Path, other: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes of the files of a folder that are hard links to another folder's."""
    pairs = ((name, folder / name, other / name) for name in files)
    return {
        name: files[name]
        for name, here, there in pairs
        if here.is_file() and there.is_file() and here.samefile(there)
    }


def _size(folder: Path, names: Iterable[str]) -> int:
    """Return the bytes of the files that are there."""
    files = (folder / name for name in names)
    return sum(file.stat().st_size for file in files if file.is_file())


def _checksum(content: Mapping[str, Any]) -> str:
    """Return the hash of a manifest's content, however it is laid out."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def files_of(folder: Path) -> list[str]:
    """Return the names of the files under a folder, locks apart."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock")
    return sorted(file.relative_to(folder).as_posix() for file in files)


def hash_files(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the hash of each file of a folder by its name, or nothing where there is none."""
    names = list(names)
    with ThreadPoolExecutor(HASH_THREADS) as threads:
        return dict(zip(names, threads.map(_hash, (folder / n for n in names)), strict=True))


def _hash(file: Path) -> str:
    return sha256_of(file) if file.is_file() else ""
