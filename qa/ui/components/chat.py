"""The chat: where questions are typed and answered, and what goes with the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import gradio as gr

from qa.errors import QAError
from qa.language.characters import well_formed
from qa.ui.components import export
from qa.ui.components.assets import asset
from qa.ui.components.events import ASKING, PRIVATE, EventContext, strings_of
from qa.ui.i18n.strings import Strings
from qa.ui.rendering.controls import conversations_control, export_control, stance_control
from qa.ui.rendering.markdown import escape_markdown
from qa.ui.rendering.replies import EAGER, Reply, retry, stream_reply
from qa.ui.rendering.source import empty_panel
from qa.ui.session.conversation import Conversation, to_storage_json
from qa.ui.session.feedback import record_verdict
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.store import Session
from qa.ui.session.suggestions import FollowUps, follow_up_questions
from qa.ui.session.uploads import VisitorLibrary

Messages = list[dict[str, Any]]
Updates = Iterator[tuple[Any, ...]]


class Mode(StrEnum):
    """How a question is asked: anew, or the last one again, so that its reply is replaced."""

    NEW = "new"
    AGAIN = "again"
    DOUBTFUL = "doubtful"
    ALL_ARTICLES = "all articles"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """The question to be answered next, and how it was asked."""

    question: str = ""
    mode: Mode = Mode.NEW


@dataclass(frozen=True, slots=True)
class Chat:
    """The components of the chat.

    The server has the `conversation`; the browser stores what its menu of `conversations` is
    given.
    """

    messages: gr.Chatbot
    box: gr.Textbox
    stance: gr.HTML
    export: gr.HTML
    feedback: gr.HTML
    conversations: gr.HTML
    conversation: gr.State
    pending: gr.State
    follow_ups: gr.State

    @property
    def outputs(self) -> list[Any]:
        """What a reply changes, but for the source panel."""
        return [self.messages, self.conversation, self.conversations, self.box]


def layout(conversations: gr.HTML, i18n: gr.I18n) -> Chat:
    """Lay out the chat in the column that is open."""
    messages = _messages(i18n)
    feedback = _control("feedback", "<p role='status'></p>")
    box = _box(i18n)
    with gr.Row(elem_id="controls"):
        stance, export_ = _control("stance"), _control("export")
    states = gr.State(()), gr.State(PendingQuestion()), gr.State(FollowUps())
    return Chat(messages, box, stance, export_, feedback, conversations, *states)


def _messages(i18n: gr.I18n) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
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


def wire(page: gr.Blocks, chat: Chat, shared: EventContext) -> None:
    """Handle what a visitor asks, by the assistant of their own library."""
    _wire_asking(chat, shared)
    _wire_controls(page, chat, shared.provider)
    _wire_feedback(chat, shared.provider)
    export.wire(chat.export, chat.conversation, shared.library, shared.provider)

    def clear(conversation: Conversation, request: gr.Request) -> Any:
        return (), to_storage_json((), cleared=conversation), empty_panel(strings_of(request))

    cleared = [chat.conversation, chat.conversations, shared.panel]
    chat.messages.clear(clear, chat.conversation, cleared, queue=False, **PRIVATE)


def _wire_controls(page: gr.Blocks, chat: Chat, provider: AssistantProvider) -> None:
    def label(request: gr.Request) -> Any:
        strings = strings_of(request)
        controls = (stance_control, export_control, conversations_control)
        return [gr.HTML(html_template=control(strings)) for control in controls]

    def stance() -> str:
        return default_stance(provider)

    controls = [chat.stance, chat.export, chat.conversations]
    labelled = page.load(label, None, controls, queue=False, **PRIVATE)
    labelled.then(stance, None, chat.stance, queue=False, **PRIVATE)


def default_stance(provider: AssistantProvider) -> str:
    """Return the stance of the settings, or nothing if there is no library."""
    try:
        return provider.assistant().settings.stance
    except QAError:
        return ""


def _wire_asking(chat: Chat, shared: EventContext) -> None:
    def reply(  # noqa: PLR0913, PLR0917  # Gradio gives them by position
        pending: PendingQuestion,
        stance: str,
        messages: Messages,
        conversation: Conversation,
        visitor: VisitorLibrary,
        tab: str,
        request: gr.Request,
    ) -> Updates:
        strings = strings_of(request)
        options: dict[str, Any] = {"library": visitor, "strings": strings}
        replies = _replies(shared.provider, pending, conversation, stance or None, **options)
        for update in updates(replies, messages, strings, question=pending.question):
            shared.store.put(tab, Session(visitor, update[1], tuple(update[0])))
            yield update

    messages, box, pending = chat.messages, chat.box, chat.pending
    shown = [messages, pending]
    events = [
        box.submit(_submit, [box, messages], [box, *shown], queue=False, **PRIVATE),
        messages.example_select(_pick_example, messages, shown, queue=False, **PRIVATE),
        messages.option_select(_pick_option, messages, shown, queue=False, **PRIVATE),
        chat.stance.again(_ask_again, messages, shown, queue=False, **PRIVATE),
    ]
    inputs = [pending, chat.stance, messages, chat.conversation, shared.library, shared.tab]
    for event in events:
        replied = event.then(reply, inputs, [*chat.outputs, shared.panel], **ASKING)
        wire_follow_ups(replied, chat, shared)


def _replies(
    provider: AssistantProvider,
    pending: PendingQuestion,
    conversation: Conversation,
    stance: str | None,
    *,
    library: VisitorLibrary,
    strings: Strings,
) -> Iterator[Reply]:
    """Return the replies to a question, or others to the last one."""
    if pending.mode is Mode.DOUBTFUL:
        stance = EAGER
    if pending.mode is Mode.ALL_ARTICLES:
        library = replace(library, selected=frozenset())
    options: dict[str, Any] = {"library": library, "strings": strings}
    if pending.mode is Mode.NEW:
        return stream_reply(provider, pending.question, conversation, stance, **options)
    options["exact"] = pending.mode is Mode.EXACT
    return retry(provider, conversation, stance, **options) if conversation else iter(())


def wire_follow_ups(replied: Any, chat: Chat, shared: EventContext) -> None:
    """Suggest what to ask next once a reply is shown: neither that nor anyone waits for it."""

    def suggest(conversation: Conversation, visitor: VisitorLibrary) -> FollowUps:
        return follow_up_questions(visitor.provider(shared.provider), conversation)

    inputs = [chat.conversation, shared.library]
    suggested = replied.then(suggest, inputs, chat.follow_ups, queue=False, **PRIVATE)
    shown = [chat.follow_ups, chat.messages]
    suggested.then(_with_follow_ups, shown, chat.messages, queue=False, **PRIVATE)


def _wire_feedback(chat: Chat, provider: AssistantProvider) -> None:
    def judge(conversation: Conversation, event: gr.EventData, request: gr.Request) -> Any:
        strings = strings_of(request)
        return record_verdict(provider, conversation, event._data, strings) or gr.skip()

    # The script sends one after the other, the next while Gradio still closes the last.
    each = {**ASKING, "trigger_mode": "multiple"}
    chat.feedback.judge(judge, chat.conversation, chat.feedback, **each)


def updates(
    replies: Iterator[Reply], messages: Messages, strings: Strings, *, question: str = ""
) -> Updates:
    """Yield what each reply changes: messages, conversation, its store, the box, the panel.

    A question that failed comes back to the box, and nothing that is stored is lost by it.
    """
    for reply in replies:
        texts = [reply.text, reply.footer] if reply.footer else [reply.text]
        answer: Messages = [{"role": "assistant", "content": text} for text in texts]
        options = [*_options(reply, strings)]
        if options:
            answer[-1]["options"] = options
        stored = to_storage_json(reply.conversation) if reply.footer else gr.skip()
        box = well_formed(question) if reply.failed and question else gr.skip()
        source = reply.source or gr.skip()
        yield [*messages, *answer], reply.conversation, stored, box, source


def _options(reply: Reply, strings: Strings) -> Iterator[dict[str, str]]:
    if reply.narrowed:
        yield {"label": strings.ask_all_articles, "value": Mode.ALL_ARTICLES.value}
    if reply.has_doubtful_answer:
        yield {"label": strings.show_doubt, "value": Mode.DOUBTFUL.value}
    if not reply.footer:
        return
    answer = reply.conversation[-1].answer
    if answer.corrections:
        typed = strings.either(slip.original for slip in answer.corrections)
        yield {"label": strings.exact_search.format(original=typed), "value": Mode.EXACT.value}
    for choice in answer.choices:
        yield {"label": choice, "value": choice}


def _submit(question: str, messages: Messages) -> tuple[str, Messages, PendingQuestion]:
    """Empty the box and show the question; an empty one is no message."""
    return "", with_question(question, messages), PendingQuestion(question)


def _pick_example(messages: Messages, event: gr.SelectData) -> tuple[Messages, PendingQuestion]:
    question = event.value["text"] if isinstance(event.value, dict) else str(event.value)
    return with_question(question, messages), PendingQuestion(question)


def _pick_option(messages: Messages, event: gr.SelectData) -> tuple[Messages, PendingQuestion]:
    """Ask a suggested question, or the last one otherwise."""
    if event.value in {Mode.DOUBTFUL, Mode.ALL_ARTICLES, Mode.EXACT}:
        return _without_reply(messages), PendingQuestion(mode=Mode(event.value))
    return with_question(str(event.value), messages), PendingQuestion(str(event.value))


def _ask_again(messages: Messages) -> tuple[Messages, PendingQuestion]:
    """Ask the last question again, as sure as the visitor wants the answer now."""
    return _without_reply(messages), PendingQuestion(mode=Mode.AGAIN)


def _without_reply(messages: Messages) -> Messages:
    """Return the messages but for those after the last question."""
    asked = [n for n, message in enumerate(messages) if message.get("role") == "user"]
    return messages[: asked[-1] + 1] if asked else messages


def _with_follow_ups(follow_ups: FollowUps, messages: Messages) -> Any:
    """Put suggestions under the answer that they go on from, if that is still the last."""
    last = messages[-1] if messages else {}
    if not follow_ups.questions or f"#copy-{follow_ups.key}" not in str(last.get("content")):
        return gr.skip()
    more = [{"label": question, "value": question} for question in follow_ups.questions]
    return [*messages[:-1], {**last, "options": [*(last.get("options") or []), *more]}]


def with_question(question: str, messages: Messages) -> Messages:
    """Return the messages with a question, shown as it was typed; an empty one is none."""
    content = escape_markdown(question)
    asked = [{"role": "user", "content": content}] if question.strip() else []
    return [*messages, *asked]
