"""Split articles into passages, along sections and sentences; nothing is ever cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from qa.language.sentences import sentences
from qa.types import Article, Passage, Span

CountTokens = Callable[[Sequence[str]], Sequence[int]]
"""Tokens of each text, the model's own marks included."""

NON_SPACE = re.compile(r"\S+")


def split_article(
    article: Article, *, tokens: int, window: int, count_tokens: CountTokens, first: int = 0
) -> tuple[Passage, ...]:
    """Cut every section into passages of whole sentences, of about `tokens` tokens at most.

    What is encoded of a passage, heading and all, fits the `window`: a sentence that alone is
    too long is cut between words, and a word that alone is too long between characters.
    """
    spans: list[Span] = []
    for section in article.sections:
        used = count_tokens([heading(article.title, section.path)])[0]
        # A heading that takes more than half is shortened: see `embedding_text`.
        room = max(window - used, window // 2)
        pieces = [
            piece
            for sentence in sentences(article.text, section.span)
            for piece in _split_to_fit(
                article.text, sentence, room=room, count_tokens=count_tokens
            )
        ]
        lengths = count_tokens([piece.of(article.text) for piece in pieces])
        spans.extend(_pack(pieces, lengths, room=min(room, tokens)))
    numbers = count(first)
    return tuple(Passage(next(numbers), article, span) for span in spans)


def heading(title: str, path: Sequence[str]) -> str:
    """Return title and headings as one line, which is encoded above a passage."""
    return ". ".join([title, *path])


def heading_variants(passage: Passage) -> Iterator[str]:
    """Yield the headings of a passage as one text: all of them, then fewer and fewer.

    They are dropped from the front: the nearest heading says most.
    """
    places = [passage.article.title, *passage.path]
    for dropped in range(len(places) + 1):
        yield "".join(f"{place}. " for place in places[dropped:])


def embedding_text(passage: Passage, *, window: int, count_tokens: CountTokens) -> str:
    """Return the text to encode of a passage: as many headings as fit, then its text."""
    texts = (headings + passage.text for headings in heading_variants(passage))
    return next((text for text in texts if count_tokens([text])[0] <= window), passage.text)


def embedding_texts(
    passages: Sequence[Passage], *, window: int, count_tokens: CountTokens
) -> list[str]:
    """Return the text to encode of each passage; counting tokens together is much faster."""
    texts = [next(heading_variants(passage)) + passage.text for passage in passages]
    for number, size in enumerate(count_tokens(texts)):
        if size > window:
            texts[number] = embedding_text(
                passages[number], window=window, count_tokens=count_tokens
            )
    return texts


def _pack(pieces: list[Span], lengths: Sequence[int], *, room: int) -> Iterator[Span]:
    """Join neighbours while they fit."""
    start, used = 0, 0
    for number, length in enumerate(lengths):
        if number > start and used + length > room:
            yield Span(pieces[start].start, pieces[number - 1].end)
            start, used = number, 0
        used += length
    if pieces:
        yield Span(pieces[start].start, pieces[-1].end)


def _split_to_fit(text: str, span: Span, *, room: int, count_tokens: CountTokens) -> list[Span]:
    """Return the span itself if it fits, or else its halves, cut between words if there are."""
    if 3 * len(span) + 2 <= room or len(span) == 1 or count_tokens([span.of(text)])[0] <= room:
        return [span]
    middle = span.start + len(span) // 2
    words = [span.start + match.start() for match in NON_SPACE.finditer(span.of(text))]
    at = min(words[1:], key=lambda start: abs(start - middle), default=middle)
    left = text[span.start : at].rstrip()
    halves = [Span(span.start, span.start + len(left)), Span(at, span.end)]
    return [
        p
        for half in halves
        for p in _split_to_fit(text, half, room=room, count_tokens=count_tokens)
    ]
