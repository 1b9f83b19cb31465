"""The source panel: it opens the location that a link of the page leads to."""

from __future__ import annotations

from itertools import islice
from typing import Any

import gradio as gr

from qa.ui.components.assets import asset
from qa.ui.components.events import EACH, strings_of
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.locations import find_locations, is_anchor
from qa.ui.rendering.source import missing_source, render_all_sources, render_source
from qa.ui.session.provider import AssistantProvider

MAX_TABS = 24


def layout(i18n: gr.I18n) -> gr.HTML:
    """Lay out the panel in the column that is open."""
    return gr.HTML(
        i18n("panel"),
        elem_id="panel",
        js_on_load=asset("source.js"),
        apply_default_css=False,
    )


def wire(panel: gr.HTML, provider: AssistantProvider, library: gr.State) -> None:
    """Open what the panel's script asks for, in a visitor's own library."""

    def follow(visitor: Any, event: gr.EventData, request: gr.Request) -> Any:
        html = source_html(visitor.provider(provider), event._data, strings_of(request))
        return html or gr.skip()

    panel.follow(follow, library, panel, **EACH)


def source_html(provider: AssistantProvider, sent: object, strings: Strings = ENGLISH) -> str:
    """Return the source that a link leads to, or nothing: anyone can send anything here."""
    if not isinstance(sent, dict) or not provider.ready:
        return ""
    articles = provider.assistant().index.articles
    others = sent.get("places")
    anchors = islice(others, MAX_TABS) if isinstance(others, list) else ()
    current = find_locations([sent.get("place")], articles)
    if not current:
        return missing_source(strings) if is_anchor(sent.get("place")) else ""
    beside = tuple(
        each for each in find_locations(anchors, articles) if each.kind is current[0].kind
    )
    render = render_all_sources if sent.get("every") is True else render_source
    return render(beside if current[0] in beside else current, current[0], strings)
