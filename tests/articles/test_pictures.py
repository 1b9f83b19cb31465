"""Pages that are pictures, read by the extra ocr where the setting asks for it."""

from __future__ import annotations

import importlib.util
import socket
from pathlib import Path
from typing import NoReturn

import pytest

from qa.articles import read_article, read_file
from qa.errors import ArticleError, SettingsError
from qa.settings import Settings
from qa.types import Article
from tests.documents import TRAM, Drawn

WITH_OCR = importlib.util.find_spec("rapidocr") is not None
ROWS = ("Wheel", "Price", "Wheel D4", "-9.50", "Wheel D5", "102")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Return a PDF with a page of text, and a picture of a page of text and a table."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader

    image = Image.new("RGB", (1240, 1754), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size=32)
    draw.text((100, 100), "The old mill stands by the river Karn.", fill="black", font=font)
    for number, words in enumerate(ROWS):
        place = (100 + 500 * (number % 2), 400 + 60 * (number // 2))
        draw.text(place, words, fill="black", font=font)
    drawn = Drawn().lines(TRAM).page()
    drawn.canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
    file = tmp_path / "scan.pdf"
    file.write_bytes(drawn.bytes())
    return file


@pytest.mark.skipif(not WITH_OCR, reason="the extra ocr is not installed")
@pytest.mark.filterwarnings("ignore")
def test_a_picture_is_read_where_it_is_asked_for_and_no_network_is_needed(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError("There is no network.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("QA_PICTURES", "read")
    article = read_article(scan)
    assert article.unread_pages == ()
    at = article.text.index("The old mill stands by the river Karn.")
    assert article.page_at(at) == 2
    assert "Wheel D4 — Price: -9.50" in article.text
    assert "Wheel D5 — Price: 102" in article.text


def test_a_picture_is_named_where_it_is_not_asked_for(scan: Path) -> None:
    article, warning = read_file(scan)
    assert isinstance(article, Article)
    assert article.unread_pages == (2,)
    assert "mill" not in article.text
    assert isinstance(warning, ArticleError)


@pytest.mark.skipif(WITH_OCR, reason="the extra ocr is installed")
def test_without_the_extra_it_is_said_what_to_install(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_PICTURES", "read")
    (error,) = read_file(scan)
    assert isinstance(error, ArticleError)
    assert "rapidocr" in error.problem
    assert error.hint == "Run: pip install 'chapter-verse[ocr]'"


def test_the_setting_is_one_of_two() -> None:
    with pytest.raises(SettingsError, match="pictures"):
        Settings(pictures="drawn")
