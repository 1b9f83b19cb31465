"""Everyone can use the page: by eye, ear, key and finger, in the light and in the dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from qa.settings import STANCES
from qa.ui.i18n.strings import LANGUAGES
from qa.ui.session.provider import AssistantProvider
from tests.pages import SHORT, WORD_QUESTION, Open, WordReader, ask, assistant, bag, serve

CSS = Path(__file__).parent.parent.parent / "qa" / "ui" / "static" / "base.css"
READABLE = [
    ("ink", "paper"),
    ("ink", "background"),
    ("ink", "asked"),
    ("ink", "lit"),
    ("lit-ink", "lit-on"),
    ("faint", "paper"),
    ("faint", "background"),
    ("rubric", "paper"),
    ("rubric", "background"),
    ("rubric", "rubric-soft"),
    ("paper", "rubric"),
]
"""What is written in which colour on which."""
TARGETS = """() => [...document.querySelectorAll('a, button, summary, label')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .map((each) => [each.outerHTML.slice(0, 99), each.getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 24)
  .map(([html]) => html)"""
OUTSIDE = """(width) => [...document.querySelectorAll('#top *, #main *, #drawer *')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((each) => !each.closest('nav, table, [type=file], fieldset, svg'))
  .map((each) => [each.outerHTML.slice(0, 99), each.getBoundingClientRect()])
  .filter(([, { left, right, width: wide }]) => wide > 2 && (left < -1 || right > width + 1))
  .map(([html]) => html)"""


def palettes() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the colours of each theme."""
    for theme, block in re.findall(
        r"^(:root|\.dark) \{(.*?)^\}", CSS.read_text("utf-8"), re.M | re.S
    ):
        yield theme, dict(re.findall(r"--([\w-]+): (#\w{6})", block))


def luminance(colour: str) -> float:
    """Return how light a colour is, as WCAG 2 reckons."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_it_should_be() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "colours"), [*palettes()], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), READABLE)
def test_what_is_written_can_be_read(
    theme: str, colours: dict[str, str], ink: str, paper: str
) -> None:
    assert contrast(colours[ink], colours[paper]) >= 4.5, theme


@pytest.mark.parametrize(("theme", "colours"), [*palettes()], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "background", "rubric-soft"])
def test_where_the_focus_is_can_be_seen(
    theme: str, colours: dict[str, str], ground: str
) -> None:
    assert contrast(colours["rubric"], colours[ground]) >= 3, theme


# The page, in a browser


@pytest.fixture(scope="module")
def bells_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the hostile article, and a reader that is sure of a short answer."""
    settings = bag(tmp_path_factory.mktemp("ringing"))
    yield from serve(AssistantProvider(lambda: assistant(settings, WordReader(short=SHORT))))


@pytest.fixture(scope="module")
def doubtful_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve by a reader that only an eager one believes."""
    settings = bag(tmp_path_factory.mktemp("wavering"))
    yield from serve(
        AssistantProvider(lambda: assistant(settings, WordReader(sure=STANCES["eager"])))
    )


def violations(page: Page) -> list[str]:
    """Return what axe finds that keeps people out."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


def at_rest(page: Page, script: str, *given: int) -> list[str]:
    """Return what a script finds wrong of a page that need not have come to rest yet."""
    found: list[str] = page.evaluate(script, *given)
    for _ in range(20):
        if not found:
            break
        page.wait_for_timeout(100)
        found = page.evaluate(script, *given)
    return found


def states(page: Page) -> Iterator[str]:
    """Take the page through its states, and yield the name of each."""
    expect(page.locator("#masthead")).to_contain_text("·")
    yield "empty"
    answer = ask(page, WORD_QUESTION)
    summary = page.locator("#chat summary").first
    summary.click()
    expect(page.locator("#chat details table").first).to_be_visible()
    yield "answer"
    page.locator("#chat a[href^='#down-']").first.click()
    expect(page.locator("#chat .why")).to_be_visible()
    expect(page.locator("#feedback p")).not_to_be_empty()
    yield "thumb down"
    answer.locator("a[href^='#cite-']").first.click()
    expect(page.locator("#panel mark.on")).to_be_in_viewport()
    yield "source"
    page.locator("#panel [data-every]").click()
    expect(page.locator("#panel li button").first).to_be_visible()
    yield "all sources"
    page.keyboard.press("Escape")
    ask(page, "Which zebra is crossing?")
    yield "abstention"
    page.locator("#selection .open").click()
    expect(page.locator("#drawer")).to_be_in_viewport(ratio=1)
    yield "library"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(bells_page: str, visit: Open, scheme: str) -> None:
    page = visit(bells_page, scheme=scheme)
    found = {state: violations(page) for state in states(page)}
    assert list(filter(None, found.values())) == []
    assert len(found) == 7


@pytest.mark.browser
@pytest.mark.parametrize(("width", "locale"), [(360, "de-DE"), (390, "en-GB")])
def test_a_phone_shows_all_and_every_finger_hits(
    bells_page: str, visit: Open, width: int, locale: str
) -> None:
    page = visit(bells_page, width=width, height=740, locale=locale)
    for state in states(page):
        assert page.evaluate("document.documentElement.scrollWidth") == width, state
        assert at_rest(page, OUTSIDE, width) == [], state
        assert at_rest(page, TARGETS) == [], state
        if state in {"source", "library"}:
            assert violations(page) == [], state


@pytest.mark.browser
def test_the_focus_is_never_lost(doubtful_page: str, visit: Open) -> None:
    page = visit(doubtful_page)
    box = page.locator("#box textarea")
    expect(box).to_be_focused()
    ask(page, WORD_QUESTION)
    expect(box).to_be_focused()
    page.get_by_text("Show a doubtful answer").click()
    expect(page.locator("#chat a[href^='#cite-']").first).to_be_visible()
    expect(box).to_be_focused()
    page.reload()
    expect(page.locator("#chat summary")).to_have_count(1)
    expect(box).to_be_enabled()
    expect(box).to_be_focused()
    page.get_by_label("Clear").press("Enter")
    expect(page.locator("#chat summary")).to_have_count(0)
    expect(box).to_be_focused()


@pytest.mark.browser
def test_nothing_moves_for_those_who_want_it_so(bells_page: str, visit: Open) -> None:
    page = visit(bells_page, width=390, height=740)
    takes = "e => parseFloat(getComputedStyle(e).transitionDuration)"
    for part in ("#sheet", "#drawer"):
        assert page.locator(part).evaluate(takes) == 0
        page.emulate_media(reduced_motion="no-preference")
        assert page.locator(part).evaluate(takes) > 0
        page.emulate_media(reduced_motion="reduce")


@pytest.mark.browser
def test_the_reply_is_heard_and_every_control_has_a_name(bells_page: str, visit: Open) -> None:
    page = visit(bells_page)
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    ask(page, WORD_QUESTION)
    expect(log).to_contain_text(SHORT)
    for name in (LANGUAGES["en"].box, LANGUAGES["en"].library):
        expect(
            page.get_by_label(name, exact=True).or_(page.get_by_role("button", name=name)).first
        ).to_be_visible()
    expect(page.get_by_role("navigation", name="Sources of this answer")).to_be_visible()
    expect(page.get_by_role("button", name="Quotation 1")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.get_by_role("article")).to_have_attribute("lang", "en")
