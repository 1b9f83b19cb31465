"""The talk on the page: where questions are typed and answered, kept, copied and saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.ui.components.assets import asset
from qa.ui.components.events import ASKING, PRIVATE, strings_of
from qa.ui.i18n.strings import Strings
from qa.ui.rendering import chat
from qa.ui.rendering.chat import Reply
from qa.ui.rendering.panel import empty
from qa.ui.rendering.quoting import inert
from qa.ui.rendering.stance import control
from qa.ui.session.desk import Desk
from qa.ui.session.keeping import Asked, Turns, recalled, record
from qa.ui.session.offering import Offer, follow_ups
from qa.ui.session.shelf import Shelf
from qa.ui.session.verdict import judged

HEIGHT = "clamp(340px, calc(100dvh - 226px), 1200px)"  # bounded: a frame may have no height
DOUBTFUL = "doubtful"  # as no question is put
STORED = "chapter-and-verse"  # the name in the browser's storage; its cipher keeps no secret

FORGET_LINK = """() => {
  const address = new URL(location);
  address.searchParams.delete('q');
  history.replaceState(history.state, '', address);
}"""  # or the question would be asked again by each reload

Messages = list[dict[str, Any]]
Updates = Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Talk:
    """What the talk is made of; `turns` is what the server knows of it, `kept` the browser."""

    said: gr.Chatbot
    box: gr.Textbox
    stance: gr.HTML
    save: gr.HTML
    verdict: gr.HTML
    turns: gr.State
    kept: gr.BrowserState
    question: gr.State
    offer: gr.State


def welcome(strings: Strings) -> str:
    """Return what an empty talk shows, as Markdown."""
    return f"## {strings.welcome}\n\n{strings.welcome_more}"


def saving(strings: Strings) -> str:
    """Return the control to save a talk, as HTML; it knows what its script has to say."""
    told = {
        "copied": strings.copied,
        "refused": strings.not_copied,
        "saved": strings.saved,
        "forgotten": strings.forgotten,
    }
    data = "".join(f" data-{name}='{said}'" for name, said in told.items())
    return (
        f"<p role='group' aria-label='{strings.save}'>{strings.save_as}"
        " <button type='button' data-form='markdown'>Markdown</button>"
        f" <button type='button' data-form='json'>JSON</button></p><p role='status'{data}></p>"
    )


def layout(i18n: gr.I18n) -> Talk:
    """Lay out the talk in the column that is open."""
    said = _said(i18n)
    verdict = _control("verdict", "<p role='status'></p>")
    box = _box(i18n)
    with gr.Row(elem_id="small"):
        stance, save = _control("stance"), _control("save")
    kept = gr.BrowserState([], storage_key=STORED, secret=STORED)
    states = gr.State(()), kept, gr.State(""), gr.State(Offer())
    return Talk(said, box, stance, save, verdict, *states)


def _said(i18n: gr.I18n) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        height=HEIGHT,
        show_label=False,
        layout="bubble",
        placeholder=i18n("welcome"),
        latex_delimiters=[],
        feedback_options=None,
        buttons=[],
    )


def _box(i18n: gr.I18n) -> gr.Textbox:
    return gr.Textbox(
        elem_id="box",
        label=i18n("box"),
        show_label=False,
        container=False,
        placeholder=i18n("ask"),
        max_lines=6,
        submit_btn=True,
        autofocus=True,
    )


def _control(name: str, html: str = " ") -> gr.HTML:
    """Return HTML that no value changes, with its script; its words come with the visitor."""
    script = asset(f"{name}.js")
    return gr.HTML(
        "", elem_id=name, html_template=html, js_on_load=script, apply_default_css=False
    )


def wire(page: gr.Blocks, talk: Talk, desk: Desk, *, panel: gr.HTML, shelf: gr.State) -> None:
    """Say what happens when someone asks, comes back, clears the talk, or takes it away.

    What a visitor asks, the assistant of their own `shelf` answers.
    """
    shown = [talk.said, talk.turns, talk.kept, panel]
    _wire_asking(talk, shown, desk, shelf)
    _wire_keeping(page, talk, shown, desk, shelf=shelf)
    _wire_controls(page, talk, desk)
    _wire_verdict(talk, desk)

    def clear(request: gr.Request) -> Any:
        return (), [], empty(strings_of(request))

    new = [talk.turns, talk.kept, panel]
    talk.said.clear(clear, None, new, queue=False, **PRIVATE)


def _wire_controls(page: gr.Blocks, talk: Talk, desk: Desk) -> None:
    def label(request: gr.Request) -> Any:
        strings = strings_of(request)
        return [gr.HTML(html_template=html) for html in (control(strings), saving(strings))]

    def stance() -> str:
        return chat.stance(desk)

    labelled = page.load(label, None, [talk.stance, talk.save], queue=False, **PRIVATE)
    labelled.then(stance, None, talk.stance, queue=False, **PRIVATE)


def _wire_asking(talk: Talk, shown: list[Any], desk: Desk, shelf: gr.State) -> None:
    def reply(  # noqa: PLR0917  # Gradio gives them by position
        question: str | None,
        stance: str,
        said: Messages,
        turns: Turns,
        shelf: Shelf,
        request: gr.Request,
    ) -> Updates:
        """Answer a question, or without one the last eagerly."""
        strings, asked = strings_of(request), shelf.desk(desk)
        if question is None:
            replies = chat.doubtful(asked, turns, strings)
        else:
            replies = chat.replies(asked, question, turns, stance or None, strings=strings)
        yield from _shown(replies, said, strings)

    said, box, question = talk.said, talk.box, talk.question
    typed = box.submit(_say, [box, said], [box, said, question], queue=False, **PRIVATE)
    picked = said.example_select(_pick, said, [said, question], queue=False, **PRIVATE)
    chosen = said.option_select(_choose, said, [said, question], queue=False, **PRIVATE)
    for event in (typed, picked, chosen):
        replied = event.then(
            reply, [question, talk.stance, said, talk.turns, shelf], shown, **ASKING
        )
        _wire_offer(replied, talk, desk, shelf)


def _wire_offer(replied: Any, talk: Talk, desk: Desk, shelf: gr.State) -> None:
    """Say what is offered once a reply is shown: it holds up neither that nor anyone's."""

    def offer(turns: Turns, shelf: Shelf) -> Offer:
        return follow_ups(shelf.desk(desk), turns)

    offered = replied.then(offer, [talk.turns, shelf], talk.offer, queue=False, **PRIVATE)
    offered.then(_offered, [talk.offer, talk.said], talk.said, queue=False, **PRIVATE)


