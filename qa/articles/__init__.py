"""Files in, articles out: one module a format."""

from __future__ import annotations

from qa.articles.folder import article_files, read_article, read_folder

__all__ = ["article_files", "read_article", "read_folder"]
