"""What the documentation says of the endpoints is what a program finds there."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from qa.assistant import Assistant
from qa.errors import QuestionError
from qa.settings import Settings
from qa.ui.api import ask_json, ask_plain
from qa.ui.session.provider import AssistantProvider
from tests.pages import SEEDS, WORD_QUESTION, WordReader, assistant, serve

ADDRESS_FILE = "http://127.0.0.1:7860/"
QUESTION = "How far is Homs from Hama?"
QUOTE = "Its proximity to Homs, a city just 40 kilometers to the south"


def test_the_text_is_the_answer_with_its_sources(provider: AssistantProvider) -> None:
    assert ask_plain(provider, WORD_QUESTION, []) == str(
        provider.assistant().ask(WORD_QUESTION)
    )
    with pytest.raises(QuestionError):
        ask_plain(provider, "", [])


def test_words_that_are_exact_are_not_corrected(provider: AssistantProvider) -> None:
    slip = "What does the belll have?"
    corrected = ask_json(provider, slip, [])["corrections"]
    assert [each["original"] for each in corrected] == ["belll"]
    assert ask_json(provider, slip, [], exact=True)["corrections"] == []


@pytest.mark.parametrize("exact", [None, 1, "yes", []])
def test_exact_is_true_or_false(provider: AssistantProvider, exact: object) -> None:
    with pytest.raises(QuestionError, match="true or false"):
        ask_json(provider, WORD_QUESTION, [], exact=exact)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The seeds, and a reader that answers all questions with the same sentence."""
    settings = Settings(articles=str(SEEDS), index=str(tmp_path_factory.mktemp("served")))
    return assistant(settings, WordReader("40 kilometers"))


@pytest.fixture(scope="module")
def library_page(library: Assistant) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_MCP_SERVER", "True")
        yield from serve(AssistantProvider(lambda: library))


def example(root: Path, language: str, url: str) -> str:
    """Return the documentation's call in a language, of the page that is served."""
    text = (root / "docs" / "http.md").read_text("utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)
    (code,) = (each for each in found if ADDRESS_FILE.rstrip("/") in each)
    return str(code.replace(ADDRESS_FILE.rstrip("/"), url.rstrip("/")))


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.browser
def test_the_client_of_the_documentation_gets_the_quotation(
    root: Path, library_page: str
) -> None:
    assert QUOTE in output(sys.executable, "-c", example(root, "python", library_page))


@pytest.mark.browser
def test_the_shell_of_the_documentation_gets_the_text(root: Path, library_page: str) -> None:
    event, data = output("bash", "-c", example(root, "sh", library_page)).strip().split("\n")
    (text,) = json.loads(data.removeprefix("data: "))
    assert event == "event: complete"
    assert QUOTE in text
    assert text.splitlines()[-1].startswith("[1] ")


@pytest.mark.browser
def test_the_tools_of_the_documentation_are_there(root: Path, library_page: str) -> None:
    (server,) = json.loads(example(root, "json", library_page))["mcpServers"].values()
    tools, text = ask_by_mcp(server["url"], "ask_text")
    assert tools == ["ask", "ask_text"]
    assert QUOTE in text


@pytest.mark.browser
@pytest.mark.parametrize("question", [QUESTION, "Who is the mayor of Aleppo?"])
def test_every_way_to_ask_tells_the_same_answer(
    library: Assistant, library_page: str, question: str
) -> None:
    answer = library.ask(question)
    said = " ".join(map(str, answer.statements)) or answer.reason
    expected = {"answer": said, **json.loads(json.dumps(answer.as_dict()))}
    _, tool = ask_by_mcp(f"{library_page}gradio_api/mcp/", "ask", question)
    assert ask_by_http(library_page, question) == expected
    assert ask_by_client(library_page, question) == expected
    assert json.loads(tool) == expected


def ask_by_http(url: str, question: str) -> dict[str, Any]:
    call = f"{url}gradio_api/call/ask"
    sent = Request(call, json.dumps({"data": [question]}).encode())
    sent.add_header("Content-Type", "application/json")
    with urlopen(sent, timeout=30) as reply:
        event = json.load(reply)["event_id"]
    with urlopen(f"{call}/{event}", timeout=30) as reply:
        *_, last = re.findall(rb"^data: (.*)$", reply.read(), re.M)
    (answer,) = json.loads(last)
    return dict(answer)


def ask_by_client(url: str, question: str) -> dict[str, Any]:
    from gradio_client import Client

    return dict(
        Client(url, verbose=False, analytics_enabled=False).predict(question, api_name="/ask")
    )


def ask_by_mcp(url: str, tool: str, question: str = QUESTION) -> tuple[list[str], str]:
    """Return the tools of an MCP server, and what one of them tells."""
    with ThreadPoolExecutor(1) as pool:  # in this thread the browser's loop may be running
        return pool.submit(asyncio.run, _call(url, tool, question)).result()


async def _call(url: str, tool: str, question: str) -> tuple[list[str], str]:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with (
        streamable_http_client(url) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = await session.list_tools()
        told: Any = await session.call_tool(tool, {"question": question})
        return [each.name for each in tools.tools], str(told.content[0].text)
