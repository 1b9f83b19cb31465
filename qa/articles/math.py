"""Formulas as text: MathML of web pages and the equations of Word, on one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qa.articles.characters import lowered, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

LEFT_OUT = {"annotation", "annotation-xml", "mphantom", "ctrlPr"}
DEEPEST = 50  # formulas within formulas; what lies deeper is read without its form


def linear(formula: _Element, depth: int = 0) -> str:
    """Return a formula as it is written on one line: 3×10¹⁴, a/b, √2."""
    kind = _kind(formula)
    if kind in LEFT_OUT:
        return ""
    if depth == DEEPEST:
        return "".join(map(str, formula.itertext()))
    parts = list(filter(None, (linear(each, depth + 1) for each in formula)))
    form = FORMS.get(kind)
    if form and len(parts) >= form[0]:
        return form[1](parts)
    return " ".join(f"{formula.text or ''}{''.join(parts)}".split())


def _kind(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _grouped(part: str) -> str:
    """Return a part in brackets if it would fall apart without."""
    return part if part.replace(".", "").isalnum() or _closed(part) else f"({part})"


def _closed(part: str) -> bool:
    return part.startswith("(") and part.find(")") == len(part) - 1


def _fraction(parts: list[str]) -> str:
    return f"{_grouped(parts[0])}/{_grouped(parts[1])}"


def _power(parts: list[str]) -> str:
    return parts[0] + raised(parts[1], parts[0])


def _index(parts: list[str]) -> str:
    return parts[0] + lowered(parts[1], parts[0])


def _index_and_power(parts: list[str]) -> str:
    return parts[0] + lowered(parts[1], parts[0]) + raised(parts[2], parts[0])


def _root(parts: list[str]) -> str:
    return f"√{_grouped(''.join(parts))}"


def _root_of_degree(parts: list[str]) -> str:
    return f"{raised(parts[1], '')}√{_grouped(parts[0])}"


def _root_in_word(parts: list[str]) -> str:
    return _root_of_degree(parts[::-1]) if len(parts) > 1 else _root(parts)


FORMS: Mapping[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, _fraction),
    "f": (2, _fraction),
    "msup": (2, _power),
    "sSup": (2, _power),
    "mover": (2, _power),
    "msub": (2, _index),
    "sSub": (2, _index),
    "munder": (2, _index),
    "msubsup": (3, _index_and_power),
    "sSubSup": (3, _index_and_power),
    "munderover": (3, _index_and_power),
    "mroot": (2, _root_of_degree),
    "msqrt": (1, _root),
    "rad": (1, _root_in_word),
}
"""How the parts of a formula are put together, by its kind: at least so many, in this form."""
