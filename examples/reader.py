"""A reader of your own: thirty lines that decide which sentence answers.

python examples/reader.py
"""

from __future__ import annotations

from collections.abc import Sequence

from qa import Assistant, Evidence, Hit, load
from qa.index_folder import index_folder
from qa.language.sentences import sentences
from qa.language.terms import term_overlap
from qa.settings import Settings


class OverlapReader:
    """Takes the share of the question's terms that a sentence has for its probability."""

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score each sentence of the passages, best first."""
        evidence = [
            Evidence(hit.passage, span, term_overlap(question, span.of(article.text)))
            for hit in hits
            for article in [hit.passage.article]
            for span in sentences(article.text, hit.passage.span)
        ]
        return tuple(sorted(evidence, key=lambda sentence: -sentence.score))


def main(question: str) -> None:
    """Ask the articles of this repository with that reader."""
    index = load(index_folder(Settings.load()))
    print(Assistant(index, reader=OverlapReader()).ask(question, stance="0.5"))


if __name__ == "__main__":
    main("Which group spearheaded the offensive in Hama?")