def _wire_keeping(
    page: gr.Blocks, talk: Talk, shown: list[Any], desk: Desk, *, shelf: gr.State
) -> None:
    def resume(kept: object, request: gr.Request) -> Updates:
        """Ask again what the browser remembers, and then what the address asks."""
        linked = [Asked(question) for question in [request.query_params.get("q")] if question]
        strings, said, turns = strings_of(request), list[Any](), ()
        for asked in [*recalled(kept), *linked]:
            replies = chat.resumed(desk, asked, turns, strings)
            updates = _shown(replies, _asked(asked.question, said), strings)
            for said, turns, anew, source in updates:
                fresh = anew if asked in linked else gr.skip()  # the others it remembers
                yield said, turns, fresh, source, gr.Textbox(interactive=False)
        yield *[gr.skip()] * len(shown), gr.Textbox(interactive=True) if said else gr.skip()

    def save(turns: Turns, shelf: Shelf, event: gr.EventData, request: gr.Request) -> Any:
        strings = strings_of(request)
        return chat.exported(shelf.desk(desk), turns, event._data, strings) or gr.skip()

    resumed = page.load(resume, talk.kept, [*shown, talk.box], **ASKING)
    _wire_offer(resumed, talk, desk, shelf)
    resumed.then(None, js=FORGET_LINK, queue=False, **PRIVATE)
    talk.save.export(save, [talk.turns, shelf], talk.save, queue=False, **PRIVATE)


def _wire_verdict(talk: Talk, desk: Desk) -> None:
    def judge(turns: Turns, event: gr.EventData, request: gr.Request) -> Any:
        return judged(desk, turns, event._data, strings_of(request)) or gr.skip()

    # The script sends one after the other, the next while Gradio still closes the last.
    each = {**ASKING, "trigger_mode": "multiple"}
    talk.verdict.judge(judge, talk.turns, talk.verdict, **each)


def _shown(replies: Iterator[Reply], said: Messages, strings: Strings) -> Updates:
    """Yield what each reply changes: the talk, what is known and kept of it, the panel."""
    for reply in replies:
        told = [reply.text, reply.foot] if reply.foot else [reply.text]
        messages: Messages = [{"role": "assistant", "content": text} for text in told]
        if reply.withheld:
            messages[-1]["options"] = [{"label": strings.show_doubtful, "value": DOUBTFUL}]
        kept = record(reply.turns) if reply.foot else gr.skip()  # no failure erases a talk
        yield [*said, *messages], reply.turns, kept, reply.source or gr.skip()


def _say(question: str, said: Messages) -> tuple[str, Messages, str]:
    """Empty the box and show what was asked; nothing at all is no message."""
    return "", _asked(question, said), question


def _pick(said: Messages, event: gr.SelectData) -> tuple[Messages, str]:
    question = event.value["text"] if isinstance(event.value, dict) else str(event.value)
    return _asked(question, said), question


def _choose(said: Messages, event: gr.SelectData) -> tuple[Messages, str | None]:
    """Ask what was offered; of a doubtful answer take back the refusal and its foot."""
    if event.value == DOUBTFUL:
        return said[:-2], None
    return _asked(str(event.value), said), str(event.value)


def _offered(offer: Offer, said: Messages) -> Any:
    """Put what is offered under the answer that it goes on from, if that is still the last."""
    last = said[-1] if said else {}
    if not offer.questions or f"#copy-{offer.key}" not in str(last.get("content")):
        return gr.skip()
    more = [{"label": question, "value": question} for question in offer.questions]
    return [*said[:-1], {**last, "options": [*(last.get("options") or []), *more]}]


def _asked(question: str, said: Messages) -> Messages:
    asked = [{"role": "user", "content": inert(question)}] if question.strip() else []
    return [*said, *asked]
