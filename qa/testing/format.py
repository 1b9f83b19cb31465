"""The promise of a format, as tests."""

from __future__ import annotations

import tempfile
import unicodedata
from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path

from qa.articles import BulkFormat, Format
from qa.errors import ArticleError
from qa.types import Article


class FormatSuite:
    """What every format promises: see `qa.articles.Format`."""

    @abstractmethod
    def make(self) -> Format | BulkFormat:
        """Return the format to be tested."""

    @abstractmethod
    def samples(self) -> Mapping[str, bytes]:
        """Return whole files of the format, by their names."""

    def test_every_sample_is_read(self) -> None:
        """Each has an article with text, in sections, that knows its source."""
        for name, raw in self.samples().items():
            articles = self._read(name, raw)
            assert articles
            for article in articles:
                assert isinstance(article, Article), article
                assert article.title
                assert article.sections
                assert article.source.startswith(name)

    def test_text_is_as_every_offset_counts_it(self) -> None:
        """Unicode in the form NFC, lines that end in one newline."""
        for name, raw in self.samples().items():
            for article in self._articles(name, raw):
                assert unicodedata.is_normalized("NFC", article.text)
                assert "\r" not in article.text

    def test_the_same_bytes_are_the_same_article(self) -> None:
        """Reading is repeatable, so an index knows what changed."""
        for name, raw in self.samples().items():
            assert self._articles(name, raw) == self._articles(name, raw)

    def test_damage_is_an_article_error_or_an_article(self) -> None:
        """Files that are cut short, empty or of another format stop nothing."""
        for name, raw in self.samples().items():
            for broken in (b"", raw[: len(raw) // 2], raw[::-1], bytes(range(256)) * 4):
                self._read(name, broken)

    def test_the_suffixes_are_those_of_the_samples(self) -> None:
        """They are written in small letters, with their dots."""
        suffixes = self.make().suffixes
        assert all(suffix.startswith(".") and suffix.islower() for suffix in suffixes)
        assert {Path(name).suffix for name in self.samples()} <= {*suffixes}

    def _read(self, name: str, raw: bytes) -> list[Article | ArticleError]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_bytes(raw)
            try:
                return list(self.make().articles(file, source=name))
            except ArticleError as error:
                return [error]

    def _articles(self, name: str, raw: bytes) -> list[Article]:
        return [each for each in self._read(name, raw) if isinstance(each, Article)]
