"""Heads of tables that no file marks as heads: rows are read with them, in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.articles import read_file
from qa.articles.table import Table
from qa.types import Article
from tests import documents
from tests.documents import paragraph, run

Rows = Sequence[Sequence[str]]
CREW = (
    ("Name", "Post", "Ship"),
    ("Agnes", "Keeper", "Mira"),
    ("Tomas", "Pilot", "Stella"),
    ("Ida", "Cook", "Mira"),
)
READ = [
    "Agnes — Post: Keeper; Ship: Mira",
    "Tomas — Post: Pilot; Ship: Stella",
    "Ida — Post: Cook; Ship: Mira",
]
DRAWN = [" | ".join(row) for row in CREW]
"""No cell of the crew is of another kind than its head: only a mark tells."""


def read(tmp_path: Path, name: str, raw: bytes) -> list[str]:
    (tmp_path / name).write_bytes(raw)
    (article,) = read_file(tmp_path / name)
    assert isinstance(article, Article)
    return article.text.split("\n\n")


# Word


def word_table(rows: Rows, *, first: str = "", cell: str = "", look: str = "") -> bytes:
    """Return a table; `first` are properties of its first runs, `cell` of their cells."""

    def row(cells: Sequence[str], number: int) -> str:
        said = (
            run(words).replace("<w:r>", f"<w:r><w:rPr>{first}</w:rPr>")
            if not number
            else run(words)
            for words in cells
        )
        made = (
            f"<w:tc><w:tcPr>{cell * (not number)}</w:tcPr>{paragraph(w)}</w:tc>" for w in said
        )
        return f"<w:tr>{''.join(made)}</w:tr>"

    return documents.docx(
        f"{paragraph(run('The crew.'))}<w:tbl><w:tblPr>{look}</w:tblPr>"
        f"{''.join(row(cells, number) for number, cells in enumerate(rows))}</w:tbl>"
    )


WORD = {
    "bold runs": word_table(CREW, first="<w:b/>"),
    "a ground": word_table(CREW, cell="<w:shd w:val='clear' w:fill='D9D9D9'/>"),
}


@pytest.mark.parametrize("mark", WORD)
def test_a_first_row_of_word_that_is_set_apart_is_the_head(tmp_path: Path, mark: str) -> None:
    assert read(tmp_path, "crew.docx", WORD[mark]) == ["The crew.", DRAWN[0], *READ]


def test_a_style_of_word_sets_the_first_row_apart(tmp_path: Path) -> None:
    styles = (
        f"{documents.XML}<w:styles xmlns:w='{documents.WORD}'>"
        "<w:style w:type='table' w:styleId='Grid'><w:name w:val='Grid'/>"
        "<w:tblStylePr w:type='firstRow'><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"
        "</w:styles>"
    )
    for look, is_head in (("04A0", True), ("0480", False)):
        chosen = f"<w:tblStyle w:val='Grid'/><w:tblLook w:val='{look}'/>"
        raw = word_table(CREW, look=chosen)
        made = documents.docx(body_of(raw), styles=styles)
        expected = [DRAWN[0], *READ] if is_head else DRAWN
        assert read(tmp_path, "crew.docx", made) == ["The crew.", *expected]


def grounds(*fills: str) -> bytes:
    """Return the crew, each of whose rows stands on a ground."""
    body = body_of(word_table(CREW))
    first, *others = body.split("<w:tr>")
    drawn = (
        row.replace("<w:tcPr>", f"<w:tcPr><w:shd w:val='clear' w:fill='{fill}'/>")
        for fill, row in zip(fills, others, strict=True)
    )
    return documents.docx("<w:tr>".join([first, *drawn]))


@pytest.mark.parametrize(
    ("fills", "is_head"),
    [
        (("DDDDDD", "auto", "DDDDDD", "auto"), False),
        (("DDDDDD", "EEEEEE", "DDDDDD", "EEEEEE"), False),
        (("4472C4", "auto", "DDDDDD", "auto"), True),
        (("4472C4", "DDDDDD", "auto", "DDDDDD"), True),
    ],
)
def test_rows_of_word_in_bands_have_no_head_but_one_of_another_ground(
    tmp_path: Path, fills: Sequence[str], is_head: bool
) -> None:
    expected = [DRAWN[0], *READ] if is_head else DRAWN
    assert read(tmp_path, "crew.docx", grounds(*fills)) == ["The crew.", *expected]


def body_of(raw: bytes) -> str:
    """Return what stands in the body of a Word file."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        written = file.read("word/document.xml").decode()
    return written.partition("<w:body>")[2].partition("</w:body>")[0]


@pytest.mark.parametrize("mark", [{}, {"cell": "<w:shd w:val='clear' w:fill='auto'/>"}])
def test_a_first_row_of_word_like_the_others_is_none(
    tmp_path: Path, mark: dict[str, str]
) -> None:
    assert read(tmp_path, "crew.docx", word_table(CREW, **mark)) == ["The crew.", *DRAWN]


