"""The XML of Word, which has the same names in two namespaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

FALSE = {"0", "false", "off", "none"}


def kind(element: _Element) -> str:
    """Return the name of an element, without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: _Element | None, name: str) -> str:
    """Return an attribute by its name without a namespace, or nothing."""
    attributes = element.attrib.items() if element is not None else ()
    return next((str(v) for key, v in attributes if str(key).rpartition("}")[2] == name), "")


def value(element: _Element | None, path: str) -> str:
    """Return the `val` of what stands at a path of names below an element, or nothing."""
    return attribute(at(element, path), "val")


def at(element: _Element | None, path: str) -> _Element | None:
    """Return what stands at a path of names below an element."""
    for name in path.split("/"):
        element = element.find(f"{{*}}{name}") if element is not None else None
    return element


def is_on(element: _Element | None, path: str) -> bool:
    """Tell whether a property is set below an element, and not switched off."""
    found = at(element, path)
    return found is not None and attribute(found, "val").lower() not in FALSE


def new_element(like: _Element, name: str, **attributes: str) -> _Element:
    """Return a new element in the namespace of another."""
    space = str(like.tag).rpartition("}")[0] + "}"
    return like.makeelement(
        f"{space}{name}", {f"{space}{key}": said for key, said in attributes.items()}
    )


def text_run(like: _Element, words: str) -> _Element:
    """Return a run that says some words."""
    run, text = new_element(like, "r"), new_element(like, "t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    return run


def unwrap(element: _Element, inner: list[_Element]) -> None:
    """Put some elements in the place of another."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent.remove(element)
    for number, each in enumerate(inner):
        parent.insert(place + number, each)


def words_of(paragraph: _Element) -> str:
    """Return the words of a paragraph."""
    return "".join(each.text or "" for each in paragraph.iter("{*}t"))
