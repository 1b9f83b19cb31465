"""The chat: where questions are typed and answered, and what goes with the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from qa.errors import QAError
from qa.ui.components import export
from qa.ui.components.assets import asset
from qa.ui.components.events import ASKING, PRIVATE, strings_of
from qa.ui.i18n.strings import Strings
from qa.ui.rendering.controls import export_control, stance_control
from qa.ui.rendering.markdown import escape_markdown
from qa.ui.rendering.replies import Reply, doubtful_reply, replay, stream_reply
from qa.ui.rendering.source import empty_panel
from qa.ui.session.conversation import (
    Conversation,
    StoredQuestion,
    from_storage,
    to_storage,
)
from qa.ui.session.feedback import record_verdict
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.suggestions import FollowUps, follow_up_questions
from qa.ui.session.uploads import VisitorLibrary

HEIGHT = "clamp(340px, calc(100dvh - 226px), 1200px)"  # bounded: a frame may have no height
DOUBTFUL = "doubtful"  # the value of an option that is no question
STORAGE_KEY = "chapter-and-verse"  # in the browser; its cipher keeps no secret

DROP_LINK = """() => {
  const address = new URL(location);
  address.searchParams.delete('q');
  history.replaceState(history.state, '', address);
}"""  # or the question would be asked again by each reload

Messages = list[dict[str, Any]]
Updates = Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Chat:
    """The components of the chat; the server has the `conversation`, the browser `stored`."""

    messages: gr.Chatbot
    box: gr.Textbox
    stance: gr.HTML
    export: gr.HTML
    feedback: gr.HTML
    conversation: gr.State
    stored: gr.BrowserState
    question: gr.State
    follow_ups: gr.State

    @property
    def outputs(self) -> list[Any]:
        """What a reply changes, but for the source panel."""
        return [self.messages, self.conversation, self.stored]


def layout(i18n: gr.I18n) -> Chat:
    """Lay out the chat in the column that is open."""
    messages = _messages(i18n)
    feedback = _control("feedback", "<p role='status'></p>")
    box = _box(i18n)
    with gr.Row(elem_id="controls"):
        stance, export_ = _control("stance"), _control("export")
    stored = gr.BrowserState([], storage_key=STORAGE_KEY, secret=STORAGE_KEY)
    states = gr.State(()), stored, gr.State(""), gr.State(FollowUps())
    return Chat(messages, box, stance, export_, feedback, *states)


def _messages(i18n: gr.I18n) -> gr.Chatbot:
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
    """Return HTML with a script, which no value changes; its words come with the visitor."""
    script = asset(f"{name}.js")
    return gr.HTML(
        "", elem_id=name, html_template=html, js_on_load=script, apply_default_css=False
    )


def wire(
    page: gr.Blocks,
    chat: Chat,
    provider: AssistantProvider,
    *,
    panel: gr.HTML,
    library: gr.State,
) -> None:
    """Handle what a visitor asks, by the assistant of their own `library`."""
    _wire_asking(chat, provider, panel, library)
    _wire_restoring(page, chat, provider, panel=panel, library=library)
    _wire_controls(page, chat, provider)
    _wire_feedback(chat, provider)
    export.wire(chat.export, chat.conversation, library, provider)

    def clear(request: gr.Request) -> Any:
        return (), [], empty_panel(strings_of(request))

    cleared = [chat.conversation, chat.stored, panel]
    chat.messages.clear(clear, None, cleared, queue=False, **PRIVATE)


def _wire_controls(page: gr.Blocks, chat: Chat, provider: AssistantProvider) -> None:
    def label(request: gr.Request) -> Any:
        strings = strings_of(request)
        controls = (stance_control(strings), export_control(strings))
        return [gr.HTML(html_template=html) for html in controls]

    def stance() -> str:
        return default_stance(provider)

    labelled = page.load(label, None, [chat.stance, chat.export], queue=False, **PRIVATE)
    labelled.then(stance, None, chat.stance, queue=False, **PRIVATE)


def default_stance(provider: AssistantProvider) -> str:
    """Return the stance of the settings, or nothing if there is no library."""
    try:
        return provider.assistant().settings.stance
    except QAError:
        return ""


def _wire_asking(
    chat: Chat, provider: AssistantProvider, panel: gr.HTML, library: gr.State
) -> None:
    def reply(  # noqa: PLR0917  # Gradio gives them by position
        question: str | None,
        stance: str,
        messages: Messages,
        conversation: Conversation,
        visitor: VisitorLibrary,
        request: gr.Request,
    ) -> Updates:
        """Answer a question, or without one the last eagerly."""
        strings, own = strings_of(request), visitor.provider(provider)
        if question is None:
            replies = doubtful_reply(own, conversation, strings)
        else:
            replies = stream_reply(own, question, conversation, stance or None, strings=strings)
        yield from _updates(replies, messages, strings)

    messages, box, question = chat.messages, chat.box, chat.question
    shown = [messages, question]
    typed = box.submit(_submit, [box, messages], [box, *shown], queue=False, **PRIVATE)
    example = messages.example_select(_pick_example, messages, shown, queue=False, **PRIVATE)
    option = messages.option_select(_pick_option, messages, shown, queue=False, **PRIVATE)
    inputs = [question, chat.stance, messages, chat.conversation, library]
    for event in (typed, example, option):
        replied = event.then(reply, inputs, [*chat.outputs, panel], **ASKING)
        _wire_follow_ups(replied, chat, provider, library)


def _wire_follow_ups(
    replied: Any, chat: Chat, provider: AssistantProvider, library: gr.State
) -> None:
    """Suggest what to ask next once a reply is shown: neither that nor anyone waits for it."""

    def suggest(conversation: Conversation, visitor: VisitorLibrary) -> FollowUps:
        return follow_up_questions(visitor.provider(provider), conversation)

    inputs = [chat.conversation, library]
    suggested = replied.then(suggest, inputs, chat.follow_ups, queue=False, **PRIVATE)
    shown = [chat.follow_ups, chat.messages]
    suggested.then(_with_follow_ups, shown, chat.messages, queue=False, **PRIVATE)


def _wire_restoring(
    page: gr.Blocks,
    chat: Chat,
    provider: AssistantProvider,
    *,
    panel: gr.HTML,
    library: gr.State,
) -> None:
    def restore(stored: object, request: gr.Request) -> Updates:
        """Ask again what the browser has stored, and then what the address asks."""
        linked = [StoredQuestion(q) for q in [request.query_params.get("q")] if q]
        strings, messages, conversation = strings_of(request), list[Any](), ()
        for question in [*from_storage(stored), *linked]:
            replies = replay(provider, question, conversation, strings)
            before = _with_question(question.question, messages)
            for update in _updates(replies, before, strings):
                messages, conversation, anew, source = update
                fresh = anew if question in linked else gr.skip()  # the others it has stored
                yield messages, conversation, fresh, source, gr.Textbox(interactive=False)
        enabled = gr.Textbox(interactive=True) if messages else gr.skip()
        yield *[gr.skip()] * (len(chat.outputs) + 1), enabled

    outputs = [*chat.outputs, panel, chat.box]
    restored = page.load(restore, chat.stored, outputs, **ASKING)
    _wire_follow_ups(restored, chat, provider, library)
    restored.then(None, js=DROP_LINK, queue=False, **PRIVATE)


def _wire_feedback(chat: Chat, provider: AssistantProvider) -> None:
    def judge(conversation: Conversation, event: gr.EventData, request: gr.Request) -> Any:
        strings = strings_of(request)
        return record_verdict(provider, conversation, event._data, strings) or gr.skip()

    # The script sends one after the other, the next while Gradio still closes the last.
    each = {**ASKING, "trigger_mode": "multiple"}
    chat.feedback.judge(judge, chat.conversation, chat.feedback, **each)


def _updates(replies: Iterator[Reply], messages: Messages, strings: Strings) -> Updates:
    """Yield what each reply changes: the messages, the conversation, its store, the panel."""
    for reply in replies:
        texts = [reply.text, reply.footer] if reply.footer else [reply.text]
        answer: Messages = [{"role": "assistant", "content": text} for text in texts]
        if reply.withheld:
            answer[-1]["options"] = [{"label": strings.show_doubtful, "value": DOUBTFUL}]
        # no failure erases what is stored
        stored = to_storage(reply.conversation) if reply.footer else gr.skip()
        yield [*messages, *answer], reply.conversation, stored, reply.source or gr.skip()


def _submit(question: str, messages: Messages) -> tuple[str, Messages, str]:
    """Empty the box and show the question; an empty one is no message."""
    return "", _with_question(question, messages), question


def _pick_example(messages: Messages, event: gr.SelectData) -> tuple[Messages, str]:
    question = event.value["text"] if isinstance(event.value, dict) else str(event.value)
    return _with_question(question, messages), question


def _pick_option(messages: Messages, event: gr.SelectData) -> tuple[Messages, str | None]:
    """Ask a suggested question; a doubtful answer takes the place of the abstention."""
    if event.value == DOUBTFUL:
        return messages[:-2], None
    return _with_question(str(event.value), messages), str(event.value)


def _with_follow_ups(follow_ups: FollowUps, messages: Messages) -> Any:
    """Put suggestions under the answer that they go on from, if that is still the last."""
    last = messages[-1] if messages else {}
    if not follow_ups.questions or f"#copy-{follow_ups.key}" not in str(last.get("content")):
        return gr.skip()
    more = [{"label": question, "value": question} for question in follow_ups.questions]
    return [*messages[:-1], {**last, "options": [*(last.get("options") or []), *more]}]


def _with_question(question: str, messages: Messages) -> Messages:
    content = escape_markdown(question)
    asked = [{"role": "user", "content": content}] if question.strip() else []
    return [*messages, *asked]