# OpenDocument


def odt_table(rows: Rows, *, style: str = "", span: str = "") -> bytes:
    def cell(words: str, *, is_first: bool) -> str:
        named = f" text:style-name='{style}'" if style and is_first else ""
        if span and is_first:
            words = f"<text:span text:style-name='{span}'>{words}</text:span>"
        return f"<table:table-cell><text:p{named}>{words}</text:p></table:table-cell>"

    made = "".join(
        f"<table:table-row>{''.join(cell(c, is_first=not n) for c in row)}</table:table-row>"
        for n, row in enumerate(rows)
    )
    raw = documents.odt(f"<text:p>The crew.</text:p><table:table>{made}</table:table>")
    return raw if not span else with_style(raw)


def with_style(raw: bytes) -> bytes:
    """Return an OpenDocument text with a style that is bold."""
    import io
    import zipfile

    style = (
        "<style:style style:name='B' style:family='text'><style:text-properties "
        "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' "
        "fo:font-weight='bold'/></style:style></office:automatic-styles>"
    )
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        held = {name: file.read(name) for name in file.namelist()}
    written = held["content.xml"].decode().replace("</office:automatic-styles>", style)
    return documents.zipped({**held, "content.xml": written})


@pytest.mark.parametrize("mark", [{"style": "Table_20_Heading"}, {"span": "B"}])
def test_a_first_row_of_opendocument_that_is_bold_is_the_head(
    tmp_path: Path, mark: dict[str, str]
) -> None:
    assert read(tmp_path, "crew.odt", odt_table(CREW, **mark)) == ["The crew.", DRAWN[0], *READ]


def test_a_first_row_of_opendocument_like_the_others_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, "crew.odt", odt_table(CREW)) == ["The crew.", *DRAWN]


# Rich text


def rtf_table(rows: Rows, *, row_mark: str = "", cell_mark: str = "") -> bytes:
    made = ""
    for number, row in enumerate(rows):
        marks = (row_mark, cell_mark) if not number else ("", "")
        cells = "".join(f"{{{marks[1]} {words}}}\\cell" for words in row)
        made += f"\\trowd{marks[0]}\\cellx2000\\cellx4000\\cellx6000\\intbl {cells}\\row\n"
    return f"{{\\rtf1\\ansi\\pard The crew.\\par\n{made}\\pard\\par}}".encode()


@pytest.mark.parametrize("mark", [{"row_mark": "\\trhdr"}, {"cell_mark": "\\b"}])
def test_a_first_row_of_rich_text_that_is_marked_is_the_head(
    tmp_path: Path, mark: dict[str, str]
) -> None:
    assert read(tmp_path, "crew.rtf", rtf_table(CREW, **mark)) == ["The crew.", DRAWN[0], *READ]


@pytest.mark.parametrize("mark", [{}, {"cell_mark": "\\brdrs"}, {"cell_mark": "\\b0"}])
def test_a_first_row_of_rich_text_like_the_others_is_none(
    tmp_path: Path, mark: dict[str, str]
) -> None:
    assert read(tmp_path, "crew.rtf", rtf_table(CREW, **mark)) == ["The crew.", *DRAWN]


@pytest.mark.parametrize("skip", ["", "\\uc0", "\\uc2"])
def test_nothing_stands_in_the_heads_of_rich_text_but_their_words(
    tmp_path: Path, skip: str
) -> None:
    raw = rtf_table(CREW, row_mark="\\trhdr").replace(b"\\ansi", f"\\ansi{skip}".encode())
    assert read(tmp_path, "crew.rtf", raw) == ["The crew.", DRAWN[0], *READ]


def test_rows_of_rich_text_that_never_end_take_no_long_time(tmp_path: Path) -> None:
    open_rows = b"\\trowd " * 20_000
    raw = rtf_table(CREW, row_mark="\\trhdr").replace(b"\\pard\\par}", open_rows + b"\\par}")
    began = process_time()
    assert read(tmp_path, "crew.rtf", raw) == ["The crew.", DRAWN[0], *READ]
    assert process_time() - began < 5


# Spreadsheets


cells = st.text("abc 012-", min_size=1, max_size=3).map(str.strip).filter(bool)


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n))))
def test_no_cell_is_lost_where_none_spans(filled: list[list[str]]) -> None:
    said = " ".join(Table.of(filled, spans=False).lines())
    for cell, count in Counter(chain.from_iterable(filled)).items():
        assert said.count(cell) >= count


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("0,0\n1,1\n2,4\n3,9", ["0 | 0", "1 | 1", "2 | 4", "3 | 9"]),
        ("Anna,Anna\nBen,Carl\nDora,Emil", ["Anna | Anna", "Ben | Carl", "Dora | Emil"]),
        ("N,Square\n0,0\n1,1", ["N | Square", "0 — Square: 0", "1 — Square: 1"]),
    ],
)
def test_cells_of_a_csv_that_say_the_same_are_several(
    tmp_path: Path, written: str, lines: list[str]
) -> None:
    assert read(tmp_path, "cells.csv", written.encode()) == lines


