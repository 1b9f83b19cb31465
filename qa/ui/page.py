"""The page: it is laid out of its components, wired to the library, and served."""

from __future__ import annotations

import json
import signal
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from threading import current_thread, main_thread
from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from qa.errors import QAError, SettingsError
from qa.settings import Settings
from qa.ui import api
from qa.ui.components import chat, conversations, library, source
from qa.ui.components.assets import asset
from qa.ui.components.chat import Chat
from qa.ui.components.events import MAX_QUEUE, PRIVATE, EventContext, strings_of
from qa.ui.components.library import LibraryDrawer
from qa.ui.i18n.strings import LANGUAGES, Strings
from qa.ui.rendering.header import NAME, library_header, masthead, welcome
from qa.ui.rendering.source import empty_panel
from qa.ui.server.hosts import free_port, names
from qa.ui.server.journal import keep_journal
from qa.ui.server.limits import Limits
from qa.ui.server.login import accounts
from qa.ui.server.routes import routes
from qa.ui.session.provider import AssistantProvider, open_assistant
from qa.ui.session.store import SessionStore
from qa.ui.session.suggestions import starter_questions
from qa.ui.session.uploads import VisitorLibrary

MAX_FILE_SIZE = "100mb"  # of what Gradio lets in; what is over our own limits is told why
REFRESH = 20  # seconds between looks whether the library has changed
UPLOAD_LIFETIME = 3600  # seconds after which an uploaded file is deleted, if it is still there
MAX_SESSIONS = 1000  # visitors whom Gradio remembers, at 100 kB each
POLLING = 0.025  # seconds between looks into the queue: Gradio's 0.001 take 8 % of a core
PROGRESS_POLLING = 0.2  # seconds between two looks for progress to show
MAX_CALLS = 256  # answers that wait for the programs which asked to fetch them
START = "() => window.conversations.start()"
STYLES = ("base", "source", "answer", "feedback", "library")


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page."""

    masthead: gr.HTML
    chat: Chat
    panel: gr.HTML
    drawer: LibraryDrawer


class Page(gr.Blocks):  # type: ignore[misc]  # Gradio is not typed
    """A page whose API may be called with the question alone, over plain HTTP too."""

    provider: AssistantProvider
    settings: Settings | None
    _calls: deque[str]

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], *state: Any, **options: Any
    ) -> Any:
        """Fill in the arguments that were left out, as Gradio's own client does."""
        left_out = [block.value for block in block_fn.inputs[len(inputs) :]]
        return await super().preprocess_data(block_fn, [*inputs, *left_out], *state, **options)

    async def process_api(
        self, block_fn: Any, inputs: Any, state: Any = None, *args: Any, **options: Any
    ) -> Any:
        """Process an event, and let go of what Gradio keeps for a call from a program.

        A program has a session of its own for each call, and no state in it.
        """
        try:
            return await super().process_api(block_fn, inputs, state, *args, **options)
        finally:
            if block_fn.api_visibility == "public" and not state.state_data:
                self._forget(options.get("session_hash") or "")

    def _forget(self, session: str) -> None:
        """Drop the session of a call, and the queues of one that was answered long before."""
        self.state_holder.session_data.pop(session, None)
        self.state_holder.time_last_used.pop(session, None)
        self._calls.append(session)
        if len(self._calls) > MAX_CALLS:
            old = self._calls.popleft()
            self._queue.pending_messages_per_session.pop(old, None)
            self._queue.pending_event_ids_session.pop(old, None)

    def launch(self, *args: Any, **options: Any) -> Any:
        """Launch the page, as Gradio does, with what stands beside it.

        It is a server of MCP too, if that is wanted.
        """
        launched = super().launch(*args, **{**beside(self), **options})
        if self.mcp_server_obj:
            api.return_json(self.mcp_server_obj)
        return launched

    def serve(self) -> None:
        """Serve the page and print its address; Gradio's own variables say where.

        Told to end, by Ctrl+C or SIGTERM, it answers what is under way: for five seconds.

        Raises:
            SettingsError: if the port that was chosen is taken.
        """
        chosen = free_port()
        if current_thread() is main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        self.launch(**launch_options(), prevent_thread_lock=True, server_port=chosen)
        self.provider.open()  # not before: the page comes up sooner with the cores to itself
        self.block_thread()


def beside(page: Page) -> dict[str, Any]:
    """Return what is served beside a page, as Gradio's launch takes it."""
    settings = page.settings or _settings_or_defaults()
    keep_journal(settings.log)
    queue = page._queue
    limits = Middleware(
        Limits,
        is_full=lambda: len(queue) >= MAX_QUEUE,
        questions=settings.questions_per_minute,
        proxies=settings.proxies,
    )
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=names(settings.hosts))
    app = {
        "routes": routes(page.provider, lambda: len(queue)),
        "middleware": [hosts, limits],
    }
    return {"app_kwargs": app, "auth": accounts()}


def _settings_or_defaults() -> Settings:
    """Return the settings; where they cannot be read, the page comes up and says so itself."""
    try:
        return Settings.load()
    except SettingsError:
        return Settings()


def serve(settings: Settings | None = None) -> None:
    """Build the page of a library, and serve it."""
    build_page(settings).serve()


