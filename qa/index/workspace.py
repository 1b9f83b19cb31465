"""Where a version is written: beside the one that stands, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from qa.errors import DiskError, IndexBusy, StoreError
from qa.index.manifest import Manifest
from qa.stores.milvus_client import drop_collections

VERSION = re.compile(r"[0-9a-f]{12}(-[0-9]+)?")
BEING_BUILT = ".building-"
LEFT = ".encoded"
LOCK = ".lock"


@contextmanager
def writing(home: Path) -> Iterator[Path]:
    """Lend an empty folder beside the index to the one who may change it.

    Nothing of it is left behind, nor of those whose work was cut off, but for what they had
    encoded; where the disk refuses, that goes too.

    Raises:
        IndexBusy: if another is changing the index.
        DiskError: if the disk refuses.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / LOCK, timeout=0):
            sweep(home)
            fresh = Path(tempfile.mkdtemp(prefix=BEING_BUILT, dir=home))
            try:
                yield fresh
            finally:
                _discard(fresh, home)
    except Timeout as held:
        raise IndexBusy(home) from held
    except OSError as refused:
        shutil.rmtree(home / LEFT, ignore_errors=True)
        raise DiskError(home, refused) from refused


def install(fresh: Path, home: Path, manifest: Manifest) -> None:
    """Name the new folder as its manifest says, put that in place, and drop the old."""
    fresh.chmod(0o755)  # mkdtemp's folders are private
    settle(fresh)
    fresh.rename(home / manifest.folder)
    manifest.write(home)
    sweep(home)
    shutil.rmtree(home / LEFT, ignore_errors=True)


def free_name(home: Path, wanted: str) -> str:
    """Return the name of a version that no folder has yet."""
    name, again = wanted, 1
    while (home / name).exists():
        again += 1
        name = f"{wanted}-{again}"
    return name


def sweep(home: Path) -> None:
    """Remove what was being built, and every version but the one that stands.

    Where a manifest cannot be read, nobody knows which that is, and all are left alone; so is
    one that has rows at a server which does not answer.
    """
    standing = Manifest.standing(home)
    for each in home.iterdir():
        left = VERSION.fullmatch(each.name) and standing not in (None, each.name)
        if left or each.name.startswith(BEING_BUILT):
            _discard(each, home)
        elif each.suffix == ".manifest":
            each.unlink(missing_ok=True)


def _discard(folder: Path, home: Path) -> None:
    """Remove a folder, and what it has at a server, unless what stands has that too."""
    standing = Manifest.standing(home)
    with suppress(StoreError):
        drop_collections(folder, home / standing if standing else None)
        shutil.rmtree(folder, ignore_errors=True)


def settle(folder: Path) -> None:
    """Wait until the disk holds what is in a folder, whatever the power does next."""
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            if file.stat().st_nlink == 1:  # of what is linked it holds all
                _sync(file)
        _sync(Path(place))


def _sync(path: Path) -> None:
    with suppress(PermissionError):  # a system that cannot open folders orders its own writes
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
