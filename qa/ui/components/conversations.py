"""The menu of stored conversations, and how one of them is restored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gradio as gr

from qa.errors import QAError
from qa.ui.components.assets import asset
from qa.ui.components.chat import Chat, Updates, updates, wire_follow_ups, with_question
from qa.ui.components.events import ASKING, PRIVATE, EventContext, payload, strings_of
from qa.ui.i18n.strings import Strings
from qa.ui.rendering.replies import main_source, replay
from qa.ui.rendering.source import empty_panel
from qa.ui.session.conversation import StoredQuestion, from_storage
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.store import Session
from qa.ui.session.uploads import VisitorLibrary

DROP_LINK = """() => {
  const address = new URL(location);
  address.searchParams.delete('q');
  history.replaceState(history.state, '', address);
}"""  # or the question would be asked again by each reload


def layout() -> gr.HTML:
    """Lay out the menu; its script stores each value that it is given."""
    return gr.HTML(
        "",
        elem_id="conversations",
        html_template=" ",
        js_on_load=asset("conversations.js"),
        apply_default_css=False,
    )


def wire(chat: Chat, shared: EventContext, loaded: Any, questions: gr.State) -> None:
    """Restore the conversation of a page that is `loaded`, and one that is opened later."""

    def restore(
        sent: object, visitor: VisitorLibrary, tab: str, request: gr.Request
    ) -> Updates:
        """Show the stored questions with their answers, and then ask what the address asks."""
        stored, strings = from_storage(sent), strings_of(request)
        linked = [StoredQuestion(q) for q in [request.query_params.get("q")] if q]
        session = shared.store.get(tab)
        if _is_current(session, stored, shared.provider):
            source = main_source(session.conversation[-1].answer, strings)
            yield [*session.messages], session.conversation, gr.skip(), gr.skip(), source
        else:
            linked, session = [*stored, *linked], Session(visitor)
        yield from _replay_questions(session, linked, shared, tab, strings)

    def open_(
        visitor: VisitorLibrary, tab: str, event: gr.EventData, request: gr.Request
    ) -> Updates:
        """Show another conversation in the place of this one."""
        strings = strings_of(request)
        yield [], (), gr.skip(), gr.skip(), empty_panel(strings)
        stored = from_storage(payload(event, "questions"))
        yield from _replay_questions(Session(visitor), stored, shared, tab, strings)

    inputs, outputs = [shared.library, shared.tab], [*chat.outputs, shared.panel]
    restored = loaded.then(restore, [questions, *inputs], outputs, **ASKING)
    opened = chat.conversations.open(open_, inputs, outputs, **ASKING)
    for event in (restored, opened):
        wire_follow_ups(event, chat, shared)
    restored.then(None, js=DROP_LINK, queue=False, **PRIVATE)


def _is_current(
    session: Session, stored: tuple[StoredQuestion, ...], provider: AssistantProvider
) -> bool:
    """Whether a session is that of a stored conversation, and its sources are still there."""
    conversation = session.conversation
    if not stored or [each.key for each in conversation] != [each.key for each in stored]:
        return False
    try:
        articles = session.library.provider(provider).assistant().index.articles
    except QAError:
        return False
    cited = {c.article.id for each in conversation for c in each.answer.citations}
    return cited <= articles.keys()


def _replay_questions(  # noqa: PLR0917
    session: Session,
    questions: Iterable[StoredQuestion],
    shared: EventContext,
    tab: str,
    strings: Strings,
) -> Updates:
    """Go on from a session with questions, each answered as things are now."""
    library, conversation = session.library, session.conversation
    messages, enabled = [*session.messages], gr.skip()
    for question in questions:
        before = with_question(question.question, messages)
        options: dict[str, Any] = {"library": library, "strings": strings}
        replies = replay(shared.provider, question, conversation, **options)
        for messages, conversation, stored, _, source in updates(replies, before, strings):
            fresh = gr.skip() if question.key else stored  # the browser has the others
            yield messages, conversation, fresh, gr.Textbox(interactive=False), source
        enabled = gr.Textbox(interactive=True)
    shared.store.put(tab, Session(library, conversation, tuple(messages)))
    yield gr.skip(), gr.skip(), gr.skip(), enabled, gr.skip()
