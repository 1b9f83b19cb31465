"""Nothing of the page is cut, hidden or kept from anyone, whatever an answer is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.ui.session.provider import AssistantProvider
from tests.pages import Open, WordReader, ask, assistant, bag, serve
from tests.ui.test_accessible import OUTSIDE, TARGETS, at_rest, violations

WIDTHS = (390, 768, 1280)
BOATS = "\n".join(
    [
        "# Boats of the school\n\nAll of them lie at the north quay.\n",
        "| Boat | Class | Length (m) | Crew | Price a day (€) | Berth |",
        "|---|---|---|---|---|---|",
        *(f"| Boat {n} | Keelboat | {n}.5 | {n} | {9 * n} | A{n} |" for n in range(1, 30)),
        "| Gannet | Catamaran | 6.1 | 4 | 88 | C2 |",
    ]
)
STEPS = "# Joining\n\nWho wants to join does this:\n\n" + "\n".join(
    f"{n}. Sign paper {n} of the office." for n in range(1, 9)
)
OVERLAPS = """() => {
  const boxes = ['#top', '#chat', '#box', '#controls'].map((part) => {
    const { top, bottom } = document.querySelector(part).getBoundingClientRect();
    return [part, top, bottom];
  });
  return boxes.slice(1).filter(([, top], n) => top < boxes[n][2] - 1).map(([part]) => part);
}"""
"""The parts of the talk that begin above the end of the one before."""


@pytest.fixture(scope="module")
def boats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a table, and a reader that finds a row of it."""
    yield from library(tmp_path_factory.mktemp("boats"), BOATS, WordReader("Gannet"))


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a list of steps, and a reader that finds what announces it."""
    yield from library(tmp_path_factory.mktemp("steps"), STEPS, WordReader("join"))


def library(home: Path, text: str, reader: WordReader) -> Iterator[str]:
    """Serve one article."""
    (home / "articles").mkdir()
    (home / "articles" / "one.md").write_text(text, "utf-8")
    settings = bag(home)
    yield from serve(AssistantProvider(lambda: assistant(settings, reader)))


def faults(page: Page, width: int) -> Sequence[object]:
    """Return what lies outside the page or over something else, and what is hard to hit."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [
        *([f"{wide} px wide"] if wide != width else []),
        *at_rest(page, OUTSIDE, width),
        *at_rest(page, OVERLAPS),
        *(at_rest(page, TARGETS) if width <= 820 else []),
    ]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_keeps_nobody_out(boats: str, visit: Open, scheme: str) -> None:
    page = visit(boats, scheme=scheme)
    answer = ask(page, "What is the berth of the Gannet?")
    expect(answer.locator("table")).to_contain_text("Berth")
    answer.locator("a[href^='#cite-']").first.click()
    expect(page.locator("#panel tr mark.on").first).to_be_in_viewport()
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_list_keeps_nobody_out(steps: str, visit: Open, scheme: str) -> None:
    page = visit(steps, scheme=scheme)
    answer = ask(page, "What are the steps to join?")
    expect(answer.locator("li")).to_have_count(8)
    answer.locator("a[href^='#cite-']").last.click()
    expect(page.locator("#panel .item mark.on")).to_be_in_viewport()
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_of_a_long_table_the_heads_and_the_cell_that_answers_are_in_sight(
    boats: str, visit: Open, width: int
) -> None:
    page = visit(boats, width=width, height=844)
    ask(page, "What is the berth of the Gannet?").locator("a[href^='#cite-']").first.click()
    expect(page.locator("#panel mark.on b", has_text="C2")).to_be_in_viewport(ratio=1)
    expect(page.locator("#panel thead th", has_text="Berth")).to_be_in_viewport(ratio=1)
    expect(page.locator("#panel tbody th", has_text="Gannet")).to_be_in_viewport(ratio=1)
    assert faults(page, width) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_question_takes_the_room_of_the_talk_and_no_more(
    steps: str, visit: Open, width: int
) -> None:
    page = visit(steps, width=width, height=844)
    ask(page, "What are the steps to join?")
    page.fill("#box textarea", "Which paper? " * 60)
    expect(page.locator("#box button")).to_be_in_viewport(ratio=1)
    expect(page.locator("#controls")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert faults(page, width) == []


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_a_tablet_opens_the_library_and_the_source_over_the_talk(
    steps: str, visit: Open, locale: str
) -> None:
    page = visit(steps, width=768, height=1024, locale=locale)
    page.locator("#selection .open").click()
    expect(page.locator("#drawer")).to_be_in_viewport(ratio=1)
    assert faults(page, 768) == []
    page.locator("#article-list button[data-place]").first.click()
    expect(page.locator("#sheet")).to_be_in_viewport(ratio=1)
    page.locator("#panel .close").click()
    expect(page.locator("#drawer")).to_be_in_viewport(ratio=1)
    page.locator("#drawer .shut").click()
    expect(page.locator("#drawer")).not_to_be_in_viewport()
    ask(page, "What are the steps to join?").locator("a[href^='#cite-']").last.click()
    expect(page.locator("#panel mark.on")).to_be_in_viewport()
    assert faults(page, 768) == []


@pytest.mark.browser
def test_what_is_asked_again_is_there_to_be_asked(steps: str, visit: Open) -> None:
    page = visit(steps)
    again = page.locator("#stance .again")
    page.locator("#stance label").last.click()
    expect(again).to_be_hidden()
    ask(page, "What are the steps to join?")
    page.locator("#stance label").first.click()
    expect(again).to_be_visible()
    page.get_by_label("Clear").press("Enter")
    expect(again).to_be_hidden()
