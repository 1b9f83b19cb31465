"""How an answer was found, as Markdown: its certainty, and a table of what was searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.answers import Answer, Intent
from qa.settings import STANCES
from qa.trace import STAGES, Trace
from qa.types import Hit
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.markdown import escape_markdown

RANKINGS = ("vectors", "words", "fused")
UNRANKED = "–"
SURE = 0.9  # probability: the mean of such answers is about 0.95, where probabilities hold
EVEN = 0.5  # probability from which an answer is more likely right than wrong
GUESSED = frozenset({Intent.QUESTION, Intent.COMPOUND})
"""What is answered by sentences that a reader finds likely."""


def certainty_word(probability: float, strings: Strings = ENGLISH) -> str:
    """Return a probability in words: below what is sure, as the stances let it through."""
    steps = {
        strings.sure: SURE,
        strings.likely: STANCES["balanced"],
        strings.unsure: STANCES["eager"],
    }
    met = (word for word, least in steps.items() if probability >= least)
    return next(met, strings.unlikely)


def certainty_badge(answer: Answer, strings: Strings = ENGLISH) -> str:
    """Return how sure an answer is.

    An abstention claims nothing, nor does a list of what an article says, and nothing is sure
    where the articles disagree.
    """
    if not answer.statements or answer.rivals or answer.intent not in GUESSED:
        return ""
    word = certainty_word(answer.confidence, strings)
    css_class = certainty_word(answer.confidence)
    return (
        f"<span class='certainty {css_class}' title='{strings.certainty_means}'>"
        f"{word.capitalize()}</span>"
    )


def render_details(trace: Trace, strings: Strings = ENGLISH) -> str:
    """Return how an answer was found, folded away under a summary."""
    summary = f"<details><summary>{strings.details}</summary>"
    return "\n\n".join([summary, *_paragraphs(trace, strings), "</details>"])


def _paragraphs(trace: Trace, strings: Strings) -> Iterator[str]:
    yield strings.search_line.format(question=escape_markdown(trace.answer.asked))
    if trace.answer.hits:
        yield "\n".join(_table(trace, strings))
        yield strings.ranks
    times = {stage: _milliseconds(trace.seconds[stage], strings) for stage in STAGES}
    yield strings.durations.format(**times)


def _table(trace: Trace, strings: Strings) -> Iterator[str]:
    """Yield a row for each passage: its rank in each ranking, and whether it answers."""
    hits = trace.answer.hits
    ranks = [_ranks(hits, ranking) for ranking in RANKINGS]
    probabilities = trace.probabilities
    several = len({hit.passage.article.id for hit in hits}) > 1
    columns = (strings.by_meaning, strings.by_words, strings.by_both)
    yield _row([strings.passage, *columns, strings.answers])
    yield _row(["---", *["---:"] * len(RANKINGS), "---"])
    for passage in (hit.passage for hit in hits):
        name = passage.trail if several or not passage.path else passage.path[-1]
        cells = (str(rank.get(passage.id, UNRANKED)) for rank in ranks)
        found = probabilities.get(passage.id)
        answers = strings.unread if found is None else certainty_word(found, strings)
        yield _row([escape_markdown(name), *cells, answers])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _ranks(hits: Sequence[Hit], ranking: str) -> dict[int, int]:
    """Return the rank of each hit in a ranking, by the number of its passage."""
    ranked = [hit for hit in hits if ranking in hit.stages]
    best_first = sorted(ranked, key=lambda hit: (-hit.stages[ranking], hit.passage.place))
    return {hit.passage.id: rank for rank, hit in enumerate(best_first, 1)}


def _milliseconds(seconds: float, strings: Strings) -> str:
    if seconds < 0.001:
        return strings.no_time
    return strings.milliseconds.format(count=strings.number(round(1000 * seconds)))
