"""Whole files of every format: what a reader makes of them, and what becomes of bad ones."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.articles import (
    SUFFIXES,
    archive,
    docx,
    jsonl,
    markdown,
    read_article,
    read_file,
)
from qa.articles.characters import readable
from qa.articles.encoding import decode
from qa.errors import ArticleError
from qa.origin import Origin
from qa.types import Article
from tests import documents
from tests.documents import FILES, FREE, TRAM, Drawn, paragraph, run
from tests.tools.fuzz import fuzz

Shape = list[tuple[tuple[str, ...], str]]
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of that name."""

    def write(name: str, content: str | bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def shape(article: Article) -> Shape:
    return [(section.path, section.span.of(article.text)) for section in article.sections]


def refused(file: Path) -> str:
    with pytest.raises(ArticleError) as caught:
        read_article(file)
    assert caught.value.hint
    return caught.value.problem


# Web pages


def html_of(text: str) -> Article:
    from qa.articles import html

    return html.read(text.encode(), source="tram.html")


def test_a_web_page_is_read_without_what_stands_around_its_article(write: Write) -> None:
    article = read_article(write("news.html", documents.NEWS))
    assert article.title == "Harbour tram to run all night from May"
    assert article.origin == Origin(
        "2024-03-09", "Agnes Rourke", "https://gazette.invalid/2024/03/harbour-tram"
    )
    assert shape(article) == [
        (
            (),
            "The harbour tram of Ostrevik will run through the night from the first of May.\n\n"
            "A tram at the quay.",
        ),
        (
            ("What it will cost",),
            "It costs 34×10⁴ crowns a year.[1] CO₂ is saved,\nthe council says.\n\nFares\n\n"
            "Ticket | Day | Night\n\nAdult — Day: 2 crowns; Night: 2 crowns",
        ),
        (
            ("What it will cost", "The noise"),
            "• rubber between wheel and rim,\n\n• a limit after ten.\n\n3. three\n\n4. four\n\n"
            "a = 1\n  b = 2",
        ),
    ]


PAGES: dict[str, tuple[str, str, Shape]] = {
    "no heading and no title": ("<p>It runs.</p>", "tram", [((), "It runs.")]),
    "a title with the name of the site": (
        "<title>Tram - The Gazette</title><p>It runs.</p>",
        "Tram",
        [((), "It runs.")],
    ),
    "words in no paragraph": (
        "It runs.<div>It stops.</div>It is free.",
        "tram",
        [((), "It runs.\n\nIt stops.\n\nIt is free.")],
    ),
    "headings that leave a level out": (
        "<h1>Tram</h1><h2>Cars</h2><h4>Salt</h4><p>White.</p><h2>Today</h2><p>Free.</p>",
        "Tram",
        [(("Cars", "Salt"), "White."), (("Today",), "Free.")],
    ),
    "a page laid out by a table": (
        "<table><tr><td><h2>Cars</h2><p>Two.</p></td><td><p>Right.</p></td></tr></table>",
        "tram",
        [(("Cars",), "Two.\n\nRight.")],
    ),
    "a table within a table": (
        "<table><tr><td>Out</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
        "tram",
        [((), "Out\n\na | b")],
    ),
    "an empty cell keeps its place": (
        "<table><tr><td>a</td><td></td><td>c</td></tr></table>",
        "tram",
        [((), "a |  | c".replace("  ", " "))],
    ),
    "words of several languages": (
        "<p dir='rtl'>الترام يسير على الرصيف.</p><p>電車は無料です。😀</p>",
        "tram",
        [((), "الترام يسير على الرصيف.\n\n電車は無料です。😀")],
    ),
    "tags that are never closed": (
        "<p>It <b>runs<p>It <i>stops",
        "tram",
        [((), "It runs\n\nIt stops")],
    ),
    "signs that are escaped": ("<p>1 &lt; 2 &amp; &eacute;</p>", "tram", [((), "1 < 2 & é")]),
    "what is hidden": (
        "<p>It runs.</p><p hidden>No.</p><p style='display: none'>No.</p>",
        "tram",
        [((), "It runs.")],
    ),
    "signs that no page should have": (
        "<p>It\x1c runs.<nav>x</nav>\x0b&#1; Free.</p><h2 class=share>Share</h2>It stops.",
        "tram",
        [((), "It runs.\n\nFree.\n\nIt stops.")],
    ),
    "nothing but what stands around": (
        "<nav><a href='/'>Home</a> It runs.</nav>",
        "tram",
        [((), "Home It runs.")],
    ),
    "a list of links that says something": (
        "<ul><li>The <a href='1'>tram</a> runs.</li><li>The <a href='2'>ferry</a> sails.</li>"
        "<li>The <a href='3'>bus</a> waits.</li></ul>",
        "tram",
        [((), "• The tram runs.\n\n• The ferry sails.\n\n• The bus waits.")],
    ),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_web_page_is_read_as_a_person_would_read_it(name: str) -> None:
    text, title, sections = PAGES[name]
    article = html_of(text)
    assert (article.title, shape(article)) == (title, sections)


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ("<meta name='author' content='Agnes'>", Origin(author="Agnes")),
        ("<meta name='author' content='https://a.invalid/agnes'>", Origin()),
        ("<meta name='DC.date' content='1911'>", Origin(date="1911")),
        (
            "<meta property='og:url' content='https://a.invalid'>",
            Origin(url="https://a.invalid"),
        ),
        ("<script type='application/ld+json'>{\"@type\"</script>", Origin()),
        ("<script type='application/ld+json'>[1, null, {\"@type\": []}]</script>", Origin()),
        (
            '<script type=\'application/ld+json\'>{"@graph": [{"@type": "Article", '
            '"datePublished": "1911-04-05", "author": {"name": "Agnes"}}]}</script>',
            Origin("1911-04-05", "Agnes"),
        ),
    ],
)
def test_a_web_page_says_where_it_comes_from(head: str, origin: Origin) -> None:
    assert html_of(f"<html><head>{head}</head><body><p>It runs.</p></body>").origin == origin


