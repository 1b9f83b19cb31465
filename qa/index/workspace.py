"""The workspace: a new version beside the current one; what killed builds left is swept."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import DiskError, IndexBusy, QAError
from qa.index.backends import forget
from qa.index.manifest import Manifest

VERSION = re.compile(r"[0-9a-f]{12}(-[0-9]+)?")
BUILD_PREFIX = ".building-"
CACHE_FOLDER = ".encoded"
LOCK_FILE = ".lock"


@contextmanager
def workspace(home: Path) -> Iterator[Path]:
    """Lock the index, and provide an empty folder to write a new version in.

    The folder is removed at the end, and so are those of builds that were killed; what these
    had encoded stays in the embedding cache, unless the disk is full.

    Raises:
        IndexBusy: if another is changing the index.
        DiskError: if the disk refuses.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / LOCK_FILE, timeout=0):
            sweep(home)
            fresh = Path(tempfile.mkdtemp(prefix=BUILD_PREFIX, dir=home))
            try:
                yield fresh
            finally:
                _remove(fresh, home)
    except Timeout as held:
        raise IndexBusy(home) from held
    except OSError as refused:
        shutil.rmtree(home / CACHE_FOLDER, ignore_errors=True)
        raise DiskError(home, refused) from refused


def install(fresh: Path, home: Path, manifest: Manifest) -> None:
    """Rename the new folder as its manifest says, replace the manifest, drop the old."""
    fresh.chmod(0o755)  # mkdtemp's folders are private
    flush_to_disk(fresh)
    fresh.rename(home / manifest.folder)
    manifest.write(home)
    sweep(home)
    shutil.rmtree(home / CACHE_FOLDER, ignore_errors=True)


def free_name(home: Path, wanted: str) -> str:
    """Return a name for a version that no folder has yet."""
    name, again = wanted, 1
    while (home / name).exists():
        again += 1
        name = f"{wanted}-{again}"
    return name


def sweep(home: Path) -> None:
    """Remove unfinished builds, and every version but the current one.

    If the manifest cannot be read, nobody knows which is current, and all versions are kept; so
    is one that has rows at a server which does not answer.
    """
    current = Manifest.current_folder(home)
    for each in home.iterdir():
        outdated = VERSION.fullmatch(each.name) and current not in (None, each.name)
        if outdated or each.name.startswith(BUILD_PREFIX):
            _remove(each, home)
        elif each.suffix == ".manifest":
            each.unlink(missing_ok=True)


def _remove(folder: Path, home: Path) -> None:
    """Remove a folder, and what its version has elsewhere that the current one does not use."""
    current = Manifest.current_folder(home)
    with suppress(QAError):
        forget(folder, home / current if current else None)
        shutil.rmtree(folder, ignore_errors=True)


def flush_to_disk(folder: Path) -> None:
    """Flush the files of a folder to disk, so that they survive a power cut."""
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            if file.stat().st_nlink == 1:  # linked files are on disk already
                _fsync(file)
        _fsync(Path(place))


def _fsync(path: Path) -> None:
    with suppress(PermissionError):  # a system that cannot open folders orders its own writes
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
