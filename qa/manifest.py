"""What stands in an index's manifest: which texts, which model, which files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from qa.encoders import Encoder
from qa.errors import IndexBroken, IndexMismatch, IndexMissing
from qa.settings import Settings

FORMAT = 2  # raise it when the same articles would be indexed in another way
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides an index besides the articles: the encoder and the size of a passage."""

    encoder: str
    encoder_sha256: str
    passage_tokens: int

    @classmethod
    def of(cls, encoder: Encoder, settings: Settings) -> Self:
        """Return how an index is made with this encoder and these settings."""
        return cls(encoder.name, encoder.sha256, settings.passage_tokens)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of an index: the hash of its file, and the passages it was cut into."""

    id: str
    source: str
    title: str
    sha256: str
    passages: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The one file that says what an index is; replacing it replaces the index."""

    folder: str
    recipe: Recipe
    articles: tuple[Entry, ...]
    files: Mapping[str, str]
    format: int = FORMAT

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return sum(entry.passages for entry in self.articles)

    def fits(self, sha256s: Iterable[str], recipe: Recipe) -> bool:
        """Tell whether the index was made of just these contents in this way."""
        return self.recipe == recipe and {e.sha256 for e in self.articles} == set(sha256s)

    def write(self, home: Path) -> None:
        """Put the manifest in place in one step: the old index stands until then."""
        fresh = home / f"{self.folder}.manifest"
        fresh.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", "utf-8")
        fresh.replace(home / NAME)

    @classmethod
    def read(cls, home: Path) -> Self:
        """Read the manifest of the index in a folder.

        Raises:
            IndexMissing: if there is none.
            IndexMismatch: if another version wrote it.
            IndexBroken: if it is damaged.
        """
        try:
            given = json.loads((home / NAME).read_text("utf-8"))
        except FileNotFoundError as missing:
            raise IndexMissing(home) from missing
        except (OSError, ValueError) as damaged:
            raise IndexBroken(f"{home / NAME} cannot be read: {damaged}.") from damaged
        if not isinstance(given, dict) or given.get("format") != FORMAT:
            raise IndexMismatch(f"The index in {home} is of another version of this program.")
        return cls._from(given, home)

    @classmethod
    def _from(cls, given: dict[str, Any], home: Path) -> Self:
        try:
            recipe = Recipe(**given["recipe"])
            articles = tuple(Entry(**entry) for entry in given["articles"])
            return cls(given["folder"], recipe, articles, dict(given["files"]))
        except (KeyError, TypeError, ValueError) as damaged:
            raise IndexBroken(f"{home / NAME} lacks what it must say: {damaged}.") from damaged

    def verify(self, home: Path) -> None:
        """Compare every file of the index with its hash, before any parser sees its bytes.

        Raises:
            IndexBroken: if one is missing or was changed.
        """
        for name, expected in self.files.items():
            file = home / self.folder / name
            if not file.is_file() or sha256_of(file) != expected:
                state = "was changed" if file.is_file() else "is missing"
                raise IndexBroken(f"{file} {state} since the index was built.")


def sha256_of(file: Path) -> str:
    """Return the hash of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder, by its name there; locks apart."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock")
    return {file.relative_to(folder).as_posix(): sha256_of(file) for file in files}
