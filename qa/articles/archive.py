"""The files within a zip file, read within bounds: a small one can unpack to terabytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from qa.errors import ArticleError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_TEXT_BYTES = 100_000_000
MAX_FILES = 10_000
MAX_RATIO = 200  # of unpacked to packed bytes, in larger files; text has 3 to 30
MIN_SUSPECT_BYTES = 1_000_000
NO_TEXT = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".ttf", ".otf", ".mp3", ".mp4", ".emf")
"""Endings of files that hold no text, and do not count."""


class Archive:
    """A zip file whose files of text may be read."""

    def __init__(self, raw: bytes, *, source: str, max_bytes: int = MAX_TEXT_BYTES) -> None:
        """Open it.

        Raises:
            ArticleError: if it is damaged, or would unpack to too much.
        """
        self._source = source
        try:
            self._file = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self.damage_error() from error
        self._check(self._file.infolist(), max_bytes)
        self.names = frozenset(self._file.namelist())

    def damage_error(self) -> ArticleError:
        """Return the error of a file that is not whole."""
        return ArticleError(
            "{name} is damaged or cut short.",
            hint="Save or download it again.",
            name=self._source,
        )

    def read(self, name: str) -> bytes:
        """Return the bytes of a file in it; of one that is not there, none.

        Raises:
            ArticleError: if they are damaged or locked.
        """
        if name not in self.names:
            return b""
        try:
            return self._file.read(name)
        except RuntimeError as locked:  # what zipfile raises for it
            raise ArticleError(
                "{name} is locked by a password.",
                hint="Save it without one.",
                name=self._source,
            ) from locked
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise self.damage_error() from error

    def tree(self, name: str) -> _Element:
        """Return a file of XML as a tree, in which no entity is expanded and nothing loaded.

        Raises:
            ArticleError: if it is not there, or damaged.
        """
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise self.damage_error() from error

    def _check(self, files: list[zipfile.ZipInfo], max_bytes: int) -> None:
        """Refuse what would unpack to too much; zipfile gives no more than a file declares."""
        texts = [each for each in files if not each.filename.lower().endswith(NO_TEXT)]
        bomb = any(
            each.file_size > MIN_SUSPECT_BYTES
            and each.file_size > MAX_RATIO * each.compress_size
            for each in texts
        )
        if bomb or len(files) > MAX_FILES or sum(each.file_size for each in texts) > max_bytes:
            raise ArticleError(
                "{name} would unpack to more than can be read.",
                hint="Save its text in another format, or in parts.",
                name=self._source,
            )
