"""Formulas as text: MathML of web pages and the equations of Word, on one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qa.articles.characters import subscript, superscript

if TYPE_CHECKING:
    from lxml.etree import _Element

LEFT_OUT = {"annotation", "annotation-xml", "mphantom", "ctrlPr"}
MAX_DEPTH = 50  # formulas within formulas; what lies deeper is read without its form


def linear(formula: _Element, depth: int = 0) -> str:
    """Return a formula as it is written on one line: 3×10¹⁴, a/b, √2."""
    kind = _kind(formula)
    if kind in LEFT_OUT:
        return ""
    if depth == MAX_DEPTH:
        return "".join(map(str, formula.itertext()))
    if kind == "nary":
        return _sum(formula, depth)
    parts = filter(None, (linear(each, depth + 1) for each in formula))
    return " ".join(_join_parts(formula, list(parts)).split())


def _join_parts(formula: _Element, parts: list[str]) -> str:
    """Return the parts of a formula put together."""
    kind = _kind(formula)
    if kind == "d":
        return _in_delimiters(formula, parts)
    form = FORMS.get(kind)
    if form and len(parts) >= form[0]:
        return form[1](parts)
    return f"{formula.text or ''}{''.join(parts)}"


def _kind(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _sum(formula: _Element, depth: int) -> str:
    """Return a sum or an integral of Word: its sign, from where to where, and of what."""
    said = {_kind(each): linear(each, depth + 1) for each in formula}
    sign = next((_value(each) for each in formula.iter("{*}chr")), "∫")
    lower, upper = said.get("sub", ""), said.get("sup", "")
    bounds = f"_({lower})" * bool(lower) + f"^({upper})" * bool(upper)
    return f"{sign}{bounds} {said.get('e', '')}".strip()


def _in_delimiters(formula: _Element, parts: list[str]) -> str:
    signs = {_kind(each): _value(each) for each in formula.iterfind("{*}dPr/*")}
    return f"{signs.get('begChr', '(')}{', '.join(parts)}{signs.get('endChr', ')')}"


def _value(element: _Element) -> str:
    return next((str(said) for name, said in element.items() if str(name).endswith("}val")), "")


def _in_brackets(part: str) -> str:
    """Return a part in brackets if it would fall apart without."""
    return part if part.replace(".", "").isalnum() or _is_in_brackets(part) else f"({part})"


def _is_in_brackets(part: str) -> bool:
    return part.startswith("(") and part.find(")") == len(part) - 1


def _fraction(parts: list[str]) -> str:
    return f"{_in_brackets(parts[0])}/{_in_brackets(parts[1])}"


def _power(parts: list[str]) -> str:
    return parts[0] + superscript(parts[1], parts[0])


def _index(parts: list[str]) -> str:
    return parts[0] + subscript(parts[1], parts[0])


def _index_and_power(parts: list[str]) -> str:
    return parts[0] + subscript(parts[1], parts[0]) + superscript(parts[2], parts[0])


def _root(parts: list[str]) -> str:
    return f"√{_in_brackets(''.join(parts))}"


def _root_of_degree(parts: list[str]) -> str:
    return f"{superscript(parts[1], '')}√{_in_brackets(parts[0])}"


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
