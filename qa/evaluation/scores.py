"""Whether an answer is right, by the field's standard measures."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable

from qa.evaluation.benchmark import Question
from qa.types import Article, Span

ARTICLES = re.compile(r"\b(a|an|the)\b")
MARKS = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’–—…", " "))
MOST = 0.5  # of the shorter of two spans: they are the same sentence


def normal(text: str) -> list[str]:
    """Return the words of a text, as SQuAD's official script compares them."""
    return ARTICLES.sub(" ", text.casefold().translate(MARKS)).split()


def f1(given: str, answers: Iterable[str]) -> float:
    """Return the best token F1 of a text with any of the answers (Rajpurkar et al. 2016)."""
    return max((_f1(normal(given), normal(answer)) for answer in answers), default=0.0)


def _f1(given: list[str], wanted: list[str]) -> float:
    same = sum((Counter(given) & Counter(wanted)).values())
    return 2 * same / (len(given) + len(wanted)) if same else 0.0


def is_right(article: Article, span: Span, question: Question) -> bool:
    """Tell whether a quotation holds an answer, word for word, or is most of a gold span."""
    quote = f" {' '.join(normal(span.of(article.text)))} "
    if any(f" {' '.join(normal(answer))} " in quote for answer in question.answers):
        return True
    gold = question.gold.get(article.id, ())
    return any(span.overlap(g) >= MOST * min(len(span), len(g)) for g in gold)
