"""Ask a folder of articles; every sentence of the answer is a quotation you can open."""

from __future__ import annotations

from qa.answers import (
    Answer,
    Citation,
    Comparison,
    Correction,
    Intent,
    Outcome,
    Statement,
    Substitution,
    Turn,
)
from qa.assistant import Assistant, ask
from qa.encoders import Encoder
from qa.errors import (
    ArticleError,
    ArticleWarning,
    DataError,
    DeploymentError,
    DiskError,
    FeedbackError,
    IndexBroken,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    IndexUnreadable,
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
from qa.readers import Evidence, Reader, YesNo
from qa.settings import Settings
from qa.stores import VectorStore
from qa.suggestions.suggest import Suggestion
from qa.trace import Trace
from qa.types import Article, Excerpt, Hit, Passage, Section, Span

__all__ = [
    "Answer",
    "Article",
    "ArticleError",
    "ArticleWarning",
    "Assistant",
    "Citation",
    "Comparison",
    "Correction",
    "DataError",
    "DeploymentError",
    "DiskError",
    "Encoder",
    "Evidence",
    "Excerpt",
    "FeedbackError",
    "Hit",
    "Index",
    "IndexBroken",
    "IndexBusy",
    "IndexMismatch",
    "IndexMissing",
    "IndexUnreadable",
    "Intent",
    "MissingExtra",
    "ModelBroken",
    "ModelMissing",
    "Origin",
    "Outcome",
    "Passage",
    "QAError",
    "QuestionError",
    "Reader",
    "Section",
    "Settings",
    "SettingsError",
    "Span",
    "Statement",
    "StoreError",
    "Substitution",
    "Suggestion",
    "Trace",
    "Turn",
    "VectorStore",
    "YesNo",
    "add",
    "ask",
    "build",
    "load",
    "remove",
    "sync",
]
