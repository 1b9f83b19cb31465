"""The header of the source panel: a tab for each quotation, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from qa.ui.i18n.strings import Strings
from qa.ui.rendering.locations import Location, LocationKind


def source_header(
    locations: Sequence[Location], current: Location, strings: Strings, *, all_: bool = False
) -> str:
    """Return the header as HTML; an article that is only read has just the way to close it.

    With `all_` all quotations are shown below it, and otherwise the current one.
    """
    close = (
        f"<button type='button' class='close' aria-label='{strings.close_source}'>×</button>"
    )
    if current.kind is LocationKind.READ:
        return f"<header>{close}</header>"
    pressed = None if all_ else current
    tabs = "".join(_tab(n, each, pressed, strings) for n, each in enumerate(locations, 1))
    several = current.kind is LocationKind.CITE and len(locations) > 1
    ways = _ways(locations, current, strings, all_=all_) if several else ""
    return (
        f"<header><div class='bar'><nav aria-label='{strings.sources}'>{tabs}</nav>"
        f"{ways}{close}</div>{'' if all_ else ''.join(_trail(current, strings))}</header>"
    )


def _trail(current: Location, strings: Strings) -> Iterator[str]:
    """Yield the title, headings and page of a location, and that it is no answer if so."""
    steps = (f"<span>{escape(step)}</span>" for step in (current.title, *current.headings))
    page = strings.page_of(current)
    shown = f"<i> · {page}</i>" if page else ""
    yield f"<p class='trail'>{'<i> › </i>'.join(steps)}{shown}</p>"
    if current.kind is LocationKind.NEAR:
        yield f"<p class='note'>{strings.near_note}</p>"


def _ways(
    locations: Sequence[Location], current: Location, strings: Strings, *, all_: bool
) -> str:
    """Return the buttons to the previous quotation, to the next one, and to all of them."""
    at = list(locations).index(current)
    before, after = locations[max(at - 1, 0)], locations[min(at + 1, len(locations) - 1)]
    return (
        f"<button type='button' class='every' data-place='{current.anchor}' data-every"
        f" aria-pressed='{_boolean(all_)}'>{strings.all_sources}</button>"
        f"{_step('before', before, current, strings.source_before)}"
        f"{_step('after', after, current, strings.source_after)}"
    )


def _step(way: str, target: Location, current: Location, name: str) -> str:
    """Return a button to the next quotation; at the end it stays, and keeps the focus."""
    arrow = {"before": "‹", "after": "›"}[way]
    return (
        f"<button type='button' class='step {way}' data-place='{target.anchor}'"
        f" aria-disabled='{_boolean(target == current)}' aria-label='{name}' title='{name}'>"
        f"{arrow}</button>"
    )


def _tab(number: int, location: Location, pressed: Location | None, strings: Strings) -> str:
    """Return a tab: the number of a quotation, or the name of a section that is only near."""
    name = escape(strings.name_of(location))
    cited = location.kind is LocationKind.CITE
    face = f"<span class='pill'>{number}</span>" if cited else name
    label = strings.quotation.format(number=number, name=name) if cited else name
    return (
        f"<button type='button' class='tab' data-place='{location.anchor}' title='{name}'"
        f" aria-label='{label}' aria-pressed='{_boolean(location == pressed)}'>{face}</button>"
    )


def _boolean(whether: bool) -> str:  # noqa: FBT001  # as HTML writes it
    return "true" if whether else "false"
