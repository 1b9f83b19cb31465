"""The settings, each with the reason for its default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

from qa.errors import SettingsError

FILE = Path("qa.toml")
PICTURES = ("named", "read")
LOGS = ("off", "events", "questions")
STANCES: Mapping[str, float] = {"strict": 0.37, "balanced": 0.28, "eager": 0.15}
"""How sure an answer must be: the least confidence of each stance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, by rising precedence: these defaults, `qa.toml`, `QA_*` variables."""

    articles: str = "seeds"
    """The folder of articles."""

    index: str = ""
    """The folder of the built index; without one, each folder of articles has its own among
    the user's data: `qa info` tells where."""

    encoder: str = "minilm"
    """The shipped all-MiniLM-L6-v2, or any sentence-transformers model by name or path."""

    store: str = "faiss"
    """`faiss`, in the index's folder; `milvus:URI`, a server's (http://localhost:19530) or a
    file's that ends in .db; or a store of a package. See docs/scaling.md for how many
    passages need one."""

    reader: str = "deep"
    """`deep`, where a small model ranks and a strong one decides; `fast`, the small one alone;
    `similarity`, which needs no weights of its own; or any model for question answering of
    transformers by name or path."""

    passage_tokens: int = 128
    """Tokens of text in a passage, headings apart. See `qa eval` in the README."""

    candidates: int = 100
    """Passages that each of the two searches brings to the fusion; 50 lost 0.1 of nDCG@10."""

    vector_weight: float = 0.8
    """The cosine's share in the fused score. On benchmarks 0.7 is as good; of questions worded
    far from the text 2 to 5 of 100 more find their passage with 0.8."""

    hits: int = 12
    """Passages found and read by the fast reader. With 8 instead, 3 of 100 answers in real
    documents were out of reach; 24 would reach 2 more."""

    stance: str = "balanced"
    """How sure an answer must be: `strict`, `balanced`, `eager`, or a probability such as 0.25.
    `python -m training.calibrate` prints the trade-off of wrong answers and abstentions."""

    statements: int = 3
    """Sentences of one answer at the most."""

    pictures: str = "named"
    """What becomes of pages of a PDF that are pictures: they are `named`, or they are `read` by
    the extra `ocr`, which takes a second or more a page."""

    data: str = "data"
    """The folder that the chat page keeps feedback in."""

    upload_articles: int = 50
    """Articles that a visitor of the chat page may upload, for themselves alone."""

    upload_file_mb: float = 10.0
    """Megabytes of a file that is uploaded: most of many are pictures."""

    upload_text_mb: float = 5.0
    """Megabytes of text of one visitor's uploads: encoding them takes minutes on two cores."""

    feedback_repo: str = ""
    """A data set of the Hugging Face Hub, such as `me/feedback`, that feedback is pushed to."""

    log: str = "off"
    """The chat's journal, a line of JSON for each question: `off`, `events` without the text of
    a question, or `questions` with it."""

    questions_per_minute: int = 0
    """What one visitor of the chat may ask; 0 is no limit."""

    hosts: str = ""
    """The names, with commas between, that the chat may be called by. Without them it is any,
    but where it listens to this machine alone: then any other name is somebody's trick."""

    proxies: int = 0
    """Proxies of yours before the chat, so that visitors can be told apart."""

    def __post_init__(self) -> None:
        if not 0 <= self.vector_weight <= 1:
            raise SettingsError("vector_weight must be between 0 and 1.")
        if not _is_stance(self.stance):
            raise SettingsError(
                f"No such stance: {self.stance}.",
                hint=f"Known: {', '.join(STANCES)}, or a probability from 0 to 1.",
            )
        if min(self.passage_tokens, self.hits, self.statements) < 1:
            raise SettingsError("passage_tokens, hits and statements must be at least 1.")
        if self.log not in LOGS:
            raise SettingsError(f"No such log: {self.log}.", hint=f"Known: {', '.join(LOGS)}.")
        if self.pictures not in PICTURES:
            known = ", ".join(PICTURES)
            raise SettingsError(f"pictures can't be {self.pictures}.", hint=f"Known: {known}.")
        limits = (self.upload_articles, self.upload_file_mb, self.upload_text_mb)
        if min(self.questions_per_minute, self.proxies, *limits) < 0:
            raise SettingsError("questions_per_minute, proxies and upload_* must be 0 or more.")
        if self.candidates < self.hits:
            raise SettingsError("candidates must be at least as many as hits.")

    @property
    def threshold(self) -> float:
        """The least confidence, 0 to 1, to answer with."""
        return STANCES[self.stance] if self.stance in STANCES else float(self.stance)

    @classmethod
    def load(cls, file: Path | None = None, environ: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; without a `file`, `qa.toml` is read if it is there."""
        given = _from_toml(file or FILE) if file or FILE.exists() else {}
        known = {f.name for f in fields(cls)}
        given |= {n: environ[f"QA_{n.upper()}"] for n in known if f"QA_{n.upper()}" in environ}
        return cls().with_(given)

    def with_(self, given: Mapping[str, Any]) -> Self:
        """Return these settings with some replaced, each read as the kind it must be."""
        kinds = {f.name: type(getattr(self, f.name)) for f in fields(self)}
        unknown = ", ".join(sorted(given.keys() - kinds.keys()))
        if unknown:
            raise SettingsError(
                f"No such setting: {unknown}.", hint=f"Known: {', '.join(kinds)}"
            )
        read: dict[str, Any] = {n: _convert(kinds[n], n, value) for n, value in given.items()}
        return replace(self, **read)

    def with_stance(self, stance: str | None) -> Self:
        """Return these settings, with a stance in place of theirs if one is given."""
        return self if stance is None else self.with_({"stance": stance})


def _is_stance(stance: str) -> bool:
    try:
        return stance in STANCES or 0 <= float(stance) <= 1
    except ValueError:
        return False


def _from_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise SettingsError(f"{file} could not be read: {broken}.") from broken


def _convert(kind: type, name: str, value: object) -> object:
    try:
        return kind(str(value))
    except (TypeError, ValueError) as wrong:
        article = "an" if kind is int else "a"
        raise SettingsError(
            f"{name} must be {article} {kind.__name__}, not {value!r}."
        ) from wrong
