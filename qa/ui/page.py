"""The page: its parts, and what happens when someone asks or follows a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from qa.errors import QAError
from qa.settings import Settings
from qa.ui import chat
from qa.ui.chat import NAME, Reply, Turns
from qa.ui.desk import Desk, open_assistant
from qa.ui.panel import EMPTY
from qa.ui.quoting import inert
from qa.ui.stance import control

HERE = Path(__file__).parent
HEIGHT = "clamp(340px, calc(100dvh - 210px), 1200px)"  # bounded: a frame may have no height
AT_ONCE = 4  # questions answered at the same time, over all who ask
WAITING = 64
EXAMPLES = (
    "How far is Homs from Hama?",
    "Which group led the attack on Hama?",
    "Why is Hama infamous?",
    "What happened in Aleppo?",
)
WELCOME = "## What would you like to know?\n\nAnswers are quoted word for word."
DOUBTFUL = "Show a doubtful answer"
PRIVATE = {"show_progress": "hidden", "api_visibility": "private"}

ASKING = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask", **PRIVATE}

Messages = list[dict[str, Any]]
Updates = Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page is made of."""

    masthead: gr.HTML
    talk: gr.Chatbot
    box: gr.Textbox
    stance: gr.HTML
    panel: gr.HTML
    turns: gr.State
    question: gr.State


class Page(gr.Blocks):  # type: ignore[misc]  # Gradio is not typed
    """A page whose API may be called with the question alone, over plain HTTP too."""

    desk: Desk

    async def preprocess_data(
        self, block_fn: Any, inputs: list[Any], *state: Any, **options: Any
    ) -> Any:
        """Fill in what was left out, as Gradio's own client does."""
        left_out = [block.value for block in block_fn.inputs[len(inputs) :]]
        return await super().preprocess_data(block_fn, [*inputs, *left_out], *state, **options)

    def serve(self) -> None:
        """Serve the page and print its address; Gradio's own variables say where."""
        self.launch(**launch_options(), prevent_thread_lock=True)
        self.desk.open()  # not before: the page comes up sooner when it has the cores to itself
        self.block_thread()


def serve(settings: Settings | None = None) -> None:
    """Build the page of a library, and serve it."""
    build_page(settings).serve()


def build_page(
    settings: Settings | None = None,
    *,
    desk: Desk | None = None,
    examples: Sequence[str] = EXAMPLES,
) -> Page:
    """Build the page; the library opens behind it, when it is served or first visited.

    Without `settings` they are read whenever the library is opened. Of the examples only those
    are offered that the library answers.
    """
    desk = desk or Desk(lambda: open_assistant(settings or Settings.load()))
    page = Page(title=NAME, fill_width=True, analytics_enabled=False)
    page.desk = desk
    with page:
        parts = _layout()
        _wire_welcome(page, parts, desk, examples)
        _wire_talk(parts, desk)
        _wire_panel(parts, desk)
        _wire_api(desk)
    page.queue(max_size=WAITING)
    return page


def launch_options() -> dict[str, Any]:
    """Return how the page is launched, wherever it is: its look is part of that."""
    styles = "".join(_file(name) for name in ("chat.css", "panel.css"))
    return {
        "theme": _theme(),
        "head": f"<style>{styles}</style>",
        "footer_links": ["api"],
        "ssr_mode": False,
        "pwa": False,
    }


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue="stone",
        neutral_hue="stone",
        radius_size="lg",
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )


def _file(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _layout() -> Parts:
    masthead = gr.HTML(chat.masthead(), elem_id="masthead", apply_default_css=False)
    with gr.Row(elem_id="main", equal_height=True):
        with gr.Column(scale=6, min_width=320, elem_id="talk"):
            talk, box, stance = _talk(), _box(), _stance()
        with gr.Column(scale=5, min_width=320, elem_id="sheet"):
            panel = gr.HTML(
                EMPTY, elem_id="panel", js_on_load=_file("panel.js"), apply_default_css=False
            )
    turns, question = gr.State(()), gr.State("")
    return Parts(masthead, talk, box, stance, panel, turns, question)


def _talk() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        height=HEIGHT,
        show_label=False,
        layout="bubble",
        placeholder=WELCOME,
        latex_delimiters=[],
        feedback_options=None,
        buttons=[],
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="box",
        label="Your question",
        show_label=False,
        container=False,
        placeholder="Ask the articles…",
        max_lines=6,
        submit_btn=True,
        autofocus=True,
    )


