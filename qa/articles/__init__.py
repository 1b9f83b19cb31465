"""Files in, articles out: one module a format."""

from __future__ import annotations

from qa.articles.folder import (
    FORMATS,
    KINDS,
    article_files,
    read_article,
    read_file,
    read_folder,
)

__all__ = [
    "FORMATS",
    "KINDS",
    "article_files",
    "read_article",
    "read_file",
    "read_folder",
]