words = st.text("abcdefg", min_size=1, max_size=8)
tags = st.sampled_from(["p", "div", "b", "li", "h2", "td", "section", "blockquote", "span"])


@given(st.lists(st.tuples(tags, words), min_size=1, max_size=12))
def test_every_word_of_a_web_page_is_shown_once(written: list[tuple[str, str]]) -> None:
    text = " ".join(f"<{tag}>{word}</{tag}>" for tag, word in written)
    assert [w for w in html_of(text).text.split() if w not in "•|"] == [w for _, w in written]


# Word documents


def test_a_word_document_is_read_by_its_styles(write: Write) -> None:
    article = read_article(write("tram.docx", documents.docx()))
    assert article.title == "The Harbour Tram"
    assert article.origin == Origin("2024-03-09", "Agnes Rourke")
    assert shape(article) == [
        ((), f"{TRAM}[1] It stops at ten.\n\n[1] Council paper 24/117."),
        (
            ("Cars",),
            f"{documents.CARS}\n\n• rubber\n\n• steel\n\n1. first\n\n2. second\n\n"
            "Car | Colour\n\nSalt | white\n\nPepper | grey",
        ),
        (("Cars", "Weight"), "It weighs 10⁶ grams."),
    ]


def test_a_word_document_without_a_title_goes_by_what_its_properties_say(write: Write) -> None:
    body = paragraph(run("Cars"), style="Heading1") + paragraph(run("Two."))
    article = read_article(write("tram.docx", documents.docx(body)))
    assert (article.title, shape(article)) == ("A report", [(("Cars",), "Two.")])


def test_what_was_deleted_is_not_read_and_what_was_inserted_is(write: Write) -> None:
    body = (
        "<w:p><w:r><w:t>It runs.</w:t></w:r><w:ins><w:r><w:t> Free.</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> Dear.</w:delText></w:r></w:del></w:p>"
    )
    assert shape(read_article(write("x.docx", documents.docx(body)))) == [
        ((), "It runs. Free.")
    ]


# E-books


