"""What is no language is kept in the text, named when it is read, and never quoted."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.articles import read_file
from qa.articles.illegible import MAX_SMALL, without_illegible
from qa.assistant import Assistant
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import ArticleError, ArticleWarning
from qa.index import build, load
from qa.settings import Settings
from qa.types import Article
from tests.documents import Drawn

BAG = BagOfWordsEncoder()
CHOSEN = Settings(reader="similarity", statements=5)
LAMP = "The lamp of Ostrevik was lit by its keeper each evening at seven."
OIL = "It burns the oil of herrings, of which forty litres are stored below."
SEAL = base64.encodebytes(random.Random(7).randbytes(400)).decode().strip()
SPACED = " ".join("thekeeperwritesthehourintoabook")


def text_of(article: Article) -> str:
    """Return what can be quoted of an article."""
    return "\n".join(section.span.of(article.text) for section in article.sections)


@given(st.lists(st.sampled_from([LAMP, OIL, SEAL, SPACED, "- oil", "- x"]), min_size=1))
def test_what_is_legible_stays_and_nothing_else(parts: list[str]) -> None:
    article = Article.of("Lamp", "\n\n".join(parts))
    try:
        left = without_illegible(article)
    except ArticleError:
        assert not {LAMP, OIL} & {*parts}
        return
    assert left.text == article.text
    said = text_of(left)
    assert [said.count(part) for part in (LAMP, OIL)] == [parts.count(p) for p in (LAMP, OIL)]
    assert SEAL not in said
    assert SPACED not in said
    assert without_illegible(left).sections == left.sections


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_it_is_named_and_out_of_the_sections(tmp_path: Path, ending: str) -> None:
    wrapped = f"<h1>Lamp</h1><p>{LAMP}</p><pre>{SEAL}</pre><p>{OIL}</p>"
    plain = f"# Lamp\n\n{LAMP}\n\n{SEAL}\n\n{OIL}\n"
    file = tmp_path / f"lamp.{ending}"
    file.write_text(wrapped if ending == "html" else plain, "utf-8")
    article, warning = read_file(file)
    assert isinstance(article, Article)
    assert isinstance(warning, ArticleWarning)
    assert text_of(article).split("\n") == [LAMP, OIL]
    count = sum(map(len, article.illegible))
    assert str(warning).startswith(f"lamp.{ending} has {count} characters that are no words")
    assert SEAL[:20] in str(warning)


def test_a_long_line_of_spaces_takes_no_long_time() -> None:
    article = Article.of("Lamp", f"{LAMP}\n{' ' * 100_000}\n{OIL}")
    began = process_time()
    assert without_illegible(article) == article
    assert process_time() - began < 2


def test_an_article_of_nothing_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seal.txt").write_text(SEAL, "utf-8")
    (refused,) = read_file(tmp_path / "seal.txt")
    assert isinstance(refused, ArticleError)
    assert str(refused).startswith("seal.txt has no text that is language: “")


def test_an_index_keeps_it_and_no_answer_quotes_it(tmp_path: Path) -> None:
    file = tmp_path / "lamps" / "lamp.txt"
    file.parent.mkdir()
    file.write_text(f"{LAMP}\n\n{SPACED}\n\n{OIL}\n", "utf-8")
    build(file.parent, into=tmp_path / "index", encoder=BAG, settings=CHOSEN)
    index = load(tmp_path / "index")
    (article,) = index.articles.values()
    assert [span.of(article.text) for span in article.illegible] == [SPACED]
    assert next(iter(index.entries.values())).illegible == len(SPACED)
    assistant = Assistant(index, settings=CHOSEN, encoder=BAG)
    answer = assistant.ask("What does the keeper of the lamp do in the evening?", stance="0")
    assert {c.quote for c in answer.citations} <= {LAMP, OIL}
    assert all(SPACED not in passage.text for passage in index.passages)


def drawn_apart(step: float, *lines: str) -> bytes:
    """Return a PDF in which each letter is drawn by itself, so far from the one before."""
    drawn = Drawn()
    drawn.canvas.setFont("Helvetica", 11)
    for row, line in enumerate(lines):
        for place, letter in enumerate(line):
            if letter != " ":
                drawn.canvas.drawString(40 + place * step, 740 - 18 * row, letter)
    return drawn.bytes()


@pytest.mark.parametrize("step", [7.5, 8, 9, 10])
def test_a_page_of_letters_that_stand_apart_has_its_words(tmp_path: Path, step: float) -> None:
    lines = LAMP[:28].strip(), LAMP[28:].strip()
    (tmp_path / "apart.pdf").write_bytes(drawn_apart(step, *lines))
    (article,) = read_file(tmp_path / "apart.pdf")
    assert isinstance(article, Article)
    assert article.text == LAMP


def test_a_page_of_letters_below_each_other_is_not_quoted(tmp_path: Path) -> None:
    drawn = Drawn()
    drawn.canvas.setFont("Helvetica", 9)
    for column, word in enumerate(f"{LAMP} {OIL}".split()):
        for row, letter in enumerate(word):
            drawn.canvas.drawString(40 + 18 * column, 740 - 11 * row, letter)
    (tmp_path / "down.pdf").write_bytes(drawn.bytes())
    article, warning = read_file(tmp_path / "down.pdf")
    assert isinstance(article, Article)
    assert isinstance(warning, ArticleWarning)
    assert len(text_of(article)) < MAX_SMALL  # of so little nothing can be said
