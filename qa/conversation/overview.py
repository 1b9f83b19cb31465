"""What an article says as a whole, in its own sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from qa.answers import Answer, Intent, Statement, cite
from qa.articles.rows import tables_in
from qa.conversation.noun_phrases import is_person, names
from qa.language.amounts import NUMBER, NUMBER_WORDS, UNIT_BEHIND
from qa.language.dates import WRITTEN_DATE, YEAR, Moment, moment
from qa.language.orders import orders_an_answer
from qa.language.sentences import sentences
from qa.language.terms import terms
from qa.pipeline import Pipeline
from qa.types import Article, Excerpt, Section, Span

SIZES = {Intent.TOPIC: 2, Intent.SUMMARY: 5, Intent.KEY_POINTS: 6, Intent.SECTION: 4}
"""How many sentences are quoted."""
MAX_LISTED = 10  # sentences of a list of people, places, dates, or numbers
MAX_COMPARED = 40  # sentences of an article that are compared with it as a whole
MIN_WORDS, MAX_WORDS = 5, 60  # words of a sentence that says something by itself
FIRST_SENTENCE_BONUS = 0.08  # cosine: what the first sentence of a section counts for more
DEPENDENT_PENALTY = 0.15  # cosine: what one that begins with “it” or “this” counts for less
MIN_SHARED = 0.3  # of the words of a heading and of what it is asked for by
NEAR_HEADING = 0.45  # cosine of a heading and the words that it is asked for by
DEPENDENT_START = re.compile(
    r"(?:This|That|These|Those|Such|Then|However|It|Its|They|Their|He|His|She|Her|But|And)\b"
)
TENTH = (
    "first", "second", "third", "fourth", "fifth",
    "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
CARDINALS = {word: number for word, number in NUMBER_WORDS.items() if number > 0}
ORDINALS = {word: number for number, word in enumerate(TENTH, 1)}
PLACE = r"(?:in|at|near|from|to|into|outside|around|through|of|toward|towards|between) "


def quote_sentences(
    question: str,
    intent: Intent,
    found: Iterable[Excerpt],
    *,
    note: str = "",
) -> Answer:
    """Return an answer that quotes sentences, each for itself."""
    citations = cite(found)
    statements = tuple(Statement(c.quote, (c.number,)) for c in citations)
    return Answer(
        question, question, statements, citations, confidence=1.0, intent=intent, note=note
    )


def central(
    article: Article, sections: Sequence[Section], pipeline: Pipeline, *, count: int
) -> list[Excerpt]:
    """Return the sentences most like the whole, of as many sections as there are, in order."""
    spans = _telling_sentences(article, sections)
    if len(spans) <= count:
        return [Excerpt(article, span) for span in spans]
    weights = _weights(article, spans, pipeline)
    best = sorted(range(len(spans)), key=lambda n: -weights[n])
    chosen: list[int] = []
    covered: set[Span] = set()
    for fresh in (True, False):  # first one of each section, then whatever is most like it
        for number in best:
            home = _section(article, spans[number]).span
            if len(chosen) < count and number not in chosen and not (fresh and home in covered):
                chosen.append(number)
                covered.add(home)
    return [Excerpt(article, spans[number]) for number in sorted(chosen)]


def opening(article: Article, pipeline: Pipeline, *, count: int) -> list[Excerpt]:
    """Return the first sentence that says something, and those most like the whole."""
    spans = _telling_sentences(article, article.sections)
    if not spans:
        return []
    rest = [
        q
        for q in central(article, article.sections, pipeline, count=count)
        if q.span != spans[0]
    ]
    return [Excerpt(article, spans[0]), *rest[: count - 1]]


def _telling_sentences(article: Article, sections: Sequence[Section]) -> list[Span]:
    """Return the sentences that say something by themselves, each once; of many, some."""
    heads = {h for section in sections for t in tables_in(article, section) for h in t.heads}
    found = [
        span
        for section in sections
        for span in sentences(article.text, section.span)
        if span not in heads
        and MIN_WORDS <= len(span.of(article.text).split()) <= MAX_WORDS
        and not span.of(article.text).rstrip().endswith((":", "?"))
        and not orders_an_answer(span.of(article.text))
    ]
    if not found:
        found = [s for section in sections for s in sentences(article.text, section.span)]
    found = sorted({span.of(article.text): span for span in reversed(found)}.values())
    step = -(-len(found) // MAX_COMPARED) or 1
    firsts = {_section(article, s).span: s for s in reversed(found)}.values()
    return sorted({*found[::step], *list(firsts)[:MAX_COMPARED]}) if step > 1 else found


def _weights(article: Article, spans: Sequence[Span], pipeline: Pipeline) -> list[float]:
    window = pipeline.encoder.window
    texts = [span.of(article.text) for span in spans]
    sizes = pipeline.encoder.count(texts)
    texts = [t if size <= window else t[:window] for t, size in zip(texts, sizes, strict=True)]
    vectors = pipeline.encoder.passages(texts)
    middle = vectors.mean(axis=0)
    weights = vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))
    firsts = {section.span.start for section in article.sections}
    return [
        float(w)
        + FIRST_SENTENCE_BONUS * any(abs(span.start - start) < 2 for start in firsts)
        - DEPENDENT_PENALTY * (DEPENDENT_START.match(text) is not None)
        for w, span, text in zip(weights, spans, texts, strict=True)
    ]


def _section(article: Article, span: Span) -> Section:
    return next(s for s in article.sections if span in s.span)


def find_sections(name: str, article: Article, pipeline: Pipeline) -> list[Section]:
    """Return the section of that name, by number, words or meaning, and those under it."""
    headed = [s for s in article.sections if s.path]
    headings = list(dict.fromkeys(h for s in headed for h in s.path))
    if not headings:
        return []
    bare = name.strip().casefold().rstrip(".")
    number = (
        ORDINALS.get(bare) or CARDINALS.get(bare) or (int(bare) if bare.isdigit() else None)
    )
    if number is not None:
        heading = _heading_by_number(number, headings, headed)
    else:
        heading = _heading_by_words(name, headings)
        heading = heading or _heading_by_meaning(name, headings, pipeline)
    return _under(heading, headed) if heading else []


def _heading_by_number(number: int, headings: Sequence[str], headed: Sequence[Section]) -> str:
    """Return the heading that bears a number, or else the one that has it in order."""
    bearing = re.compile(rf"(?:section |chapter |part )?{number}\b[.):]?", re.IGNORECASE)
    tops = list(dict.fromkeys(s.path[0] for s in headed))
    in_order = tops[number - 1] if 0 < number <= len(tops) else ""
    return next((h for h in headings if bearing.match(h)), in_order)


def _heading_by_words(name: str, headings: Sequence[str]) -> str:
    """Return the heading that shares enough words with a name."""
    wanted = frozenset(terms(name))

    def share(heading: str) -> float:
        has = frozenset(terms(heading))
        if heading.casefold() == name.strip().casefold():
            return 2.0
        within = 0.5 if wanted and wanted <= has else 0.0
        return within + len(wanted & has) / max(len(wanted | has), 1)

    best = max(headings, key=share)
    return best if share(best) >= MIN_SHARED else ""


def _heading_by_meaning(name: str, headings: Sequence[str], pipeline: Pipeline) -> str:
    """Return the heading that means nearly the same as a name."""
    cosines = pipeline.encoder.questions(headings) @ pipeline.encoder.questions([name])[0]
    nearest = int(np.argmax(cosines))
    return headings[nearest] if cosines[nearest] >= NEAR_HEADING else ""


def _under(heading: str, headed: Sequence[Section]) -> list[Section]:
    return [s for s in headed if heading in s.path]


def whole(article: Article, sections: Sequence[Section], *, limit: int) -> list[Excerpt] | None:
    """Return all sentences of a short section, or nothing of a longer one."""
    spans = [span for s in sections for span in sentences(article.text, s.span)]
    return [Excerpt(article, span) for span in spans] if len(spans) <= limit else None


def people(article: Article) -> list[Excerpt]:
    """Return for each person the first sentence that names them."""
    return _first_mentions(article, lambda name: is_person(name, article) is True)


def places(article: Article) -> list[Excerpt]:
    """Return for each place the first sentence that names it."""
    text = article.text

    def is_place(name: str) -> bool:
        found = re.search(rf"\b{PLACE}(?:the )?{re.escape(name)}\b", text)
        return found is not None and is_person(name, article) is not True

    return _first_mentions(article, is_place)


def _first_mentions(article: Article, fits: Callable[[str], bool]) -> list[Excerpt]:
    found: list[Excerpt] = []
    known: set[frozenset[str]] = set()
    for span in all_sentences(article):
        text = span.of(article.text)
        for name in names(text, article=article):
            key = frozenset(terms(name))
            if (
                not key
                or any(key <= other or other <= key for other in known)
                or not fits(name)
            ):
                continue
            known.add(key)
            at = span.start + text.find(name)
            if all(span != q.span for q in found):
                found.append(Excerpt(article, span, Span(at, at + len(name))))
    return found


def dates(article: Article) -> list[Excerpt]:
    """Return the sentences that are dated, the earliest first."""
    dated = [(when, q) for q in _matching(article, WRITTEN_DATE) if (when := _moment(q))]
    return [q for _, q in sorted(dated, key=lambda pair: (pair[0], pair[1].span))]


def numbers(article: Article) -> list[Excerpt]:
    """Return the sentences that state a number which is no part of a date, with its unit."""
    found: list[Excerpt] = []
    for span in all_sentences(article):
        text = span.of(article.text)
        dated = [each.span() for each in WRITTEN_DATE.finditer(text)]
        for number in NUMBER.finditer(text):
            if not any(start <= number.start() < end for start, end in dated):
                end = number.start() + len(number.group().rstrip(","))
                unit = UNIT_BEHIND.match(text, end)
                if unit and terms(unit.group(1)):
                    end = unit.end()
                short = Span(span.start + number.start(), span.start + end)
                found.append(Excerpt(article, span, short))
                break
    return found


def _moment(quotation: Excerpt) -> Moment | None:
    """Return the moment of the words that a sentence is quoted for, if they are a date."""
    stated = moment(quotation.short_answer)
    if stated is None or stated[0]:
        return stated
    return _year_before(quotation), stated[1], stated[2]


def _year_before(quotation: Excerpt) -> int:
    """Return the year last named before a date that names none; a date of today's is last."""
    years = YEAR.findall(quotation.article.text[: quotation.span.start])
    return int(years[-1][0]) if years else 9999


def _matching(article: Article, pattern: re.Pattern[str]) -> Iterable[Excerpt]:
    for span in all_sentences(article):
        found = pattern.search(span.of(article.text))
        if found and found.group():
            short = Span(span.start + found.start(), span.start + found.end())
            yield Excerpt(article, span, short)


def all_sentences(article: Article) -> Iterable[Span]:
    """Yield the sentences of an article, in order."""
    for section in article.sections:
        yield from sentences(article.text, section.span)


def shorts(found: Sequence[Excerpt]) -> str:
    """Return the words that sentences are quoted for, each once."""
    return ", ".join(dict.fromkeys(q.short_answer for q in found if q.short))
