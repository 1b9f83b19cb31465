"""Whole files of each format, small ones, for the tests of reading and for the fuzzer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

TRAM = "The harbour tram runs along the quay of Ostrevik. It was opened in 1911."
CARS = "Salt is white and Pepper is grey. Both were built by a yard for boats."
FREE = "It is free for everyone who carries a ticket for the ferry."


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


# Word documents


def run(text: str, *, raised: bool = False) -> str:
    style = "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>" if raised else ""
    return f"<w:r>{style}<w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"


def paragraph(*runs: str, style: str = "", item: int = 0) -> str:
    listed = f"<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{item}'/></w:numPr>" if item else ""
    named = f"<w:pStyle w:val='{style}'/>" if style else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


NOTED = "<w:r><w:footnoteReference w:id='2'/></w:r>"
BODY = "".join(
    [
        paragraph(run("The Harbour Tram"), style="Title"),
        paragraph(run(TRAM), NOTED, run(" It stops at ten.")),
        paragraph(run("Cars"), style="Heading1"),
        paragraph(run(CARS)),
        paragraph(run("rubber"), item=1),
        paragraph(run("steel"), item=1),
        paragraph(run("first"), item=2),
        paragraph(run("second"), item=2),
        table(("Car", "Colour"), ("Salt", "white"), ("Pepper", "grey")),
        paragraph(run("Weight"), style="Heading2"),
        paragraph(run("It weighs 10"), run("6", raised=True), run(" grams.")),
    ]
)
STYLES = {"Title": "Title", "Heading1": "heading 1", "Heading2": "heading 2"}


def _numbering(number: int, form: str) -> str:
    return (
        f"<w:abstractNum w:abstractNumId='{number}'><w:lvl w:ilvl='0'>"
        f"<w:numFmt w:val='{form}'/></w:lvl></w:abstractNum>"
    )


def docx(body: str = BODY, **more: str | bytes) -> bytes:
    """Return a Word document; `more` replaces files in it, by their names without a folder."""
    styles = "".join(
        f"<w:style w:type='paragraph' w:styleId='{key}'><w:name w:val='{name}'/></w:style>"
        for key, name in STYLES.items()
    )
    parts = ("styles", "numbering", "footnotes")
    related = "".join(
        f"<Relationship Id='r{part}' Type='{OFFICE}/{part}' Target='{part}.xml'/>"
        for part in parts
    )
    kinds = "".join(
        f"<Override PartName='/word/{part}.xml' ContentType='{TYPES}.{part}+xml'/>"
        for part in parts
    )
    numbers = "".join(
        f"<w:num w:numId='{n}'><w:abstractNumId w:val='{n}'/></w:num>" for n in (1, 2)
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f"{XML}<Types xmlns='{PACKAGES}/content-types'>"
        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package"
        ".relationships+xml'/><Override PartName='/word/document.xml' ContentType="
        f"'{TYPES}.document.main+xml'/>{kinds}</Types>",
        "_rels/.rels": f"{XML}<Relationships xmlns='{PACKAGES}/relationships'><Relationship "
        f"Id='r1' Type='{OFFICE}/officeDocument' Target='word/document.xml'/></Relationships>",
        "docProps/core.xml": f"{XML}<c:coreProperties xmlns:c='{PACKAGES}/metadata/"
        "core-properties' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:t="
        "'http://purl.org/dc/terms/'><dc:title>A report</dc:title><dc:creator>Agnes Rourke"
        "</dc:creator><t:created>2024-03-09T07:30:00Z</t:created></c:coreProperties>",
        "word/document.xml": f"{XML}<w:document xmlns:w='{WORD}'><w:body>{body}</w:body>"
        "</w:document>",
        "word/_rels/document.xml.rels": f"{XML}<Relationships xmlns='{PACKAGES}/"
        f"relationships'>{related}</Relationships>",
        "word/styles.xml": f"{XML}<w:styles xmlns:w='{WORD}'>{styles}</w:styles>",
        "word/numbering.xml": f"{XML}<w:numbering xmlns:w='{WORD}'>"
        f"{_numbering(1, 'bullet')}{_numbering(2, 'decimal')}{numbers}</w:numbering>",
        "word/footnotes.xml": f"{XML}<w:footnotes xmlns:w='{WORD}'><w:footnote w:id='2'>"
        f"{paragraph(run('Council paper 24/117.'))}</w:footnote></w:footnotes>",
    }
    named = {name.rpartition("/")[2].partition(".")[0]: name for name in files}
    return zipped(files | {named[name]: content for name, content in more.items()})


# E-books

CHAPTERS = {
    "title.xhtml": "<h1>Lights of the North</h1><p>For my sister.</p>",
    "ch%201.xhtml": "<p>The rock was bought in 1838.<a epub:type='noteref' href='#n'>1</a> "
    "It cost eleven lives.</p><aside id='n'><p>1. See the log.</p></aside>",
    "ch2.xhtml": "<h2>The lens</h2><p>It weighs two tonnes.</p><h3>Mercury</h3>"
    "<p>It floats.</p><table><tr><th>Keeper</th><th>Years</th></tr>"
    "<tr><td>Bell</td><td>1899</td></tr></table>",
}
LABELS = {"ch%201.xhtml": "The rock", "ch2.xhtml": "The lens"}


def epub(
    chapters: Mapping[str, str] = CHAPTERS,
    *,
    ncx: bool = False,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an e-book with a table of contents of either kind; `more` are other files."""
    names = [name.replace("%20", " ") for name in chapters]
    items = "".join(
        f"<item id='i{n}' href='text/{name}' media-type='application/xhtml+xml'/>"
        for n, name in enumerate(chapters)
    )
    spine = "".join(f"<itemref idref='i{n}'/>" for n in range(len(chapters)))
    kind = "application/x-dtbncx+xml" if ncx else "application/xhtml+xml"
    nav = "" if ncx else " properties='nav'"
    points = "".join(
        f"<navPoint><navLabel><text>{label}</text></navLabel><content src='text/{name}'/>"
        "</navPoint>"
        for name, label in LABELS.items()
    )
    links = "".join(
        f"<li><a href='text/{name}'>{label}</a></li>" for name, label in LABELS.items()
    )
    contents = (
        f"<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>{points}</navMap></ncx>"
        if ncx
        else f"{HTML}<nav epub:type='toc'><ol>{links}</ol></nav></body></html>"
    )
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:"
        "container'><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
        "OEBPS/book.opf": f"{XML}<package xmlns='http://www.idpf.org/2007/opf'><metadata "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Lights of the North</dc:title>"
        "<dc:creator>Agnes Rourke</dc:creator><dc:creator>Tomas Bell</dc:creator>"
        "<dc:date>1901-05-03T00:00:00Z</dc:date></metadata><manifest><item id='c' "
        f"href='contents' media-type='{kind}'{nav}/>{items}</manifest>"
        f"<spine><itemref idref='c'/>{spine}</spine></package>",
        "OEBPS/contents": contents,
        **{
            f"OEBPS/text/{name}": f"{HTML}{chapter}</body></html>"
            for name, chapter in zip(names, chapters.values(), strict=True)
        },
    }
    return zipped(files | dict(more or {}))


