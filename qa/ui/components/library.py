"""The library on the page: a drawer to read in, to bring articles to, and to choose them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import gradio as gr

from qa.callbacks import Progress
from qa.errors import QAError
from qa.ui.components.assets import asset
from qa.ui.components.events import EACH, PRIVATE, strings_of
from qa.ui.i18n.strings import Strings
from qa.ui.rendering.catalogue import catalogue, scope, told
from qa.ui.session.desk import Desk
from qa.ui.session.shelf import Given, Shelf

KEPT = 24 * 60 * 60  # seconds after its last change that a shelf is kept for an open page
LONGEST_NAME = 120  # characters of a file's name that are shown
PROGRESS = gr.Progress()
READING: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "shelf"}
"""Articles are read one visitor after the other: each takes all cores."""

Files = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Library:
    """What the library is made of on the page; the shelf is the visitor's own."""

    scope: gr.HTML
    give: gr.File
    told: gr.HTML
    seek: gr.Textbox
    listed: gr.HTML
    shelf: gr.State


def door() -> gr.HTML:
    """Lay out what opens the library, and says which articles are asked."""
    return gr.HTML("", elem_id="scope", apply_default_css=False)


def head(strings: Strings) -> str:
    """Return the head of the drawer, as HTML, and what the style sheets have to say."""
    shut = f"<button type='button' class='shut' aria-label='{strings.close_library}'>×</button>"
    said = {"add": strings.add_own, "drop": strings.drop, "searching": strings.searching}
    says = "".join(f'--{name}: "{text}"; ' for name, text in said.items())
    name = f"<h2 id='drawer-name'>{strings.library}</h2>"
    return f"<style>:root {{ {says}}}</style><div class='head'>{name}{shut}</div>"


def layout(scope: gr.HTML, i18n: gr.I18n) -> Library:
    """Lay out the drawer."""
    with gr.Column(elem_id="drawer"):
        gr.HTML(i18n("drawer"), apply_default_css=False)
        give = gr.File(
            elem_id="give",
            label=i18n("add_own"),
            show_label=False,
            file_count="multiple",
            height=84,
        )
        gr.HTML(i18n("limits"), elem_id="limits", apply_default_css=False)
        said = gr.HTML("", elem_id="told", apply_default_css=False)
        seek = gr.Textbox(
            elem_id="seek",
            label=i18n("find"),
            show_label=False,
            container=False,
            placeholder=i18n("find_how"),
            max_length=200,
        )
        script = asset("library.js")
        listed = gr.HTML("", elem_id="catalogue", js_on_load=script, apply_default_css=False)
    return Library(scope, give, said, seek, listed, gr.State(Shelf(), time_to_live=KEPT))


def wire(page: gr.Blocks, library: Library, desk: Desk) -> None:
    """Say what happens when a visitor brings, removes, seeks or chooses articles."""

    def show(shelf: Shelf, sought: str, request: gr.Request) -> tuple[str, str]:
        return _shown(desk, shelf, sought, strings_of(request))

    seen, shown = [library.shelf, library.seek], [library.scope, library.listed]
    page.load(show, seen, shown, queue=False, **PRIVATE)
    library.seek.change(show, seen, shown, queue=False, **PRIVATE)
    _wire_own(library, desk)
    _wire_choice(library, desk)


def _wire_own(library: Library, desk: Desk) -> None:
    def add(  # noqa: PLR0917  # Gradio gives them by position
        files: Files,
        shelf: Shelf,
        sought: str,
        request: gr.Request,
        progress: Any = PROGRESS,
    ) -> Any:
        """Take what was given; the files themselves are deleted, whatever comes of them."""
        given, strings = tuple(map(_given, files)), strings_of(request)
        try:
            fuller, refused = shelf.holding(given, desk, _step(progress, strings))
        except QAError as error:
            fuller, refused = shelf, (error,)
        finally:
            for each in given:
                _delete(each.file)
        added = fuller.articles[len(shelf.articles) :]
        sought = "" if added else sought  # what was added is to be seen
        said = told(added, refused, strings)
        return None, sought, fuller, said, *_shown(desk, fuller, sought, strings)

    def remove(shelf: Shelf, sought: str, event: gr.EventData, request: gr.Request) -> Any:
        said, strings = "", strings_of(request)
        try:
            shelf = shelf.without(str(_sent(event, "article")), desk)
        except QAError as error:
            said = told((), (error,), strings)
        return shelf, said, *_shown(desk, shelf, sought, strings)

    seen = [library.shelf, library.seek]
    changed = [library.shelf, library.told, library.scope, library.listed]
    files, given = [library.give, *seen], [library.give, library.seek, *changed]
    watched = {**PRIVATE, "show_progress": "full", "show_progress_on": library.give}
    library.give.upload(add, files, given, preprocess=False, **READING, **watched)
    library.listed.remove(remove, seen, changed, **READING, **PRIVATE)


def _wire_choice(library: Library, desk: Desk) -> None:
    def choose(shelf: Shelf, event: gr.EventData, request: gr.Request) -> Any:
        sent = _sent(event, "articles")
        shelf = shelf.choosing(sent if isinstance(sent, list) else (), desk)
        return shelf, _shown(desk, shelf, "", strings_of(request))[0]

    chosen = [library.shelf, library.scope]
    library.listed.choose(choose, library.shelf, chosen, **EACH)


def _shown(desk: Desk, shelf: Shelf, sought: str, strings: Strings) -> tuple[str, str]:
    """Return which articles are asked, and the list of all, as HTML."""
    try:
        assistant = shelf.desk(desk).assistant()
    except QAError:
        return "", ""
    entries, folder = assistant.index.entries, Path(assistant.settings.articles)
    listed = catalogue(entries, shelf, folder=folder, sought=sought, strings=strings)
    return scope(entries, shelf, strings), listed


def _sent(event: gr.EventData, name: str) -> object:
    """Return what the page's script sent under a name: anyone can send anything."""
    return event._data.get(name) if isinstance(event._data, dict) else None


def _given(file: dict[str, Any]) -> Given:
    """Return a file as Gradio holds it: its own name for it leaves out some signs."""
    name = PurePath(file["orig_name"] or file["path"]).name
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return Given(short, Path(file["path"]))


def _delete(file: Path) -> None:
    file.unlink(missing_ok=True)
    with suppress(OSError):  # of another file in it
        file.parent.rmdir()


def _step(progress: Any, strings: Strings) -> Progress:
    """Return what shows on the page how much is encoded."""
    words = {"desc": strings.reading, "unit": strings.passages}
    return lambda done, total: progress((done, total), **words)
