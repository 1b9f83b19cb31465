"""All that a Word document shows as plain text, and nothing that it does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.articles.docx.xml import at, is_on, kind, text_run, unwrap
from qa.articles.math import linear

if TYPE_CHECKING:
    from lxml.etree import _Element

HIDDEN = ("strike", "dstrike", "vanish", "webHidden")
"""Properties of what is struck out, or not shown at all."""
WRAPPERS = ("fldSimple", "smartTag", "customXml", "bdo", "dir")


def make_plain(document: _Element) -> None:
    """Take out what is withdrawn or hidden, and make text of what is no paragraph or run."""
    _remove_hidden(document)
    _open_controls(document)
    _write_equations(document)
    _place_boxes(document)


def _remove_hidden(document: _Element) -> None:
    for name in ("del", "moveFrom"):
        for element in list(document.iter(f"{{*}}{name}")):
            parent = element.getparent()
            if parent is None:
                continue
            if kind(parent) == "trPr":
                unwrap(next(parent.iterancestors("{*}tr")), [])
            elif kind(parent) != "rPr":  # there it says that two paragraphs are one
                unwrap(element, [])
    for run in list(document.iter("{*}r")):
        if any(is_on(run, f"rPr/{name}") for name in HIDDEN):
            unwrap(run, [])


def _open_controls(document: _Element) -> None:
    """Put what a control, a field or a tag holds in its place; a prompt to write is no text."""
    for control in list(document.iter("{*}sdt")):
        content = at(control, "sdtContent")
        is_prompt = is_on(control, "sdtPr/showingPlcHdr")
        unwrap(control, [] if is_prompt or content is None else list(content))
    for name in WRAPPERS:
        for wrapper in list(document.iter(f"{{*}}{name}")):
            unwrap(wrapper, [each for each in wrapper if not kind(each).endswith("Pr")])


def _write_equations(document: _Element) -> None:
    for paragraph in list(document.iter("{*}oMathPara")):
        unwrap(paragraph, [each for each in paragraph if kind(each) == "oMath"])
    for equation in list(document.iter("{*}oMath")):
        unwrap(equation, [text_run(document, linear(equation))])


def _place_boxes(document: _Element) -> None:
    """Move the paragraphs of text boxes below the paragraph that they hang on."""
    for choice in list(document.iter("{*}AlternateContent")):
        boxes = list(choice.iter("{*}txbxContent"))
        if boxes:  # the same box, for programs of different age
            for other in boxes[1:]:
                if kind(next(other.iterancestors("{*}Choice", "{*}Fallback"))) == "Fallback":
                    unwrap(other, [])
    for box in list(document.iter("{*}txbxContent")):
        outer = next((p for p in box.iterancestors("{*}p")), None)
        if outer is None:
            continue
        for paragraph in reversed(list(box)):
            outer.addnext(paragraph)
        unwrap(box, [])
