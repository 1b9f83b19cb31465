"""Many who ask at once get each their own answer: the short form of `tests.tools.load`."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from qa.ui.session.provider import AssistantProvider
from tests.pages import WordReader, assistant, bag, serve
from tests.tools.load import COLOURS, serve_and_measure
from tests.tools.tab import ARTICLE, LAMP, Tab


def test_nobody_is_answered_from_what_another_uploads_at_the_same_time(tmp_path: Path) -> None:
    library = assistant(bag(tmp_path), WordReader("lamp"))

    def visit(url: str, colour: str) -> str:
        tab = Tab(url)
        assert colour not in tab.ask(LAMP)
        tab.upload("lamp.txt", ARTICLE.format(colour=colour))
        return tab.ask(LAMP)

    replies = dict[str, str]()
    for url in serve(AssistantProvider.of(library)):
        with ThreadPoolExecutor(len(COLOURS)) as pool:
            replies = dict(zip(COLOURS, pool.map(partial(visit, url), COLOURS), strict=True))
    for colour, reply in replies.items():
        assert {each for each in COLOURS if each in reply} == {colour}


@pytest.mark.model
def test_nobody_gets_the_answer_of_another(tmp_path: Path) -> None:
    table, well = serve_and_measure(tmp_path, [1, 5], seconds=10, questions=6)
    assert well
    columns = json.loads(table.as_json())
    answered = [column["answered questions"] for column in columns.values()]
    assert min(answered) > 0
    assert min(column["uploaded, and asked"] for column in columns.values()) > 0
    assert [column["crossed or changed questions"] for column in columns.values()] == [0, 0]
