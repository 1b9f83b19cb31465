"""A visitor's shelf: their own articles and no one else's, chosen, read, and gone."""

from __future__ import annotations

import gc
import json
import os
import re
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from qa.articles import FORMATS, read_article
from qa.assistant import Assistant
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import QAError
from qa.index import ArticleEntry, build
from qa.readers import Reader
from qa.settings import Settings
from qa.types import Article, Section, Span
from qa.ui.components.source import source_html
from qa.ui.rendering.article_list import (
    MAX_ROWS,
    MAX_SECTIONS,
    article_list,
    selection_summary,
    upload_limits,
    upload_report,
)
from qa.ui.rendering.locations import Location, LocationKind
from qa.ui.rendering.source import render_source
from qa.ui.session import store
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import MAX_REFUSED, UploadedFile, VisitorLibrary
from tests.documents import FILES
from tests.pages import HEADING, SENTENCES, TITLE, Open, WordReader, ask, serve

CHOSEN = Settings(encoder="bag", reader="similarity", stance="0", passage_tokens=16)
LIBRARY = [
    Article.of("Bells", "The bell hangs in the tower. The bell is of bronze."),
    Article.of("Trams", "The tram runs along the quay. The tram is white."),
]
QUESTIONS = ("Where does the bell hang?", "Which tram is white?", "Which pear is smoked?")


def library(
    folder: Path,
    articles: Sequence[Article] = LIBRARY,
    reader: Reader | None = None,
    **given: Any,
) -> AssistantProvider:
    """Return a provider whose assistant knows the articles."""
    index = build(articles, into=folder, encoder=BagOfWordsEncoder(), settings=CHOSEN)
    settings = CHOSEN.with_({"stance": "balanced"} if reader else {}).with_(given)
    return AssistantProvider.of(Assistant(index, settings=settings, reader=reader))


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> AssistantProvider:
    return library(tmp_path_factory.mktemp("library"))


def write(folder: Path, name: str, content: str | bytes) -> UploadedFile:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return UploadedFile(name, file)


def pears_file(folder: Path, number: int) -> UploadedFile:
    words = f"Pears {number}\n\nThe pear of orchard {number} is smoked for {number} hours."
    return write(folder, f"pears{number}.txt", words)


def answers(provider: AssistantProvider) -> list[str]:
    return [str(provider.assistant().ask(question)) for question in QUESTIONS]


@pytest.fixture(autouse=True, scope="module")
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Other tests that run at the same time have uploads of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        yield


def upload_folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("qa-uploads-*"))


# A visitor's own articles


STEPS = st.tuples(st.sampled_from(["add", "remove"]), st.integers(0, 1), st.integers(0, 4))


@settings(max_examples=12)
@given(st.lists(STEPS, max_size=6))
def test_each_of_two_visitors_asks_the_library_and_their_own_articles(
    provider: AssistantProvider,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, int, int]],
) -> None:
    home = tmp_path_factory.mktemp("visitors")
    files = [pears_file(home, number) for number in range(5)]
    articles = [read_article(each.path, name=each.name) for each in files]
    before = answers(provider)
    visitors = [VisitorLibrary(), VisitorLibrary()]
    owned: list[list[Article]] = [[], []]
    for step, who, which in steps:
        if step == "add":
            visitors[who], problems = visitors[who].add([files[which]], provider)
            assert bool(problems) == (articles[which] in owned[who])
            owned[who] += [] if problems else [articles[which]]
        else:
            visitors[who] = visitors[who].remove(articles[which].id, provider)
            owned[who] = [own for own in owned[who] if own != articles[which]]
    for number, (visitor, own) in enumerate(zip(visitors, owned, strict=True)):
        fresh = library(home / str(number), [*LIBRARY, *own])
        assert visitor.articles == tuple(own)
        assert list(visitor.provider(provider).assistant().index.articles.values()) == [
            *LIBRARY,
            *own,
        ]
        assert answers(visitor.provider(provider)) == answers(fresh)
    assert answers(provider) == before
    assert list(provider.assistant().index.articles.values()) == LIBRARY


