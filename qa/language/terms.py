"""The terms that words are compared by: stems, without accents, and without stop words."""

from __future__ import annotations

from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STOP_WORDS = """
a about after again against all also am an and any are as at away be because been before being
between both but by can could did do does done during each ever every far few for from get give
given go had happen happened has have having he her here hers him his how i if in into is it its
itself just know let like long made make many may me might more most much must my name no nor
not of often old on once only or other our out over own please said same say says she should
since so some such take tell than that the their them then there these they this those through
to too under until up us use used very was we were what when where whether which while who whom
whose why will with without would you your d ll m re s t ve
""".split()  # noqa: SIM905  # a paragraph reads better than a column
"""Words that say nothing about the subject of a question."""


def terms(text: str) -> list[str]:
    """Return the stems of a text's words, without stop words."""
    return analyzer().analyze(text)


def term_overlap(question: str, text: str) -> float:
    """Return the share of a question's terms that a text has too."""
    wanted = set(terms(question))
    return len(wanted & set(terms(text))) / len(wanted) if wanted else 0.0


def split_words(text: str) -> list[str]:
    """Return the words of a text, as they are written."""
    return TextAnalyzerBuilder(Tokenizer.simple()).build().analyze(text)


@cache
def analyzer() -> TextAnalyzer:
    """Return the analyzer that makes terms of a text."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (
        Filter.remove_long(64),
        Filter.lowercase(),
        Filter.ascii_fold(),
        Filter.custom_stopword(STOP_WORDS),
        Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()
