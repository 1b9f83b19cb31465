"""What stands beside the page: health, numbers, the journal, limits, the login."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from socket import create_server
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from qa.assistant import Assistant
from qa.errors import IndexBroken, QuestionError, SettingsError
from qa.ui.api import ask_json
from qa.ui.page import build_page
from qa.ui.rendering.replies import stream_reply
from qa.ui.server import limits
from qa.ui.server.hosts import port
from qa.ui.server.journal import keep_journal
from qa.ui.server.limits import Limits
from qa.ui.server.login import accounts
from qa.ui.server.routes import state
from qa.ui.session.provider import AssistantProvider
from tests.pages import WORD_QUESTION, serve


@pytest.fixture
def bells_page(provider: AssistantProvider) -> Iterator[str]:
    yield from serve(provider)


def call(url: str, data: bytes | None = None, **headers: str) -> tuple[int, str]:
    try:
        with urlopen(Request(url, data, headers), timeout=30) as reply:
            return reply.status, reply.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def metric(text: str, name: str, **labels: str) -> float:
    families = text_string_to_metric_families(text)
    samples = (sample for family in families for sample in family.samples)
    return sum(
        s.value for s in samples if s.name == name and labels.items() <= s.labels.items()
    )


# Health and numbers


def test_health_tells_what_is_served_and_metrics_count_the_questions(
    bells_page: str, provider: AssistantProvider
) -> None:
    status, text = call(f"{bells_page}health")
    said = json.loads(text)
    assert (status, said["status"], said["articles"]) == (200, "ready", 1)
    _, before = call(f"{bells_page}metrics")
    ask_json(provider, WORD_QUESTION, None)
    _, after = call(f"{bells_page}metrics")
    asked = [
        metric(t, "qa_questions_total", via="api", outcome="answered") for t in (before, after)
    ]
    assert asked[1] - asked[0] == 1
    assert metric(after, "qa_stage_seconds_count") >= 3
    assert metric(after, "qa_ready") == 1
    assert metric(after, "qa_articles") == 1
    assert metric(after, "qa_queue_waiting") == 0
    assert metric(after, "qa_questions_in_progress") == 0


def test_a_library_that_is_being_opened_or_broken_is_not_healthy(bells: Assistant) -> None:
    waiting = Future[Assistant]()
    opening = AssistantProvider(waiting.result)
    assert state(opening) == {"status": "opening"}
    waiting.set_result(bells)
    opening.assistant()
    assert state(opening)["status"] == "ready"

    def broken() -> Assistant:
        raise IndexBroken("A file of /home/me is missing.")

    damaged = AssistantProvider(broken)
    damaged.open().exception()
    while (said := state(damaged)) == {"status": "opening"}:
        damaged.open().exception()
    assert said == {"status": "broken", "error": "IndexBroken"}


# The journal


@pytest.fixture
def journal(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    log = logging.getLogger("qa.journal")
    log.addHandler(caplog.handler)
    yield caplog
    keep_journal("off")


def lines(journal: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(record.getMessage()) for record in journal.records]


@pytest.mark.parametrize(
    ("level", "texts"), [("off", []), ("events", [None]), ("questions", [WORD_QUESTION])]
)
def test_the_journal_has_a_line_for_each_question_and_its_text_only_if_asked_for(
    provider: AssistantProvider,
    journal: pytest.LogCaptureFixture,
    level: str,
    texts: list[str | None],
) -> None:
    keep_journal(level)
    logging.getLogger("qa.journal").addHandler(journal.handler)
    ask_json(provider, WORD_QUESTION, None)
    said = lines(journal)
    assert [line.get("question") for line in said] == texts
    for line in said:
        assert line["outcome"] == "answered"
        assert line["via"] == "api"
        assert line["total_ms"] >= line["search_ms"] > 0
        assert len(line["id"]) == 12


def test_what_goes_wrong_is_noted_by_its_name(
    provider: AssistantProvider, journal: pytest.LogCaptureFixture
) -> None:
    keep_journal("events")
    logging.getLogger("qa.journal").addHandler(journal.handler)
    with pytest.raises(QuestionError):
        ask_json(provider, "", None)
    [*stream_reply(provider, "?", ())]
    said = [(line["via"], line["outcome"]) for line in lines(journal)]
    assert said == [("api", "QuestionError"), ("page", "QuestionError")]


# Limits


def refusal(limiter: Limits, path: str, *, client: str = "a", **headers: str) -> int:
    """Return the status that a POST gets: 200 if it is passed on."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": raw,
        "client": (client, 1),
    }
    answered = limiter({**scope, "client": (client, 1)}, receive, send)
    with ThreadPoolExecutor(1) as beside:  # a browser's loop may run in this thread
        beside.submit(asyncio.run, answered).result()
    return int(sent[0]["status"])


