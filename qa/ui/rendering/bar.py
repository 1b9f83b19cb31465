"""What stands above a source: the places of its answer, and the ways from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from qa.ui.i18n.strings import Strings
from qa.ui.rendering.places import Kind, Place


def bar(
    places: Sequence[Place], chosen: Place, strings: Strings, *, every: bool = False
) -> str:
    """Return the head of the panel, as HTML; what is only read has no place in an answer.

    With `every` all places are shown below it, and otherwise the chosen one.
    """
    close = (
        f"<button type='button' class='close' aria-label='{strings.close_source}'>×</button>"
    )
    if chosen.kind is Kind.READ:
        return f"<header>{close}</header>"
    shown = None if every else chosen
    tabs = "".join(_tab(n, place, shown, strings) for n, place in enumerate(places, 1))
    ways = _ways(places, chosen, strings, every=every) if _several(places, chosen) else ""
    return (
        f"<header><div class='bar'><nav aria-label='{strings.sources}'>{tabs}</nav>"
        f"{ways}{close}</div>{'' if every else ''.join(_where(chosen, strings))}</header>"
    )


def _several(places: Sequence[Place], chosen: Place) -> bool:
    return chosen.kind is Kind.CITE and len(places) > 1


def _where(chosen: Place, strings: Strings) -> Iterator[str]:
    trail = "<i> › </i>".join(f"<span>{escape(step)}</span>" for step in chosen.trail)
    yield f"<p class='trail'>{trail}</p>"
    if chosen.kind is Kind.NEAR:
        yield f"<p class='note'>{strings.source_near}</p>"


def _ways(places: Sequence[Place], chosen: Place, strings: Strings, *, every: bool) -> str:
    """Return the ways to the quotation before, to the one after, and to all of them."""
    at = list(places).index(chosen)
    before, after = places[max(at - 1, 0)], places[min(at + 1, len(places) - 1)]
    return (
        f"<button type='button' class='every' data-place='{chosen.anchor}' data-every"
        f" aria-pressed='{_told(every)}'>{strings.all_sources}</button>"
        f"{_step('before', before, chosen, strings.source_before)}"
        f"{_step('after', after, chosen, strings.source_after)}"
    )


def _step(way: str, place: Place, chosen: Place, name: str) -> str:
    """Return a way to the next place; where there is none it stays, and keeps the focus."""
    arrow = {"before": "‹", "after": "›"}[way]
    return (
        f"<button type='button' class='step {way}' data-place='{place.anchor}'"
        f" aria-disabled='{_told(place == chosen)}' aria-label='{name}' title='{name}'>"
        f"{arrow}</button>"
    )


def _tab(number: int, place: Place, shown: Place | None, strings: Strings) -> str:
    """Return a tab: the number of a quotation, or the name of a section that is only near."""
    name = escape(place.trail[-1])
    face = f"<span class='pill'>{number}</span>" if place.kind is Kind.CITE else name
    label = strings.quotation.format(number=number, name=name)
    spoken = label if place.kind is Kind.CITE else name
    return (
        f"<button type='button' class='tab' data-place='{place.anchor}' title='{name}'"
        f" aria-label='{spoken}' aria-pressed='{_told(place == shown)}'>{face}</button>"
    )


def _told(whether: bool) -> str:  # noqa: FBT001  # as HTML writes it
    return "true" if whether else "false"
