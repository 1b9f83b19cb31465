"""Shared fixtures: the articles of the tests, and an index of them."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from qa.assistant import Assistant
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.index import Index, build
from qa.stores.milvus_client import TOKEN
from qa.ui.session.provider import AssistantProvider
from tests.pages import Open, assistant, bag

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=200)
settings.register_profile("dev", deadline=None, max_examples=50)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

expect.set_options(timeout=30_000)  # ms: at most, for a machine that has much to do

TESTS = Path(__file__).parent


class OneMilvusScheduling(LoadFileScheduling):  # type: ignore[misc]  # it is untyped
    """Runs a file's tests in one process, and in one all that ask Milvus: it is one server."""

    def _split_scope(self, nodeid: str) -> str:
        return "milvus" if "milvus" in nodeid.casefold() else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneMilvusScheduling:
    """Share out the tests where several processes run them: `pytest -n 2`."""
    return OneMilvusScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a user's data: what a test leaves there is nobody's."""
    folder = tmp_path_factory.mktemp("own_data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return TESTS.parent


@pytest.fixture(scope="session")
def our_articles() -> Path:
    """A folder of three short articles, written for these tests."""
    return TESTS / "data" / "articles"


@pytest.fixture(scope="session")
def our_index(our_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Their index, by the encoder that anyone can follow. Read it, leave it as it is."""
    home = tmp_path_factory.mktemp("our_index")
    return build(our_articles, into=home, encoder=BagOfWordsEncoder())


@pytest.fixture(scope="session")
def bells(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(bag(tmp_path_factory.mktemp("bells")))


@pytest.fixture
def provider(bells: Assistant) -> AssistantProvider:
    provider = AssistantProvider(lambda: bells)
    provider.assistant()
    return provider


@pytest.fixture(scope="session")
def lite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URI of Milvus Lite."""
    return str(tmp_path_factory.mktemp("lite") / "lite.db")


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URI of a real Milvus server, which lives as long as the tests."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("The server's package is made for Linux on x86-64 only.")
    home = tmp_path_factory.mktemp("milvus")
    command = [sys.executable, "-m", "tests.tools.milvus_server", str(home)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=TESTS.parent, stdin=pipe, stdout=pipe, text=True) as it:
        assert it.stdout
        assert it.stdin
        os.environ[TOKEN] = "root:Milvus"  # for the programs that the tests run, too
        yield f"http://127.0.0.1:{int(it.stdout.readline())}"
        del os.environ[TOKEN]
        it.stdin.close()
    shutil.rmtree(home)  # where the server unpacks itself: half a gigabyte


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=flags
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page; at the end nothing may have gone wrong in it, or left this machine."""
    wrong: list[str] = []
    pages: list[Page] = []

    def watch(page: Page, url: str) -> None:
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        address, _, _ = url.partition("?")
        home = (address, "data:", "blob:", address.replace("http", "ws"))
        page.on("request", lambda r: None if r.url.startswith(home) else wrong.append(r.url))

    def visit(
        url: str,
        *,
        width: int = 1280,
        height: int = 860,
        scheme: Any = "light",
        locale: str = "en-GB",
    ) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            has_touch=width < 500,
            reduced_motion="reduce",
        )
        pages.append(page)
        watch(page, url)
        page.add_init_script("window.X = []")
        page.goto(url)
        page.locator("#box textarea").wait_for()
        return page

    yield visit
    ran = [page.evaluate("window.X") for page in pages]
    for page in pages:
        page.close()
    assert wrong == []
    assert ran == [[]] * len(ran)