@pytest.mark.parametrize("ncx", [False, True])
def test_an_e_book_is_read_in_the_order_of_its_spine(write: Write, ncx: bool) -> None:
    article = read_article(write("book.epub", documents.epub(ncx=ncx)))
    assert article.title == "Lights of the North"
    assert article.origin == Origin("1901-05-03", "Agnes Rourke, Tomas Bell")
    assert shape(article) == [
        ((), "For my sister."),
        (
            ("The rock",),
            "The rock was bought in 1838.¹ It cost eleven lives.\n\n1. See the log.",
        ),
        (("The lens",), "It weighs two tonnes."),
        (("The lens", "Mercury"), "It floats.\n\nKeeper | Years\n\nBell — Years: 1899"),
    ]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"META-INF/rights.xml": b""}, "is locked"),
        ({"META-INF/container.xml": b"<container"}, "is damaged"),
        ({"META-INF/container.xml": b"<container/>"}, "is damaged"),
        ({"OEBPS/book.opf": b""}, "is damaged"),
        ({"OEBPS/book.opf": b"<package/>"}, "has no text"),
    ],
)
def test_an_e_book_that_cannot_be_read_says_why(
    write: Write, more: dict[str, bytes], problem: str
) -> None:
    assert problem in refused(write("book.epub", documents.epub(more=more)))


# PDF


def test_a_pdf_is_read_by_its_outline(write: Write) -> None:
    article = read_article(write("tram.pdf", documents.pdf()))
    assert article.title == "The Harbour Tram"
    assert article.origin == Origin("2000-01-01", "Agnes Rourke")
    assert shape(article) == [
        ((), TRAM),
        (("Cars",), f"Salt is white and Pepper is grey.\n\n{FREE}"),
    ]


LEFT = (
    "The tram runs along the quay of the",
    "old harbour since the year it was",
    "opened. It is free for all who carry",
    "a ticket of the ferry.",
)
RIGHT = (
    "Salt is white and Pepper is grey. A",
    "yard that made boats before built",
    "them both, which is why the windows",
    "are round.",
)


@pytest.mark.parametrize("in_rows", [False, True])
def test_two_columns_are_read_one_after_the_other(write: Write, in_rows: bool) -> None:
    drawn = Drawn()
    drawn.lines("A line above both of the columns that is as wide as they are.", top=780)
    if in_rows:
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            top = 740 - 14 * number
            drawn.lines(left, top=top).lines(right, left=320, top=top)
    else:
        drawn.lines(*LEFT).lines(*RIGHT, left=320)
    article = read_article(write("columns.pdf", drawn.bytes()))
    assert shape(article) == [
        (
            (),
            "A line above both of the columns that is as wide as they are.\n\n"
            f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}",
        )
    ]


def test_a_table_is_read_row_by_row(write: Write) -> None:
    drawn = Drawn()
    for number, row in enumerate([("Car", "Year"), ("Salt", "1911"), ("Pepper", "1913")]):
        for left, cell in zip((72, 300), row, strict=True):
            drawn.lines(cell, left=left, top=740 - 14 * number)
    article = read_article(write("table.pdf", drawn.bytes()))
    assert article.text == "Car | Year\n\nSalt — Year: 1911\n\nPepper — Year: 1913"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("The harbour tram is won-", "derful."), "The harbour tram is wonderful."),
        (
            ("A well-known tram, and a well-", "known quay."),
            "A well-known tram, and a well-known quay.",
        ),
        (
            ("It runs from Salt-", "Pepper to the quay."),
            "It runs from Salt-Pepper to the quay.",
        ),
        (("It runs -", "mostly."), "It runs - mostly."),
    ],
)
def test_a_word_that_a_line_cut_is_whole_again(
    write: Write, lines: tuple[str, ...], text: str
) -> None:
    article = read_article(write("cut.pdf", Drawn().lines(*lines).bytes()))
    assert article.text == text


def test_without_an_outline_the_larger_lines_are_headings(write: Write) -> None:
    drawn = Drawn().lines("The Harbour Tram", top=790, size=22)
    for top, heading in ((740, "Cars"), (660, "Today")):
        drawn.lines(heading, top=top, size=15).lines(TRAM, FREE, top=top - 25)
    article = read_article(write("sizes.pdf", drawn.bytes()))
    assert article.title == "The Harbour Tram"
    assert [path for path, _ in shape(article)] == [("Cars",), ("Today",)]