def test_without_own_articles_and_choice_the_library_answers_itself(
    provider: AssistantProvider,
) -> None:
    assert VisitorLibrary().provider(provider) is provider


def test_the_library_is_not_encoded_again(tmp_path: Path) -> None:
    encoded: list[str] = []

    class Counting(BagOfWordsEncoder):
        def passages(self, texts: Sequence[str], **options: Any) -> Any:
            encoded.extend(texts)
            return super().passages(texts, **options)

    index = build(LIBRARY, into=tmp_path / "library", encoder=Counting(), settings=CHOSEN)
    provider = AssistantProvider.of(Assistant(index, settings=CHOSEN, encoder=Counting()))
    encoded.clear()
    held, _ = VisitorLibrary().add([pears_file(tmp_path, 1)], provider)
    assert encoded == ["Pears 1. The pear of orchard 1 is smoked for 1 hours."]
    fuller, _ = held.add([pears_file(tmp_path, 2)], provider)
    fuller.remove(held.articles[0].id, provider)
    assert len(encoded) == 2


def test_the_index_of_a_shelf_is_deleted_with_it(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    gc.collect()  # those of the tests before
    before = upload_folders()
    held, _ = VisitorLibrary().add([pears_file(tmp_path, 1)], provider)
    (folder,) = upload_folders() - before
    assert folder.stat().st_mode & 0o077 == 0  # nobody else's to read
    other, _ = held.add([pears_file(tmp_path, 2)], provider)
    asked = held.provider(provider)
    del held
    assert folder.exists()  # for the question that is under way
    assert "[1]" in str(asked.assistant().ask(QUESTIONS[2]))
    del asked
    gc.collect()
    assert not folder.exists()
    del other
    gc.collect()
    assert upload_folders() == before


class BrokenEncoder(BagOfWordsEncoder):
    """Cannot encode pears."""

    def passages(self, texts: Sequence[str], **options: Any) -> Any:
        if any("pear" in text for text in texts):
            raise QAError("No pears.")
        return super().passages(texts, **options)


def test_a_shelf_that_cannot_be_indexed_leaves_no_folder(tmp_path: Path) -> None:
    index = build(LIBRARY, into=tmp_path / "library", encoder=BrokenEncoder(), settings=CHOSEN)
    provider = AssistantProvider.of(Assistant(index, settings=CHOSEN, encoder=BrokenEncoder()))
    before = upload_folders()
    with pytest.raises(QAError, match="No pears"):
        VisitorLibrary().add([pears_file(tmp_path, 1)], provider)
    assert upload_folders() == before


BAD: list[tuple[str, str | bytes, str]] = [
    ("a.doc", b"x", "a.doc is not in a format that can be read. Use .txt"),
    ("a.pdf", b"%PDF-1.4", "a.pdf is damaged or cut short."),
    ("b.txt", b"a\0b", "b.txt is a binary file, not text."),
    ("c.txt", bytes(range(128, 256)), "The encoding of c.txt cannot be recognised."),
    ("d.md", "# Only a title", "d.md has no text under its title."),
    ("e.txt", "", "e.txt has no text"),
    ("f.txt", "x" * 10_000_001, "f.txt has 10,000,001 bytes; the limit is 10,000,000."),
    ("h.jsonl", '{"text": 7}', "h.jsonl, line 1 is malformed."),
    ("i.jsonl", "{", "i.jsonl, line 1 is not JSON"),
    ("g.txt", LIBRARY[0].text, ""),
]


def test_bad_files_get_a_line_each_and_the_good_ones_go_on(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    files = [write(tmp_path, name, content) for name, content, _ in BAD]
    files.insert(3, pears_file(tmp_path, 1))
    gone = UploadedFile("gone.txt", tmp_path / "gone.txt")
    held, problems = VisitorLibrary().add([*files, gone], provider)
    assert [article.source for article in held.articles] == ["pears1.txt", "g.txt"]
    expected = [line for *_, line in BAD if line] + ["gone.txt could not be opened"]
    assert len(problems) == len(expected)
    for said, line in zip(problems, expected, strict=True):
        assert str(said).startswith(line)


def test_only_bad_files_change_nothing(provider: AssistantProvider, tmp_path: Path) -> None:
    empty = VisitorLibrary()
    held, problems = empty.add([write(tmp_path, "a.pdf", b"%PDF")], provider)
    assert held is empty
    assert len(problems) == 1


def test_what_is_there_already_is_not_added_again(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    raw = f"{LIBRARY[0].title}\n{LIBRARY[0].text}"  # what the library's article was made of
    twice = [pears_file(tmp_path, 1), UploadedFile("again.txt", pears_file(tmp_path, 1).path)]
    held, problems = VisitorLibrary().add([*twice, write(tmp_path, "bells.txt", raw)], provider)
    assert len(held.articles) == 1
    lines = [str(error) for error in problems]
    assert lines == ["again.txt is here already.", "bells.txt is here already."]


def test_a_visitor_may_upload_so_many_articles(tmp_path: Path) -> None:
    few = library(tmp_path / "few", upload_articles=3)
    files = [pears_file(tmp_path, number) for number in range(5)]
    held, problems = VisitorLibrary().add(files, few)
    assert len(held.articles) == 3
    assert [str(error) for error in problems] == [
        f"pears{number}.txt is over the 3 articles. Remove one first." for number in (3, 4)
    ]


def test_a_visitor_may_upload_so_much_text(tmp_path: Path) -> None:
    one, two, three = (pears_file(tmp_path, number) for number in (1, 2, 3))
    room = sum(each.path.stat().st_size for each in (one, two)) / 1_000_000
    tight = library(tmp_path / "tight", upload_text_mb=room)
    held, problems = VisitorLibrary().add([one, two, three], tight)
    assert len(held.articles) == 2
    assert str(problems[0]).startswith("pears3.txt would make more than")


def test_the_limits_are_told_before_they_bite() -> None:
    html = upload_limits(Settings(upload_articles=1234, upload_file_mb=0.5))
    formats = ", ".join(each.name for each in FORMATS)
    assert f"Up to 1,234 articles ({formats}), 0.5 MB each" in html
    assert "and 5 MB of text together" in html


def test_of_many_files_the_refused_are_reported_first_and_summed_up(tmp_path: Path) -> None:
    files = [pears_file(tmp_path, number) for number in range(50)]
    held, problems = VisitorLibrary().add(files, library(tmp_path / "few", upload_articles=9))
    lines = re.findall(r"<li.*?>(.*?)</li>", upload_report(held.articles, problems))
    assert lines == [
        "pears9.txt is over the 9 articles. Remove one first.",
        "And 40 more for the same reason.",
        "Added 9 articles.",
    ]


def test_what_to_do_about_files_of_one_reason_is_said_once(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    files = [write(tmp_path, name, "?") for name in ("a.png", "b.gif")]
    _, problems = VisitorLibrary().add(files, provider)
    first, second = re.findall(r"<li.*?>(.*?)</li>", upload_report((), problems))
    assert first == "a.png is not in a format that can be read."
    assert second.startswith("b.gif is not in a format that can be read. Use .txt, ")


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_any_format_can_be_brought_and_asked(
    provider: AssistantProvider, tmp_path: Path, kind: str
) -> None:
    held, problems = VisitorLibrary().add(
        [write(tmp_path, f"a.{kind}", FILES[kind]())], provider
    )
    assert problems == ()
    assert len(held.articles) == (2 if kind == "jsonl" else 1)
    answer = (
        held.provider(provider).assistant().ask("Is the ferry or the lens or the tram free?")
    )
    assert answer.hits


def test_of_a_bulk_of_articles_a_shelf_takes_what_it_holds(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    lines = "".join(f'{{"text": "The pear of orchard {n} is smoked."}}\n' for n in range(2000))
    held, problems = VisitorLibrary().add([write(tmp_path, "a.jsonl", lines)], provider)
    assert len(held.articles) == CHOSEN.upload_articles
    assert len(problems) == MAX_REFUSED


# Asking within some


@given(st.lists(st.one_of(st.sampled_from(LIBRARY).map(lambda a: a.id), st.text())))
def test_only_articles_that_are_there_can_be_chosen(
    provider: AssistantProvider, sent: list[str]
) -> None:
    chosen = VisitorLibrary().select(sent, provider).selected
    assert chosen == {article.id for article in LIBRARY} & {*sent}


@pytest.mark.parametrize("sent", [[], [7], [None], [{"a": 1}], [[LIBRARY[0].id]]])
def test_what_names_no_article_chooses_all(
    provider: AssistantProvider, sent: list[Any]
) -> None:
    assert VisitorLibrary().select(sent, provider) == VisitorLibrary()


def test_the_chosen_articles_are_asked_and_no_others(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    held, _ = VisitorLibrary().add([pears_file(tmp_path, 1)], provider)
    for article in (*LIBRARY, *held.articles):
        asked = held.select([article.id], provider).provider(provider).assistant()
        for question in QUESTIONS:
            hits = asked.ask(question).hits
            assert {hit.passage.article.id for hit in hits} == {article.id}


def test_a_choice_outlives_what_is_added_and_loses_what_is_removed(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    held, _ = VisitorLibrary().add([pears_file(tmp_path, 1)], provider)
    both = held.select([LIBRARY[0].id, held.articles[0].id], provider)
    fuller, _ = both.add([pears_file(tmp_path, 2)], provider)
    assert fuller.selected == both.selected
    assert both.remove(held.articles[0].id, provider).selected == {LIBRARY[0].id}


def test_a_source_of_ones_own_opens_for_its_owner_only(
    provider: AssistantProvider, tmp_path: Path
) -> None:
    held, _ = VisitorLibrary().add([pears_file(tmp_path, 1)], provider)
    sent = {"place": f"read-{held.articles[0].id}.9-10"}
    assert "orchard 1" in source_html(held.provider(provider), sent)
    assert "orchard 1" not in source_html(provider, sent)
    assert "orchard 1" not in source_html(VisitorLibrary().provider(provider), sent)


def test_an_article_to_be_read_is_unlit_and_opens_where_it_is_wanted() -> None:
    text = "One.\n\nTwo.\n\nThree."
    sections = tuple(Section((f"H{at}",), Span(at, at + 4)) for at in (0, 6, 12))
    article = Article.of("Numbers", text, sections=sections)
    place = Location(article, Span(6, 7), kind=LocationKind.READ)
    html = render_source([place], place)
    assert re.findall(r"<p dir='auto' data-here>(.*?)</p>", html) == ["Two."]
    assert "<mark" not in html
    assert "class='tab'" not in html


# The list


def list_html(
    articles: Sequence[Article], own: VisitorLibrary | None = None, **options: Any
) -> str:
    known = {article.id: entry(article) for article in articles}
    return article_list(
        known, own or VisitorLibrary(), **{"folder": Path("nowhere"), **options}
    )


def entry(article: Article) -> ArticleEntry:
    shown_fields = article.id, article.title, article.source, article.sha256
    return ArticleEntry(*shown_fields, article.sections, len(article.text.split()), passages=1)


def titles(html: str) -> list[str]:
    return re.findall(r"aria-label='Ask (.*?)'", html)


def test_the_articles_are_listed_by_title_with_their_sections_and_words() -> None:
    article = Article.of(
        "A harbour",
        "One two.\n\nThree.",
        sections=(Section((), Span(0, 8)), Section(("Quay", "East"), Span(10, 16))),
    )
    html = list_html([*reversed(LIBRARY), article])
    assert titles(html) == ["A harbour", "Bells", "Trams"]
    assert "2 sections · 3 words</summary>" in html
    assert f"data-place='read-{article.id}.0-1'>The beginning</button>" in html
    assert f"data-place='read-{article.id}.10-11'>East</button>" in html
    assert "remove" not in html


def test_what_is_no_language_is_told_in_the_list() -> None:
    article = Article.of("A scan", "One two.")
    entries = {article.id: replace(entry(article), illegible=1200)}
    html = article_list(entries, VisitorLibrary(), folder=Path("nowhere"))
    assert "1,200 characters are no language" in html


def test_the_date_of_a_file_is_told_if_there_is_one(tmp_path: Path) -> None:
    given_ = pears_file(tmp_path, 1)
    moment = datetime(2024, 3, 9, 12, tzinfo=UTC).timestamp()
    os.utime(given_.path, (moment, moment))
    article = read_article(given_.path)
    assert "file of <time>9 March 2024</time>" in list_html([article], folder=tmp_path)
    assert "<time>" not in list_html([article], folder=tmp_path / "elsewhere")
    assert "<time>" not in list_html([article], VisitorLibrary((article,)), folder=tmp_path)


@pytest.mark.parametrize(
    ("sought", "found"),
    [("", 2), ("BELL", 1), ("tram rams", 1), ("bells trams", 0), ("  ", 2), ("zebra", 0)],
)
def test_articles_are_found_by_their_names(sought: str, found: int) -> None:
    html = list_html(LIBRARY, query=sought)
    assert len(titles(html)) == found
    assert ("No article has that name." in html) == (found == 0)


def test_articles_are_found_by_their_headings() -> None:
    section = Section(("The Quay",), Span(0, 4))
    article = Article.of("Harbour", "Text", sections=(section,))
    assert titles(list_html([article, *LIBRARY], query="quay harb")) == ["Harbour"]


def test_of_thousands_of_articles_a_few_are_shown_the_chosen_first() -> None:
    many = [Article.of(f"Goat {n:04}", f"Goat {n}.") for n in range(2000)]
    html = list_html(many, VisitorLibrary(selected=frozenset({many[1999].id})))
    assert titles(html)[:2] == ["Goat 1999", "Goat 0000"]
    assert len(titles(html)) == MAX_ROWS
    assert f"And {2000 - MAX_ROWS:,} more" in html
    assert html.count(" checked") == 1
    assert "Ask only these" not in html
    assert "Ask only these" in list_html(many, query="goat 000")


def test_of_many_sections_some_are_shown() -> None:
    text = "word " * (MAX_SECTIONS + 7)
    sections = tuple(
        Section((f"H{n}",), Span(5 * n, 5 * n + 4)) for n in range(MAX_SECTIONS + 7)
    )
    html = list_html([Article.of("Long", text, sections=sections)])
    assert f">H{MAX_SECTIONS - 1}<" in html
    assert f">H{MAX_SECTIONS}<" not in html
    assert "and 7 more" in html


@given(st.text(st.sampled_from("<>&'\"`${}\\x"), min_size=1).filter(str.strip))
def test_no_name_is_markup(name: str) -> None:
    article = Article.of(name, "x", sections=(Section((name,), Span(0, 1)),))
    chosen = VisitorLibrary((article,), frozenset({article.id}))
    html = (
        list_html([article], chosen)
        + selection_summary({article.id: entry(article)}, chosen)
        + upload_report([article], [QAError(name, hint=name)])
    )
    tags = re.findall(r"<(/?[a-z0-9]+)", html)
    plain = Article.of("n", "x", sections=(Section(("n",), Span(0, 1)),))
    tame = VisitorLibrary((plain,), frozenset({plain.id}))
    calm = (
        list_html([plain], tame)
        + selection_summary({plain.id: entry(plain)}, tame)
        + upload_report([plain], [QAError("n", hint="n")])
    )
    assert tags == re.findall(r"<(/?[a-z0-9]+)", calm)
    assert html.count("'") == calm.count("'")


def test_the_scope_says_what_is_asked() -> None:
    known = {article.id: entry(article) for article in LIBRARY}
    assert "Asking" not in selection_summary(known, VisitorLibrary())
    one = VisitorLibrary(selected=frozenset({LIBRARY[0].id}))
    assert "Asking only <b>“Bells”</b>" in selection_summary(known, one)
    assert "Asking only <b>2 of 2</b>" in selection_summary(
        known, VisitorLibrary(selected=frozenset(known))
    )
    assert "1 of yours" in selection_summary(known, VisitorLibrary((LIBRARY[0],)))


def test_what_was_chosen_and_is_gone_is_asked_no_more(tmp_path: Path) -> None:
    provider = library(tmp_path)
    lost = VisitorLibrary(selected=frozenset({"0" * 12}))
    assert "Asking" not in selection_summary(provider.assistant().index.entries, lost)
    assert answers(lost.provider(provider)) == answers(provider)
    both = VisitorLibrary(selected=lost.selected | {LIBRARY[0].id})
    assert "Asking only <b>“Bells”</b>" in selection_summary(
        provider.assistant().index.entries, both
    )
    assert answers(both.provider(provider))[0] == answers(provider)[0]


# The page, in a browser


FILE = "'><img src=x onerror=X.push(1)>${X.push(1)}.txt"
ASKED = "Which pear is smoked?"


@pytest.fixture(scope="module")
def pears_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the library by a reader that answers with whatever is smoked."""
    home = tmp_path_factory.mktemp("served")
    yield from serve(library(home, reader=WordReader("smoked")))


def upload(page: Page, *given: UploadedFile) -> None:
    page.get_by_role("button", name="Library").click()
    page.set_input_files("#upload input[type=file]", [str(each.path) for each in given])
    page.locator("#upload-report li").first.wait_for(timeout=30_000)


def close_library(page: Page) -> None:
    page.get_by_label("Close the library").click()
    expect(page.locator("#drawer")).not_to_be_in_viewport()


def uploaded_files() -> set[Path]:
    folder = Path(os.environ.get("GRADIO_TEMP_DIR", Path(tempfile.gettempdir()) / "gradio"))
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.browser
def test_what_a_visitor_brings_can_be_asked_at_once_by_them_alone(
    pears_page: str, visit: Open, tmp_path: Path
) -> None:
    before = uploaded_files()
    page, other = visit(pears_page), visit(pears_page)
    upload(page, pears_file(tmp_path, 1), write(tmp_path, "a.doc", b"x"))
    expect(page.locator("#upload-report")).to_contain_text("Added “Pears 1”.")
    expect(page.locator("#upload-report .refused")).to_contain_text("a.doc is not in a format")
    assert uploaded_files() == before
    close_library(page)
    expect(ask(page, ASKED)).to_contain_text("orchard 1 is smoked")
    expect(page.locator("#panel mark.on")).to_contain_text("orchard 1")
    expect(ask(other, ASKED)).to_contain_text("The articles don't say")
    other.get_by_role("button", name="Library").click()
    expect(other.locator("#article-list [data-article]")).to_have_count(len(LIBRARY))
    page.get_by_role("button", name="Library").click()
    page.get_by_label("Remove Pears 1").press("Enter")
    expect(page.locator("#article-list [data-article]")).to_have_count(len(LIBRARY))
    expect(page.get_by_label("Find an article")).to_be_focused()
    close_library(page)
    expect(ask(page, ASKED)).to_contain_text("The articles don't say")


@pytest.mark.browser
def test_what_a_visitor_brings_survives_a_reload_and_its_loss_is_told(
    pears_page: str, visit: Open, tmp_path: Path
) -> None:
    page = visit(pears_page)
    upload(page, pears_file(tmp_path, 1))
    close_library(page)
    expect(ask(page, ASKED)).to_contain_text("orchard 1 is smoked")
    page.reload()
    expect(page.locator("#selection")).to_contain_text("1 of yours")
    reply = page.locator("#chat [data-testid=bot]").first
    expect(reply).to_contain_text("orchard 1 is smoked")
    expect(page.locator("#panel mark.on")).to_contain_text("orchard 1")
    expect(ask(page, f"{ASKED} Which?")).to_contain_text("orchard 1 is smoked")
    page.evaluate("sessionStorage.removeItem('chapter-and-verse/token')")
    page.reload()
    expect(reply).to_contain_text("Your own articles, which answered this, are no longer here")
    expect(page.locator("#selection")).not_to_contain_text("of yours")


@pytest.mark.browser
def test_an_abstention_of_some_articles_says_so_and_offers_to_ask_all(
    pears_page: str, visit: Open, tmp_path: Path
) -> None:
    page = visit(pears_page)
    upload(page, pears_file(tmp_path, 1))
    page.get_by_label("Ask Bells").check()
    close_library(page)
    expect(page.locator("#selection")).to_contain_text("Asking only “Bells”")
    reply = ask(page, ASKED)
    expect(reply).to_contain_text("Only “Bells” was asked.")
    page.locator("#chat .option", has_text="Ask all articles").click()
    expect(page.locator("#chat [data-testid=user]")).to_have_count(1)
    expect(reply).to_contain_text("orchard 1 is smoked")


@pytest.mark.browser
def test_nothing_that_is_brought_is_obeyed(
    pears_page: str, visit: Open, tmp_path: Path
) -> None:
    page = visit(pears_page)
    text = f"{TITLE}\n\n{HEADING}\n\nIt is smoked. {' '.join(SENTENCES)}"
    upload(page, write(tmp_path, FILE, text), write(tmp_path, FILE.replace("txt", "doc"), "x"))
    expect(page.locator("#upload-report")).to_contain_text(f"Added “{TITLE}”.")
    expect(page.locator("#upload-report .refused")).to_contain_text(
        "<img src=x onerror=X.push(1)>"
    )
    own = page.locator("#article-list section").first
    own.locator("summary").click()
    expect(own.locator("ol button")).to_have_text([HEADING])
    own.get_by_role("button", name=TITLE, exact=True).click()
    expect(page.locator("#panel h2")).to_have_text(TITLE)
    own.get_by_role("checkbox").check()
    expect(page.locator("#selection")).to_contain_text(TITLE)
    close_library(page)
    expect(ask(page, ASKED)).to_contain_text("It is smoked.")
    made = page.locator(":is(#drawer, #selection, #panel) :is(img, script, b b, strong, code)")
    expect(made).to_have_count(0)


@pytest.mark.browser
def test_an_article_is_read_by_the_keyboard(pears_page: str, visit: Open) -> None:
    page = visit(pears_page)
    door = page.get_by_role("button", name="Library")
    door.press("Enter")
    expect(page.get_by_label("Close the library")).to_be_focused()
    page.get_by_role("button", name="Trams", exact=True).press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Trams")
    expect(page.locator("#panel [data-here]")).to_be_in_viewport()
    expect(page.locator("#panel mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_in_viewport()
    expect(door).to_be_focused()


@pytest.mark.browser
def test_only_the_chosen_articles_are_asked_until_all_are_again(
    pears_page: str, visit: Open, tmp_path: Path
) -> None:
    page = visit(pears_page)
    upload(page, pears_file(tmp_path, 1), pears_file(tmp_path, 2))
    page.get_by_label("Ask Pears 2").check()
    expect(page.locator("#selection")).to_contain_text("Asking only “Pears 2”")
    close_library(page)
    reply = ask(page, ASKED)
    expect(reply).to_contain_text("orchard 2")
    expect(reply).not_to_contain_text("orchard 1")
    page.get_by_role("button", name="Ask all").click()
    expect(page.locator("#selection")).not_to_contain_text("Asking")
    expect(page.locator("#box textarea")).to_be_focused()
    both = ask(page, ASKED)
    expect(both).to_contain_text("orchard 1")
    expect(both).to_contain_text("orchard 2")
    page.get_by_role("button", name="Library").click()
    expect(page.get_by_label("Ask Pears 2")).not_to_be_checked()
    page.get_by_role("button", name="Ask only these").first.click()
    expect(page.locator("#selection")).to_contain_text("Asking only 2 of 4")
    page.get_by_placeholder("Find an article").fill("bells")
    expect(page.locator("#article-list [data-article]")).to_have_count(1)


OVERLAPS = """() => {
  const shown = [...document.querySelectorAll(
    '#conversation :is(a, button, summary, label), #top button')]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .map((each) => [each, each.getBoundingClientRect()]);
  const cover = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  return shown.flatMap(([one, box], at) => shown.slice(at + 1)
    .filter(([other, its]) => cover(box, its) && !one.contains(other) && !other.contains(one))
    .map(([other]) => `${one.outerHTML.slice(0, 60)} ${other.outerHTML.slice(0, 60)}`));
}"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "beside"), [(1280, True), (1100, True), (1000, False)])
def test_where_there_is_room_the_library_stands_beside_the_talk(
    pears_page: str, visit: Open, width: int, beside: bool
) -> None:
    page = visit(pears_page, width=width)
    ask(page, ASKED)
    page.get_by_role("button", name="Library").click()
    page.get_by_label("Ask Bells").check()
    expect(page.locator("#selection")).to_contain_text("Asking only")
    edge = page.locator("#drawer").evaluate("e => e.getBoundingClientRect().right")
    left = page.locator("#chat").evaluate("e => e.getBoundingClientRect().left")
    assert (left >= edge) == beside
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.browser
def test_on_a_phone_the_library_is_a_sheet(pears_page: str, visit: Open) -> None:
    page = visit(pears_page, width=390, height=844)
    page.get_by_role("button", name="Library").click()
    expect(page.locator("#drawer")).to_be_in_viewport()
    assert page.locator("#drawer").evaluate("e => e.getBoundingClientRect().width") == 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    entry = page.get_by_role("button", name="Bells", exact=True)
    entry.click()
    expect(page.locator("#panel h2")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).not_to_be_in_viewport()
    expect(entry).to_be_focused()  # the source lay over the list
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_in_viewport()


@pytest.fixture(scope="module")
def goats_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve as many articles as no screen shows at once."""
    many = [Article.of(f"Goat {n:02}", f"Goat {n} grazes on hill {n}.") for n in range(40)]
    yield from serve(library(tmp_path_factory.mktemp("forty"), many))


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 760), (390, 740)])
def test_a_long_list_is_scrolled_by_wheel_and_by_keyboard(
    goats_page: str, visit: Open, width: int, height: int
) -> None:
    page = visit(goats_page, width=width, height=height)
    page.get_by_role("button", name="Library").click()
    articles = page.locator("#article-list")
    last = page.get_by_role("button", name="Goat 39", exact=True)
    expect(last).not_to_be_in_viewport()
    assert articles.evaluate("e => e.scrollHeight > 2 * e.clientHeight")
    assert articles.evaluate("e => e.getBoundingClientRect().bottom <= innerHeight + 1")
    articles.hover()
    page.mouse.wheel(0, 20_000)
    expect(last).to_be_in_viewport()
    page.mouse.wheel(0, -20_000)
    expect(last).not_to_be_in_viewport()
    box = page.get_by_label("Ask Goat 39")
    box.focus()
    expect(box).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(page.locator("#selection")).to_contain_text("Asking only “Goat 39”")


@pytest.mark.browser
def test_the_articles_of_a_visitor_who_left_are_deleted(
    visit: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_IS_E2E_TEST", "1")  # a session that is closed ends in a second
    monkeypatch.setattr(store, "LIFETIME", 1)
    before = upload_folders()
    for url in serve(library(tmp_path / "served")):
        page = visit(url)
        upload(page, pears_file(tmp_path, 1))
        assert len(upload_folders() - before) == 1
        page.goto("about:blank")
        page.evaluate("window.X = []")
        deadline = time.monotonic() + 60
        while upload_folders() - before and time.monotonic() < deadline:
            time.sleep(0.2)
            gc.collect()
        assert upload_folders() <= before


@pytest.mark.browser
@pytest.mark.parametrize("meta", [{}, {"meta": {"_type": "gradio.FileData"}}])
def test_no_file_of_the_machine_can_be_brought(
    pears_page: str, tmp_path: Path, meta: dict[str, Any]
) -> None:
    secret = pears_file(tmp_path, 1).path
    with urllib.request.urlopen(f"{pears_page}config") as reply:
        config = json.load(reply)
    ids = {c["props"].get("elem_id"): c["id"] for c in config["components"]}
    target = ids["upload"]
    event = next(d for d in config["dependencies"] if [target, "upload"] in d["targets"])
    file = {"path": str(secret), "orig_name": "pears.txt", **meta}
    data = [[file] if each == upload else None for each in event["inputs"]]
    body = {"data": data, "fn_index": event["id"], "session_hash": "raw"}
    request = urllib.request.Request(
        f"{pears_page}gradio_api/queue/join",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request):
        pass
    with urllib.request.urlopen(
        f"{pears_page}gradio_api/queue/data?session_hash=raw"
    ) as stream:
        said = stream.read().decode()
    assert '"success":false' in said
    assert "orchard" not in said
    assert secret.exists()
