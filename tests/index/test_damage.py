"""Damaged files are noticed before anything reads them, and mended by what the error names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.damage import HARMLESS, NOTICED, trials


@pytest.mark.parametrize("seed", range(2))
def test_damage_is_noticed_and_mended_by_what_the_error_says(seed: int, tmp_path: Path) -> None:
    seen = trials(tmp_path, 20, seed)
    assert {became for _, _, became in seen} <= {NOTICED, HARMLESS}
    harmless = {kind for kind, _, became in seen if became == HARMLESS}
    assert harmless <= {"manifest.json"}, "white space is the only thing that no hash covers"
