"""Files: their hashes, and hard links to those that never change."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path


def sha256_of(file: Path) -> str:
    """Return the hash of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def link(file: Path, folder: Path) -> None:
    """Put a file that never changes into another folder too; copied where links are refused."""
    try:
        os.link(file, folder / file.name)
    except OSError:
        shutil.copyfile(file, folder / file.name)
