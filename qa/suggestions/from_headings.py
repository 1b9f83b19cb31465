"""Questions that a heading promises to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.suggestions.question import Posed
from qa.suggestions.word_lists import listed
from qa.suggestions.wording import LONGEST, Wording, reads_well

ASKED = re.compile(
    r"(?:who|what|when|where|why|how|which|is|are|can|do|does|should)\b.*\?", re.IGNORECASE
)
SEVERAL = listed(
    "advantages aims benefits causes characteristics consequences differences disadvantages "
    "duties effects functions goals ingredients objectives origins powers purposes reasons "
    "requirements responsibilities risks stages steps symptoms types uses"
)
ONE = listed(
    "aim cause definition effect function goal history impact importance influence meaning "
    "motto origin purpose reason role significance structure"
)
OF = re.compile(
    rf"(?:[\w-]+ ){{0,2}}(?P<noun>{'|'.join(sorted(SEVERAL | ONE))}) (?:of|for|in|on) .+",
    re.IGNORECASE,
)
HAPPENED = {
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
LONE = {
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


def pose_heading(heading: str, wording: Wording) -> Iterator[Posed]:
    """Yield questions that a section under a heading should answer."""
    if len(heading) > LONGEST:
        return
    for question in _questions(" ".join(heading.split()), wording):
        asked = f"{question[:1].upper()}{question[1:]}"
        if reads_well(asked):
            yield Posed(asked, "heading", told=wording.is_told(asked.partition(" ")[2]))


def _questions(heading: str, wording: Wording) -> Iterator[str]:
    if ASKED.fullmatch(heading):
        yield heading
        return
    plain = wording.uncapitalised(heading)
    if found := OF.fullmatch(plain):
        yield f"what {'are' if found['noun'].casefold() in SEVERAL else 'is'} the {plain}?"
    elif plain.casefold() in LONE and wording.subject:
        yield LONE[plain.casefold()].format(_subject(plain, wording.subject))
    for begins, question in HAPPENED.items():
        if plain.casefold().startswith(f"{begins} "):
            yield question.format(plain[len(begins) + 1 :])


def _subject(heading: str, subject: str) -> str:
    """Return the article's subject; where it is asked for as a word, that is said."""
    if heading.casefold() != "etymology":
        return subject
    return f"{'name' if subject[0].isupper() else 'word'} {subject}"
