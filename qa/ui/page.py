"""The page: the talk and its sources, and what happens when someone comes or follows a mark."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.settings import Settings
from qa.ui import api
from qa.ui.components import library, talk
from qa.ui.components.assets import asset
from qa.ui.components.events import EACH, PRIVATE, WAITING, strings_of
from qa.ui.components.library import Library
from qa.ui.components.talk import Talk
from qa.ui.i18n.strings import LANGUAGES, Strings
from qa.ui.rendering import chat
from qa.ui.rendering.catalogue import limits
from qa.ui.rendering.chat import NAME
from qa.ui.rendering.panel import empty
from qa.ui.session.desk import Desk, open_assistant
from qa.ui.session.offering import starters
from qa.ui.session.shelf import Shelf

LARGEST = "10mb"  # a file that is let in at all; what is over a shelf's limits is told why
SWEPT = 3600  # seconds after which a file that was let in is deleted, if it still lies about


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page is made of."""

    masthead: gr.HTML
    talk: Talk
    panel: gr.HTML
    library: Library


class Page(gr.Blocks):  # type: ignore[misc]  # Gradio is not typed
    """A page whose API may be called with the question alone, over plain HTTP too."""

    desk: Desk

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], *state: Any, **options: Any
    ) -> Any:
        """Fill in what was left out, as Gradio's own client does."""
        left_out = [block.value for block in block_fn.inputs[len(inputs) :]]
        return await super().preprocess_data(block_fn, [*inputs, *left_out], *state, **options)

    def launch(self, *given: Any, **options: Any) -> Any:
        """Launch the page, as Gradio does; as a server of MCP too, if that is wanted."""
        launched = super().launch(*given, **options)
        if self.mcp_server_obj:
            api.tell_json(self.mcp_server_obj)
        return launched

    def serve(self) -> None:
        """Serve the page and print its address; Gradio's own variables say where."""
        self.launch(**launch_options(), prevent_thread_lock=True)
        self.desk.open()  # not before: the page comes up sooner when it has the cores to itself
        self.block_thread()


def serve(settings: Settings | None = None) -> None:
    """Build the page of a library, and serve it."""
    build_page(settings).serve()


def build_page(settings: Settings | None = None, *, desk: Desk | None = None) -> Page:
    """Build the page; the library opens behind it, when it is served or first visited.

    Without `settings` they are read whenever the library is opened.
    """
    desk = desk or Desk(lambda: open_assistant(settings or Settings.load()))
    page = Page(
        title=NAME, fill_width=True, analytics_enabled=False, delete_cache=(SWEPT, SWEPT)
    )
    page.desk = desk
    with page:
        parts = _layout(gr.I18n())
        _wire_welcome(page, parts, desk)
        _wire_panel(parts, desk)
        talk.wire(page, parts.talk, desk, panel=parts.panel, shelf=parts.library.shelf)
        library.wire(page, parts.library, desk)
        api.wire(desk)
    page.queue(max_size=WAITING)
    return page


def launch_options() -> dict[str, Any]:
    """Return how the page is launched, wherever it is: its look is part of that."""
    styles = "".join(
        asset(name)
        for name in ("chat.css", "panel.css", "talk.css", "verdict.css", "library.css")
    )
    return {
        "theme": _theme(),
        "head": f"<style>{styles}</style><script>{_spoken()}\n{asset('page.js')}</script>",
        "i18n": gr.I18n(**{code: _properties(said) for code, said in LANGUAGES.items()}),
        "footer_links": ["api"],
        "ssr_mode": False,
        "pwa": False,
        "max_file_size": LARGEST,
    }


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue="stone",
        neutral_hue="stone",
        radius_size="lg",
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


def _spoken() -> str:
    """Return a script that names the language of the page, by the rule the server has."""
    known = json.dumps([*LANGUAGES])
    first = "navigator.language.split('-')[0].toLowerCase()"
    return f"document.documentElement.lang = {known}.find((each) => each === {first}) ?? 'en'"


def _properties(strings: Strings) -> dict[str, str]:
    """Return what the browser fills in before the server has said anything."""
    names = ("box", "ask", "find", "find_how", "add_own")
    return {
        **{name: getattr(strings, name) for name in names},
        "masthead": chat.masthead(strings=strings),
        "welcome": talk.welcome(strings),
        "panel": empty(strings),
        "drawer": library.head(strings),
        "limits": f"<p>{limits(strings)}</p>",
    }


def _layout(i18n: gr.I18n) -> Parts:
    with gr.Row(elem_id="top"):
        masthead = gr.HTML(i18n("masthead"), elem_id="masthead", apply_default_css=False)
        door = library.door()
    with gr.Row(elem_id="main", equal_height=True):
        with gr.Column(scale=6, min_width=320, elem_id="talk"):
            said = talk.layout(i18n)
        with gr.Column(scale=5, min_width=320, elem_id="sheet"):
            panel = gr.HTML(
                i18n("panel"),
                elem_id="panel",
                js_on_load=asset("panel.js"),
                apply_default_css=False,
            )
    return Parts(masthead, said, panel, library.layout(door, i18n))


def _wire_welcome(page: gr.Blocks, parts: Parts, desk: Desk) -> None:
    def name(request: gr.Request) -> str:
        return chat.masthead(desk, strings_of(request))

    def offer(shelf: Shelf) -> Any:
        return gr.Chatbot(examples=[{"text": text} for text in starters(desk, shelf)])

    page.load(name, None, parts.masthead, queue=False, **PRIVATE)
    # The line above the talk changes with what is asked: first when the library is open.
    shelf = parts.library.shelf
    parts.library.scope.change(offer, shelf, parts.talk.said, queue=False, **PRIVATE)


def _wire_panel(parts: Parts, desk: Desk) -> None:
    def follow(shelf: Shelf, event: gr.EventData, request: gr.Request) -> Any:
        strings = strings_of(request)
        return chat.source(shelf.desk(desk), event._data, strings) or gr.skip()

    parts.panel.follow(follow, parts.library.shelf, parts.panel, **EACH)
