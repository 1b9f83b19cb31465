"""Answers that were just given: none is given again to another question."""

from __future__ import annotations

from collections.abc import Iterable

from qa.answers import Answer, Citation
from qa.language.terms import split_words
from qa.readers import Evidence

WHY = frozenset({"why", "warum", "wieso", "weshalb"})
CAUSES = frozenset({
    "as", "because", "cause", "caused", "causes", "due", "hence", "owing", "reason", "since",
    "so", "therefore", "thus", "da", "daher", "darum", "denn", "deshalb", "weil",
})  # fmt: skip
"""Words that give a reason, or may do so."""


def is_repeated(answer: Answer, before: Answer) -> bool:
    """Tell whether an answer says just what the one before said.

    That is the same short answer of the same sentence; to why, it is the same sentence, unless
    that gives a reason. Else a sentence may well answer two questions.
    """
    main = _main(answer)
    if main is None:
        return False
    asks_why = _asks_why(answer.asked)
    if asks_why and _gives_reason(main.quote):
        return False
    same = (
        c for c in before.citations if (c.article.id, c.span) == (main.article.id, main.span)
    )
    return any(asks_why or (main.short and main.short == citation.short) for citation in same)


def left_over(asked: str, evidence: Iterable[Evidence], before: Answer) -> list[Evidence]:
    """Return the evidence that the answer before has not used; to why, what gives a reason."""
    used = {(citation.article.id, citation.span) for citation in before.citations}
    fresh = [e for e in evidence if (e.passage.article.id, e.span) not in used]
    if not _asks_why(asked):
        return fresh
    return [e for e in fresh if _gives_reason(e.span.of(e.passage.article.text))]


def _main(answer: Answer) -> Citation | None:
    """Return the citation that answers: that of the short answer, or else the first."""
    first = next(iter(answer.citations), None)
    return next((citation for citation in answer.citations if citation.short), first)


def _asks_why(question: str) -> bool:
    return not WHY.isdisjoint(map(str.casefold, split_words(question)))


def _gives_reason(said: str) -> bool:
    return not CAUSES.isdisjoint(map(str.casefold, split_words(said)))
