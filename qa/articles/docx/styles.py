"""The styles of a Word document: what a paragraph gets from the style that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.articles.docx.xml import at, attribute, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BASE_STYLES = 20  # styles that are based on one another
USUAL_SIZE = 20  # half points


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    by_id: Mapping[str, _Element]
    usual_size: int = USUAL_SIZE

    @classmethod
    def of(cls, part: _Element | None) -> Styles:
        """Return the styles that a part of a document defines."""
        if part is None:
            return cls({})
        by_id = {attribute(style, "styleId"): style for style in part.iter("{*}style")}
        defaults = at(part, "docDefaults/rPrDefault/rPr")
        normal = next(
            (each for each in by_id.values() if value(each, "name").lower() == "normal"), None
        )
        size = value(normal, "rPr/sz") or value(defaults, "sz")
        return cls(by_id, int(size) if size.isdecimal() else USUAL_SIZE)

    def chain(self, paragraph: _Element) -> Iterator[_Element]:
        """Yield the style of a paragraph and those that it is based on."""
        name = value(paragraph, "pPr/pStyle")
        for _ in range(MAX_BASE_STYLES):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")

    def outline_level(self, paragraph: _Element) -> int | None:
        """Return the level of a paragraph that is a heading, from 0."""
        for each in (paragraph, *self.chain(paragraph)):
            level = value(each, "pPr/outlineLvl")
            if level.isdecimal():
                return int(level) if int(level) < len("ABCDEFGHI") else None
            name = value(each, "name").lower()
            if name.startswith("heading ") and name[8:].isdecimal():
                return int(name[8:]) - 1
        return None

    def is_title(self, paragraph: _Element) -> bool:
        """Tell whether a paragraph is the title of the document."""
        return any(value(style, "name").lower() == "title" for style in self.chain(paragraph))

    def numbering(self, paragraph: _Element) -> tuple[str, int]:
        """Return the list that numbers a paragraph, and its level there; or nothing."""
        number, level = "", ""
        for each in (paragraph, *self.chain(paragraph)):
            number = number or value(each, "pPr/numPr/numId")
            level = level or value(each, "pPr/numPr/ilvl")
            if number:
                break
        return number, int(level) if level.isdecimal() else 0

    def is_bold(self, run: _Element, paragraph: _Element) -> bool:
        """Tell whether a run is set in bold type."""
        if at(run, "rPr/b") is not None:
            return is_on(run, "rPr/b")
        return any(is_on(style, "rPr/b") for style in self.chain(paragraph))

    def size(self, run: _Element, paragraph: _Element) -> int:
        """Return how large the type of a run is, in half points."""
        given = (value(each, "rPr/sz") for each in (run, *self.chain(paragraph)))
        return next((int(size) for size in given if size.isdecimal()), self.usual_size)
