"""The packages as strangers get them: built, checked, installed without the checkout, asked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tools import installed


@pytest.mark.model
def test_what_is_built_answers_without_the_checkout(tmp_path: Path) -> None:
    wheels = installed.build(tmp_path / "dist")
    target = tmp_path / "packages"
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    installed.python("-m", "pip", "install", *quiet, "--target", target, *wheels)
    env = installed.home_in(tmp_path) | {"PYTHONPATH": str(target)}
    where = [sys.executable, "-c", "import qa; print(qa.__file__)"]
    assert str(target) in installed.run(where, cwd=tmp_path, env=env)
    installed.ask_there(target / "bin" / "qa", tmp_path, env=env)
