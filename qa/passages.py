"""Cut an article into passages along its sections and sentences; nothing is ever cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from qa.language.sentences import sentences
from qa.types import Article, Passage, Span

Count = Callable[[Sequence[str]], Sequence[int]]
"""Tokens of each text, the model's own marks included."""

WORD = re.compile(r"\S+")


def cut(
    article: Article, *, tokens: int, window: int, measure: Count, first: int = 0
) -> tuple[Passage, ...]:
    """Cut every section into passages of whole sentences, of about `tokens` tokens at most.

    What is encoded of a passage, heading and all, fits the `window`: a sentence that alone is
    too long is cut between words, and a word that alone is too long between characters.
    """
    spans: list[Span] = []
    for section in article.sections:
        taken = measure([heading(article.title, section.path)])[0]
        room = max(window - taken, window // 2)  # a longer heading gives way: see `embedded`
        pieces = [
            piece
            for sentence in sentences(article.text, section.span)
            for piece in _pieces(article.text, sentence, room=room, measure=measure)
        ]
        lengths = measure([piece.of(article.text) for piece in pieces])
        spans.extend(_packed(pieces, lengths, room=min(room, tokens)))
    numbers = count(first)
    return tuple(Passage(next(numbers), article, span) for span in spans)


def heading(title: str, path: Sequence[str]) -> str:
    """Return what is encoded above a passage: where it stands."""
    return ". ".join([title, *path])


def above(passage: Passage) -> Iterator[str]:
    """Yield what may stand above a passage where it is read: all its headings, then fewer.

    They give way from the front: the nearest heading says most.
    """
    places = [passage.article.title, *passage.path]
    for dropped in range(len(places) + 1):
        yield "".join(f"{place}. " for place in places[dropped:])


def embedded(passage: Passage, *, window: int, measure: Count) -> str:
    """Return what is encoded of a passage: as much of its heading as fits, then its text."""
    texts = (headings + passage.text for headings in above(passage))
    return next((text for text in texts if measure([text])[0] <= window), passage.text)


def embedded_all(passages: Sequence[Passage], *, window: int, measure: Count) -> list[str]:
    """Return what is encoded of each passage, measured together: that is much faster."""
    texts = [next(above(passage)) + passage.text for passage in passages]
    for number, size in enumerate(measure(texts)):
        if size > window:
            texts[number] = embedded(passages[number], window=window, measure=measure)
    return texts


def _packed(pieces: list[Span], lengths: Sequence[int], *, room: int) -> Iterator[Span]:
    """Join neighbours while they fit."""
    start, used = 0, 0
    for number, length in enumerate(lengths):
        if number > start and used + length > room:
            yield Span(pieces[start].start, pieces[number - 1].end)
            start, used = number, 0
        used += length
    if pieces:
        yield Span(pieces[start].start, pieces[-1].end)


def _pieces(text: str, span: Span, *, room: int, measure: Count) -> list[Span]:
    """Return the span itself if it fits, or else its halves, cut between words if there are."""
    if 3 * len(span) + 2 <= room or len(span) == 1 or measure([span.of(text)])[0] <= room:
        return [span]
    middle = span.start + len(span) // 2
    words = [span.start + match.start() for match in WORD.finditer(span.of(text))]
    at = min(words[1:], key=lambda start: abs(start - middle), default=middle)
    left = text[span.start : at].rstrip()
    halves = [Span(span.start, span.start + len(left)), Span(at, span.end)]
    return [p for half in halves for p in _pieces(text, half, room=room, measure=measure)]
