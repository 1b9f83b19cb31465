"""Replies to turns that want no fact: short, and with what can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.answers import Answer, Intent

REPLIES: Mapping[Intent, str] = {
    Intent.GREETING: "Hello! Ask me something about the articles.",
    Intent.THANKS: "You're welcome.",
    Intent.FAREWELL: "Goodbye!",
    Intent.IDENTITY: "I answer questions with sentences quoted from the articles; "
    "I am a search, and no person.",
    Intent.HELP: "Ask a question in your own words: I quote the sentences of the articles that "
    "answer it. You can also ask what an article is about, for its key points, a section, its "
    "dates or people, or which articles mention something.",
    Intent.INSULT: "I'm sorry if the answer was no help. Other words may find a better one.",
    Intent.CHAT: "I only know what the articles say.",
    Intent.GIBBERISH: "I did not understand that. Ask a question in plain words.",
    Intent.PASTED: "That is a text, and no question. What would you like to know about it? "
    "To have it searched, add it to the library.",
}
"""What is said to each; the page translates it by the intent."""


def manner(question: str, intent: Intent, choices: Sequence[str] = ()) -> Answer:
    """Return the reply to a turn that wants no fact."""
    return Answer(
        question, question, reason=REPLIES[intent], intent=intent, choices=tuple(choices)
    )