@pytest.mark.parametrize("first", [("Anna", "Anna"), ("0", "0"), ("0", "0", "0"), ("7", "")])
def test_two_that_agree_and_numbers_are_no_caption(first: tuple[str, ...]) -> None:
    below = [tuple(f"{name}{n}" for n in range(len(first))) for name in ("Ben", "Dora")]
    assert Table.of([first, *below]).captions == ()


def test_what_stands_above_the_heads_of_a_sheet_is_read_before_it(tmp_path: Path) -> None:
    rows = [("Crew of the Mira line", "", ""), ("as of May", "", ""), *CREW]
    expected = ["Crew of the Mira line", "as of May", DRAWN[0], *READ]
    assert read(tmp_path, "crew.xlsx", documents.xlsx(rows)) == expected
    lines = "\n".join(",".join(row) for row in rows)
    assert read(tmp_path, "crew.csv", lines.encode()) == expected


def test_heads_of_groups_stand_before_those_of_their_columns(tmp_path: Path) -> None:
    rows = [
        ("", "Summer", "Summer", "Winter", "Winter"),
        ("Ship", "Days", "Guests", "Days", "Guests"),
        ("Mira", 90, 8100, 40, 912),
        ("Stella", 75, 4400, 12, 130),
    ]
    assert read(tmp_path, "trips.xlsx", documents.xlsx(rows))[2:] == [
        f"{ship} — Summer › Days: {a}; Summer › Guests: {b}; "
        f"Winter › Days: {c}; Winter › Guests: {d}"
        for ship, a, b, c, d in rows[2:]
    ]


# What stands below


def rows(*drawn: str) -> Rows:
    return [line.split(" | ") for line in drawn]


OTHERS = {
    "codes": rows(
        "Ship | Berth | Guest", "Mira | B-204 | Ada", "Tern | C-1 | Bo", "Vesna | A-7 | Cid"
    ),
    "names of several words": rows(
        "Name | Post", "Ada Brook | Cook", "Bo Lind | Pilot", "Cid Marsh | Mate"
    ),
    "addresses": rows(
        "Who | Write to | Post",
        "Ada | ada@mira.invalid | Cook",
        "Bo | bo@mira.invalid | Pilot",
        "Cid | cid@mira.invalid | Mate",
    ),
    "small words": rows(
        "Car | Colour | Door",
        "Salt | white | Left",
        "Pepper | grey | Right",
        "Clove | tan | Left",
    ),
}
ALIKE = {
    "rows of words": CREW[1:],
    "labels and values": rows(
        "Name | old Henrik",
        "Type | ferry for cars",
        "Home | port of Karn",
        "State | out of use",
    ),
    "too few": rows("Name | Post | Ship", "Ada Brook | Cook | Mira"),
    "sentences": rows(
        "It runs. | It stops. | It ends.",
        "It runs at ten. | x | y",
        "It stops at noon. | x | z",
        "It ends at dusk. | z | y",
    ),
    "a first row with a number": rows(
        "Ada | Room 4 | Cook", "Bo Lind | Room 9 | Pilot", "Cid Marsh | Room 7 | Mate"
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_words_over_cells_of_another_kind_are_heads(kind: str) -> None:
    assert Table.of(OTHERS[kind]).heads == 1


@pytest.mark.parametrize("kind", ALIKE)
def test_a_first_row_that_may_be_one_of_the_others_is_none(kind: str) -> None:
    assert Table.of(ALIKE[kind]).heads == 0


@pytest.mark.parametrize("heads", ["       Min  Max", "         Min  Max"])
def test_heads_beside_a_blank_one_are_read_in_restructuredtext(
    tmp_path: Path, heads: str
) -> None:
    border = "=====  ===  ==="
    rows = [border, heads, border, "Ash    1    2", "Hue    3    4", border]
    text = "Wines\n=====\n\nMeasured:\n\n" + "\n".join(rows) + "\n"
    read_rows = read(tmp_path, "wines.rst", text.encode())
    assert read_rows[-3:] == ["Min | Max", "Ash — Min: 1; Max: 2", "Hue — Min: 3; Max: 4"]


def test_a_table_that_docutils_cannot_read_is_kept_as_it_is_drawn(tmp_path: Path) -> None:
    drawn = "+-----+---+\n| Ash | 3 |\n| Hue | 4\n+-----+---+"
    text = f"Wines\n=====\n\nMeasured:\n\n{drawn}\n\n.. image::\n\nAn unknown_ vineyard.\n"
    assert read(tmp_path, "wines.rst", text.encode()) == [
        *("Wines", "Measured:", drawn, "An unknown_ vineyard.")
    ]
