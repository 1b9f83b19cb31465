"""What stands in an index's manifest: how it was made, how much it holds, which files it is."""

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
from qa.errors import IndexBroken, IndexMismatch, IndexMissing
from qa.settings import Settings

FORMAT = 3  # raise it when the same articles would be indexed in another way
NAME = "manifest.json"
CHECK = "sha256"
IN_PIECES = re.compile(r"texts/\d+\.(jsonl|txt)|vectors/\d+\.npy")
LARGE = 250_000_000  # bytes: they are hashed in a quarter of a second on two quiet cores
THREADS = 2  # that hash: what a disk delivers keeps no more of them busy


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides an index besides the articles: encoder, size of a passage, and store."""

    encoder: str
    encoder_sha256: str
    passage_tokens: int
    store: str = field(default="faiss", repr=False)  # which no folder is named by

    @classmethod
    def of(cls, encoder: Encoder, settings: Settings) -> Self:
        """Return how an index is made with this encoder and these settings."""
        return cls(encoder.name, encoder.sha256, settings.passage_tokens, settings.store)

    def cuts_and_encodes_as(self, other: Recipe) -> bool:
        """Tell whether another has the same passages and vectors, wherever it keeps them."""
        return replace(self, store=other.store) == other


@dataclass(frozen=True, slots=True)
class Manifest:
    """The one file that says what an index is; replacing it replaces the index."""

    folder: str
    recipe: Recipe
    articles: int
    added: int
    """Articles that were added by hand, so that only who has them can bring them back."""

    passages: int
    rows: int
    """Passages that were ever numbered: the next one's number, for none is used twice."""

    files: Mapping[str, str]
    kind: str
    """What the vectors are searched with first."""

    recall: float
    """The share of the 10 nearest vectors that it finds, as measured when it was made."""

    format: int = FORMAT

    def write(self, home: Path) -> None:
        """Put the manifest in place in one step: the old index stands until then."""
        said = asdict(self)
        text = json.dumps(said | {CHECK: _check(said)}, indent=2, ensure_ascii=False)
        fresh = home / f"{self.folder}.manifest"
        with fresh.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(home / NAME)

    @classmethod
    def standing(cls, home: Path) -> str | None:
        """Return the folder of the index that stands, of whatever format; nothing if none does.

        None is the answer where there is a manifest that cannot be read.
        """
        try:
            said = json.loads((home / NAME).read_text("utf-8"))
        except FileNotFoundError:
            return ""
        except (OSError, ValueError):
            return None
        folder = said.get("folder") if isinstance(said, dict) else None
        return folder if isinstance(folder, str) else None

    @classmethod
    def stamp(cls, home: Path) -> tuple[int, int]:
        """Return what differs when another manifest is in place; it costs next to nothing."""
        try:
            stat = (home / NAME).stat()
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
        """
        try:
            said = json.loads((home / NAME).read_text("utf-8"))
        except FileNotFoundError as missing:
            raise IndexMissing(home) from missing
        except (OSError, ValueError, RecursionError) as damaged:
            raise IndexBroken(f"{home / NAME} cannot be read: {damaged}.") from damaged
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise IndexMismatch(f"The index in {home} is of another version of this program.")
        if said.pop(CHECK, None) != _check(said):
            raise IndexBroken(f"{home / NAME} was changed since the index was built.")
        return cls._from(said, home)

    @classmethod
    def _from(cls, said: dict[str, Any], home: Path) -> Self:
        try:
            return cls(**{**said, "recipe": Recipe(**said["recipe"])})
        except (KeyError, TypeError) as damaged:
            raise IndexBroken(f"{home / NAME} lacks what it must say: {damaged}.") from damaged

    def verify(self, home: Path) -> None:
        """Compare every file of the index with its hash, before any parser sees its bytes.

        Of a large index, those are left for later whose every piece is compared with a hash of
        its own when it is read: texts, and vectors. Reading all would take seconds.

        Raises:
            IndexBroken: if one is missing or was changed.
        """
        folder = home / self.folder
        pieces = [name for name in self.files if IN_PIECES.fullmatch(name)]
        later = set(pieces if _size(folder, pieces) > LARGE else ())
        found = hashes(folder, self.files.keys() - later)
        found |= {name: self.files[name] for name in later if (folder / name).is_file()}
        for name, expected in self.files.items():
            if found.get(name) != expected:
                state = "was changed" if found.get(name) else "is missing"
                raise IndexBroken(f"{folder / name} {state} since the index was built.")


def shared(folder: Path, other: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes of those files of another folder that a folder shares, by links."""
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


def _check(said: Mapping[str, Any]) -> str:
    """Return the hash of what a manifest says, however it is laid out."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def sha256_of(file: Path) -> str:
    """Return the hash of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_of(folder: Path) -> list[str]:
    """Return the names of the files under a folder, locks apart."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock")
    return sorted(file.relative_to(folder).as_posix() for file in files)


def hashes(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the hash of each file of a folder by its name, or nothing where there is none."""
    names = list(names)
    with ThreadPoolExecutor(THREADS) as threads:
        return dict(zip(names, threads.map(_hash, (folder / n for n in names)), strict=True))


def _hash(file: Path) -> str:
    return sha256_of(file) if file.is_file() else ""