async def passed(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


JOIN = "/gradio_api/queue/join"


def test_who_asks_too_often_is_told_to_wait_and_nobody_else_is() -> None:
    limiter = Limits(passed, is_full=lambda: False, questions=2)
    assert [refusal(limiter, JOIN) for _ in range(3)] == [200, 200, 429]
    assert refusal(limiter, "/gradio_api/call/ask") == 429
    assert refusal(limiter, JOIN, client="b") == 200
    assert refusal(limiter, "/gradio_api/cancel") == 200


def test_no_visitor_of_a_proxy_can_pass_for_another() -> None:
    limiter = Limits(passed, is_full=lambda: False, questions=1, proxies=1)
    assert refusal(limiter, JOIN, x_forwarded_for="made up, b") == 200
    assert refusal(limiter, JOIN, x_forwarded_for="another, b") == 429
    assert refusal(limiter, JOIN, x_forwarded_for="c") == 200
    direct = Limits(passed, is_full=lambda: False, questions=1)
    assert refusal(direct, JOIN, x_forwarded_for="b") == 200
    assert refusal(direct, JOIN, x_forwarded_for="c") == 429


def test_uploads_have_a_quota_and_a_length() -> None:
    limiter = Limits(passed, is_full=lambda: False, quota=1000)
    upload = "/gradio_api/upload"
    assert refusal(limiter, upload) == 411
    assert refusal(limiter, upload, content_length="1001") == 413
    assert refusal(limiter, upload, content_length="-5") == 411
    assert refusal(limiter, upload, content_length="600") == 200
    assert refusal(limiter, upload, content_length="600") == 429
    assert refusal(limiter, upload, content_length="600", client="b") == 200


def test_a_body_of_more_than_a_conversation_is_refused() -> None:
    limiter = Limits(passed, is_full=lambda: False)
    assert refusal(limiter, JOIN, content_length=str(limits.MAX_BODY + 1)) == 413
    assert refusal(limiter, JOIN, content_length=str(limits.MAX_BODY)) == 200


def test_a_body_whose_length_nobody_knows_is_refused() -> None:
    limiter = Limits(passed, is_full=lambda: False)
    for path in (JOIN, "/gradio_api/call/ask", "/gradio_api/upload", "/login"):
        assert refusal(limiter, path, transfer_encoding="chunked") == 411
    assert refusal(limiter, "/gradio_api/cancel") == 200


# Where it listens


def test_a_port_that_was_chosen_and_is_taken_is_named(
    provider: AssistantProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gradio would take the next one, and whoever chose it would find nobody there."""
    with create_server(("127.0.0.1", 0)) as other, ThreadPoolExecutor(1) as beside:
        taken = other.getsockname()[1]
        monkeypatch.setenv("GRADIO_SERVER_PORT", str(taken))
        page = build_page(provider=provider)
        serving = beside.submit(page.serve)  # signals are the main thread's
        with pytest.raises(SettingsError, match=f"127.0.0.1, port {taken}: ") as error:
            serving.result()
    assert "GRADIO_SERVER_PORT" in error.value.hint


@pytest.mark.parametrize("given", ["many", "-1", "70000"])
def test_a_port_is_a_number(given: str) -> None:
    assert port({}) is None
    assert port({"GRADIO_SERVER_PORT": "7861"}) == 7861
    with pytest.raises(SettingsError, match=f"GRADIO_SERVER_PORT is no port: {given}"):
        port({"GRADIO_SERVER_PORT": given})


def test_why_a_library_cannot_be_opened_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> Assistant:
        raise IndexBroken("A file is missing.")

    with caplog.at_level(logging.ERROR), pytest.raises(IndexBroken):
        AssistantProvider(broken).assistant()
    assert "A file is missing. Run: qa build --force" in caplog.text


def test_when_too_many_ask_at_once_it_says_so_in_plain_words(
    provider: AssistantProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.ui.page.MAX_QUEUE", 0)
    for url in serve(provider):
        body = json.dumps({"data": [WORD_QUESTION]}).encode()
        status, text = call(
            f"{url}gradio_api/call/ask", body, **{"Content-Type": "application/json"}
        )
        assert (status, json.loads(text)) == (503, {"detail": limits.BUSY})


# The login


def test_accounts_are_read_from_the_environment() -> None:
    assert accounts({}) is None
    read = accounts({"QA_AUTH": "ann:a-long:pass,bob:longer-pass"})
    assert read == [("ann", "a-long:pass"), ("bob", "longer-pass")]


@pytest.mark.parametrize("given", ["ann", "ann:", ":password", "ann:short", "ann:password1,"])
def test_accounts_that_protect_nothing_are_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="names no accounts") as error:
        accounts({"QA_AUTH": given})
    assert "password1" not in str(error.value)


def test_without_the_login_nothing_is_shown_but_health(
    provider: AssistantProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_AUTH", "ann:long-password")
    for url in serve(provider):
        kind = {"Content-Type": "application/json"}
        body = json.dumps({"data": [WORD_QUESTION]}).encode()
        event = json.dumps({"fn_index": 0, "session_hash": "a", "data": []}).encode()
        assert call(f"{url}config")[0] == 401
        assert call(f"{url}gradio_api/info")[0] == 401
        assert call(f"{url}gradio_api/call/ask", body, **kind)[0] == 401
        assert call(f"{url}gradio_api/queue/join", event, **kind)[0] == 401
        assert call(f"{url}gradio_api/upload", b"--x--", **{"Content-Type": "x"})[0] == 401
        assert call(f"{url}health")[0] == 200
        assert "Bells" not in call(url)[1]
        assert call(f"{url}login", b"username=ann&password=long-password")[0] == 200
        assert call(f"{url}login", b"username=ann&password=wrong")[0] == 400
