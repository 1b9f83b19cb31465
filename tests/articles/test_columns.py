"""Columns of a page, however near each other: every sentence is read whole, and no other is."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from random import Random

import pytest

from qa.articles import read_file
from qa.types import Article
from tests.documents import Drawn

WHO = ("The keeper", "A ferry", "The old mill", "Every morning the baker", "A small tram")
DOES = ("carries", "opens", "repairs", "describes", "collects")
WHAT = (
    "the lanterns of the northern quay",
    "a cargo of salted herrings",
    "more than forty barrels of oil",
    "the ropes that were left by sailors",
    "letters from the islands beyond the reef",
)
LEFT, TOP, WIDTH = 48, 770, 500


class Page:
    """A page of columns with sentences, drawn row by row across them."""

    def __init__(self, columns: int, gutter: float, *, font: str = "Helvetica", size: int = 9):
        self.random, self.font, self.size = Random(columns + 9), font, size
        self.width = (WIDTH - gutter * (columns - 1)) / columns
        self.lefts = [LEFT + n * (self.width + gutter) for n in range(columns)]
        self.sentences: list[str] = []
        self.columns = [[*self.lines()] for _ in self.lefts]

    def lines(self) -> list[str]:
        """Make the lines of three paragraphs, a blank one below each."""
        from reportlab.lib.utils import simpleSplit

        made: list[str] = []
        for _ in range(3):
            said = [self.sentence() for _ in range(4)]
            made += [*simpleSplit(" ".join(said), self.font, self.size, self.width), ""]
        return made

    def sentence(self) -> str:
        """Make a sentence that no other is like."""
        who, does, what = map(self.random.choice, (WHO, DOES, WHAT))
        self.sentences.append(f"{who} {does} {what} in {1_700 + len(self.sentences)}.")
        return self.sentences[-1]

    def pdf(self, *, justified: bool) -> bytes:
        """Draw the page."""
        drawn = Drawn()
        for number, row in enumerate(zip_longest(*self.columns, fillvalue="")):
            for left, column, line in zip(self.lefts, self.columns, row, strict=True):
                if not line:
                    continue
                is_last = column[number + 1 : number + 2] in ([], [""])
                text = drawn.canvas.beginText(left, TOP - 1.25 * self.size * number)
                text.setFont(self.font, self.size)
                if justified and not is_last and " " in line:
                    room = self.width - drawn.canvas.stringWidth(line, self.font, self.size)
                    text.setWordSpace(room / line.count(" "))
                text.textOut(line)
                text.setWordSpace(0)
                drawn.canvas.drawText(text)
        return drawn.bytes()


def read(file: Path, raw: bytes) -> str:
    file.write_bytes(raw)
    (article,) = read_file(file)
    assert isinstance(article, Article)
    return article.text


@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize("gutter", [6, 8, 10, 14, 24])
@pytest.mark.parametrize("columns", [2, 3])
def test_each_sentence_of_near_columns_is_read_whole(
    tmp_path: Path, columns: int, gutter: float, *, justified: bool
) -> None:
    page = Page(columns, gutter)
    text = read(tmp_path / "page.pdf", page.pdf(justified=justified))
    assert " ".join(text.split()) == " ".join(page.sentences)


@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize("font", ["Helvetica", "Courier", "Times-Roman"])
def test_spaces_that_happen_to_stand_below_each_other_part_nothing(
    tmp_path: Path, font: str, *, justified: bool
) -> None:
    page = Page(1, 0, font=font)
    text = read(tmp_path / "page.pdf", page.pdf(justified=justified))
    assert " ".join(text.split()) == " ".join(page.sentences)


def test_rows_of_a_table_stay_whole(tmp_path: Path) -> None:
    drawn = Drawn()
    rows = [(f"Lamp {n}", f"{n * 7} kg", f"shelf {n}") for n in range(1, 9)]
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            drawn.lines(cell, left=72 + 48 * place, top=740 - 14 * number)
    text = read(tmp_path / "rows.pdf", drawn.bytes())
    assert [" ".join(line.replace("|", " ").split()) for line in text.split("\n\n")] == [
        " ".join(row) for row in rows
    ]
