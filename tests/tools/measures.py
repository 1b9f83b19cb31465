"""Measure in a real browser how long an answer and its source take: make measures.

Other folders of articles can be named: `python -m tests.tools.measures FOLDER …`; their indexes
are built anew, in a folder that is deleted.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from qa.evaluation import ResultTable
from qa.settings import Settings
from qa.types import Article
from qa.ui import build_page
from qa.ui.page import launch_options
from qa.ui.session.provider import AssistantProvider, open_assistant

TIMES = 30  # that each thing is done
TALK = 10  # questions of one talk: then the page is opened anew
SHARES = (50, 95)

WATCH = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (done) => { while (!done()) await frame(); return performance.now(); };
  const all = (what) => [...document.querySelectorAll(what)];
  const event = (name) => new Promise((resolve) => addEventListener(
    name, () => resolve(performance.now()), { once: true, capture: true },
  ));
  const place = (link) => link.getAttribute('href').slice(1);
  const isSeen = (mark, article) => {
    const [one, other] = [mark, article].map((part) => part.getBoundingClientRect());
    return one.top >= other.top - 1 && one.top < other.bottom;
  };
  window.answered = async () => {
    const words = (bot) => bot.innerText.trim() && !bot.querySelector('.progress-note');
    const said = () => all('#chat [data-testid=bot]').filter(words).length;
    const feet = () => all('#chat a[href^="#copy-"]').length;
    const [before, footed] = [said(), feet()];
    const asked = await event('keydown');
    const first = await until(() => said() > before);
    return [first - asked, await until(() => feet() > footed) - asked];
  };
  window.lit = async () => {
    const clicked = new Promise((resolve) => addEventListener('click', (click) => {
      resolve([performance.now(), place(click.target.closest('a'))]);
    }, { once: true, capture: true }));
    const [start, wanted] = await clicked;
    return await until(() => {
      const mark = document.querySelector(`#panel [data-place="${wanted}"] mark.on`);
      return mark && isSeen(mark, mark.closest('article'));
    }) - start;
  };
}"""
"""Puts two clocks into the page; they look at every frame, so they are late by one at most."""


def main() -> None:
    """Measure the articles of the settings, and those of the folders that are named."""
    table = ResultTable()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for number, settings in enumerate(_libraries(Path(home))):
            table.add(Path(settings.articles).name or str(number), _measured(browser, settings))
        browser.close()
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    sys.stdout.write(f"{table}\n\nEach {TIMES} times; {os.cpu_count()} cores, load {load}.\n")


def _libraries(home: Path) -> Iterator[Settings]:
    yield Settings.load()
    for number, folder in enumerate(sys.argv[1:]):
        places = {"articles": folder, "index": str(home / str(number))}
        yield Settings.load().with_(places)


def _measured(browser: Browser, settings: Settings) -> Mapping[str, float]:
    """Return the median and the slow end of each time, in ms."""
    assistant = open_assistant(settings)
    page = build_page(provider=AssistantProvider.of(assistant))
    _, address, _ = page.launch(**launch_options(), prevent_thread_lock=True, quiet=True)
    answers, clicks = [], []
    questions = list(islice(_questions(assistant.index.articles), TIMES))
    for first in range(0, TIMES, TALK):
        view = browser.new_page(reduced_motion="reduce")
        view.goto(address)
        view.locator("#box textarea").wait_for()
        view.evaluate(WATCH)
        talk = questions[first : first + TALK]
        answers += [_ask(view, question) for question in talk]
        clicks += [_click(view, number) for number in range(len(talk))]
        view.close()
    page.close(verbose=False)
    times = {
        "question to first text": [first for first, _ in answers],
        "question to whole answer": [whole for _, whole in answers],
        "click to lit sentence": clicks,
    }
    return {
        f"{name} p{share} ms": float(np.percentile(taken, share))
        for name, taken in times.items()
        for share in SHARES
    }


def _questions(articles: Mapping[str, Article]) -> Iterator[str]:
    """Yield a question about each section, again and again: one of every article in turn."""
    while True:
        for depth in range(max(len(article.sections) for article in articles.values())):
            for article in articles.values():
                for section in article.sections[depth : depth + 1]:
                    yield f"What about {' '.join([article.title, *section.path[-1:]])}?"


def _ask(view: Page, question: str) -> tuple[float, float]:
    view.locator("#box textarea").fill(question[:300])
    view.evaluate("() => { window.told = window.answered() }")
    view.keyboard.press("Enter")
    first, whole = view.evaluate("() => window.told")
    return first, whole


def _click(view: Page, number: int) -> float:
    """Click a mark whose source is not shown: the first ones of the answers, in turn."""
    feet = view.locator("#chat a:is([href^='#cite-'], [href^='#near-'])")
    shown = view.locator("#panel .source").get_attribute("data-place")
    places = [link.get_attribute("href") or "" for link in feet.all()]
    others = [at for at, place in enumerate(places) if place != f"#{shown}"]
    view.evaluate("() => { window.told = window.lit() }")
    feet.nth(others[number * 7 % len(others)]).click()
    return float(view.evaluate("() => window.told"))


if __name__ == "__main__":
    main()
