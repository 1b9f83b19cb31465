"""Whatever is sent to whatever the server offers is answered or refused, and harms nobody.

The calls are made up by schemathesis from the server's own description of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from requests.exceptions import ChunkedEncodingError

from qa.assistant import Assistant
from qa.ui.page import build_page, launch_options
from qa.ui.session.provider import AssistantProvider
from tests.pages import WORD, free_port
from tests.test_faults import ask

schemathesis = pytest.importorskip("schemathesis")

STREAMS = ("heartbeat", "queue/data", "startup-events", "upload_progress", "dev/reload")
"""Of what these answer there is no end."""
CALLS = 40
WAIT = 120  # seconds: at most, for a machine that has much to do


@pytest.fixture(scope="module")
def served(bells: Assistant) -> Iterator[tuple[str, Any]]:
    page = build_page(provider=AssistantProvider.of(bells))
    options = {"prevent_thread_lock": True, "quiet": True, "server_port": free_port()}
    _, url, _ = page.launch(**options, **launch_options())
    yield url, page.app.openapi()
    page.close(verbose=False)


def operations(url: str, described: dict[str, Any]) -> list[Any]:
    """Return what can be called, but for what never ends and what ends the server."""
    schema = schemathesis.openapi.from_dict(described)
    schema.config.update(base_url=url)
    found = [each.ok() for each in schema.get_all_operations()]
    return [each for each in found if not any(stream in each.path for stream in STREAMS)]


def test_no_call_that_can_be_made_up_brings_the_server_down(served: tuple[str, Any]) -> None:
    url, described = served
    offered = operations(url, described)
    assert len(offered) > 20

    @settings(
        max_examples=CALLS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def call(data: st.DataObject) -> None:
        operation = data.draw(st.sampled_from(offered))
        case = data.draw(operation.as_strategy())
        try:
            reply = case.call(timeout=WAIT)
        except ChunkedEncodingError:
            return  # the events of a call that was never made: Gradio breaks their stream off
        assert reply.status_code not in range(501, 600), case.as_curl_command()
        assert "Traceback" not in reply.text
        assert "site-packages" not in reply.text

    call()
    assert "The bell" in ask(url, WORD)
