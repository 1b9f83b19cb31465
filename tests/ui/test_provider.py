"""The provider, while its library changes: the old one answers, then the new one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from qa.assistant import Assistant, ask
from qa.index import add, build, remove
from qa.index.manifest import MANIFEST_FILE, Manifest
from qa.settings import Settings
from qa.types import Article
from qa.ui.session import provider as session_provider
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import VisitorLibrary
from tests.pages import Open, serve

CHOSEN = Settings(encoder="bag", reader="similarity", stance="0", passage_tokens=16)
BELLS = Article.of("Bells", "The bell hangs in the tower. The bell is of bronze.")
TRAMS = Article.of("Trams", "The tram runs along the quay. The tram is white.")
PEARS = Article.of("Pears", "The pear of the orchard is smoked for nine hours.")
QUESTIONS = ("Where does the bell hang?", "Which pear is smoked?")
LONG = 30  # seconds that a machine may be too busy to open a library of three articles


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build([BELLS, TRAMS], into=tmp_path / "home", settings=CHOSEN)
    return tmp_path / "home"


@pytest.fixture
def provider(home: Path) -> AssistantProvider:
    provider = AssistantProvider(
        lambda: Assistant(build([BELLS, TRAMS], into=home, settings=CHOSEN), settings=CHOSEN)
    )
    provider.assistant()
    return provider


def answers(assistant: Assistant) -> tuple[str, ...]:
    return tuple(str(assistant.ask(question)) for question in QUESTIONS)


def expected(folder: Path, *articles: Article) -> tuple[str, ...]:
    return answers(Assistant(build(articles, into=folder, settings=CHOSEN), settings=CHOSEN))


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_current(provider: AssistantProvider, home: Path) -> bool:
    return provider.assistant().index.manifest.folder == Manifest.current_folder(home)


def test_while_the_library_changes_every_answer_is_of_one_version_and_the_last_is_of_the_last(
    provider: AssistantProvider, home: Path, tmp_path: Path
) -> None:
    without = expected(tmp_path / "without", BELLS, TRAMS)
    with_ = expected(tmp_path / "with", BELLS, TRAMS, PEARS)
    heard: list[tuple[str, ...]] = []
    over = threading.Event()

    def asking() -> None:
        while not over.is_set():
            heard.append(answers(provider.assistant()))

    threads = [threading.Thread(target=asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        add(PEARS, index=home)
        wait_for(lambda: with_ in heard[-3:])
        remove("Pears", index=home)
    wait_for(lambda: is_current(provider, home))
    over.set()
    for thread in threads:
        thread.join()
    assert set(heard) == {without, with_}
    assert answers(provider.assistant()) == without


def test_a_library_that_breaks_behind_the_desk_leaves_the_old_one_answering(
    provider: AssistantProvider, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = answers(provider.assistant())
    add(PEARS, index=home)
    whole = (home / MANIFEST_FILE).read_bytes()
    (home / MANIFEST_FILE).write_bytes(whole.replace(b"bag", b"gag"))
    provider.assistant()
    wait_for(lambda: "the old one still answers" in caplog.text)
    assert answers(provider.assistant()) == before
    build([BELLS, TRAMS, PEARS], into=home, settings=CHOSEN)
    wait_for(lambda: is_current(provider, home))
    assert "smoked" in answers(provider.assistant())[1]


def test_a_shelf_stays_on_the_library_it_knew_until_it_changes(
    provider: AssistantProvider, home: Path, tmp_path: Path
) -> None:
    chosen = VisitorLibrary(selected=frozenset({BELLS.id})).provider(provider)
    assert chosen.assistant().index.articles.keys() == {BELLS.id, TRAMS.id}
    add(PEARS, index=home)
    wait_for(lambda: is_current(provider, home))
    assert "smoked" not in answers(chosen.assistant())[1]
    assert "smoked" in answers(provider.assistant())[1]


def test_asking_from_python_takes_the_version_that_stands(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_ENCODER", "bag")
    monkeypatch.setenv("QA_READER", "similarity")
    monkeypatch.setenv("QA_STANCE", "0")
    assert "smoked" not in str(ask(QUESTIONS[1], index=home))
    add(PEARS, index=home)
    assert "smoked" in str(ask(QUESTIONS[1], index=home))


def test_the_first_question_after_a_change_is_answered_from_the_new_version(
    provider: AssistantProvider, home: Path
) -> None:
    for _ in range(3):
        add(PEARS, index=home)
        assert "smoked" in answers(provider.assistant())[1]
        remove("Pears", index=home)
        assert "smoked" not in answers(provider.assistant())[1]


def test_a_version_that_takes_long_to_open_holds_up_nobody(
    provider: AssistantProvider, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_provider, "MAX_WAIT", 0.05)
    goes_on, renewed = threading.Event(), Assistant.reload

    def slowly(assistant: Assistant) -> Assistant:
        goes_on.wait(LONG)
        return renewed(assistant)

    monkeypatch.setattr(Assistant, "reload", slowly)
    add(PEARS, index=home)
    assert "smoked" not in answers(provider.assistant())[1]
    goes_on.set()
    wait_for(lambda: is_current(provider, home))


@pytest.mark.browser
def test_a_page_shows_what_was_added_as_soon_as_it_had_been_loaded(
    provider: AssistantProvider, home: Path, visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.ui.page.REFRESH", 5)
    server = serve(provider)
    page = visit(next(server))
    expect(page.locator("#article-list")).to_contain_text("Trams")
    add(PEARS, index=home)
    expect(page.locator("#masthead")).to_contain_text("3 articles")
    expect(page.locator("#article-list")).to_contain_text("Pears")
    next(server, None)