def test_without_any_headings_the_pages_are_sections_and_a_sentence_goes_on(
    write: Write,
) -> None:
    drawn = Drawn()
    long = "The tram runs along the quay of the old harbour since the year it was"
    drawn.lines(TRAM, top=740).lines(long, top=700)
    drawn.page().lines("opened by the mayor.", top=740).lines(FREE, top=700)
    article = read_article(write("pages.pdf", drawn.bytes()))
    assert shape(article) == [
        (("Page 1",), f"{TRAM}\n\n{long} opened by the mayor."),
        (("Page 2",), FREE),
    ]


def test_what_stands_at_the_edge_of_every_page_is_no_text(write: Write) -> None:
    drawn = Drawn()
    for number in range(1, 6):
        drawn.lines(f"The Gazette, 5 May, {number}", top=800, size=9)
        drawn.lines(f"On page {number} it says that {TRAM}")
        drawn.lines(f"- {number} -", top=30, left=300).page()
    article = read_article(write("edges.pdf", drawn.bytes()))
    assert [words for _, words in shape(article)] == [
        f"On page {number} it says that {TRAM}" for number in range(1, 6)
    ]


def test_ligatures_are_letters(write: Write) -> None:
    assert html_of("<p>The ﬁne oﬃce ﬂoats.</p>").text == "The fine office floats."


def test_a_pdf_of_pictures_says_what_to_do(write: Write) -> None:
    drawn = Drawn()
    drawn.canvas.rect(100, 100, 200, 200)
    file = write("scan.pdf", drawn.bytes())
    assert refused(file) == "scan.pdf has no text in it: its pages may be pictures."


def test_a_pdf_that_is_locked_says_so(write: Write) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    drawn = Drawn(encrypt=StandardEncryption("secret")).lines(TRAM)
    assert refused(write("locked.pdf", drawn.bytes())) == "locked.pdf is locked by a password."


def test_a_pdf_that_anyone_may_read_is_read(write: Write) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    drawn = Drawn(encrypt=StandardEncryption("", ownerPassword="secret")).lines(TRAM)
    assert read_article(write("open.pdf", drawn.bytes())).text == TRAM


# Articles in bulk


def test_each_line_is_an_article(write: Write) -> None:
    file = write("bulk.jsonl", documents.LINES)
    tram, ferry = [found for found in read_file(file) if isinstance(found, Article)]
    assert (tram.title, tram.source) == ("The Tram", "bulk.jsonl#tram")
    assert tram.origin == Origin("1911", "Agnes, Tomas", "https://a.invalid/t")
    assert shape(tram) == [((), "It runs."), (("Cars",), "There are two.")]
    assert (ferry.title, ferry.source) == ("The Ferry", "bulk.jsonl#2")
    assert shape(ferry) == [(("Boats",), "Two."), (("Boats", "The old one"), "It is red.")]
    first, second = documents.LINES.encode().splitlines()
    assert (tram.sha256, ferry.sha256) == tuple(
        hashlib.sha256(line).hexdigest() for line in (first, second)
    )


BAD_LINES: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"It runs.", "is not JSON: expecting value at character 0."),
    "no UTF-8": (b'{"text": "\xff"}', "is not JSON in UTF-8."),
    "too deep": (b"[" * 100_000, "is not JSON in UTF-8."),
    "a list": (b"[1]", "is not an object."),
    "no text": (b'{"title": "Tram"}', "has no text."),
    "a text that is none": (b'{"text": 7}', "is malformed."),
    "sections that are none": (b'{"sections": [7]}', "is malformed."),
}


@pytest.mark.parametrize("name", sorted(BAD_LINES))
def test_a_bad_line_is_named_by_its_number_and_the_others_are_read(
    write: Write, name: str
) -> None:
    line, problem = BAD_LINES[name]
    good = b'{"text": "It runs."}'
    found = list(read_file(write("bulk.jsonl", b"\n".join([good, b"", line, b" ", good]))))
    assert [type(each) for each in found] == [Article, ArticleError, Article]
    assert str(found[1]).startswith(f"bulk.jsonl, line 3 {problem}")


def test_a_bulk_of_nothing_is_named(write: Write) -> None:
    (error,) = read_file(write("bulk.jsonl", "\n\n"))
    assert str(error).startswith("bulk.jsonl has no articles")


