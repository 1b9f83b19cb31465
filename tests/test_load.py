"""Many who ask at once get each their own answer: the short form of `tests.tools.load`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tools.load import serve_and_measure


@pytest.mark.model
def test_nobody_gets_the_answer_of_another(tmp_path: Path) -> None:
    table, well = serve_and_measure(tmp_path, [1, 5], seconds=20, questions=15)
    assert well
    columns = json.loads(table.as_json())
    answered = [column["answered questions"] for column in columns.values()]
    assert min(answered) > 0
    assert [column["crossed or changed questions"] for column in columns.values()] == [0, 0]
