"""What real documents do: numbers stay what they are, and nothing is lost without a word."""

# ruff: noqa: E501

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.articles import contents_of, html, markdown, plain_text, read_article, read_file
from qa.articles.characters import superscript
from qa.articles.table import Table
from qa.errors import ArticleError, ArticleWarning
from qa.types import Article
from tests import documents
from tests.documents import Drawn, paragraph, run

Shape = list[tuple[tuple[str, ...], str]]
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of that name."""

    def write(name: str, content: str | bytes) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def shape(article: Article) -> Shape:
    return [(section.path, section.span.of(article.text)) for section in article.sections]


def words_of(text: str, read: Callable[..., Article] = html.read) -> str:
    article = read(text.encode(), source="boat.x")
    return "\n\n".join(section.span.of(article.text) for section in article.sections)


# Numbers

RAISED: dict[str, str] = {
    "cost 320<sup>1</sup> million": "cost 320¹ million",
    "in 2019<sup>2</sup>.": "in 2019².",
    "10<sup>6</sup> and 10<sup>-6</sup>": "10⁶ and 10⁻⁶",
    "10<sup>12.5</sup> m": "10^12.5 m",
    "m<sup>2/3</sup>": "m^(2/3)",
    "2019<sup>1,2</sup>": "2019¹,²",
    "the 21<sup>st</sup> of May": "the 21st of May",
    "84<sup>a</sup> boats": "84ᵃ boats",
    "84<sup>*</sup> boats": "84* boats",
    "5 <sup>1</sup>/<sub>2</sub> miles": "5 ¹/₂ miles",
    "CO<sub>2</sub>, x<sub>i</sub>": "CO₂, x_i",
    "<del>80</del> <ins>60</ins> crowns": "60 crowns",
    "<del>9</del><ins>10</ins> boats": "10 boats",
    "<s>80</s> 60, <strike>7</strike> 5": "60, 5",
    "<span style='text-decoration: line-through'>80</span> 60": "60",
    "every <math><mn>76</mn></math> years": "every 76 years",
    "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> a mile": "1/2 a mile",
    "<math><msup><mn>10</mn><mn>14</mn></msup></math> kg": "10¹⁴ kg",
    "−5 °C, -5 °C, 1–2 %, 3 €": "−5 °C, -5 °C, 1–2 %, 3 €",
}


@pytest.mark.parametrize("written", RAISED)
def test_a_number_is_what_the_page_says(written: str) -> None:
    assert words_of(f"<p>{written}</p>") == RAISED[written]


signs = st.sampled_from(["", "-", "−", "+", "±", "~", "$", "€", "<", "≤"])
units = st.sampled_from(
    ["", " %", "%", " €", "°C", " m²", " km/h", "½", "–7", "×10⁶", ",5", ".5"]
)
numbers = st.builds("{}{}{}".format, signs, st.integers(0, 10**7), units)


@given(numbers)
def test_a_number_is_the_same_in_every_format_of_text(number: str) -> None:
    from html import escape

    said = f"It is {number} there."
    assert words_of(said, plain_text.read) == said
    assert words_of(f"<p>{escape(said)}</p>") == said
    assert words_of(said.replace("<", "\\<").replace("~", "\\~"), markdown.read) == said


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_raised_number_is_never_glued_to_another(number: int, mark: int) -> None:
    words = f"{number}{superscript(str(mark), str(number))}"
    assert words != f"{number}{mark}"
    assert words_of(f"<p>{number}<sup>{mark}</sup></p>") == words


@given(numbers)
def test_a_number_in_word_and_in_a_table_is_the_same(number: str) -> None:
    said = f"It is {number}."
    file = documents.docx(paragraph(run(said)))
    from qa.articles import docx

    assert docx.read(file, source="a.docx").text == said
    lines = list(Table.of([["Boat", "Size"], ["Ida", number]], heads=1).lines())
    assert lines == ["Boat | Size", f"Ida — Size: {number}"]


# Web pages

PAGES: dict[str, tuple[str, str]] = {
    "an article within a form": (
        "<form><p>The mill was built in 1765.</p></form><p>(c)</p>",
        "The mill was built in 1765.\n\n(c)",
    ),
    "a form that asks": (
        "<p>The mill was built in 1765 by the mason Lars Odde of Karn, whose house is here.</p>"
        "<form><p>Sign up for the news of the mill.</p><input></form>",
        "The mill was built in 1765 by the mason Lars Odde of Karn, whose house is here.",
    ),
    "a section whose name others have": (
        "<main><p>The mill is old.</p><div id='social'><p>They dance on 21 June.</p></div>",
        "The mill is old.\n\nThey dance on 21 June.",
    ),
    "a page that says what is on it": (
        "<div class='has-sidebar'><p>The mill is old.</p></div>",
        "The mill is old.",
    ),
    "links beside an article": (
        "<p>The mill was built in 1765 by Odde.</p><div class='related'>"
        "<a href='1'>The old ferry sails.</a> <a href='2'>The pier is open.</a></div>",
        "The mill was built in 1765 by Odde.",
    ),
    "an answer that a click shows": (
        "<h3><button>How long?</button></h3><div hidden><p>It takes a day.</p></div>",
        "It takes a day.",
    ),
    "what nobody ever sees": ("<p>It runs.</p><p hidden>No.</p>", "It runs."),
    "definitions": (
        "<dl><dt>Span</dt><dd>9 m</dd><dt>Is it old?</dt><dd>Yes.</dd></dl>",
        "Span: 9 m\n\nIs it old? Yes.",
    ),
    "items that breaks part": (
        "<p>Good: all year<br>Bad: one week<br>Odd: a day</p>",
        "Good: all year\n\nBad: one week\n\nOdd: a day",
    ),
    "a sentence that a break parts": ("<p>Found by<br>Ida Moll.</p>", "Found by\nIda Moll."),
    "numbers of a list": (
        "<ol start=3 type=a><li>x</li><li value=9>y</li></ol><ol reversed><li>p</li><li>q</li></ol>",
        "c. x\n\ni. y\n\n2. p\n\n1. q",
    ),
    "cells over several rows": (
        "<table><tr><th>Year</th><th>Town</th></tr><tr><td rowspan=2>1835</td><td>Orm</td></tr>"
        "<tr><td>Karn</td></tr></table>",
        "Year | Town\n\n1835 — Town: Orm\n\n1835 — Town: Karn",
    ),
    "heads of two rows": (
        "<table><thead><tr><th>Part</th><th colspan=2>Price</th></tr><tr><th></th><th>old</th>"
        "<th>new</th></tr></thead><tr><td>Wheel</td><td>8</td><td>6</td></tr></table>",
        "Part | Price | Price\n\nold | new\n\nWheel — Price › old: 8; Price › new: 6",
    ),
    "names beside values": (
        "<table><tr><th>Seats</th><td>120</td></tr><tr><th>Built</th><td>1988</td></tr></table>",
        "Seats: 120\n\nBuilt: 1988",
    ),
    "invisible signs": (
        "<p>The data\u200bbase of an arch\u00adive.</p>",
        "The database of an archive.",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_web_page_says_what_its_reader_sees(name: str) -> None:
    written, shown = PAGES[name]
    assert words_of(f"<html><body>{written}</body></html>") == shown


# Markdown

MARKDOWN: dict[str, tuple[str, str]] = {
    "TOML": ("+++\nTitle = 'Ducks'\ndate = 2020-01-02\n+++\nThey swim.", "They swim."),
    "JSON": ('{"TITLE": "Ducks"}\n\nThey swim.', "They swim."),
    "withdrawn words": ("It costs ~~ten~~ twelve.\n\n- ~~gone~~\n- left", "It costs twelve.\n\n• left"),
    "templates": ("{% if x %}\nSee [it]({% url 'a' %}).\n{% endif %}\n\nUse `{{ x }}`.", "See it.\n\nUse {{ x }}."),
    "Pandoc": ("::: {.note}\nA [word]{.red} ![map](m.png){width=9}.\n:::", "A word map."),
    "chunks": ("```{css, echo=FALSE}\na {}\n```\n\n```{=html}\n<style>a</style>\n```\n\nIt is.", "It is."),
    "footnotes": ("Fill it in [^a].\n\nNext.\n\n[^a]: By hand.", "Fill it in[1].\n\n[1] By hand.\n\nNext."),
    "alerts": ("> [!NOTE]\n> It is deep.", "Note\n\nIt is deep."),
    "admonitions": ('!!! note "Mind"\n    It is deep.', "Mind\n\nIt is deep."),
    "tasks": ("- [x] oil\n- [ ] salt", "• ☑ oil\n\n• ☐ salt"),
    "terms": ("Span\n: It is 9 m.", "Span: It is 9 m."),
    "within HTML": ('<aside markdown="1">\n  The **old** [mill](x).\n</aside>', "The old mill."),
    "numbers": ("1. a\n1. b\n1. c", "1. a\n\n2. b\n\n3. c"),
    "money is no formula": ("It costs $5 or $6, as $a_1$ is.", "It costs $5 or $6, as $a_1$ is."),
    "small numbers": ("H~2~O is 10^6^ and [[Mill|the mill]].", "H₂O is 10⁶ and the mill."),
    "a tag that hides the rest": ("Use <title> here.\n\nIt goes on.", "Use here.\n\nIt goes on."),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_of_any_kind_says_what_its_reader_sees(name: str) -> None:
    written, shown = MARKDOWN[name]
    assert words_of(written, markdown.read) == shown


@pytest.mark.parametrize("mark", ["> ", "- "])
@pytest.mark.parametrize("depth", [5, 25, 60, 300])
def test_no_depth_loses_words(mark: str, depth: int) -> None:
    lines = [
        f"{mark * n if mark == '> ' else '  ' * n + mark}level{n}\n" for n in range(1, depth)
    ]
    article = markdown.read("\n".join(lines).encode(), source="a.md")
    assert all(f"level{n}" in article.text for n in range(1, depth))


# Plain text and its like


def test_underlined_headings_are_levels() -> None:
    text = "Ducks\n=====\n\nThey swim.\n\nFood\n----\n\nBread.\n\nHome\n====\n\nA pond."
    article = plain_text.read(text.encode(), source="a.txt")
    assert article.title == "Ducks"
    assert [path for path, _ in shape(article)] == [(), ("Food",), ("Home",)]


def test_wrapped_lines_are_one_and_pages_have_no_edges() -> None:
    line = "The tram runs along the quay of the old harbour and further on"
    text = f"{line}\nto the pier.\n\nSalt\nPepper\n\n{line}\n\nOrm    Mail    [Page 1]\n\f\nMail 7\n\nto the mill.\n"
    text += f"\n{line}.\n\nOrm    Mail    [Page 2]\n\f\nMail 7\n\nThe end is near."
    article = plain_text.read(text.encode(), source="a.txt")
    assert f"{line} to the pier." in article.text
    assert "Salt\nPepper" in article.text
    assert f"{line} to the mill." in article.text
    assert "[Page" not in article.text


def test_structured_text_is_read_even_as_plain() -> None:
    text = "Title: Ducks\nAuthor: Ann\n\nFood\n====\n\n.. note:: Bread.\n\nSee :pep:`13` and :ref:`it <x>`."
    article = plain_text.read(text.encode(), source="a.txt")
    assert (article.title, article.origin.author) == ("Ducks", "Ann")
    assert shape(article) == [(("Food",), "Note\n\nBread.\n\nSee PEP 13 and it.")]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Für 5 € Caf".encode() + b"\xe9.", "Für 5 € Caf�."),
        ("Für 5 €.".encode()[:-2], "Für 5 �"),
        (b"Hi \xed\xa0\xbd there", "Hi � there"),
        (b"Hi \xed\xa0\xbd\xed\xb8\x80 there", "Hi 😀 there"),
        ("Für alle 5 €.".encode("utf-16") + b"\x00", "Für alle 5 €.�"),
    ],
)
def test_one_bad_byte_is_marked_and_said(write: Write, raw: bytes, text: str) -> None:
    found = list(read_file(write("a.txt", raw)))
    assert isinstance(found[0], Article)
    assert found[0].text == text
    assert [type(each) for each in found[1:]] == [ArticleWarning] * ("�" in text)


# Word

M = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
BODIES: dict[str, tuple[str, str]] = {
    "fields": (f"<w:p>{run('On ')}<w:fldSimple w:instr='DATE'>{run('9 May')}</w:fldSimple></w:p>", "On 9 May"),
    "controls": (f"<w:p>{run('By ')}<w:sdt><w:sdtContent>{run('Ida')}</w:sdtContent></w:sdt></w:p>", "By Ida"),
    "prompts": (
        f"<w:p>{run('By')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run(' click here')}</w:sdtContent></w:sdt></w:p>",
        "By",
    ),
    "equations": (
        f"<w:p>{run('So ')}<m:oMath {M}><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r>"
        f"<m:t>6</m:t></m:r></m:sup></m:sSup></m:oMath>{run(' kg.')}</w:p>",
        "So 10⁶ kg.",
    ),
    "struck words": (
        f"<w:p>{run('It is ')}<w:r><w:rPr><w:strike/></w:rPr><w:t>80</w:t></w:r>{run('60.')}</w:p>",
        "It is 60.",
    ),
    "boxes": (
        f"<w:p>{run('A')}<w:r><w:pict><w:txbxContent>{paragraph(run('In a box.'))}"
        "</w:txbxContent></w:pict></w:r></w:p>",
        "A\n\nIn a box.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_word_says_what_its_reader_sees(write: Write, name: str) -> None:
    body, shown = BODIES[name]
    assert read_article(write("a.docx", documents.docx(body))).text == shown


def test_bold_paragraphs_are_headings_where_no_style_is(write: Write) -> None:
    def bold(words: str) -> str:
        return f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r></w:p>"

    body = (
        bold("Ducks")
        + bold("Food")
        + paragraph(run("Bread."))
        + bold("Home")
        + paragraph(run("A pond."))
    )
    article = read_article(write("a.docx", documents.docx(body, core="<x/>")))
    assert article.title == "Ducks"
    assert shape(article) == [(("Food",), "Bread."), (("Home",), "A pond.")]


# PDF


def test_small_signs_off_the_line_are_raised_or_lowered(write: Write) -> None:
    drawn, left = Drawn(), 72.0
    parts = ["It cost 320", "+1", " million; 10", "+6", " t of CO", "-2", "."]
    for part in parts:
        rise, size = {"+": (4, 6), "-": (-2, 6)}.get(part[0], (0, 11))
        words = part.lstrip("+-")
        drawn.lines(words, left=left, top=740 + rise, size=size)
        left += drawn.canvas.stringWidth(words, "Helvetica", size)
    article = read_article(write("a.pdf", drawn.bytes()))
    assert article.text == "It cost 320¹ million; 10⁶ t of CO₂."


def test_lines_that_say_something_else_on_each_page_are_text(write: Write) -> None:
    drawn = Drawn()
    for number in range(5):
        drawn.lines("Orm Yard", "Quay 1", "Orm", top=820).lines(
            f"Invoice {417 * number}", top=760
        )
        drawn.lines(f"The total is {number * 31} crowns.", top=500)
        drawn.lines(f"Page {number + 1} of 5", top=30).page()
    article = read_article(write("a.pdf", drawn.bytes()))
    assert "Orm Yard" not in article.text
    assert "Page 3 of 5" not in article.text
    assert all(f"Invoice {417 * n}" in article.text for n in range(5))
    assert [article.page_at(article.text.index(f"{n * 31} crowns")) for n in range(5)] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_a_sentence_goes_on_over_a_page_and_its_notes(write: Write) -> None:
    line = "The treaty was signed in the presence of all by the young King"
    drawn = (
        Drawn().lines(line, line, top=100).lines("1 The mill was torn down.", top=40, size=8)
    )
    drawn.page().lines("Harald of Orm in 1412. It was kept for long.")
    article = read_article(write("a.pdf", drawn.bytes()))
    assert f"{line} Harald of Orm in 1412." in article.text
    assert article.page_at(article.text.index("King")) == 1
    assert article.page_at(article.text.index("Harald")) == 2


def test_sideways_and_spaced_text_is_read_as_words(write: Write) -> None:
    drawn = Drawn()
    drawn.canvas.rotate(90)
    drawn.lines("The crane lifts 8 tons.", left=100, top=-100)
    drawn.page()
    text = drawn.canvas.beginText(72, 740)
    text.setFont("Helvetica", 11)
    text.setCharSpace(6)
    text.textLine("The pier is green.")
    drawn.canvas.drawText(text)
    article = read_article(write("a.pdf", drawn.bytes()))
    assert "The crane lifts 8 tons." in article.text
    assert "The pier is green." in article.text


def test_pages_that_are_pictures_are_said(write: Write) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawn = Drawn().lines(documents.TRAM).page()
    drawn.canvas.drawImage(ImageReader(Image.new("RGB", (9, 9))), 0, 0, 500, 700)
    article, warning = read_file(write("a.pdf", drawn.bytes()))
    assert isinstance(article, Article)
    assert article.unread_pages == (2,)
    assert str(warning).startswith("a.pdf has 2 pages, of which 1 cannot be read")


# Folders


def test_what_a_folder_holds_and_cannot_be_read_is_named(write: Write, tmp_path: Path) -> None:
    write("a.txt", "The mill is old.")
    write("README", "It has no ending.")
    write("~$a.docx", "x")
    write("b.key", "x")
    write("index/manifest.json", '{"folder": "x", "recipe": {}, "files": {}}')
    write("index/texts.jsonl", '{"text": "It is no article."}')
    (tmp_path / "linked").symlink_to(tmp_path / "index")
    contents = contents_of(tmp_path)
    assert [file.name for file in contents.files] == ["README", "a.txt"]
    assert [each.problem for each in contents.passed_over] == [
        "linked is a link to a folder, and was not followed.",
        "Files in .key cannot be read: 1 here.",
    ]


def test_a_folder_in_the_folder_that_may_not_be_read_is_named(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt", "The mill is old.")
    write("closed/b.txt", "The weir is new.")
    opened = os.scandir

    def scandir(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied", folder)
        return opened(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    (warning,) = contents_of(tmp_path).passed_over
    assert warning.problem == "closed could not be opened: Permission denied."


@pytest.mark.parametrize(
    "name", [b"caf\xe9.txt", b"a\nb.txt", "\u202etxt.txt".encode(), b"n" * 250 + b".txt"]
)
def test_one_bad_name_is_not_a_bad_folder(tmp_path: Path, name: bytes) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    file.write_text("The mill is old.")
    for found in read_file(file):
        assert not isinstance(found, ArticleError)
        found.source.encode()
        assert found.title.isprintable()


def test_a_paragraph_wrapped_unevenly_by_hand_is_no_heading() -> None:
    text = (
        "Harbour notes\n\n"
        "Classes are to begin again on the 19th in the schools that are not in\n"
        "use as shelters. There are five of those, out of fourteen. The provincial\n"
        "governor has promised 25,000 pesos to each family whose house is gone.\n"
    )
    article = plain_text.read(text.encode(), source="notes.txt")
    assert [section.path for section in article.sections] == [()]
    assert "that are not in use as shelters." in article.text
