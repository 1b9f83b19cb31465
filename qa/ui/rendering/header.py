"""The headers of the page, of an empty conversation and of the library drawer."""

from __future__ import annotations

from html import escape

from qa.errors import QAError
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.session.provider import AssistantProvider

NAME = "Chapter & Verse"
BOOK_ICON = (
    "<svg viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='1.5'"
    " stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>"
    "<path d='M12 6.2C10 4.600 7.200 4 3.500 4v14.500c3.700 0 6.500.6 8.500 2.200"
    " 2-1.600 4.800-2.200 8.500-2.200V4C16.800 4 14 4.600 12 6.200z'/>"
    "<path d='M12 6.200v14.500'/></svg>"
)


def masthead(provider: AssistantProvider | None = None, strings: Strings = ENGLISH) -> str:
    """Return the name of the page and what it is, as HTML; with a provider, of how much."""
    line = strings.promise
    try:
        count = len(provider.assistant().index.articles) if provider else 0
    except QAError as error:
        line = " ".join(filter(None, strings.error(error)))
    else:
        line += f" · {strings.count('articles', count)}" if count else ""
    return f"<h1>{BOOK_ICON}{escape(NAME)}</h1><p>{escape(line)}</p>"


def welcome(strings: Strings) -> str:
    """Return what an empty conversation shows, as Markdown."""
    return f"## {strings.welcome}\n\n{strings.welcome_hint}"


def library_header(strings: Strings) -> str:
    """Return the head of the library drawer, as HTML, and the words that the styles show."""
    close = (
        f"<button type='button' class='shut' aria-label='{strings.close_library}'>×</button>"
    )
    words = {
        "add": strings.add_articles,
        "drop": strings.drop_files,
        "searching": strings.searching,
    }
    variables = "".join(f'--{name}: "{text}"; ' for name, text in words.items())
    name = f"<h2 id='drawer-name'>{strings.library}</h2>"
    return f"<style>:root {{ {variables}}}</style><div class='head'>{name}{close}</div>"
