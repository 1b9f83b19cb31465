"""Hard links to files that never change."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def link(file: Path, folder: Path) -> None:
    """Put a file that never changes into another folder too; copied where links are refused."""
    try:
        os.link(file, folder / file.name)
    except OSError:
        shutil.copyfile(file, folder / file.name)
