"""Where an article comes from: what is a link, and what a browser lights at its end."""

from __future__ import annotations

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from qa.answers import Citation
from qa.articles import read_article
from qa.language.sentences import sentences as sentences_of
from qa.origin import CONTEXT_CHARACTERS, MAX_LINE, Origin, one_line
from qa.types import Article, Span

PAGE = "https://a.invalid/tram"


def browsed(text: str, fragment: str) -> str | None:
    """Return what a browser lights: https://wicg.github.io/scroll-to-text-fragment/

    Prefix and suffix apart, each part is the first that fits after the one before it.
    """
    parts = [unquote(part).lower() for part in fragment.partition(":~:text=")[2].split(",")]
    prefix = parts.pop(0).removesuffix("-") if parts[0].endswith("-") else ""
    suffix = parts.pop().removeprefix("-") if parts[-1].startswith("-") else ""
    pattern = r".*?".join(re.escape(part) for part in parts)
    before, after = (re.escape(word) for word in (prefix, suffix))
    shown = " ".join(text.split())
    found = re.search(rf"{before} ?({pattern}) ?{after}", shown.lower())
    return shown[slice(*found.span(1))] if found else None


words = st.sampled_from(
    ["the", "The", "tram", "runs", "well-known,", "a&b", "50%", "é", "中", "#"]
)
sentences = st.lists(words, min_size=1, max_size=30).map(lambda said: " ".join(said) + ".")


@given(sentences, st.lists(sentences, max_size=4), st.integers(0, 4))
def test_a_browser_lights_the_quotation(said: str, others: list[str], place: int) -> None:
    assume(not any(other in said or said in other for other in others))
    paragraphs = [*others[:place], said, *others[place:]]
    text = "\n\n".join(paragraphs)
    start = len("\n\n".join([*others[:place], ""]) if others[:place] else "")
    assert text[start : start + len(said)] == said
    link = Origin(url=PAGE).link(text, start, start + len(said))
    assert link.startswith(f"{PAGE}#:~:text=")
    lit = browsed(text, link)
    assert lit is not None
    assert lit.lower() == said.lower()


def test_among_its_like_a_quotation_is_told_by_what_stands_around_it() -> None:
    text = "In spring it rains.\n\nIn autumn it rains. In winter it rains."
    start = text.index("it rains. In winter")
    link = Origin(url=PAGE).link(text, start, start + 9)
    assert link == f"{PAGE}#:~:text=In%20autumn-,it%20rains.,-In%20winter%20it%20rains."


def test_of_a_long_quotation_the_two_ends_are_named() -> None:
    text = (
        "It never rains. " + "It rains on the quay, " + "and on " * 40 + "the old harbour wall."
    )
    link = Origin(url=PAGE).link(text, 16, len(text))
    assert link == f"{PAGE}#:~:text=It%20rains%20on%20the,the%20old%20harbour%20wall."


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.invalid/x?a=1&b=2", "https://a.invalid/x?a=1&b=2#:~:text=It"),
        ("http://a.invalid/x#top", "http://a.invalid/x#top:~:text=It"),
        ("https://a.invalid/x#:~:text=Old", "https://a.invalid/x#:~:text=It"),
        ("HTTPS://a.invalid/é “x”", ""),
        (
            "HTTPS://a.invalid/é“x”<b>",
            "HTTPS://a.invalid/%C3%A9%E2%80%9Cx%E2%80%9D%3Cb%3E#:~:text=It",
        ),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,https://a.invalid", ""),
        ("file:///etc/passwd", ""),
        ("//a.invalid/x", ""),
        ("https:a.invalid", ""),
        ("https:///x", ""),
        ("https://\\a.invalid", ""),
        ("The Harbour Gazette", ""),
        ("", ""),
    ],
)
def test_only_an_address_of_the_web_is_a_link(url: str, link: str) -> None:
    assert Origin.of(url=url).link("It rains.", 0, 2) == link


@given(
    st.text()
    | st.text(st.sampled_from("htps:/a.#?&\"'<>() \n\\é")).map(lambda s: f"http://{s}")
)
def test_an_address_has_no_sign_that_means_something_elsewhere(url: str) -> None:
    try:
        url.encode()
    except UnicodeEncodeError:
        return
    address = Origin(url=url).address
    assert not re.search(r"[\s\"<>\\`{}|^]", address)
    assert address.isascii()
    if address:
        assert address.lower().startswith(("http://", "https://"))


@given(st.text(min_size=1), st.data())
def test_a_link_can_be_made_to_any_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    fragment = urlsplit(Origin(url=PAGE).link(text, start, end)).fragment
    assert fragment.startswith(":~:text=")
    assert "&" not in fragment
    assert len(fragment) < 12 * (end - start + 2 * CONTEXT_CHARACTERS) + 20


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("  Agnes \n Rourke ", "Agnes Rourke"),
        (1911, "1911"),
        (["Agnes", None, "Tomas"], "Agnes, Tomas"),
        ({"name": "Agnes"}, "Agnes"),
        ([["Agnes"]], ""),
        (None, ""),
        (True, ""),
        ("e\u0301", "é"),
        ("x" * MAX_LINE, "x" * MAX_LINE),
        ("x" * (MAX_LINE + 1), ""),
    ],
)
def test_what_a_file_says_is_one_line(said: object, line: str) -> None:
    assert one_line(said) == line


def test_a_citation_says_where_it_comes_from() -> None:
    origin = Origin("1911-04-05", "Agnes Rourke", PAGE)
    citation = Citation(Article.of("Tram", "It runs.", origin=origin), Span(0, 8), number=1)
    assert str(citation) == (
        "[1] Tram, Agnes Rourke, 1911-04-05 (0–8): “It runs.”\n"
        "    https://a.invalid/tram#:~:text=It%20runs."
    )
    said = citation.as_dict()
    assert {name: said[name] for name in ("author", "date", "url", "link")} == {
        "author": "Agnes Rourke",
        "date": "1911-04-05",
        "url": PAGE,
        "link": citation.link,
    }


def test_what_is_no_link_is_shown_as_text() -> None:
    article = Article.of("Tram", "It runs.", origin=Origin(url="javascript:alert(1)"))
    assert str(Citation(article, Span(0, 8), number=1)) == (
        "[1] Tram, javascript:alert(1) (0–8): “It runs.”"
    )


TALL = "<div style='height: 3000px'></div>"
WEB = [
    "<p>It rains.</p><p>It rains on the quay.</p>",
    "<p id=cost>It costs 34&times;10<sup>4</sup> crowns, the well-known, old & grey council "
    "says.</p>",
    "<p id=wall>Next comes a long sentence which <b>goes on</b> and on until the harbour, "
    "where <a href=x>it ends</a> at last beside the wall.</p>",
    "<p id=rain>In autumn it rains on the quay.</p>",
]


@pytest.mark.browser
def test_the_link_of_a_citation_leads_a_browser_to_the_sentence(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "p.html").write_text(f"<meta charset=utf-8>{TALL.join([*WEB, ''])}", "utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        origin = Origin(url=f"http://127.0.0.1:{server.server_port}/p.html")
        read = read_article(tmp_path / "p.html")
        wanted = {"cost": "It costs", "wall": "Next comes", "rain": "In autumn"}
        for name, first in wanted.items():
            (span,) = (s for s in sentences_of(read.text) if s.of(read.text).startswith(first))
            page = browser.new_page()
            page.goto(origin.link(read.text, span.start, span.end))
            expect(page.locator(f"#{name}")).to_be_in_viewport()
            page.close()
        server.shutdown()