def test_a_line_that_is_too_long_is_named(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 100)
    found = list(read_file(write("bulk.jsonl", '{"text": "It runs."}\n' + "x" * 200)))
    assert isinstance(found[0], Article)
    assert str(found[1]).startswith("bulk.jsonl, line 2 has 100 bytes or more.")


def test_no_other_line_is_in_memory_while_one_is_read(write: Write) -> None:
    found = read_file(write("bulk.jsonl", documents.LINES * 1000))
    assert isinstance(next(found), Article)


# Encodings

SAID = {
    "utf-8-sig": "Le café est ouvert 😀.",
    "utf-16": "Le café est ouvert 😀.",
    "utf-16-le": "Le café est ouvert toute la nuit.",
    "utf-16-be": "Le café est ouvert toute la nuit.",
    "utf-32": "Le café est ouvert 😀.",
    "cp1252": "The café is “open” – naïve – since 1911. It costs 3 € a day.",
    "iso-8859-1": "Le café est ouvert à côté de l'hôtel, où l'été dure.",
    "cp1251": "Трамвай идёт вдоль набережной с 1911 года. Он бесплатный.",
    "koi8-r": "Трамвай идёт вдоль набережной с 1911 года. Он бесплатный.",
    "cp1250": "Tramvaj jede podél nábřeží. Je zdarma, říká řidič Tomáš.",
    "cp1253": "Το τραμ τρέχει κατά μήκος της προκυμαίας.",
    "cp1256": "الترام يسير على طول الرصيف.",
    "shift_jis": "路面電車は港に沿って走ります。料金は無料です。",
    "euc-kr": "전차는 부두를 따라 달립니다. 무료입니다.",
    "gb18030": "电车沿着码头行驶。它是免费的。",
    "big5": "電車沿著碼頭行駛。它是免費的。",
}


@pytest.mark.parametrize("encoding", sorted(SAID))
@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_a_text_in_an_old_encoding_is_read(write: Write, encoding: str, suffix: str) -> None:
    said = f"{SAID[encoding]}\r\n\r\nIt runs."
    article = read_article(write(f"old.{suffix}", said.encode(encoding)))
    assert SAID[encoding] in article.text
    assert "\r" not in article.text


@pytest.mark.parametrize("said", ["It costs £5.", "The café.", "“Yes,” she said.", "Straße"])
def test_a_few_signs_of_windows_are_taken_for_such(said: str) -> None:
    assert decode(said.encode("cp1252"), "x") == said


def test_a_web_page_is_in_the_encoding_it_declares() -> None:
    page = "<meta charset='iso-8859-7'><p>Το τραμ.</p>"
    assert "Το τραμ." in decode(page.encode("iso-8859-7"), "x")
    latin = "<meta http-equiv='c' content='text/html; charset=ISO-8859-1'><p>3 €</p>"
    assert "3 €" in decode(latin.encode("cp1252"), "x")
    assert "é" in decode("<meta charset='nonsense'>é".encode("cp1252"), "x")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff")))
