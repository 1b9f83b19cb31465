"""Question generation from headings: questions that a section should answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.suggestions.question import GeneratedQuestion
from qa.suggestions.wording import MAX_CHARACTERS, PLAIN_QUESTION, Wording, reads_well

QUESTION_HEADING = re.compile(
    r"(?:who|what|when|where|why|how|which|is|are|can|do|does|should)\b.*\?", re.IGNORECASE
)
PLURAL_NOUNS = frozenset(
    """
    advantages aims benefits causes characteristics consequences differences disadvantages
    duties effects functions goals ingredients objectives origins powers purposes reasons
    requirements responsibilities risks stages steps symptoms types uses
    """.split()
)
SINGULAR_NOUNS = frozenset(
    """
    aim cause definition effect function goal history impact importance influence meaning
    motto origin purpose reason role significance structure
    """.split()
)
NOUN_OF = re.compile(
    rf"(?:[\w-]+ ){{0,2}}(?P<noun>{'|'.join(sorted(PLURAL_NOUNS | SINGULAR_NOUNS))})"
    r" (?:of|for|in|on) .+",
    re.IGNORECASE,
)
EVENT_QUESTIONS = {
    "collapse of": "Why did {} collapse?",
    "construction of": "How was {} built?",
    "creation of": "How was {} created?",
    "decline of": "Why did {} decline?",
    "discovery of": "How was {} discovered?",
    "escalation of": "How did {} escalate?",
    "formation of": "How was {} formed?",
    "founding of": "How was {} founded?",
    "invention of": "How was {} invented?",
}
LONE_HEADINGS = {
    "causes": "What causes {}?",
    "climate": "What is the climate of {} like?",
    "critical reception": "How was {} received by critics?",
    "diagnosis": "How is {} diagnosed?",
    "economy": "What is the economy of {} based on?",
    "effects": "What are the effects of {}?",
    "etymology": "Where does the {} come from?",
    "ingredients": "What are the ingredients of {}?",
    "origins": "What are the origins of {}?",
    "plot": "What is {} about?",
    "prevention": "How can {} be prevented?",
    "purpose": "What is the purpose of {}?",
    "rules": "What are the rules of {}?",
    "signs and symptoms": "What are the signs and symptoms of {}?",
    "symptoms": "What are the symptoms of {}?",
    "treatment": "How is {} treated?",
    "types": "What types of {} are there?",
}
"""What a short heading asks of the article's subject."""


def questions_from_heading(heading: str, wording: Wording) -> Iterator[GeneratedQuestion]:
    """Yield questions that a section under a heading should answer."""
    if len(heading) > MAX_CHARACTERS:
        return
    for question in _questions(" ".join(heading.split()), wording):
        asked = f"{question[:1].upper()}{question[1:]}"
        as_written = asked == heading and PLAIN_QUESTION.fullmatch(asked) is not None
        if as_written or reads_well(asked):
            yield GeneratedQuestion(
                asked,
                "heading",
                self_contained=as_written or wording.is_self_contained(asked.partition(" ")[2]),
            )


def _questions(heading: str, wording: Wording) -> Iterator[str]:
    if QUESTION_HEADING.fullmatch(heading):
        yield heading
        return
    plain = wording.sentence_case(heading)
    if found := NOUN_OF.fullmatch(plain):
        yield f"what {'are' if found['noun'].casefold() in PLURAL_NOUNS else 'is'} the {plain}?"
    elif plain.casefold() in LONE_HEADINGS and wording.subject:
        yield LONE_HEADINGS[plain.casefold()].format(_subject(plain, wording.subject))
    for begins, question in EVENT_QUESTIONS.items():
        if plain.casefold().startswith(f"{begins} "):
            yield question.format(plain[len(begins) + 1 :])


def _subject(heading: str, subject: str) -> str:
    """Return the article's subject; where it is asked for as a word, that is said."""
    if heading.casefold() != "etymology":
        return subject
    return f"{'name' if subject[0].isupper() else 'word'} {subject}"
