"""Ask a folder of articles; every sentence of the answer is a quotation you can open."""

from __future__ import annotations

from qa.answers import Answer, Citation, Correction, Outcome, Statement, Turn
from qa.assistant import Assistant, ask
from qa.errors import (
    ArticleError,
    DataError,
    DeploymentError,
    DiskError,
    FeedbackError,
    IndexBroken,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    MissingExtra,
    ModelBroken,
    ModelMissing,
    QAError,
    QuestionError,
    SettingsError,
    StoreError,
)
from qa.index import Index, add, build, load, remove, sync
from qa.origin import Origin
from qa.settings import Settings
from qa.types import Article, Hit, Passage, Section, Span

__all__ = [
    "Answer",
    "Article",
    "ArticleError",
    "Assistant",
    "Citation",
    "Correction",
    "DataError",
    "DeploymentError",
    "DiskError",
    "FeedbackError",
    "Hit",
    "Index",
    "IndexBroken",
    "IndexBusy",
    "IndexMismatch",
    "IndexMissing",
    "MissingExtra",
    "ModelBroken",
    "ModelMissing",
    "Origin",
    "Outcome",
    "Passage",
    "QAError",
    "QuestionError",
    "Section",
    "Settings",
    "SettingsError",
    "Span",
    "Statement",
    "StoreError",
    "Turn",
    "add",
    "ask",
    "build",
    "load",
    "remove",
    "sync",
]