def test_what_is_written_in_unicode_is_read(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-32"):
        assert decode(text.encode(encoding), "x") == readable(text)


# Bad files

WHOLE: dict[str, Callable[[], bytes]] = {
    "docx": documents.docx,
    "epub": documents.epub,
    "pdf": documents.pdf,
}


@pytest.mark.parametrize("kind", [kind.removeprefix(".") for kind in SUFFIXES])
def test_an_empty_file_is_named(write: Write, kind: str) -> None:
    (error,) = read_file(write(f"empty.{kind}", b""))
    assert str(error).startswith(f"empty.{kind} ")


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_was_cut_short_is_named(write: Write, kind: str) -> None:
    whole = WHOLE[kind]()
    for share in (0.1, 0.5, 0.9):
        file = write(f"cut.{kind}", whole[: int(share * len(whole))])
        for found in read_file(file):  # PDFium mends some
            assert isinstance(found, Article) or str(found).startswith(f"cut.{kind} is damaged")
    assert refused(write(f"cut.{kind}", whole[: len(whole) // 10])).startswith(f"cut.{kind} is")


@pytest.mark.parametrize("kind", ["docx", "epub"])
def test_what_would_unpack_to_too_much_is_refused(write: Write, kind: str) -> None:
    ratio = documents.zipped({"word/document.xml": b"\0" * 30_000_000})
    assert len(ratio) < 50_000
    assert refused(write(f"bomb.{kind}", ratio)) == (
        f"bomb.{kind} would unpack to more than can be read."
    )
    many = documents.zipped({f"{n}.xml": b"x" * 20 for n in range(archive.MAX_FILES + 1)})
    assert "would unpack" in refused(write(f"many.{kind}", many))


def test_a_zip_file_that_lies_about_its_size_gives_no_more_than_it_says() -> None:
    whole = bytearray(documents.zipped({"a.xml": b"x" * 100_000}))
    lie = (1000).to_bytes(4, "little")
    for at in [
        match.start()
        for match in re.finditer(re.escape((100_000).to_bytes(4, "little")), whole)
    ]:
        whole[at : at + 4] = lie
    with pytest.raises(ArticleError, match="damaged"):
        archive.Archive(bytes(whole), source="lie.zip").read("a.xml")


@pytest.mark.parametrize("kind", ["docx", "epub"])
def test_a_zip_file_of_something_else_is_named(write: Write, kind: str) -> None:
    assert " is not a" in refused(write(f"other.{kind}", documents.zipped({"a.txt": b"x"})))


def test_a_locked_word_document_says_so(write: Write) -> None:
    problem = refused(write("locked.docx", docx.OLD + b"\0" * 600))
    assert problem == "locked.docx is locked by a password, or in an old format."


LAUGHS = "".join(
    f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'ha' * 10}'>" for n in range(12)
)


def test_entities_that_grow_are_not_expanded(write: Write) -> None:
    bomb = f"<!DOCTYPE x [{LAUGHS}]>"
    body = documents.docx(core=f"{bomb}<x>&l11;</x>")
    assert "ha" not in read_article(write("a.docx", body)).title
    document = documents.docx(document=f"{bomb}<x>&l11;</x>")
    assert "damaged" in refused(write("b.docx", document))
    book = documents.epub(more={"OEBPS/book.opf": f"{bomb}<package>&l11;</package>"})
    assert refused(write("c.epub", book))
    assert "hahaha" not in html_of(f"{bomb}<p>&l11; It runs.</p>").text


def test_nothing_outside_of_a_file_is_read(write: Write, tmp_path: Path) -> None:
    secret = write("secret.txt", "The bell is of bronze.")
    outside = f"<!DOCTYPE x [<!ENTITY s SYSTEM '{secret.as_uri()}'>]>"
    core = (
        f"{outside}<c xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>&s;</dc:title></c>"
    )
    assert "bronze" not in read_article(write("a.docx", documents.docx(core=core))).title
    book = documents.epub({"../../secret.txt": "<p>It runs.</p>"})
    for found in read_file(write("b.epub", book)):
        assert "bronze" not in getattr(found, "text", "")


@pytest.mark.parametrize("kind", ["html", "md", "docx", "epub"])
def test_what_is_nested_without_end_is_read_or_named(write: Write, kind: str) -> None:
    deep = f"<p>It runs.</p>{'<div><ul><li><b>' * 5000}x"
    content: dict[str, str | bytes] = {
        "html": deep,
        "md": f"{'> ' * 5000}It runs.\n\n{'- ' * 3000}x\n\n{deep}",
        "docx": documents.docx("<w:p><w:r><w:t>It runs.</w:t></w:r></w:p>" + "<w:sdt>" * 3000),
        "epub": documents.epub({"a.xhtml": deep}),
    }
    (found,) = read_file(write(f"deep.{kind}", content[kind]))
    assert isinstance(found, Article) or str(found).startswith(f"deep.{kind} ")


@pytest.mark.parametrize("depth", [100, 250])
def test_what_is_nested_as_deep_as_pages_are_is_read(depth: int) -> None:
    assert html_of("<div>" * depth + "<p>It runs.</p>").text == "It runs."


def test_a_file_that_is_too_large_is_named(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa.articles import registry

    monkeypatch.setattr(registry, "MAX_FILE_BYTES", 100)
    assert (
        refused(write("large.txt", "x" * 101)) == "large.txt has 101 bytes; the limit is 100."
    )


@pytest.mark.parametrize("kind", ["txt", "md", "html", "jsonl"])
def test_megabytes_are_read(write: Write, kind: str) -> None:
    said = f"{TRAM} {FREE}"
    content = {
        "txt": f"{said}\n\n" * (10_000_000 // (len(said) + 2)),
        "md": f"{said} " * (5_000_000 // (len(said) + 1)),
        "html": f"<p>{said}</p>\n" * (5_000_000 // (len(said) + 8)),
        "jsonl": (json.dumps({"text": said}) + "\n") * (5_000_000 // (len(said) + 14)),
    }[kind]
    file = write(f"large.{kind}", content)
    letters = sum(len(found.text) for found in read_file(file) if isinstance(found, Article))
    assert letters > 0.8 * file.stat().st_size


def test_a_long_markdown_is_read_in_pieces_as_if_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = "```\n# no heading\n```\n\n"
    part = f"## Part {{n}}\n\nIt *runs*.\n\n{code}- one\n\n# Book {{n}}\n\nFree.\n\n"
    text = documents.FRONT + "".join(part.format(n=n) for n in range(40))
    whole = markdown.read(text.encode(), source="a.md")
    monkeypatch.setattr(markdown, "MAX_PARSED", 200)
    assert markdown.read(text.encode(), source="a.md") == whole


def test_the_kinds_are_named_where_one_is_missing(write: Write) -> None:
    with pytest.raises(ArticleError) as caught:
        read_article(write("tram.doc", "x"))
    assert caught.value.hint.startswith("Use .txt, ")
    assert {".pdf", ".docx", ".epub", ".html", ".jsonl"} <= {*SUFFIXES}


@pytest.mark.parametrize("kind", FILES)
def test_whatever_becomes_of_a_file_it_is_read_or_named(kind: str) -> None:
    count = fuzz(kind, seconds=3)
    assert count.broken == []
    assert count.articles + count.refused > 0


def test_the_fuzzer_tells_what_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.tools import fuzz as module

    article = Article.of("Tram", " It runs.")
    with pytest.raises(ValueError, match="space around it"):
        module._check(article)


def test_who_goes_on_speaking_over_cues_is_named_once(tmp_path: Path) -> None:
    cues = ("<v Ann>The crane lifts", "<v Ann>ten tonnes.", "<v Ann>It is old.", "<v Bob>Is it")
    times = (f"00:0{n}.000 --> 00:0{n}.900" for n in range(1, 9))
    shown = (
        f"{time}\n{words}" for time, words in zip(times, (*cues, "<v Ann>Yes."), strict=False)
    )
    (tmp_path / "talk.vtt").write_text("\n\n".join(["WEBVTT", *shown]), "utf-8")
    (article,) = read_file(tmp_path / "talk.vtt")
    assert isinstance(article, Article)
    assert article.text.split("\n\n")[1:] == [
        "Ann: The crane lifts ten tonnes.",
        "Ann: It is old.",
        "Bob: Is it",
        "Ann: Yes.",
    ]


@pytest.mark.parametrize(
    ("cues", "said"),
    [
        (
            ("Ann: The crane lifts", "Ann: two kinds of load: crates"),
            "two kinds of load: crates",
        ),
        (("The crane lifts", "all that weighs less: crates"), "all that weighs less: crates"),
        (("Ann: The crane lifts", "Ann: Ann: crates"), "Ann: crates"),
    ],
)
def test_only_the_name_of_who_goes_on_speaking_is_left_out(
    tmp_path: Path, cues: tuple[str, str], said: str
) -> None:
    first, second = cues
    shown = f"1\n00:00:01,000 --> 00:00:02,000\n{first}\n\n2\n00:00:02,100 --> 00:00:03,000\n"
    (tmp_path / "talk.srt").write_text(f"{shown}{second}\n", "utf-8")
    (article,) = read_file(tmp_path / "talk.srt")
    assert isinstance(article, Article)
    assert " ".join(article.text.split("\n\n")[1:]) == f"{first} {said}"
