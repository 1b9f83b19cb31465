"""Page numbers go from a PDF through the index to wherever a quotation is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Answer
from qa.articles import read_article
from qa.assistant import Assistant
from qa.callbacks import Progress, do_nothing
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.encoders.base import Vectors
from qa.index import Index, build, load, sync
from qa.origin import Origin
from qa.settings import Settings
from qa.types import Article, Excerpt, Section, Span, page_heading
from qa.ui.i18n.strings import LANGUAGES
from qa.ui.rendering.answer import render_answer
from qa.ui.rendering.article_list import article_list
from qa.ui.rendering.export import export
from qa.ui.rendering.locations import Location, LocationKind
from qa.ui.rendering.source import render_all_sources, render_source
from qa.ui.session.uploads import VisitorLibrary
from tests.documents import Drawn

BAG = BagOfWordsEncoder()
CHOSEN = Settings(encoder="bag", reader="similarity", stance="0", statements=1)
OVER = "The treaty was signed in the presence of all the fishers by the young King"
REST = "Harald of Orm in the year 1412."
LAST = "The mill of the monks was burnt in the winter of 1430."


def drawn(*, pictures: int = 1) -> bytes:
    """Return a PDF: a paragraph over two pages, pages that are pictures, one of a sentence."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas = Drawn().lines(OVER, top=100).page().lines(REST, top=740).page()
    for _ in range(pictures):
        canvas.canvas.drawImage(ImageReader(Image.new("RGB", (9, 9))), 0, 0, 500, 700)
        canvas.page()
    return canvas.lines(LAST).bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "treaty.pdf").write_bytes(drawn(pictures=2))
    return folder


@pytest.fixture
def index(folder: Path, tmp_path: Path) -> Index:
    build(folder, into=tmp_path / "index", encoder=BAG, settings=CHOSEN)
    return load(tmp_path / "index")


def asked(index: Index, question: str, stance: str = "0") -> Answer:
    return Assistant(index, settings=CHOSEN, encoder=BAG).ask(question, stance=stance)


@given(st.lists(st.integers(1, 9), min_size=1), st.data())
def test_an_excerpt_is_on_the_pages_of_its_characters(
    sizes: list[int], data: st.DataObject
) -> None:
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    article = replace(Article.of("T", "x" * sum(sizes)), pages=tuple(starts))
    start = data.draw(st.integers(0, sum(sizes) - 1))
    end = data.draw(st.integers(start + 1, sum(sizes)))
    of_character = [page for page, size in enumerate(sizes, 1) for _ in range(size)]
    excerpt = Excerpt(article, Span(start, end))
    assert set(excerpt.pages) == set(of_character[start:end])
    assert Excerpt(replace(article, pages=()), Span(start, end)).pages == ()


def test_an_index_keeps_the_pages_of_an_article(index: Index, folder: Path) -> None:
    read = read_article(folder / "treaty.pdf")
    (kept,) = index.articles.values()
    assert (kept.pages, kept.unread_pages) == (read.pages, read.unread_pages)
    assert (len(kept.pages), kept.unread_pages) == (5, (3, 4))
    (entry,) = index.entries.values()
    assert (entry.pages, entry.unread_pages) == (5, 2)


def test_a_citation_says_its_pages_in_every_form(index: Index) -> None:
    answer = asked(index, "By whom was the treaty signed?")
    (citation,) = answer.citations
    assert citation.quote == f"{OVER} {REST}"
    assert citation.pages == (1, 2)
    assert ", pages 1–2, anonymous, " in str(answer)
    assert answer.as_dict()["citations"][0]["pages"] == [1, 2]
    assert ", pages 1–2" in render_answer(answer)
    for form in ("md", "copy"):
        assert ", pages 1–2, anonymous, " in export([answer], form)["text"]
    (said,) = json.loads(export([answer], "json")["text"])
    assert said["citations"][0]["pages"] == [1, 2]
    place = Location.of_citation(citation)
    assert " · pages 1–2</i>" in render_source([place], place)
    assert "pages 1–2</i>" in render_all_sources([place], place)
    german = LANGUAGES["de"]
    assert " · Seiten 1–2</i>" in render_source([place], place, german)
    (last,) = asked(index, "When was the mill of the monks burnt?").citations
    assert (last.quote, last.pages) == (LAST, (5,))
    assert ", page 5, anonymous, " in str(last)


