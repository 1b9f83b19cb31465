"""Take the README's pictures of the chat: make pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from qa.settings import Settings
from qa.ui import build_page
from qa.ui.page import launch_options

HERE = Path(__file__).parent
ANSWERED = "How far is Homs from Hama?"
SILENT = "Who is the mayor of Aleppo?"


def main() -> None:
    """Ask, and take a picture of the answer and of the silence."""
    page = build_page(Settings.load())
    _, address, _ = page.launch(**launch_options(), prevent_thread_lock=True, quiet=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        view = browser.new_page(
            viewport={"width": 1280, "height": 760}, device_scale_factor=1.5
        )
        view.goto(address)
        _ask(view, ANSWERED)
        expect(view.locator("#panel mark.on")).to_be_in_viewport()
        view.wait_for_timeout(800)  # the panel scrolls gently
        view.screenshot(path=HERE / "answer.png")
        _ask(view, SILENT)
        view.wait_for_timeout(800)
        view.screenshot(path=HERE / "silence.png")
        browser.close()
    page.close()


def _ask(view: Page, question: str) -> None:
    said = view.locator("#chat [data-testid=bot] a[href^='#']").count()
    view.locator("#box textarea").fill(question)
    view.keyboard.press("Enter")
    expect(view.locator("#chat [data-testid=bot] a[href^='#']").nth(said)).to_be_visible()


if __name__ == "__main__":
    main()
