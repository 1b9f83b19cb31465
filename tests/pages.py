"""What the tests of the page share: a reader that is no riddle, a library, a browser's ways."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from qa.assistant import Assistant
from qa.index import build
from qa.language.sentences import sentences
from qa.readers import Evidence, Reader
from qa.settings import Settings
from qa.types import Hit, Passage, Span
from qa.ui.session.provider import AssistantProvider

SEEDS = Path(__file__).parent.parent / "seeds"
TITLE = (
    "Bells <script>X.push(1)</script> & ${X.push(1)} `bell` [1](#cite-0) {{value}}"
    ' __i18n__{"key":"ask"}'
)
HEADING = "Bell <b>Heading</b> *stars* $$x$$"
SENTENCES = (
    'The bell has <img src=x onerror="X.push(1)"> and <svg onload=X.push(1)> and $$x^2$$.',
    "The bell links [md](javascript:X.push(1)) and \\u003cb\\u003e {{value}} ${X.push(1)} `x`.",
    "The bell rings at http://a.invalid/x www.a.invalid [1](#cite-00000000000a.0-9) &amp; ~x~.",
)
SHORT = SENTENCES[0][13:46]  # the whole of a tag
WORD = "bell"
WORD_QUESTION = f"Which {WORD}?"

Open = Callable[..., Page]


@dataclass(frozen=True)
class WordReader:
    """Finds that the sentences with a certain word answer, so surely, and no others."""

    word: str = WORD
    sure: float = 1.0
    short: str = ""

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        found = [
            self.weigh(h.passage, s)
            for h in hits
            for s in sentences(h.passage.article.text, h.passage.span)
        ]
        return tuple(sorted(found, key=lambda evidence: -evidence.score))

    def weigh(self, passage: Passage, sentence: Span) -> Evidence:
        said = sentence.of(passage.article.text)
        start = sentence.start + said.find(self.short)
        short = (
            Span(start, start + len(self.short)) if self.short and self.short in said else None
        )
        return Evidence(passage, sentence, self.sure if self.word in said else 0.0, short)


def bag(home: Path, **given: Any) -> Settings:
    """Return settings for a small library of which nothing is slow."""
    articles = home / "articles"
    if not articles.exists():
        articles.mkdir(parents=True)
        parts = [TITLE, HEADING, " ".join(SENTENCES), "Other", "Nothing is said here."]
        (articles / "bells.txt").write_text("\n\n".join(parts), "utf-8")
    names = {"articles": articles, "index": home / "index", "data": home / "data"}
    places = {name: str(place) for name, place in names.items()}
    return Settings(encoder="bag", reader="similarity").with_({**places, **given})


def assistant(settings: Settings, reader: Reader | None = None) -> Assistant:
    index = build(settings.articles, into=settings.index, settings=settings)
    return Assistant(index, settings=settings, reader=reader or WordReader())


def free_port() -> int:
    """Find a port: Gradio's own search for one leaks a socket for each that is taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(provider: AssistantProvider) -> Iterator[str]:
    from qa.ui.page import build_page, launch_options

    page = build_page(provider=provider)
    _, url, _ = page.launch(
        prevent_thread_lock=True, quiet=True, server_port=free_port(), **launch_options()
    )
    yield url
    page.close(verbose=False)


def ask(page: Page, question: str) -> Locator:
    """Ask, and return the reply."""
    bots = page.locator("#chat [data-testid=bot]")
    before = bots.count()
    page.fill("#box textarea", question)
    page.press("#box textarea", "Enter")
    reply = bots.nth(before).locator(":is(a, blockquote)").first
    reply.wait_for(timeout=30_000)
    return bots.nth(before)
