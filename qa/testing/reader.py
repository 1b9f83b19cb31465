"""The promise of a reader, as tests."""

from __future__ import annotations

from abc import abstractmethod

from qa.language.sentences import sentences
from qa.readers import Reader
from qa.types import Article, Hit, Passage, Span

PARAGRAPHS = (
    "The harbour tram opened in 1912. It runs for nine kilometres along the quay.",
    "The lamp can be seen from 31 kilometres away. The keeper, Ada Brook, retired in 1974.",
)
QUESTION = "When did the harbour tram open?"


class ReaderSuite:
    """What every reader promises: see `qa.Reader`."""

    @abstractmethod
    def make(self) -> Reader:
        """Return the reader to be tested."""

    def test_every_sentence_is_scored_once(self) -> None:
        """All sentences of all passages come back, and nothing else."""
        hits = hits_of(*PARAGRAPHS)
        wanted = [
            (hit.passage.id, span)
            for hit in hits
            for span in sentences(hit.passage.article.text, hit.passage.span)
        ]
        evidence = self.make().read(QUESTION, hits)
        assert sorted((e.passage.id, e.span) for e in evidence) == sorted(wanted)

    def test_scores_are_probabilities_best_first(self) -> None:
        """They can be compared with a threshold."""
        scores = [e.score for e in self.make().read(QUESTION, hits_of(*PARAGRAPHS))]
        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)

    def test_a_short_answer_stands_in_its_sentence(self) -> None:
        """It is a part of the quotation."""
        for evidence in self.make().read(QUESTION, hits_of(*PARAGRAPHS)):
            assert evidence.short is None or evidence.short in evidence.span

    def test_reading_again_gives_the_same(self) -> None:
        """The same question always gets the same answer."""
        reader, hits = self.make(), hits_of(*PARAGRAPHS)
        assert reader.read(QUESTION, hits) == reader.read(QUESTION, hits)

    def test_no_passages_are_no_evidence(self) -> None:
        """Nothing in, nothing out."""
        assert tuple(self.make().read(QUESTION, [])) == ()


def hits_of(*texts: str) -> tuple[Hit, ...]:
    """Return each text as a hit: a passage that is a whole article."""
    articles = [Article.of(f"Article {n}", text) for n, text in enumerate(texts)]
    passages = [Passage(n, a, Span(0, len(a.text))) for n, a in enumerate(articles)]
    return tuple(Hit(passage, 0.5) for passage in passages)
