"""History and a question in, the question as it would be asked alone out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answers import Answer, Substitution, Turn
from qa.conversation.anaphora import (
    Anaphor,
    Mention,
    is_bare,
    is_fragment,
    mentions,
)
from qa.conversation.antecedents import (
    NEVER,
    Antecedent,
    antecedents,
    without,
    without_fillings,
)
from qa.conversation.ellipsis import complete_fragment
from qa.conversation.noun_phrases import NO_NAMES, names, restore_case
from qa.conversation.salience import salience
from qa.language.dates import date

OPENING = re.compile(r"\A(?:(?:and|but|so|or|ok|okay)\b[ ,]*)+(?=\w)", re.IGNORECASE)
BOUND = re.compile(r"\b(?:since|until|till|from|by|after|before) $", re.IGNORECASE)
LIKELY = 0.2  # probability of what is put in beside the title of the article
RIVALS = 3  # readings of one question that are weighed
LEAST = 0.05  # probability: a pronoun that so little fits points at nothing that was spoken of


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A question as it would be asked alone, and what was put in for what.

    `probability` is that of its being meant so, by what was said before.
    """

    question: str
    asked: str
    substitutions: tuple[Substitution, ...] = ()
    probability: float = 1.0

    def __post_init__(self) -> None:
        if not self.asked:
            raise ValueError("A question as it is asked has words")
        if self.substitutions and self.asked == self.question:
            raise ValueError("What was put in does not stand in the question")

    @property
    def is_rewritten(self) -> bool:
        """Whether the question could not stand alone."""
        return self.asked != self.question


def rewrites(question: str, history: Sequence[Turn]) -> list[Rewrite]:
    """Return readings of a question, the likeliest first; alone, it is its only reading."""
    alone = [Rewrite(question, question)]
    if not history:
        return alone
    last = history[-1].answer
    article = last.citations[0].article if last.citations else None
    said = restore_case(question, article) if article else question
    pointing = mentions(said)
    if is_bare(said) or (is_fragment(said) and not pointing):
        readings = _pieces(question, said, history)
        if readings:
            return readings
    found = without(antecedents(history), said)
    if pointing:
        readings = _resolve_pronouns(question, said, pointing, found)
        if is_fragment(said):
            readings = [r for each in readings for r in _pieces(question, each.asked, history)]
        return readings[:RIVALS] or alone
    if any(turn.question.casefold() == question.casefold() for turn in history):
        return alone  # asked again, word for word: perhaps of other articles
    return _fill_gap(question, said, found) or alone


def _pieces(question: str, said: str, history: Sequence[Turn]) -> list[Rewrite]:
    """Return the readings of a piece, by the last whole question, and by the last piece."""
    last = history[-1].answer
    whole = last if is_bare(said) else _whole(history)
    short = last.short_answer
    found = dict(complete_fragment(said, without_fillings(whole.asked), short)[:RIVALS])
    if whole is not last:
        found |= complete_fragment(said, without_fillings(last.asked), short)[:1]
    return [
        Rewrite(
            question, asked, (Substitution(gone, said.rstrip("?!. ")),) if gone else (), 0.9**n
        )
        for n, (asked, gone) in enumerate(found.items())
        if asked != question
    ]


def _whole(history: Sequence[Turn]) -> Answer:
    """Return the answer to the last question that was no piece of the one before it."""
    pieces = (is_bare, is_fragment)
    turns = (t.answer for t in reversed(history) if not any(p(t.question) for p in pieces))
    return next(turns, history[-1].answer)


def _resolve_pronouns(
    question: str, said: str, pointing: Sequence[Mention], found: Sequence[Antecedent]
) -> list[Rewrite]:
    """Return a reading for each likely meaning of the first pronoun."""
    first = _candidates(said, pointing[0], found)[:RIVALS]
    readings = []
    for probability, meant in first:
        if probability < LEAST:
            break
        chosen = {pointing[0].start: meant}
        for mention in pointing[1:]:
            if mention.kind is pointing[0].kind:
                continue  # once the first is named, the second is clear
            others = [(c, a) for c, a in _candidates(said, mention, found) if a is not meant]
            if others:
                chosen[mention.start] = others[0][1]
        asked, put_in = _substitute(said, pointing, chosen)
        asked = _without_opening(asked)
        if asked != question:
            readings.append(Rewrite(question, asked, put_in, probability))
    return readings


