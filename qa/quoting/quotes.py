"""The quote: a sentence that an answer may quote, compared with others and in its context."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.language.sentences import LIST_ITEM, blocks, sentences
from qa.language.terms import terms
from qa.types import Excerpt, Section, Span

DEMONSTRATIVE_OPENING = re.compile(
    r"(?:This|That|These|Those|Such|Then|However|The (?:former|latter|same))\b"
)
PRONOUN_OPENING = re.compile(r"(?:It|Its|They|Their|He|His|She|Her)\b")
DECISIVE_WORDS = re.compile(
    r"\d+|\b(?:not|no|never|nobody|nothing|none|without|almost|nearly|hardly|barely|unlikely"
    r"|fail(?:ed|s)?|den(?:y|ies|ied)|refuse[ds]?|false|before|after|until|since|under|over|only"
    r"|one|once|few|many|some|all|more|most|less)\b|n[’']t\b"
)
"""Numbers, denials and bounds: where they differ, sentences do."""
WORD_PATTERN = re.compile(r"\w+")
ENGLISH_ARTICLES = {"a", "an", "the"}
MIN_SENTENCE_SIMILARITY = 0.8  # of the words of two sentences that say the same


def has_open_reference(text: str) -> bool:
    """Tell whether a text begins with a reference to what was said before it."""
    return (
        DEMONSTRATIVE_OPENING.match(text) is not None or PRONOUN_OPENING.match(text) is not None
    )


@dataclass(frozen=True, slots=True)
class Quote(Excerpt):
    """A sentence that may be quoted, compared with others and in its context."""

    @property
    def context(self) -> str:
        """The sentence without its short answer."""
        return "".join(self.around)

    @property
    def around(self) -> tuple[str, str]:
        """What stands before its short answer, and what behind it."""
        if not self.short:
            return self.text, ""
        start = self.span.start
        return self.text[: self.short.start - start], self.text[self.short.end - start :]

    @property
    def place(self) -> tuple[str, Span]:
        """Where it stands, for comparing."""
        return self.article.id, self.span

    @property
    def section(self) -> tuple[str, tuple[str, ...]]:
        """Article and headings that it stands under, for comparing."""
        return self.article.id, self.path

    def says_same_as(self, other: Quote) -> bool:
        """Tell whether two sentences say the same.

        They share most words, and every number, denial and bound; one may have words that the
        other lacks, but not each: those could be north and south.
        """
        left, right = self.text.casefold(), other.text.casefold()
        if set(DECISIVE_WORDS.findall(left)) != set(DECISIVE_WORDS.findall(right)):
            return False
        words, others = (
            set(WORD_PATTERN.findall(text)) - ENGLISH_ARTICLES for text in (left, right)
        )
        nested = words <= others or others <= words
        return nested and len(words & others) >= MIN_SENTENCE_SIMILARITY * len(words | others)

    def needs_context(self, asked: str) -> bool:
        """Tell whether it can only be understood with the sentence before it.

        The question says what “it” is, if the two have words in common; what “this” is, it
        cannot say.
        """
        if PRONOUN_OPENING.match(self.text):
            return set(terms(asked)).isdisjoint(terms(self.text))
        return DEMONSTRATIVE_OPENING.match(self.text) is not None

    def with_short_answer(self, short: str) -> Quote:
        """Return a copy with these words as its short answer, if it has them."""
        at = self.text.find(short) if short else -1
        if self.short_answer == short or (at < 0 and not self.short):
            return self
        start = self.span.start + at
        return replace(self, short=Span(start, start + len(short)) if at >= 0 else None)

    def previous(self) -> Quote | None:
        """Return the sentence before this one in its paragraph."""
        section = self._section
        if section is None:
            return None
        block = next(
            (b for b in blocks(self.article.text, section.span) if self.span in b), self.span
        )
        earlier = [s for s in sentences(self.article.text, block) if s.end <= self.span.start]
        return Quote(self.article, earlier[-1]) if earlier else None

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return LIST_ITEM.match(self.text) is not None

    def heading(self) -> Quote | None:
        """Return the heading that it stands under, if the article has it word for word."""
        sections = self.article.sections
        at = next((n for n, s in enumerate(sections) if self.span in s.span), None)
        path = sections[at].path if at is not None else ()
        if at is None or not path:
            return None
        above = sections[at - 1].span.end if at else 0
        start = self.article.text.rfind(path[-1], above, sections[at].span.start)
        if start < 0:
            return None
        return Quote(self.article, Span(start, start + len(path[-1])))

    @property
    def _section(self) -> Section | None:
        """The section that it stands in; a heading stands in none."""
        return next((s for s in self.article.sections if self.span in s.span), None)
