"""Lists in full: a question for a list or for steps gets every item, and not the likeliest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.sentences import LIST_ITEM, blocks, sentences
from qa.language.terms import terms
from qa.quoting.quotes import Quote
from qa.readers import Evidence
from qa.types import Article, Section, Span

MAX_ITEMS = 40  # of a list that are quoted
MIN_ITEMS = 2
ASKS_ALL = re.compile(
    r"^(?:and |so |please )*(?:(?:can|could) you )?(?:please )?"
    r"(?:list\b|name (?:all|the)\b|enumerate\b|(?:give|show|tell) (?:me )?(?:all|the|every)\b"
    r"|what (?:are|were) (?:all )?(?:the|its|their|your|our|my)\b"
    r"|(?:what|which) (?:\w+ )?(?P<many>\w+s)\b(?<!is)(?<!was)(?<!does)(?<!has)(?<!this)"
    r"|what (?:do|does|must|should|can|shall) \w+ (?:need|bring|have|take|know|pack)\b)",
    re.IGNORECASE,
)
"""Questions for several things."""
ASKS_STEPS = re.compile(
    r"\b(?:steps?|procedure|instructions|ingredients)\b|^how (?:do|can|should|must|to)\b",
    re.IGNORECASE,
)
"""Questions for what is done one after the other."""
NUMBERED = re.compile(r"\s*\(?\d+[.)]")


@dataclass(frozen=True, slots=True)
class WholeList:
    """The items of a list in order, and the sentence that announces it, if one does."""

    article: Article
    announced: Span | None
    items: tuple[Span, ...]

    @property
    def is_numbered(self) -> bool:
        """Whether its items are steps."""
        return all(NUMBERED.match(item.of(self.article.text)) for item in self.items)

    def quotes(self) -> list[Quote]:
        """Return what is quoted: what announces it, and its items, not too many."""
        spans = [*([self.announced] if self.announced else []), *self.items[:MAX_ITEMS]]
        return [Quote(self.article, span) for span in spans]

    @property
    def left_out(self) -> int:
        """How many items are not quoted."""
        return max(0, len(self.items) - MAX_ITEMS)


def whole_list(asked: str, likely: Sequence[Evidence]) -> WholeList | None:
    """Return the list that a question wants all of, if the likeliest evidence stands in one.

    It is what is asked for if the question shares a word with what announces it, or if several
    of its items are likely.
    """
    steps = ASKS_STEPS.search(asked) is not None
    if not steps and not ASKS_ALL.search(asked):
        return None
    best = _beside(likely)
    article = best.passage.article
    found = list_at(article, best.span)
    if found is None or _is_named(asked, found, best.span):
        return None
    if not ASKS_ALL.search(asked) and not (found.is_numbered or found.announced):
        return None
    section = _section(article, best.span)
    around = [article.title, *(section.path if section else ())][-2:]
    if found.announced:
        around.append(found.announced.of(article.text))
    shared = {*terms(asked)} & {*terms(" ".join(around))}
    several = sum(any(e.span in item for item in found.items) for e in likely) > 1
    return found if shared or several else None


def _beside(likely: Sequence[Evidence]) -> Evidence:
    """Return the likeliest sentence, or the item of a list beside it if several are likely."""
    best = likely[0]
    article, section = best.passage.article, _section(best.passage.article, best.span)
    if section is None or list_at(article, best.span):
        return best
    items = [
        e
        for e in likely
        if e.passage.article is article
        and e.span in section.span
        and LIST_ITEM.match(e.span.of(article.text))
    ]
    return items[0] if len(items) > 1 else best


def items_below(quote: Quote) -> list[Quote]:
    """Return the items of the list that a sentence announces with a colon."""
    found = list_at(quote.article, quote.span) if quote.text.endswith(":") else None
    if found is None or found.announced != quote.span:
        return []
    return found.quotes()[1:]


def _is_named(asked: str, found: WholeList, span: Span) -> bool:
    """Tell whether a question names the one item that a sentence stands in."""
    words = {item: {*terms(item.of(found.article.text))} for item in found.items}
    own = next((item for item in found.items if span in item), None)
    if own is None:
        return False
    others = set[str]().union(*(held for item, held in words.items() if item != own))
    return bool({*terms(asked)} & words[own] - others)


def list_at(article: Article, span: Span) -> WholeList | None:
    """Return the list that a sentence stands in, or announces."""
    section = _section(article, span)
    if section is None:
        return None
    parts = blocks(article.text, section.span)
    is_item = [LIST_ITEM.match(part.of(article.text)) is not None for part in parts]
    at = next((n for n, part in enumerate(parts) if part.overlap(span)), None)
    if at is None:
        return None
    if not is_item[at]:
        announces = span.of(article.text).endswith(":")
        if not announces or at + 1 == len(parts) or not is_item[at + 1]:
            return None
        at += 1
    first = last = at
    while first > 0 and is_item[first - 1]:
        first -= 1
    while last + 1 < len(parts) and is_item[last + 1]:
        last += 1
    if last - first + 1 < MIN_ITEMS:
        return None
    return WholeList(article, _announcing(article, parts, first), parts[first : last + 1])


def _announcing(article: Article, parts: Sequence[Span], first: int) -> Span | None:
    """Return the last sentence before a list, if it ends with a colon."""
    if first == 0 or not parts[first - 1].of(article.text).endswith(":"):
        return None
    return sentences(article.text, parts[first - 1])[-1]


def _section(article: Article, span: Span) -> Section | None:
    return next((s for s in article.sections if span in s.span), None)