def _candidates(
    said: str, mention: Mention, found: Sequence[Antecedent]
) -> list[tuple[float, Antecedent]]:
    """Return what a pronoun may mean, the likeliest first."""
    fit = [a for a in found if _fits(mention, a)]
    if mention.kind is Anaphor.PERSON:
        named = [a for a in fit if a.person or (a.person is None and not a.titled)]
        fit = named or [a for a in fit if not a.named]  # an article about a person shows it
    weighed = [(salience(a, said, mention.kind), a) for a in fit]
    return sorted(weighed, key=lambda pair: -pair[0])


def _fits(mention: Mention, a: Antecedent) -> bool:
    match mention.kind:
        case Anaphor.TIME:
            return bool(date(a.text)) and a.text[:4] != "the "
        case Anaphor.PLACE:
            return (a.named or a.asked == 0) and a.person is not True and not date(a.text)
        case Anaphor.ARTICLE:
            return a.titled
        case Anaphor.ONE:
            return a.asked < NEVER and not a.named
        case _:
            return not date(a.text)


def _substitute(
    said: str, pointing: Sequence[Mention], chosen: dict[int, Antecedent]
) -> tuple[str, tuple[Substitution, ...]]:
    parts: list[str] = []
    put_in: list[Substitution] = []
    at = 0
    for mention in pointing:
        if mention.start not in chosen:
            continue
        words = mention.of(said)
        before = said[at : mention.start]
        bounded = BOUND.search(before) is not None
        meant = _word_for(mention, chosen[mention.start].text, bounded=bounded)
        parts.append(before)
        parts.append(meant[:1].upper() + meant[1:] if mention.start == 0 else meant)
        at = mention.end
        put_in.append(Substitution(words, meant))
    return "".join([*parts, said[at:]]), tuple(put_in)


def _without_opening(asked: str) -> str:
    """Return a question without the “and” that joins it to the one before."""
    bare = OPENING.sub("", asked)
    return f"{bare[:1].upper()}{bare[1:]}" if bare != asked else asked


def _word_for(mention: Mention, text: str, *, bounded: bool) -> str:
    if mention.kind is Anaphor.ONE:
        return text.partition(" ")[2] or text
    if mention.kind is Anaphor.PLACE:
        return f"in {text}"
    if mention.kind is Anaphor.TIME:
        return text if bounded else f"in {text}"
    if mention.owns:
        return f"{text}’" if text.endswith("s") else f"{text}’s"
    return text


def _fill_gap(question: str, said: str, found: Sequence[Antecedent]) -> list[Rewrite]:
    """Return the question with what it leaves unsaid in brackets behind it, if it does.

    That is what the article is about, and what was likely meant besides.
    """
    if own := names(said):
        return _full_name(question, said, own, found)
    found = [a for a in found if not date(a.text)]
    weighed = sorted(((salience(a, said, None), a) for a in found), key=lambda pair: -pair[0])
    if not weighed:
        return []
    (probability, first), *_ = weighed
    titled = next((a for _, a in weighed if a.titled and not a.cited), first)
    likely = probability >= LIKELY
    apart = first.key.isdisjoint(titled.key)
    meant = [first.text] * likely + [titled.text] * (apart or not likely)
    return [
        Rewrite(
            question,
            f"{_without_opening(said)} ({', '.join(meant)})",
            tuple(Substitution("", text) for text in meant),
            probability,
        ),
        Rewrite(question, question, probability=1 - probability),
    ]


def _full_name(
    question: str, said: str, own: Sequence[str], found: Sequence[Antecedent]
) -> list[Rewrite]:
    """Return the question with the full name of the person whom the article is about."""
    for a in found:
        short = next((name for name in own if a.text.endswith(f" {name}")), None)
        at = _find_bare(short, said) if short and a.titled and a.person else None
        if at:
            asked = f"{said[: at.start()]}{a.text}{said[at.end() :]}"
            put_in = (Substitution(at.group(), a.text),)
            return [Rewrite(question, asked, put_in), Rewrite(question, question)]
    return []


def _find_bare(name: str, said: str) -> re.Match[str] | None:
    """Return where a name stands first that is not the end of a longer one."""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", said):
        word = said[: found.start()].rstrip(" ").rpartition(" ")[2].lstrip("“‘\"'(")
        is_name = word[:1].isupper() and word not in NO_NAMES
        if not is_name or word.endswith(tuple(",;:?!")):
            return found
    return None
