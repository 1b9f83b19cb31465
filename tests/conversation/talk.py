"""What the tests of conversations share: a turn that was answered by a sentence."""

from __future__ import annotations

from qa.answers import Answer, Citation, Statement, Turn
from qa.types import Article, Section, Span


def article(title: str, *sections: tuple[str, str]) -> Article:
    """An article of headed sections."""
    text, found = title, []
    for heading, said in sections:
        text += f"\n\n{heading}\n\n"
        found.append(Section((heading,), Span(len(text), len(text) + len(said))))
        text += said
    return Article.of(title, text, sections=tuple(found), source=title)


TRAM = article(
    "Harbour Tram",
    ("History", "The Harbour Tram was designed by Ada Brook. She drew its route in 1912."),
    ("Fares", "A ticket costs 3 dollars. For a child it costs 1 dollar."),
)


def turn(asked: str, quote: str = "", *, of: Article = TRAM, short: str = "") -> Turn:
    """A question as it was asked, and the sentence that answered."""
    if not quote:
        return Turn(asked, Answer(asked, asked, reason="Nothing."))
    start = of.text.index(quote)
    at = start + quote.index(short) if short else 0
    place = Span(at, at + len(short)) if short else None
    citation = Citation(of, Span(start, start + len(quote)), place, number=1)
    return Turn(asked, Answer(asked, asked, (Statement(quote, (1,)),), (citation,)))
