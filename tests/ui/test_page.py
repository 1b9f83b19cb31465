"""The page as a server: it keeps little, and rests when nobody asks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from qa.assistant import Assistant
from qa.ui import page as served_page
from qa.ui.page import Page, build_page, launch_options
from qa.ui.session.provider import AssistantProvider
from tests.pages import free_port
from tests.tools.memory import ask_over_http

MAX_CALLS = 5


@pytest.fixture
def page(bells: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr(served_page, "MAX_CALLS", MAX_CALLS)
    page = build_page(provider=AssistantProvider.of(bells))
    options = {"prevent_thread_lock": True, "quiet": True, "server_port": free_port()}
    page.launch(**options, **launch_options())
    yield page
    page.close(verbose=False)


@pytest.mark.browser
def test_nothing_stays_of_what_programs_asked(page: Page) -> None:
    ask_over_http(page.local_url, MAX_CALLS)
    before = queue_sizes(page)
    ask_over_http(page.local_url, 20)
    assert queue_sizes(page) == before
    assert len(page.state_holder.session_data) == 0


def queue_sizes(page: Page) -> dict[str, int]:
    """Return how many things the queue holds, but for statistics and the call under way."""
    return {
        name: len(value)
        for name, value in vars(page._queue).items()
        if isinstance(value, dict) and name not in {"event_analytics", "event_ids_to_events"}
    }


@pytest.mark.browser
def test_the_statistics_of_gradio_are_not_counted_after_each_event(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Any] = []
    monkeypatch.setattr(page._queue, "_get_df", counted.append)
    ask_over_http(page.local_url, 3)
    assert counted == []


@pytest.mark.browser
def test_a_server_that_nobody_asks_rests(page: Page) -> None:
    time.sleep(1)
    before, started = time.process_time(), time.monotonic()
    time.sleep(5)
    assert (time.process_time() - before) / (time.monotonic() - started) < 0.03
