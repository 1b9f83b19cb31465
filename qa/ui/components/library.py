"""The library drawer: to read the articles, to select some of them, and to upload one's own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import gradio as gr

from qa.callbacks import Progress
from qa.errors import QAError
from qa.language.characters import well_formed
from qa.ui.components.assets import asset
from qa.ui.components.events import EACH, PRIVATE, EventContext, payload, strings_of
from qa.ui.i18n.strings import Strings
from qa.ui.rendering.article_list import (
    article_list,
    selection_summary,
    upload_limits,
    upload_report,
)
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import UploadedFile, VisitorLibrary

TIME_TO_LIVE = 24 * 60 * 60  # seconds after its last change that an open page keeps a library
MAX_NAME = 120  # characters of a file's name that are shown
PROGRESS = gr.Progress()
UPLOADING: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "upload"}
"""Articles are read one visitor after the other: each takes all cores."""

Files = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LibraryDrawer:
    """The components of the drawer; `visitor` is the visitor's own library."""

    selection: gr.HTML
    upload: gr.File
    report: gr.HTML
    search: gr.Textbox
    articles: gr.HTML
    limits: gr.HTML
    visitor: gr.State


def layout_selection() -> gr.HTML:
    """Lay out the button that opens the drawer, beside which articles are asked."""
    return gr.HTML("", elem_id="selection", apply_default_css=False)


def layout(selection: gr.HTML, i18n: gr.I18n) -> LibraryDrawer:
    """Lay out the drawer."""
    with gr.Column(elem_id="drawer"):
        gr.HTML(i18n("drawer"), apply_default_css=False)
        upload = gr.File(
            elem_id="upload",
            label=i18n("add_articles"),
            show_label=False,
            file_count="multiple",
            height=84,
        )
        limits = gr.HTML("", elem_id="upload-limits", apply_default_css=False)
        report = gr.HTML("", elem_id="upload-report", apply_default_css=False)
        search = gr.Textbox(
            elem_id="library-search",
            label=i18n("find_article"),
            show_label=False,
            container=False,
            placeholder=i18n("find_hint"),
            max_length=200,
        )
        script = asset("library.js")
        articles = gr.HTML(
            "", elem_id="article-list", js_on_load=script, apply_default_css=False
        )
    visitor = gr.State(VisitorLibrary(), time_to_live=TIME_TO_LIVE)
    return LibraryDrawer(selection, upload, report, search, articles, limits, visitor)


def wire(drawer: LibraryDrawer, shared: EventContext, loaded: Any) -> None:
    """Show the library of a page that is `loaded`, and handle what a visitor does to it."""

    def show(visitor: VisitorLibrary, query: str, request: gr.Request) -> tuple[str, str]:
        return render_library(shared.provider, visitor, query, strings_of(request))

    def limits(request: gr.Request) -> str:
        return _limits(shared.provider, strings_of(request))

    inputs, outputs = [drawer.visitor, drawer.search], [drawer.selection, drawer.articles]
    shown = loaded.then(show, inputs, outputs, queue=False, **PRIVATE)
    shown.then(limits, None, drawer.limits, queue=False, **PRIVATE)
    drawer.search.change(show, inputs, outputs, queue=False, **PRIVATE)
    _wire_uploads(drawer, shared)
    _wire_selection(drawer, shared)


def _wire_uploads(drawer: LibraryDrawer, shared: EventContext) -> None:
    provider = shared.provider

    def add(  # noqa: PLR0917  # Gradio gives them by position
        files: Files,
        visitor: VisitorLibrary,
        query: str,
        tab: str,
        request: gr.Request,
        progress: Any = PROGRESS,
    ) -> Any:
        """Read the uploaded files, and delete them whatever comes of it."""
        uploaded, strings = tuple(map(_uploaded_file, files)), strings_of(request)
        try:
            library, refused = visitor.add(uploaded, provider, _reporter(progress, strings))
        except QAError as error:
            library, refused = visitor, (error,)
        finally:
            for file in uploaded:
                _delete(file.path)
        added = library.articles[len(visitor.articles) :]
        query = "" if added else well_formed(query)  # what was added is to be seen
        report = upload_report(added, refused, strings)
        shared.store.keep(tab, library)
        return None, query, library, report, *render_library(provider, library, query, strings)

    def remove(  # noqa: PLR0917
        visitor: VisitorLibrary,
        query: str,
        tab: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> Any:
        report, strings = "", strings_of(request)
        try:
            visitor = visitor.remove(str(payload(event, "article")), provider)
        except QAError as error:
            report = upload_report((), (error,), strings)
        shared.store.keep(tab, visitor)
        return visitor, report, *render_library(provider, visitor, query, strings)

    inputs = [drawer.visitor, drawer.search, shared.tab]
    outputs = [drawer.visitor, drawer.report, drawer.selection, drawer.articles]
    drawer.upload.upload(
        add,
        [drawer.upload, *inputs],
        [drawer.upload, drawer.search, *outputs],
        preprocess=False,
        **UPLOADING,
        **{**PRIVATE, "show_progress": "full", "show_progress_on": drawer.upload},
    )
    drawer.articles.remove(remove, inputs, outputs, **UPLOADING, **PRIVATE)


def _wire_selection(drawer: LibraryDrawer, shared: EventContext) -> None:
    provider = shared.provider

    def select(
        visitor: VisitorLibrary, tab: str, event: gr.EventData, request: gr.Request
    ) -> Any:
        sent = payload(event, "articles")
        visitor = visitor.select(sent if isinstance(sent, list) else (), provider)
        shared.store.keep(tab, visitor)
        return visitor, render_library(provider, visitor, "", strings_of(request))[0]

    outputs = [drawer.visitor, drawer.selection]
    drawer.articles.choose(select, [drawer.visitor, shared.tab], outputs, **EACH)


def _limits(provider: AssistantProvider, strings: Strings) -> str:
    """Return what may be uploaded, or nothing if there is no library."""
    try:
        return upload_limits(provider.assistant().settings, strings)
    except QAError:
        return ""


def render_library(
    provider: AssistantProvider, visitor: VisitorLibrary, query: str, strings: Strings
) -> tuple[str, str]:
    """Return which articles are asked, and the list of all, as HTML."""
    try:
        assistant = visitor.provider(provider).assistant()
    except QAError:
        return "", ""
    entries, folder = assistant.index.entries, Path(assistant.settings.articles)
    articles = article_list(entries, visitor, folder=folder, query=query, strings=strings)
    return selection_summary(entries, visitor, strings), articles


def _uploaded_file(file: dict[str, Any]) -> UploadedFile:
    """Return a file as Gradio received it: Gradio's own name for it lacks some characters."""
    name = PurePath(well_formed(file["orig_name"] or file["path"])).name
    short = name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}…"
    return UploadedFile(short, Path(file["path"]))


def _delete(file: Path) -> None:
    file.unlink(missing_ok=True)
    with suppress(OSError):  # of another file in it
        file.parent.rmdir()


def _reporter(progress: Any, strings: Strings) -> Progress:
    """Return a callback that shows on the page how much is encoded."""
    words = {"desc": strings.upload_progress, "unit": strings.passages}
    return lambda done, total: progress((done, total), **words)
