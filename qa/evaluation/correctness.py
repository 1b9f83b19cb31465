"""The correctness of a quotation, against the known answers."""

from __future__ import annotations

import string

from qa.evaluation.benchmark import Question
from qa.evaluation.squad import ENGLISH_ARTICLES
from qa.types import Article, Span

PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’–—…", " "))
MIN_OVERLAP = 0.5  # of the shorter of two spans


def is_right(article: Article, span: Span, question: Question) -> bool:
    """Tell whether a quotation holds an answer, word for word, or is most of a gold span."""
    quote = _words(span.of(article.text))
    if any(_words(answer) in quote for answer in question.answers):
        return True
    gold = question.gold.get(article.id, ())
    return any(is_same_sentence(span, place) for place in gold)


def is_same_sentence(one: Span, other: Span) -> bool:
    """Tell whether two spans are the same sentence: they share most of the shorter one."""
    return one.overlap(other) >= MIN_OVERLAP * min(len(one), len(other))


def _words(text: str) -> str:
    """Return the words between blanks; unlike SQuAD's, a mark parts two words."""
    words = ENGLISH_ARTICLES.sub(" ", text.casefold().translate(PUNCTUATION)).split()
    return f" {' '.join(words)} "
