"""Footnotes: each is moved from the end of a text to below what refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.articles.html.renderer import HEADINGS, is_invisible, remove

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = ("p", "li", "dd", "table", "blockquote", *HEADINGS)


def place_notes(root: HtmlElement) -> None:
    """Move each footnote from the end to below the paragraph or table that refers to it."""
    notes = {note.get("id"): note for note in root.xpath(NOTES)}
    for mark in root.xpath("//a[starts-with(@href, '#')]"):
        note = notes.pop(mark.get("href", "").removeprefix("#"), None)
        outer = [each for each in mark.iterancestors() if each.tag in BLOCKS][-1:]
        for block in outer if note is not None else ():
            paragraph = _as_paragraph(note, "".join(mark.itertext()))
            note.drop_tree()
            _last_note_below(block).addnext(paragraph)


NOTES = (
    "//li[@id and (starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')"
    " or contains(concat(' ', @class, ' '), ' footnote-item '))]"
    " | //aside[@id and contains(concat(' ', @class, ' '), ' footnote ')]"
    " | //div[@id and @role='doc-footnote']"
)
"""Notes as mammoth, markdown-it and docutils write them."""


def _as_paragraph(note: HtmlElement, mark: str) -> HtmlElement:
    """Return a note as a paragraph, behind the mark by which it is referred to."""
    for label in note.xpath(".//*[contains(concat(' ', @class, ' '), ' label ')]"):
        label.drop_tree()
    remove(note, is_invisible)
    paragraph: HtmlElement = note.makeelement("p", {"class": "note"})
    words = " ".join("".join(note.itertext()).split())
    paragraph.text = f"{mark if mark.startswith('[') else f'[{mark}]'} {words}"
    return paragraph


def _last_note_below(block: HtmlElement) -> HtmlElement:
    """Return the last note that stands below a block already, or the block."""
    last = block
    for each in block.itersiblings():
        if each.tag != "p" or each.get("class") != "note":
            break
        last = each
    return last
