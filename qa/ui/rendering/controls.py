"""The page's small controls: the stance, the export, and what can be done with an answer."""

from __future__ import annotations

from urllib.parse import quote

from qa.answers import Outcome
from qa.feedback import REASONS
from qa.settings import STANCES
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.session.conversation import Exchange
from qa.ui.session.feedback import VERDICTS


def stance_control(strings: Strings) -> str:
    """Return radio buttons for how sure an answer must be; a script enables and sets them."""
    choices = "".join(_choice(name, strings) for name in STANCES)
    again = f"<button type='button' class='again' hidden>{strings.ask_again}</button>"
    legend = f"<legend>{strings.stance}</legend>"
    name = f"<span class='name' aria-hidden='true'>{strings.stance_name}</span>"
    return f"<fieldset disabled>{legend}{name}{choices}{again}</fieldset>"


def _choice(name: str, strings: Strings) -> str:
    label, meaning = getattr(strings, name), getattr(strings, f"{name}_means")
    return (
        f"<label title='{meaning}'><input type='radio' name='stance' value='{name}'"
        f" aria-describedby='stance-{name}'><span>{label}</span></label>"
        f"<small id='stance-{name}'>{meaning}</small>"
    )


def export_control(strings: Strings) -> str:
    """Return the buttons that save a conversation, and what their script has to say."""
    messages = {
        "copied": strings.copy_message,
        "refused": strings.copy_error,
        "saved": strings.save_message,
        "forgotten": strings.save_error,
    }
    data = "".join(f" data-{name}='{message}'" for name, message in messages.items())
    return (
        f"<p role='group' aria-label='{strings.save}'>{strings.save_as}"
        " <button type='button' data-form='markdown'>Markdown</button>"
        f" <button type='button' data-form='json'>JSON</button></p><p role='status'{data}></p>"
    )


def conversations_control(strings: Strings) -> str:
    """Return the menu of the conversations, which its script fills from the browser's store."""
    words = {
        "rename": strings.rename,
        "delete": strings.delete,
        "name": strings.conversation_name,
    }
    data = "".join(f" data-{name}='{text}'" for name, text in words.items())
    return (
        f"<details><summary>{strings.conversations}</summary><div class='menu'{data}>"
        f"<button type='button' class='new'>{strings.new_conversation}</button><ul></ul>"
        f"<p class='none'>{strings.no_conversations}</p></div></details>"
        f"<p class='undo' role='status' hidden>{strings.clear_message}"
        f" <button type='button'>{strings.undo}</button></p>"
    )


def answer_links(exchange: Exchange, strings: Strings = ENGLISH) -> str:
    """Return the links under an answer: to copy it, and to ask its question again."""
    return (
        f"<a href='#copy-{exchange.key}' title='{strings.copy_answer_means}'>"
        f"{strings.copy_answer}</a>"
        f" <a href='?q={quote(exchange.question, safe='')}'>{strings.copy_link}</a>"
    )


def feedback_buttons(exchange: Exchange, strings: Strings = ENGLISH) -> str:
    """Return the thumbs under an answer, and the reasons for one that is down, as Markdown.

    They are links, which survive the cleaning of Markdown: the page's script makes buttons of
    them, and shows the reasons when a thumb is down.
    """
    outcome = exchange.answer.outcome
    if outcome is Outcome.ANSWERED:
        good, bad = strings.good_answer, strings.bad_answer
    else:
        good, bad = strings.good_abstention, strings.bad_abstention
    fitting = [name for name, verdict in VERDICTS.items() if verdict in REASONS[outcome]]
    reasons = [_verdict(name, exchange, getattr(strings, f"reason_{name}")) for name in fitting]
    return (
        f"{_verdict('up', exchange, good)} {_verdict('down', exchange, bad)}\n\n"
        f"<p class='why'>{strings.why} {' '.join(reasons)}</p>"
    )


def _verdict(name: str, exchange: Exchange, label: str) -> str:
    return f"<a href='#{name}-{exchange.key}'><span>{label}</span></a>"
