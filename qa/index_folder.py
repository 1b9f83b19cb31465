"""Where the index of a folder of articles is kept, unless a setting says where."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

from qa.settings import Settings

APP = "chapter-verse"
SHIPPED = "vectors"  # beside the folder of articles: an index that came with them
MANIFEST = "manifest.json"
DIGITS = 8  # of the hash of the articles' path
UNSAFE = re.compile(r"[^\w.-]+")


def index_folder(settings: Settings) -> Path:
    """Return the folder of the index: the one that the settings name, or a user's own.

    A user has a folder for each folder of articles, among the data of their programs. The
    first time, an index that came with the articles is copied there: to change what was shipped
    would dirty a checkout. Where no copy can be made, it is the shipped one that is used.
    """
    if settings.index:
        return Path(settings.index)
    folder = own_index(settings.articles)
    shipped = Path(settings.articles).absolute().parent / SHIPPED
    if _has_index(folder) or not _has_index(shipped):
        return folder
    return folder if _copy(shipped, folder) else shipped


def own_index(articles: str | Path) -> Path:
    """Return where a user's index of a folder of articles is: it is named by the folder."""
    from platformdirs import user_data_path

    folder = Path(articles).resolve()
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:DIGITS]
    name = UNSAFE.sub("-", folder.name).strip("-.")
    return user_data_path(APP, appauthor=False) / f"{name}-{digest}".lstrip("-")


def _copy(shipped: Path, folder: Path) -> bool:
    """Copy an index, whole or not at all; tell whether there is one now."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".copy-") as fresh:
            copy = shutil.copytree(shipped, Path(fresh) / folder.name)
            copy.rename(folder)
    except OSError:  # the disk is full or read-only, or another was faster
        pass
    return _has_index(folder)


def _has_index(folder: Path) -> bool:
    """Tell whether an index is seen in a folder, which may be closed to us."""
    try:
        return (folder / MANIFEST).exists()
    except OSError:
        return False
