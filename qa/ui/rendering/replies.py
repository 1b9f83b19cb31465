"""Replies of the chat: a question goes in, and what the page shows of it comes out."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from qa.answers import Answer
from qa.conversation.manners import REPLIES
from qa.errors import QAError
from qa.settings import STANCES
from qa.trace import Steps, Trace
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.answer import render_answer, short_citation
from qa.ui.rendering.article_list import selected_articles
from qa.ui.rendering.controls import answer_links, feedback_buttons
from qa.ui.rendering.details import certainty_badge, render_details
from qa.ui.rendering.locations import Location
from qa.ui.rendering.markdown import aside, error_note, progress_note
from qa.ui.rendering.source import empty_panel, render_source
from qa.ui.server.journal import entry
from qa.ui.session.conversation import (
    MAX_EXCHANGES,
    Conversation,
    Exchange,
    StoredQuestion,
    history,
)
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import VisitorLibrary

EAGER = "eager"
NOTHING_OWN = VisitorLibrary()
PATIENCE = 0.3  # seconds of searching before the progress is shown, which costs some time


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the chat; an empty `source` leaves the source panel as it is.

    `footer` is what can be done with the answer, and how it was found. An abstention
    `has_doubtful_answer` if an eager stance would answer, and is `narrowed` if not all articles
    were asked; `in_progress` says that the reply is yet to come.
    """

    text: str
    conversation: Conversation
    footer: str = ""
    source: str = ""
    has_doubtful_answer: bool = False
    narrowed: bool = False
    in_progress: bool = False

    @property
    def failed(self) -> bool:
        """Whether it says what went wrong."""
        return not self.footer and not self.in_progress


def stream_reply(  # noqa: PLR0913  # what a question is asked with
    provider: AssistantProvider,
    question: str,
    conversation: Conversation,
    stance: str | None = None,
    *,
    library: VisitorLibrary = NOTHING_OWN,
    strings: Strings = ENGLISH,
    exact: bool = False,
) -> Iterator[Reply]:
    """Yield the reply to a question, and before it what is being done for it."""
    if not provider.ready:
        yield Reply(progress_note(strings.opening), conversation, in_progress=True)
    before = history(conversation)
    try:
        with entry("page", question) as noted:
            assistant = library.provider(provider).assistant()
            steps = assistant.steps(question, history=before, stance=stance, exact=exact)
            trace = yield from _progress(steps, conversation, strings)
            noted.note_answer(trace)
            exchange = _exchange(question, trace.answer, stance, library, exact=exact)
            reply = _reply(exchange, trace, conversation, strings)
            asked = selected_articles(assistant.index.entries, library, strings)
            yield _with_selection_note(reply, asked, strings)
    except QAError as error:
        yield Reply(error_note(error, strings), conversation)


def _progress(
    steps: Steps, conversation: Conversation, strings: Strings
) -> Generator[Reply, None, Trace]:
    """Yield how far the reply is, where it takes long, and return the trace of its answer."""
    started = perf_counter()
    while True:
        try:
            hits = next(steps)
        except StopIteration as done:
            trace: Trace = done.value
            return trace
        if hits and perf_counter() - started > PATIENCE:
            reading = strings.reading_passages.format(count=len(hits))
            yield Reply(progress_note(reading), conversation, in_progress=True)


def _exchange(
    question: str,
    answer: Answer,
    stance: str | None,
    library: VisitorLibrary,
    *,
    exact: bool,
) -> Exchange:
    own = {article.id for article in library.articles}
    quoted = {citation.article.id for citation in answer.citations}
    return Exchange(question, answer, stance, own=not own.isdisjoint(quoted), is_exact=exact)


def _reply(
    exchange: Exchange, trace: Trace, conversation: Conversation, strings: Strings
) -> Reply:
    answer = exchange.answer
    footer = [answer_links(exchange, strings)]
    if answer.intent not in REPLIES:
        footer = [
            certainty_badge(answer, strings),
            *footer,
            feedback_buttons(exchange, strings),
            render_details(trace, strings),
        ]
    return Reply(
        render_answer(answer, strings),
        (*conversation, exchange)[-MAX_EXCHANGES:],
        footer="\n\n".join(filter(None, footer)),
        source=main_source(answer, strings),
        has_doubtful_answer=not answer.statements and answer.confidence >= STANCES[EAGER],
    )


def _with_selection_note(reply: Reply, asked: str, strings: Strings) -> Reply:
    """Return an abstention that says which articles were asked, if not all were."""
    if reply.conversation[-1].answer.statements or not asked:
        return reply
    text = f"{aside(strings.selection_note.format(asked=asked))}\n\n{reply.text}"
    return replace(reply, text=text, narrowed=True)


def main_source(answer: Answer, strings: Strings) -> str:
    """Return the source of the words that answer: of the short answer, if there is one."""
    if not answer.citations:
        return empty_panel(strings)
    main = short_citation(answer) or answer.citations[0]
    cited = [Location.of_citation(citation) for citation in answer.citations]
    return render_source(cited, Location.of_citation(main), strings)


def replay(
    provider: AssistantProvider,
    stored: StoredQuestion,
    conversation: Conversation,
    *,
    library: VisitorLibrary = NOTHING_OWN,
    strings: Strings = ENGLISH,
) -> Iterator[Reply]:
    """Yield the reply to a stored question; it says so if it is not the one of then."""
    replies = stream_reply(
        provider,
        stored.question,
        conversation,
        stored.stance,
        library=library,
        strings=strings,
        exact=stored.is_exact,
    )
    for reply in replies:
        if reply.in_progress and provider.ready:
            continue
        changed = stored.key and reply.footer and reply.conversation[-1].key != stored.key
        lost = stored.own and not library.articles
        why = strings.own_articles_loss if lost else strings.answer_change
        text = f"{aside(why)}\n\n{reply.text}"
        yield replace(reply, text=text) if changed else reply


def retry(
    provider: AssistantProvider,
    conversation: Conversation,
    stance: str | None,
    *,
    library: VisitorLibrary = NOTHING_OWN,
    strings: Strings = ENGLISH,
    exact: bool = False,
) -> Iterator[Reply]:
    """Yield another reply to the last question, in the place of the one it had."""
    *before, last = conversation
    yield from stream_reply(
        provider,
        last.question,
        tuple(before),
        stance,
        library=library,
        strings=strings,
        exact=exact or last.is_exact,
    )
