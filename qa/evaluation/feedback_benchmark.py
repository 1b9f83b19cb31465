"""The feedback benchmark: verdicts on answers, turned into questions with known answers."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.answers import Outcome
from qa.errors import FeedbackError
from qa.feedback import Feedback, QuotedSpan, Verdict, count_verdicts
from qa.index import Index
from qa.types import Article, Section

OPINIONS_DIFFER = "opinions differ"
LIBRARY_CHANGED = "the library has changed since"


@dataclass(frozen=True, slots=True)
class FeedbackQuestion:
    """A question, and what the feedback on its answers says about it.

    If it is `answerable`, `gold` is where the answer stands; if it is not, `near` is what was
    quoted all the same. Otherwise `why` says why a person must decide.
    """

    question: str
    answerable: bool | None = None
    gold: tuple[QuotedSpan, ...] = ()
    near: tuple[QuotedSpan, ...] = ()
    why: str = ""

    def __post_init__(self) -> None:
        if bool(self.gold) != bool(self.answerable) or bool(self.why) != (
            self.answerable is None
        ):
            raise ValueError("An answerable question has gold spans, an open one a reason")


def feedback_questions(given: Sequence[Feedback], index: Index) -> tuple[FeedbackQuestion, ...]:
    """Return what most people think of each question, in the order of first asking.

    What was quoted counts as long as its article is unchanged; that nothing answers, as long as
    the whole library is.
    """
    last = {one.key: one for one in given}
    found = defaultdict[str, list[FeedbackQuestion]](list)
    for key, count in count_verdicts(given).items():
        found[last[key].question].append(_from_verdicts(last[key], count, index))
    return tuple(_merge(some) for some in found.values())


def _from_verdicts(one: Feedback, count: Counter[Verdict], index: Index) -> FeedbackQuestion:
    """Return what the verdicts on one answer say about its question."""
    asked, (verdict, *others) = one.question, _majority(count)
    right = verdict is Verdict.UP and one.outcome is Outcome.ANSWERED
    should_abstain = verdict is Verdict.SHOULD_ABSTAIN or (verdict is Verdict.UP and not right)
    gone = dict.fromkeys(c.article for c in one.cited if not _section(c, index.articles))
    if others:
        return FeedbackQuestion(asked, why=OPINIONS_DIFFER)
    if gone and (right or should_abstain):
        return FeedbackQuestion(asked, why=f"changed since: {', '.join(gone)}")
    if right:
        return FeedbackQuestion(asked, answerable=True, gold=one.cited)
    if should_abstain and one.index == index.manifest.folder:
        return FeedbackQuestion(asked, answerable=False, near=one.cited)
    return FeedbackQuestion(asked, why=LIBRARY_CHANGED if should_abstain else verdict)


def _majority(count: Counter[Verdict]) -> list[Verdict]:
    """Return the verdict of most people; of more than one, if they are equally many."""
    most = max(count.values())
    return [verdict for verdict, number in count.items() if number == most]


def _merge(some: Sequence[FeedbackQuestion]) -> FeedbackQuestion:
    """Return what the feedback on several answers says about their question."""
    question, known = some[0].question, [one for one in some if one.answerable is not None]
    if not known:
        return FeedbackQuestion(question, why="; ".join(dict.fromkeys(one.why for one in some)))
    if len({one.answerable for one in known}) > 1:
        return FeedbackQuestion(question, why=OPINIONS_DIFFER)
    gold = dict.fromkeys(place for one in known for place in one.gold)
    near = dict.fromkeys(place for one in known for place in one.near)
    return FeedbackQuestion(question, known[0].answerable, tuple(gold), tuple(near))


def _section(place: QuotedSpan, articles: Mapping[str, Article]) -> Section | None:
    """Return the section that a quotation stands in, if its words are still words there."""
    article = articles.get(place.article)
    for section in article.sections if article else ():
        if article and place.span in section.span and _is_whole(place, article.text):
            return section
    return None


def _is_whole(place: QuotedSpan, text: str) -> bool:
    """Tell whether a quotation begins and ends with a word, and not inside of one."""
    quote = place.span.of(text)
    cuts = (text[max(at - 1, 0) : at + 1] for at in (place.span.start, place.span.end))
    return quote == quote.strip() and not any(len(two) > 1 and two.isalnum() for two in cuts)


def write_benchmark(questions: Iterable[FeedbackQuestion], index: Index, into: Path) -> None:
    """Write the questions, and the library as passages, as `qa eval` reads them.

    Open questions are included, but ignored until a person fills them in.

    Raises:
        FeedbackError: if there is a benchmark already, which someone may have filled in.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
        _write(into / "questions.jsonl", (_row(one, index.articles) for one in questions))
        _write(into / "passages.jsonl", _passages(index.articles.values()))
    except OSError as refused:
        why = refused.strerror or refused
        raise FeedbackError(
            f"{refused.filename} cannot be written: {why}.", hint="Name a folder of its own."
        ) from refused


def _write(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _passages(articles: Iterable[Article]) -> Iterator[dict[str, Any]]:
    for article in articles:
        for section in article.sections:
            yield {
                "id": _name(article.id, section),
                "title": article.title,
                "section": " › ".join(section.path),
                "text": section.span.of(article.text),
            }


def _name(article: str, section: Section) -> str:
    return f"{article}-{section.span.start}"


def _row(one: FeedbackQuestion, articles: Mapping[str, Article]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": hashlib.sha256(one.question.encode()).hexdigest()[:12],
        "question": one.question,
        "answerable": one.answerable,
        "answers": [],
        "gold_passages": [],
    }
    if one.answerable:
        return {**row, **_gold_fields(one.gold, articles)}
    near = {"plausible_passage": _place(one.near[0], articles)["passage"]} if one.near else {}
    return {**row, **near, **({"why": one.why} if one.why else {})}


def _gold_fields(gold: Sequence[QuotedSpan], articles: Mapping[str, Article]) -> dict[str, Any]:
    """Return where the quotations stand, and their words: together they are the answer."""
    places = [_place(place, articles) for place in gold]
    quotes = [place.span.of(articles[place.article].text) for place in gold]
    return {
        "answers": [" ".join(quotes)],
        "gold_passages": list(dict.fromkeys(place["passage"] for place in places)),
        "answer_spans": places,
        "gold_sentences": quotes,
    }


def _place(place: QuotedSpan, articles: Mapping[str, Article]) -> dict[str, Any]:
    """Return where a quotation stands in its section."""
    section = _section(place, articles)
    if section is None:
        raise ValueError(f"Not a quotation of the library: {place}")
    start, end = (at - section.span.start for at in (place.span.start, place.span.end))
    return {"passage": _name(place.article, section), "start": start, "end": end}
