"""Paragraphs that are no language: they stay in the text, and are taken out of its sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.errors import ArticleError
from qa.language.legibility import is_legible
from qa.types import Article, Section, Span

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*+\S[^\n]*)*")
MAX_SMALL = 40  # characters of a paragraph that says too little to be judged alone
MAX_START = 24  # characters by which people are to recognise it
SAVE_ANEW = "Save it anew as text; a PDF, after ocrmypdf --force-ocr."


def without_illegible(article: Article) -> Article:
    """Return an article whose sections hold only language, and which says where the rest is.

    Raises:
        ArticleError: if no section is left.
    """
    found = tuple(span for section in article.sections for span in _illegible(article, section))
    if not found:
        return article
    sections = tuple(part for s in article.sections for part in _parts(article.text, s, found))
    if not sections:
        raise ArticleError(
            "{name} has no text that is language: “{start}”.",
            hint=SAVE_ANEW,
            name=article.source,
            start=start_of(found[0].of(article.text)),
        )
    return replace(article, sections=sections, illegible=found)


def start_of(text: str) -> str:
    """Return how a text begins, on one line."""
    words = " ".join(text[: 4 * MAX_START].split())
    return f"{words[:MAX_START].rstrip()} …" if len(words) > MAX_START else words


def _illegible(article: Article, section: Section) -> Iterator[Span]:
    """Yield the stretches of a section that are no language."""
    for unit in _units(article.text, section.span):
        if not is_legible(unit.of(article.text)):
            yield unit


def _units(text: str, within: Span) -> Iterator[Span]:
    """Yield what is judged at once: a paragraph, or small ones that follow each other."""
    start = end = -1
    for match in PARAGRAPH.finditer(text, within.start, within.end):
        is_small = len(match[0]) <= MAX_SMALL or not any(map(str.isspace, match[0].strip()))
        if start >= 0 and not is_small:
            yield Span(start, end)
            start = -1
        if not is_small:
            yield Span(*match.span())
        else:
            start, end = (start if start >= 0 else match.start()), match.end()
    if start >= 0:
        yield Span(start, end)


def _parts(text: str, section: Section, illegible: tuple[Span, ...]) -> Iterator[Section]:
    """Yield a section without some stretches, in parts."""
    cuts = [span for span in illegible if span in section.span]
    starts = [section.span.start, *(cut.end for cut in cuts)]
    ends = [*(cut.start for cut in cuts), section.span.end]
    for start, end in zip(starts, ends, strict=True):
        said = text[start:end]
        if said.strip():
            begin = start + len(said) - len(said.lstrip())
            yield Section(section.path, Span(begin, start + len(said.rstrip())))
