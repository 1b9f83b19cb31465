"""Files in, articles out: a module or a package a format, and the registry of them all."""

from __future__ import annotations

from qa.articles.builder import ArticleBuilder
from qa.articles.folder import (
    Contents,
    article_files,
    contents_of,
    read_article,
    read_file,
    read_folder,
    readable_name,
)
from qa.articles.registry import FORMATS, SUFFIXES, BulkFormat, Format, format_names
from qa.articles.warnings import warnings_of

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "ArticleBuilder",
    "BulkFormat",
    "Contents",
    "Format",
    "article_files",
    "contents_of",
    "format_names",
    "read_article",
    "read_file",
    "read_folder",
    "readable_name",
    "warnings_of",
]