HTML = (
    f"{XML.replace(' standalone', ' x')}<html xmlns='http://www.w3.org/1999/xhtml' "
    "xmlns:epub='http://www.idpf.org/2007/ops'><body>"
).replace(' x="yes"', "")


# PDF


class Drawn:
    """A PDF that is drawn line by line."""

    def __init__(self, **options: Any) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        self._held = io.BytesIO()
        self.canvas = Canvas(self._held, pagesize=A4, invariant=1, **options)

    def lines(
        self, *said: str, left: float = 72, top: float = 740, size: float = 11, step: float = 14
    ) -> Drawn:
        """Draw lines, one below the other."""
        self.canvas.setFont("Helvetica", size)
        for number, line in enumerate(said):
            self.canvas.drawString(left, top - number * step, line)
        return self

    def mark(self, title: str, *, level: int = 0, top: float = 740) -> Drawn:
        """Name a place of the page in the outline."""
        self.canvas.bookmarkHorizontal(title, 0, top)
        self.canvas.addOutlineEntry(title, title, level)
        return self

    def page(self) -> Drawn:
        """Go on to the next page."""
        self.canvas.showPage()
        return self

    def bytes(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self._held.getvalue()


def pdf() -> bytes:
    """Return a PDF of two pages with an outline, and a line at the foot of each."""
    drawn = Drawn(pageCompression=0)
    drawn.canvas.setTitle("The Harbour Tram")
    drawn.canvas.setAuthor("Agnes Rourke")
    drawn.lines("The Harbour Tram", size=20, top=780)
    drawn.lines("The harbour tram runs along the quay of Ostrevik. It was", "opened in 1911.")
    drawn.mark("Cars", top=690).lines("Cars", top=690, size=14)
    drawn.lines("Salt is white and Pepper is grey.", top=660).lines("1", top=40, left=300)
    drawn.page().lines(FREE).lines("2", top=40, left=300)
    return drawn.bytes()


# Texts

FRONT = (
    "---\ntitle: The Tram\ndate: 1911-04-05\nauthor: Agnes Rourke\n"
    "url: https://a.invalid/t\n---\n"
)
MARKDOWN = (
    f"{FRONT}\n{TRAM}\n\n## Cars\n\n- Salt\n- Pepper\n\n"
    "| Car | Colour |\n| --- | --- |\n| Salt | *white* |\n"
)
PLAIN = f"The Tram\n\n{TRAM}\n\nCars\n\n{CARS}\n"
LINES = (
    '{"title": "The Tram", "text": "It runs.\\n\\nCars\\n\\nThere are two.", "date": "1911", '
    '"author": ["Agnes", "Tomas"], "url": "https://a.invalid/t", "id": "tram"}\n'
    '{"title": "The Ferry", "sections": [{"heading": "Boats", "text": "Two."}, '
    '{"heading": "The old one", "level": 2, "text": "It is red."}]}\n'
)
NEWS = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Harbour tram to run all night from May | The Ostrevik Gazette</title>
<meta property="og:title" content="Harbour tram to run all night from May">
<meta property="article:published_time" content="2024-03-09T07:30:00+01:00">
<link rel="canonical" href="https://gazette.invalid/2024/03/harbour-tram">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Harbour tram", "author": [{"@type": "Person", "name": "Agnes Rourke"}]}</script>
<style>p { margin: 0 }</style></head><body>
<div class="cookie-banner" role="dialog"><p>We use cookies.</p><button>Accept</button></div>
<header><a href="/">The Gazette</a><nav><ul><li><a href="/n">News</a></li></ul></nav></header>
<main><article><h1>Harbour tram to run all night from May</h1>
<p class="byline">By <a href="/a/rourke">Agnes Rourke</a></p>
<div class="share"><a href="#">Share</a> <a href="#">Post</a></div>
<p>The harbour tram of Ostrevik will run through the night from the first of May.</p>
<figure><img src="x.jpg" alt="A tram"><figcaption>A tram at the quay.</figcaption></figure>
<h2>What it will cost<a class="headerlink" href="#cost">¶</a></h2>
<p>It costs 34&times;10<sup>4</sup> crowns a year.<sup><a href="#n1">[1]</a></sup>
CO<sub>2</sub> is saved,<br>the council says.</p>
<table><caption>Fares</caption><tr><th>Ticket</th><th>Day</th><th>Night</th></tr>
<tr><td>Adult</td><td>2 crowns</td><td><p>2 crowns</p></td></tr></table>
<h3>The noise</h3><ul><li>rubber between wheel and rim,</li>
<li><p>a limit after ten.</p></li></ul>
<ol start="3"><li>three</li><li>four</li></ol><pre>a = 1
  b = 2</pre>
<div class="newsletter"><h3>In your inbox</h3><p>Sign up for our newsletter.</p></div>
</article>
<aside><h2>Related</h2><ul><li><a href="/1">Ferry strike</a></li></ul></aside>
<section id="comments"><h2>Comments</h2><p>About time!</p></section></main>
<footer><p>© 2024 The Ostrevik Gazette.</p></footer></body></html>
"""

RST = (
    "The Tram\n========\n\n:Author: Agnes Rourke\n\nIt *runs* along the quay [1]_.\n\n"
    ".. note:: It is free.\n\nCars\n----\n\n* Salt\n* Pepper\n\n"
    "======  ======\nCar     Colour\n======  ======\nSalt    white\nPepper  grey\n"
    "======  ======\n\n.. [1] See the log.\n"
)
TABLE = 'Car,Colour,Price (€)\nSalt,white,-5.50\nPepper,"grey, dark",1e6\n'
CUES = (
    "1\n00:00:01,000 --> 00:00:03,500\n- The tram runs\nalong the quay.\n\n"
    "2\n00:02:10,000 --> 00:02:14,000\n<i>It costs &euro;5.</i>\n"
)
VTT = (
    "WEBVTT - The tram\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:03.500 align:start\n"
    "<v Agnes>The tram runs.</v>\n\n01:00:02.000 --> 01:00:04.000\nIt is <c.red>free</c>.\n"
)
RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title The Tram}}\pard The tram runs"
    r" {\strike 80}{\b 60} m\'e8tres.\par It weighs 10{\super 6} g.\par\trowd\cellx2000"
    r"\cellx4000"
    r"\intbl Car\cell Colour\cell\row\trowd\cellx2000\cellx4000\intbl Salt\cell \u233?\cell\row"
    r"\pard It is free.\par}"
)
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_BODY = (
    "<text:h text:outline-level='1'>The Tram</text:h><text:p>It runs"
    "<text:span text:style-name='struck'>80</text:span> along<text:s text:c='2'/>the quay."
    "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>See the log.</text:p></text:note-body></text:note></text:p>"
    "<text:list><text:list-item><text:p>Salt</text:p></text:list-item></text:list>"
    "<table:table table:name='Cars'><table:table-row><table:table-cell><text:p>Car</text:p>"
    "</table:table-cell><table:table-cell><text:p>Price</text:p></table:table-cell>"
    "</table:table-row><table:table-row><table:table-cell><text:p>Salt</text:p>"
    "</table:table-cell><table:table-cell><text:p>-5.50</text:p></table:table-cell>"
    "</table:table-row></table:table>"
)


def odt(body: str = ODT_BODY) -> bytes:
    """Return an OpenDocument text."""
    spaces = "".join(
        f" xmlns:{n}='{ODF}:{n}:1.0'" for n in ("office", "text", "table", "style")
    )
    struck = (
        "<style:style style:name='struck' style:family='text'><style:text-properties "
        "style:text-line-through-style='solid'/></style:style>"
    )
    content = (
        f"{XML}<office:document-content{spaces}><office:automatic-styles>{struck}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    )


def xlsx(rows: Sequence[Sequence[object]] = ()) -> bytes:
    """Return a spreadsheet, by default of two sheets with a merged cell and a format."""
    from openpyxl import Workbook

    book, held = Workbook(), io.BytesIO()
    book.properties.title = "The Tram"
    sheet = book.worksheets[0]
    for row in rows or [("Car", "Price", "Share"), ("Salt", -5.5, 0.25), ("Pepper", 1e6, "-")]:
        sheet.append(list(row))
    if not rows:
        sheet["B2"].number_format = '#,##0.00 "€"'
        sheet["C2"].number_format = "0.0%"
        sheet.merge_cells("A5:C5")
        sheet["A5"] = "All cars"
        book.create_sheet("Stops").append(["Quay", "Mill"])
    book.save(held)
    return held.getvalue()


def pptx(said: str = CARS) -> bytes:
    """Return a presentation with a title, a text, a table and a note."""
    from pptx import Presentation
    from pptx.util import Inches

    show, held = Presentation(), io.BytesIO()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "The Tram"
    slide.placeholders[1].text = said
    place = (Inches(1), Inches(4), Inches(5), Inches(1))
    cells = slide.shapes.add_table(2, 2, *place).table
    for at, words in enumerate(("Car", "Price", "Salt", "-5.50")):
        cells.cell(at // 2, at % 2).text = words
    slide.notes_slide.notes_text_frame.text = FREE
    show.save(held)
    return held.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "txt": PLAIN.encode,
    "md": MARKDOWN.encode,
    "html": NEWS.encode,
    "jsonl": LINES.encode,
    "docx": docx,
    "epub": epub,
    "pdf": pdf,
    "xlsx": xlsx,
    "pptx": pptx,
    "odt": odt,
    "rtf": RTF.encode,
    "csv": TABLE.encode,
    "srt": CUES.encode,
    "vtt": VTT.encode,
    "rst": RST.encode,
}
"""What makes a file of each format."""