def build_page(
    settings: Settings | None = None, *, provider: AssistantProvider | None = None
) -> Page:
    """Build the page; the library opens in the background, when it is served or visited.

    Without `settings` they are read whenever the library is opened.
    """
    provider = provider or AssistantProvider(
        lambda: open_assistant(settings or Settings.load())
    )
    lifetime = (UPLOAD_LIFETIME, UPLOAD_LIFETIME)
    page = Page(title=NAME, fill_width=True, analytics_enabled=False, delete_cache=lifetime)
    page.provider, page.settings, page._calls = provider, settings, deque()
    page.space_id = None  # or a Space's page has a header, with fonts from elsewhere
    with page:
        parts = _layout(gr.I18n())
        _wire_welcome(page, parts, provider)
        _wire_session(page, parts, provider)
        _wire_refresh(page, parts, provider)
        source.wire(parts.panel, provider, parts.drawer.visitor)
        api.wire(provider)
    page.queue(max_size=MAX_QUEUE)
    page._queue.sleep_when_free = POLLING
    page._queue.progress_update_sleep_when_free = PROGRESS_POLLING
    return page


def launch_options() -> dict[str, Any]:
    """Return how the page is launched, wherever it is: its look is part of that."""
    styles = "".join(asset(f"{name}.css") for name in STYLES)
    script = f"{_set_language()}\n{asset('storage.js')}\n{asset('page.js')}"
    return {
        "theme": _theme(),
        "head": f"<style>{styles}</style><script>{script}</script>",
        "i18n": gr.I18n(**{code: _texts(strings) for code, strings in LANGUAGES.items()}),
        "footer_links": ["api"],
        "ssr_mode": False,
        "pwa": False,
        "max_file_size": MAX_FILE_SIZE,
        "state_session_capacity": MAX_SESSIONS,
        "_frontend": False,  # no look at the page first, which ends the chat if it takes 3 s
    }


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue="stone",
        neutral_hue="stone",
        radius_size="lg",
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


def _set_language() -> str:
    """Return a script that sets the language of the page, by the rule the server has."""
    known = json.dumps([*LANGUAGES])
    first = "navigator.language.split('-')[0].toLowerCase()"
    return f"document.documentElement.lang = {known}.find((each) => each === {first}) ?? 'en'"


def _texts(strings: Strings) -> dict[str, str]:
    """Return what the browser shows before the server has sent anything."""
    names = ("box", "ask", "find_article", "find_hint", "add_articles")
    return {
        **{name: getattr(strings, name) for name in names},
        "masthead": masthead(strings=strings),
        "welcome": welcome(strings),
        "panel": empty_panel(strings),
        "drawer": library_header(strings),
    }


def _layout(i18n: gr.I18n) -> Parts:
    with gr.Row(elem_id="top"):
        head = gr.HTML(i18n("masthead"), elem_id="masthead", apply_default_css=False)
        stored = conversations.layout()
        selection = library.layout_selection()
    with gr.Row(elem_id="main", equal_height=True):
        with gr.Column(scale=6, min_width=320, elem_id="conversation"):
            conversation = chat.layout(stored, i18n)
        with gr.Column(scale=5, min_width=320, elem_id="sheet"):
            panel = source.layout(i18n)
    return Parts(head, conversation, panel, library.layout(selection, i18n))


def _wire_session(page: gr.Blocks, parts: Parts, provider: AssistantProvider) -> None:
    """Go on, when the page is loaded, from what its tab had before."""
    visitor, tab, questions = parts.drawer.visitor, gr.State(""), gr.State([])
    shared = EventContext(provider, SessionStore(), visitor, tab, parts.panel)

    def start(sent: Any) -> tuple[str, Any, Any]:
        known = sent if isinstance(sent, dict) else {}
        token = str(known.get("token", ""))
        return token, shared.store.get(token).library, known.get("questions")

    sent, outputs = gr.JSON(visible=False), [tab, visitor, questions]
    loaded = page.load(start, sent, outputs, js=START, queue=False, **PRIVATE)
    chat.wire(page, parts.chat, shared)
    conversations.wire(parts.chat, shared, loaded, questions)
    library.wire(parts.drawer, shared, loaded)


def _wire_welcome(page: gr.Blocks, parts: Parts, provider: AssistantProvider) -> None:
    def show(request: gr.Request) -> str:
        return masthead(provider, strings_of(request))

    def suggest(visitor: VisitorLibrary) -> Any:
        examples = [{"text": text} for text in starter_questions(provider, visitor)]
        return gr.Chatbot(examples=examples)

    page.load(show, None, parts.masthead, queue=False, **PRIVATE)
    # The selection changes with what is asked: first when the library is open.
    visitor, messages = parts.drawer.visitor, parts.chat.messages
    parts.drawer.selection.change(suggest, visitor, messages, queue=False, **PRIVATE)


def _wire_refresh(page: gr.Blocks, parts: Parts, provider: AssistantProvider) -> None:
    """Show, on a page that stays open, how the library has changed."""
    drawer, version = parts.drawer, gr.State("")

    def refresh(known: str, visitor: VisitorLibrary, query: str, request: gr.Request) -> Any:
        current = provider.version
        if current == known:
            return [gr.skip()] * 4
        strings = strings_of(request)
        head = masthead(provider, strings)
        return current, head, *library.render_library(provider, visitor, query, strings)

    def shown() -> str:
        """Return the version that a page which is loaded now shows."""
        with suppress(QAError):
            provider.assistant()  # which waits until there is one
        return provider.version

    page.load(shown, None, version, queue=False, **PRIVATE)
    inputs = [version, drawer.visitor, drawer.search]
    outputs = [version, parts.masthead, drawer.selection, drawer.articles]
    gr.Timer(REFRESH).tick(refresh, inputs, outputs, queue=False, **PRIVATE)
