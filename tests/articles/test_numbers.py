"""Numbers are sacred: sign, unit, exponent, fraction, currency and range, in every format."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.articles import read_file
from qa.language.amounts import quantity
from qa.types import Article
from tests import documents
from tests.documents import Drawn, paragraph, run

signs = st.sampled_from(["", "-", "−", "+", "±", "$", "€", "£", "<", "≤", "~"])
digits = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1000, 10**9).map("{:,}".format),
    st.decimals(0, 10**5, places=2).map(str),
)
units = st.sampled_from(
    ["", " %", "%", " €", " °C", " m²", " km/h", "½", "–7", "-8", " to 9", "×10⁶", "e-7", "/12"]
)
numbers = st.builds("{}{}{}".format, signs, digits, units)


def _rtf(said: str) -> bytes:
    marks = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in said)
    return f"{{\\rtf1\\ansi {marks}\\par}}".encode()


def _csv(said: str) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([["What", "How much"], ["All", said]])
    return held.getvalue().encode()


def _markdown(said: str) -> bytes:
    return said.replace("<", "\\<").replace("~", "\\~").replace("$", "\\$").encode()


WRITERS: Mapping[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "md": _markdown,
    "html": lambda said: f"<p>{escape(said)}</p>".encode(),
    "jsonl": lambda said: json.dumps({"text": said}).encode(),
    "csv": _csv,
    "srt": lambda said: f"1\n00:00:01,000 --> 00:00:02,000\n{escape(said)}\n".encode(),
    "vtt": lambda said: f"WEBVTT\n\n00:01.000 --> 00:02.000\n{escape(said)}\n".encode(),
    "rtf": _rtf,
    "odt": lambda said: documents.odt(f"<text:p>{escape(said)}</text:p>"),
    "docx": lambda said: documents.docx(paragraph(run(said))),
    "xlsx": lambda said: documents.xlsx([("What", "How much"), ("All", said)]),
    "pptx": documents.pptx,
    "epub": lambda said: documents.epub({"a.xhtml": f"<p>{escape(said)}</p>"}),
}
SLOW = {"pptx", "xlsx", "epub", "docx"}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_number_is_the_same_in_every_format(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("numbers")

    @settings(max_examples=5 if kind in SLOW else 40, deadline=None)
    @given(numbers)
    def check(number: str) -> None:
        said = f"It is {number} there."
        file = folder / f"a.{kind}"
        file.write_bytes(WRITERS[kind](said))
        (article,) = read_file(file)
        assert isinstance(article, Article)
        assert said in article.text

    check()


@settings(max_examples=8, deadline=None)
@given(st.from_regex(r"[-+$£±]?\d{1,3}(,\d{3}){0,2}(\.\d\d)?( ?(%|kg|°C|½))?", fullmatch=True))
def test_a_number_is_the_same_in_a_pdf(number: str) -> None:
    from qa.articles import pdf

    number = number.translate({ord(c): str(ord(c) % 10) for c in number if not c.isascii()})
    said = f"It is {number} there."
    assert pdf.read(Drawn().lines(said).bytes(), source="a.pdf").text == said


FORMS: tuple[tuple[object, str, str], ...] = (
    (-5.5, "0.00", "-5.50"),
    (-5.5, "#,##0.00;[Red]-#,##0.00", "-5.50"),
    (0.075, "0.0%", "7.5%"),
    (-0.25, "0%", "-25%"),
    (1234567.5, "#,##0.0", "1,234,567.5"),
    (12, '0 "kg"', "12 kg"),
    (7, "[$€-407] 0.00", "€ 7.00"),
    (-7, "[$$-409]#,##0", "-$7"),
    (1e-7, "General", "1e-07"),
    (6.02e23, "0.00E+00", "6.02e+23"),
    (0.1 + 0.2, "General", "0.3"),
    (2**53, "0", "9007199254740992"),
)


@pytest.mark.parametrize(("value", "form", "shown"), FORMS)
def test_a_cell_is_read_as_it_is_shown(
    value: object, form: str, shown: str, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["What", "How much"])
    sheet.append(["All", value])
    sheet["B2"].number_format = form
    file = tmp_path / "a.xlsx"
    book.save(file)
    (article,) = read_file(file)
    assert isinstance(article, Article)
    assert article.text.endswith(f"All — How much: {shown}")


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("-5 °C", -5, "degree"),
        ("−0.5", -0.5, ""),
        ("€1,250", 1250, "euro"),
        ("-$7", -7, "dollar"),
        ("8,5 kg", 8.5, "kg"),
        ("10–14 days", 12 * 1440, "minute"),
        ("2 hours", 120, "minute"),
        ("1.5 km", 1500, "m"),
        ("3 million", 3_000_000, ""),
        ("18:30", 1110, "clock"),
        ("6:15 pm", 1095, "clock"),
    ],
)
def test_a_cell_is_one_quantity(cell: str, value: float, unit: str) -> None:
    found = quantity(cell)
    assert found is not None
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize("cell", ["", "–", "free", "A4 and B5", "2023-05-06", "555-0143"])
def test_a_cell_without_one_number_is_no_quantity(cell: str) -> None:
    found = quantity(cell)
    assert found is None or cell[0].isdigit() or cell[0] == "A"


names = st.one_of(
    st.sampled_from(
        [b"con", b"NUL", b"aux.md", b"lpt1", b"-rf", b"--help", b"a\nb", b"\r", b" "]
    ),
    st.sampled_from(["\u202egpj", "e\u0301", "é", "😀", "\u200b", "ｆｕｌｌ"]).map(str.encode),
    st.binary(min_size=1, max_size=250),
).filter(lambda name: not {0, 47} & {*name} and name.strip(b".") != b"" and len(name) < 252)


@settings(max_examples=60, deadline=None)
@given(st.lists(names, min_size=1, max_size=4, unique=True))
def test_a_folder_is_read_whatever_its_files_are_called(
    tmp_path_factory: pytest.TempPathFactory, names: list[bytes]
) -> None:
    from qa.articles import read_folder

    folder = tmp_path_factory.mktemp("names")
    names = [*{b"one that is not hidden", *names}]
    for number, name in enumerate(names):
        path = os.fsencode(folder) + b"/" + name + b".txt"
        Path(os.fsdecode(path)).write_text(f"The mill {number} is old.")
    found = list(read_folder(folder))
    texts = []
    for each in found:
        str(each if not isinstance(each, Article) else each.title).encode()
        if isinstance(each, Article):
            each.source.encode()
            assert each.title.isprintable()
            assert each.title.strip()
            texts.append(each.text)
    hidden = sum(name.startswith((b".", b"~$")) for name in names)
    assert len(texts) == len(names) - hidden
