"""Files in, articles out: a module or a package a format, and the registry of them all."""

from __future__ import annotations

from qa.articles.folder import article_files, read_article, read_file, read_folder
from qa.articles.registry import FORMATS, SUFFIXES, BulkFormat, Format, format_names

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "BulkFormat",
    "Format",
    "article_files",
    "format_names",
    "read_article",
    "read_file",
    "read_folder",
]
