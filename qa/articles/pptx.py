"""Presentations: each slide is a page under its title, with its tables, charts and notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from qa.articles.archive import Archive
from qa.articles.builder import ArticleBuilder
from qa.articles.characters import subscript, superscript
from qa.articles.html.metadata import day
from qa.articles.table import Table
from qa.errors import ArticleError
from qa.origin import Origin, one_line
from qa.types import Article

MAX_XML_BYTES = 50_000_000
MAX_DEPTH = 20  # of groups of shapes within each other


def read(raw: bytes, *, source: str) -> Article:
    """Read a presentation, slide by slide, from the top of each to its bottom."""
    from pptx import Presentation

    archive = Archive(raw, source=source, max_bytes=MAX_XML_BYTES)
    if "ppt/presentation.xml" not in archive.names:
        raise ArticleError(
            "{name} is not a presentation.", hint="Save it as .pptx.", name=source
        )
    deck = Presentation(io.BytesIO(raw))
    properties = deck.core_properties
    builder = ArticleBuilder(source, one_line(properties.title))
    for number, slide in enumerate(deck.slides):
        if slide._element.get("show") == "0":
            continue
        builder.turn_to(number)
        title = slide.shapes.title
        words = " ".join(map(_words, title.text_frame.paragraphs)) if title is not None else ""
        builder.heading(1, words.strip() or f"Slide {number + 1}")
        _write_shapes(builder, [each for each in _shapes(slide.shapes) if not _is(each, title)])
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            _write_text(builder, slide.notes_slide.notes_text_frame)
    made = properties.created
    origin = Origin.of(date=day(made.isoformat()) if made else "", author=properties.author)
    return builder.article(source=source, raw=raw, origin=origin)


def _is(shape: Any, other: Any) -> bool:
    return other is not None and shape.shape_id == other.shape_id


def _shapes(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    """Yield the shapes of a slide from top to bottom, those of groups in their place."""
    for shape in sorted(shapes, key=lambda each: (each.top or 0, each.left or 0)):
        if hasattr(shape, "shapes") and depth < MAX_DEPTH:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _write_shapes(builder: ArticleBuilder, shapes: Iterable[Any]) -> None:
    for shape in shapes:
        if getattr(shape, "has_table", False):
            rows = [[_cell(cell) for cell in row.cells] for row in shape.table.rows]
            builder.table(Table.of(rows, heads=int(bool(shape.table.first_row))))
        elif getattr(shape, "has_chart", False):
            builder.table(_chart(shape.chart))
        elif shape.has_text_frame and not _is_of_every_slide(shape):
            _write_text(builder, shape.text_frame)


def _is_of_every_slide(shape: Any) -> bool:
    """Tell a number of the slide, a date or a footer."""
    kind = str(shape.placeholder_format.type) if shape.is_placeholder else ""
    return kind.startswith(("SLIDE_NUMBER", "DATE", "FOOTER"))


def _write_text(builder: ArticleBuilder, frame: Any) -> None:
    paragraphs = [words for each in frame.paragraphs if (words := _words(each).strip())]
    for words in paragraphs:
        builder.paragraph(f"• {words}" if len(paragraphs) > 1 else words)


def _words(paragraph: Any) -> str:
    """Return the words of a paragraph: raised and lowered signs as such, struck ones not."""
    words = ""
    for run in paragraph.runs:
        properties = run._r.rPr
        given = properties.attrib if properties is not None else {}
        shift = int(given.get("baseline", "0").rstrip("%") or 0)
        if given.get("strike", "noStrike") != "noStrike":
            continue
        form = superscript if shift > 0 else subscript if shift < 0 else None
        words += form(run.text, words) if form and run.text.strip() else run.text
    return words.replace("\v", " ")


def _cell(cell: Any) -> str:
    return "\n".join(filter(None, map(_words, cell.text_frame.paragraphs)))


def _chart(chart: Any) -> Table:
    """Return the numbers of a chart as a table."""
    plot = chart.plots[0]
    names = [str(series.name) for series in plot.series]
    rows = [
        [str(category), *(_value(series, place) for series in plot.series)]
        for place, category in enumerate(plot.categories)
    ]
    title = chart.chart_title.text_frame.text if chart.has_title else ""
    return Table.of([[title or " ", *names], *rows], heads=1)


def _value(series: Any, place: int) -> str:
    values = series.values
    value = values[place] if place < len(values) else None
    return "" if value is None else f"{value:.15g}"
