"""What is installed, and what the repository carries."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

LARGEST = 95_000_000  # bytes: GitHub and the package index take 100 MB a file


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    read: dict[str, dict[str, Any]] = tomllib.loads(
        (root / "pyproject.toml").read_text("utf-8")
    )
    return read["project"]


def test_a_space_installs_what_the_package_declares(
    root: Path, project: dict[str, Any]
) -> None:
    listed = (root / "requirements.txt").read_text("utf-8").splitlines()
    assert listed == project["dependencies"]


def test_the_version_has_three_numbers(project: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", project["version"])


def test_the_installed_version_is_the_declared_one(project: dict[str, Any]) -> None:
    try:
        installed = version(project["name"])
    except PackageNotFoundError:
        return  # the tests also run from a checkout that was never installed
    assert installed == project["version"]


def test_every_dependency_has_a_lower_and_an_upper_bound(project: dict[str, Any]) -> None:
    loose = [d for d in project["dependencies"] if not re.search(r">=[\d.]+,<[\d.]+$", d)]
    assert loose == []


def test_no_tracked_file_is_too_large_for_github(root: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True
    ).stdout.decode()
    files = [root / name for name in listed.split("\0") if name]
    assert files
    assert [f.name for f in files if f.is_file() and f.stat().st_size > LARGEST] == []


def test_the_lock_has_each_dependency_with_its_hashes(
    root: Path, project: dict[str, Any]
) -> None:
    text = (root / "packaging" / "requirements.lock").read_text("utf-8")
    locked = dict(
        re.findall(r"^([\w.-]+)==([^ ;]+)[^\n]*\\\n +--hash=sha256:\w{64}", text, re.M)
    )
    for each in project["dependencies"]:
        needed = Requirement(each)
        assert needed.specifier.contains(locked[needed.name.lower()]), f"make lock: {each}"


def test_the_dockerfile_has_no_fault_that_a_linter_knows(root: Path) -> None:
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or "hadolint"
    if not shutil.which(linter):
        pytest.skip("hadolint is not installed")
    done = subprocess.run(
        [linter, root / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