def _stance() -> gr.HTML:
    return gr.HTML(
        "",
        elem_id="stance",
        html_template=control(),
        js_on_load=_file("stance.js"),
        apply_default_css=False,
    )


def _wire_welcome(page: gr.Blocks, parts: Parts, desk: Desk, examples: Sequence[str]) -> None:
    def name() -> str:
        return chat.masthead(desk)

    def offer() -> Any:
        return gr.Chatbot(examples=[{"text": text} for text in chat.starters(desk, examples)])

    def stance() -> str:
        return chat.stance(desk)

    page.load(name, None, parts.masthead, queue=False, **PRIVATE)
    page.load(stance, None, parts.stance, queue=False, **PRIVATE)
    page.load(offer, None, parts.talk, queue=False, **PRIVATE)


def _wire_talk(parts: Parts, desk: Desk) -> None:
    def reply(question: str, stance: str, said: Messages, turns: Turns) -> Updates:
        yield from _shown(chat.replies(desk, question, turns, stance or None), said)

    def again(said: Messages, turns: Turns) -> Updates:
        yield from _shown(chat.doubtful(desk, turns), said[:-1])

    talk, box, question = parts.talk, parts.box, parts.question
    shown = [talk, parts.turns, parts.panel]
    typed = box.submit(_say, [box, talk], [box, talk, question], queue=False, **PRIVATE)
    picked = talk.example_select(_pick, talk, [talk, question], queue=False, **PRIVATE)
    for event in (typed, picked):
        event.then(reply, [question, parts.stance, talk, parts.turns], shown, **ASKING)
    talk.option_select(again, [talk, parts.turns], shown, **ASKING)
    talk.clear(lambda: ((), EMPTY), None, [parts.turns, parts.panel], queue=False, **PRIVATE)


def _shown(replies: Iterator[Reply], said: Messages) -> Updates:
    """Yield what each reply changes: the talk, the turns, the panel."""
    for reply in replies:
        message: dict[str, Any] = {"role": "assistant", "content": reply.text}
        if reply.withheld:
            message["options"] = [{"label": DOUBTFUL, "value": DOUBTFUL}]
        yield [*said, message], reply.turns, reply.source or gr.skip()


def _say(question: str, said: Messages) -> tuple[str, Messages, str]:
    """Empty the box and show what was asked; nothing at all is no message."""
    return "", [*said, *_asked(question)], question


def _pick(said: Messages, event: gr.SelectData) -> tuple[Messages, str]:
    question = event.value["text"] if isinstance(event.value, dict) else str(event.value)
    return [*said, *_asked(question)], question


def _asked(question: str) -> Messages:
    return [{"role": "user", "content": inert(question)}] if question.strip() else []


def _wire_panel(parts: Parts, desk: Desk) -> None:
    def follow(event: gr.EventData) -> Any:
        return chat.source(desk, event._data) or gr.skip()

    parts.panel.follow(follow, None, parts.panel, queue=False, **PRIVATE)


def _wire_api(desk: Desk) -> None:
    def ask(
        question: str, history: list[str] | None = None, stance: str | None = None
    ) -> dict[str, Any]:
        """Answer a question with sentences quoted from the articles.

        Args:
            question: the question, in plain English
            history: the questions asked before it, in order
            stance: how sure the answer must be: strict, balanced, eager, or a probability
        """
        try:
            return chat.asked(desk, question, history, stance)
        except QAError as error:
            raise gr.Error(str(error), print_exception=False) from error

    gr.api(ask, api_name="ask", concurrency_limit=AT_ONCE, concurrency_id="ask")
