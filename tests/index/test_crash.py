"""Power cuts and full disks: the library that stands goes on standing."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.errors import QAError
from qa.index import build, encoding
from qa.index.manifest import MANIFEST_FILE, Manifest
from qa.index.workspace import LOCK_FILE
from tests.tools.crash import CHOSEN, DEEDS, Deed, articles, told


def test_whoever_is_killed_leaves_the_old_library_or_the_new_one(root: Path) -> None:
    command = [sys.executable, "-m", "tests.tools.crash", "--kills", "15"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def left(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()} - {LOCK_FILE}


def refused(deed: Deed, home: Path) -> bool:
    """Do a deed, and tell whether the disk refused, which must leave everything as it was."""
    before = told(home), left(home)
    try:
        deed.do(home)
    except QAError as error:
        assert error.problem.startswith(f"{home} cannot be written: ")
        assert error.hint.startswith("Make room, ")
        assert (told(home), left(home)) == before
        return True
    return False


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "BATCH", 5)


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("deed", DEEDS[1:], ids=lambda deed: deed.name)
def test_where_no_file_may_grow_the_old_library_stays(deed: Deed, tmp_path: Path) -> None:
    home = tmp_path / "home"
    build(articles(0, 12), into=home, settings=CHOSEN)
    largest = max(p.stat().st_size for p in home.rglob("*") if p.is_file())
    for size in (0, 100, 300, 1000, 3000, largest // 2):
        with no_file_larger_than(size):
            assert refused(deed, home)
    deed.do(home)
    assert left(home) == {MANIFEST_FILE, Manifest.read(home).folder}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.parametrize("deed", DEEDS[1:], ids=lambda deed: deed.name)
def test_on_a_full_disk_the_old_library_stays_until_there_is_room(
    deed: Deed, disk: Path
) -> None:
    home, rest = disk / "home", disk / "rest"
    build(articles(0, 12), into=home, settings=CHOSEN)
    refusals = 0
    for room in range(0, 400_000, 8192):
        rest.unlink(missing_ok=True)
        rest.write_bytes(b"\0" * (shutil.disk_usage(disk).free - room))
        if not refused(deed, home):
            break
        refusals += 1
    assert 0 < refusals < 40
