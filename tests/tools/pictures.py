"""Take the README's pictures of the chat: make pictures."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from qa.settings import Settings
from qa.ui import build_page
from qa.ui.page import launch_options

INTO = Path(__file__).parent.parent.parent / "docs"
COLOURS = 256  # of a picture: it has a third of the bytes, and looks the same
WRITTEN = 1_735_689_600  # when the articles were: the first day of 2025, wherever this runs
ANSWERED = "How far is Homs from Hama?"
UNANSWERED = "Who is the mayor of Aleppo?"
DISPUTED = "How many people died when the ferry sank?"
OWN = {
    "The Aurora: First Reports": (
        "The ferry Aurora sank off Port Alder on Monday night. Thirty people died when the "
        "ferry sank, a diver said. The harbour is closed."
    ),
    "The Aurora: A Week Later": (
        "The ferry Aurora sank in a storm off Port Alder. At least 41 people died when the "
        "ferry sank, officials said. Divers are still at work."
    ),
}
"""A visitor's own articles, by their titles, which contradict each other."""


def main() -> None:
    """Take a picture of each of the main states of the page."""
    with sync_playwright() as playwright, _served() as (address, home):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        _talking(browser, address)
        _own_articles(browser, address, home)
        _phone(browser, address)
        browser.close()


@contextmanager
def _served() -> Iterator[tuple[str, Path]]:
    """Serve the seeds, dated so that the pictures are the same everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(Settings().articles, home / "seeds")
        for file in (home / "seeds").iterdir():
            os.utime(file, (WRITTEN, WRITTEN))
        places = {"articles": str(home / "seeds"), "index": str(home / "index")}
        page = build_page(Settings().with_({**places, "data": str(home / "data")}))
        _, address, _ = page.launch(**launch_options(), prevent_thread_lock=True, quiet=True)
        yield address, home
        page.close(verbose=False)


def _talking(browser: Browser, address: str) -> None:
    """Take the beginning, an answer beside its source, and an abstention."""
    view = _visit(browser, address, width=1280, height=760)
    expect(view.locator("#chat .example").first).to_be_visible(timeout=60_000)
    _take(view, "start")
    _ask(view, ANSWERED)
    expect(view.locator("#panel mark.on")).to_be_in_viewport()
    expect(view.locator("#chat .option").first).to_be_visible(timeout=60_000)
    _take(view, "answer")
    _ask(view, UNANSWERED)
    expect(view.locator("#chat .option").first).to_be_visible(timeout=60_000)
    _take(view, "abstention")
    view.close()


def _own_articles(browser: Browser, address: str, home: Path) -> None:
    """Take articles of one's own that disagree, in the dark, and the library that has them."""
    files = [home / f"{number}.txt" for number in range(len(OWN))]
    for file, (title, text) in zip(files, OWN.items(), strict=True):
        file.write_text(f"{title}\n\n{text}\n", "utf-8")
    view = _visit(browser, address, width=1280, height=760, color_scheme="dark")
    view.locator("#selection .open").click()
    view.locator("#upload input[type=file]").set_input_files(files)
    for title in OWN:
        expect(view.locator("#upload-report")).to_contain_text(title, timeout=60_000)
    view.locator("#drawer .shut").click()
    _ask(view, DISPUTED)
    _take(view, "disagreement")
    view.emulate_media(color_scheme="light")
    view.locator("#selection .open").click()
    _take(view, "library")
    view.close()


def _phone(browser: Browser, address: str) -> None:
    """Take the source as it lies over the talk on a phone."""
    view = _visit(browser, address, width=390, height=780, has_touch=True)
    _ask(view, ANSWERED)
    view.locator("#chat a[href^='#cite-']").first.tap()
    expect(view.locator("#panel mark.on")).to_be_in_viewport()
    _take(view, "phone")
    view.close()


def _visit(browser: Browser, address: str, *, width: int, height: int, **more: Any) -> Page:
    view = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=1.5,
        reduced_motion="reduce",
        **more,
    )
    view.goto(address)
    view.locator("#box textarea").wait_for()
    return view


def _ask(view: Page, question: str) -> None:
    said = view.locator("#chat summary").count()
    view.locator("#box textarea").fill(question)
    view.keyboard.press("Enter")
    expect(view.locator("#chat summary").nth(said)).to_be_visible(timeout=60_000)


def _take(view: Page, name: str) -> None:
    """Take a picture when all has come to rest, nothing is pointed at, and nothing blinks."""
    view.mouse.move(0, 0)
    view.wait_for_timeout(1000)
    shot = view.screenshot(animations="disabled", caret="hide")
    picture = (
        Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    )
    picture.save(INTO / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