@given(st.lists(st.integers(2, 9), min_size=1), st.data())
def test_of_a_page_the_number_is_said_once(sizes: list[int], data: st.DataObject) -> None:
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    sections = tuple(
        Section((page_heading(page),), Span(start, start + size))
        for page, (start, size) in enumerate(zip(starts, sizes, strict=True), 1)
    )
    text = "x" * sum(sizes)
    article = replace(Article.of("T", text, sections=sections), pages=tuple(starts))
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    place = Location(article, span, kind=LocationKind.CITE)
    numbers = "–".join(str(page) for page in dict.fromkeys([place.pages[0], place.pages[-1]]))
    for strings, word in ((LANGUAGES["en"], "pages?"), (LANGUAGES["de"], "Seiten?")):
        assert re.fullmatch(rf"T, {word} {numbers}", strings.where(place))
        html = render_source([place], place, strings)
        (trail,) = re.findall("<p class=.trail.>(.*?)</p>", html)
        assert re.fullmatch(rf"T · {word} {numbers}", re.sub("<.*?>", "", trail))


def test_a_link_opens_the_file_at_the_page(index: Index) -> None:
    (citation,) = asked(index, "By whom was the treaty signed?").citations
    assert citation.link == ""
    origin = Origin(url="https://a.invalid/treaty.pdf?x=1#top")
    linked = replace(citation, article=replace(citation.article, origin=origin))
    assert linked.link == "https://a.invalid/treaty.pdf?x=1#page=1"
    assert str(linked).endswith(f"\n    {linked.link}")
    place = Location.of_citation(linked)
    assert "href='https://a.invalid/treaty.pdf?x=1#page=1'" in render_source([place], place)


class Counting(BagOfWordsEncoder):
    """An encoder that counts the texts it encodes."""

    encoded = 0

    def passages(self, texts: Sequence[str], *, progress: Progress = do_nothing) -> Vectors:
        type(self).encoded += len(texts)
        return super().passages(texts, progress=progress)


def test_an_index_without_pages_is_read_and_gets_them_with_the_next_build(
    folder: Path, tmp_path: Path
) -> None:
    article = replace(read_article(folder / "treaty.pdf"), source="treaty.pdf")
    old, home = replace(article, pages=(), unread_pages=()), tmp_path / "old"
    build([old], into=home, encoder=BAG, settings=CHOSEN)
    assert asked(load(home), "By whom was the treaty signed?").citations[0].pages == ()
    sync(folder, index=home, encoder=Counting())
    assert asked(load(home), "By whom was the treaty signed?").citations[0].pages == (1, 2)
    assert Counting.encoded == 0


def test_an_abstention_names_the_pages_that_cannot_be_read(index: Index) -> None:
    abstention = asked(index, "Who baked the treaty?", stance="1")
    sentence = "2 pages of treaty.pdf are pictures and cannot be read."
    assert sentence in str(abstention).splitlines()
    (article,) = index.articles
    assert abstention.as_dict()["unread"] == [
        {"article": article, "source": "treaty.pdf", "pages": [3, 4]}
    ]
    assert f"*{sentence}*" in render_answer(abstention)
    assert sentence in export([abstention], "copy")["text"]
    answered = asked(index, "By whom was the treaty signed?")
    assert answered.as_dict()["unread"] == []
    assert "pictures" not in str(answered)


@pytest.mark.parametrize("word", ["zeppelin", "Zeppelin", "Which articles mention zeppelin?"])
def test_a_word_that_no_article_mentions_may_stand_on_them(index: Index, word: str) -> None:
    abstention = asked(index, word)
    sentence = "2 pages of treaty.pdf are pictures and cannot be read."
    said = str(abstention).splitlines()
    assert said[0].lower() == "no article mentions “zeppelin”."
    assert said[1] == sentence
    assert [each["pages"] for each in abstention.as_dict()["unread"]] == [[3, 4]]
    assert f"*{sentence}*" in render_answer(abstention)
    assert "2 Seiten von treaty.pdf sind Bilder" in render_answer(abstention, LANGUAGES["de"])


def test_a_word_that_an_article_mentions_needs_no_such_remark(index: Index) -> None:
    assert "pictures" not in str(asked(index, "treaty"))


def test_only_articles_that_are_asked_are_told_of(folder: Path, tmp_path: Path) -> None:
    (folder / "mill.txt").write_text("The mill of the monks stands by the river.", "utf-8")
    index = build(folder, into=tmp_path / "two", encoder=BAG, settings=CHOSEN)
    mill = next(key for key, entry in index.entries.items() if entry.source == "mill.txt")
    assistant = Assistant(index, settings=CHOSEN, encoder=BAG)
    assert "pictures" in str(assistant.ask("zeppelin"))
    assert "pictures" not in str(assistant.within([mill]).ask("zeppelin"))


def test_one_page_is_a_picture(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "one.pdf").write_bytes(drawn())
    index = build(tmp_path / "one", into=tmp_path / "i", encoder=BAG, settings=CHOSEN)
    abstention = asked(index, "Who baked the treaty?", "1")
    assert "1 page of one.pdf is a picture and cannot be read." in str(abstention)


def test_the_drawer_says_what_cannot_be_read(index: Index, folder: Path) -> None:
    listed = article_list(index.entries, VisitorLibrary(), folder=folder)
    assert " · 2 pages are pictures · " in listed
