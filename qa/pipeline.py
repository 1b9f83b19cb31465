"""The pipeline of a question that stands alone: search, read, answer, each step traced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain, starmap

from qa.answers import Answer
from qa.encoders import Encoder
from qa.errors import QuestionError
from qa.index import Index
from qa.query import as_written_in, named_in, unknown_subjects
from qa.quoting.compose import compose
from qa.readers import Evidence, Reader
from qa.readers.base import best_first
from qa.search import NO_BACKGROUND, Background, SearchResult, search, worth_reading
from qa.settings import Settings
from qa.timing import timed
from qa.trace import Steps, Trace, add_seconds, finish
from qa.types import Hit


@dataclass(frozen=True)
class Pipeline:
    """One index and the models that read it; `within` are the articles that may be quoted."""

    index: Index
    settings: Settings
    encoder: Encoder
    reader: Reader
    within: Collection[str] | None = None
    passages: Collection[int] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.within is not None:
            object.__setattr__(self, "passages", self.index.passages_of(self.within))

    def steps(
        self,
        question: str,
        *,
        asked: str | None = None,
        background: Background = NO_BACKGROUND,
        stance: str | None = None,
    ) -> Steps:
        """Answer a question that stands alone, or as it was `asked` after a rewrite.

        Raises:
            QuestionError: if the question has more tokens than the encoder reads.
            SettingsError: if there is no such stance.
        """
        asked, seconds = question if asked is None else asked, dict[str, float]()
        with timed(seconds, "search"):
            found = self.search(asked, background=background)
        yield found.hits
        with timed(seconds, "read"):
            evidence = self.read(asked, found.hits)
        with timed(seconds, "answer"):
            answer = self.answer(
                question, asked=asked, hits=found.hits, evidence=evidence, stance=stance
            )
        return Trace(answer, found, evidence, add_seconds(seconds))

    def trace(self, question: str) -> Trace:
        """Answer a question that stands alone, at once.

        Raises:
            QuestionError: if the question has more tokens than the encoder reads.
        """
        return finish(self.steps(question))

    def search(self, question: str, *, background: Background = NO_BACKGROUND) -> SearchResult:
        """Find the passages most likely to answer, with what was talked of before.

        Raises:
            QuestionError: if the question has more tokens than the encoder reads.
        """
        self.check_window(question)
        return search(
            question,
            self.index,
            encoder=self.encoder,
            settings=self.settings,
            within=self.passages,
            background=background,
        )

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Score the sentences of the passages worth reading, best first.

        A passage is read with the name in the question that it has itself, where the articles
        define several for one thing: the reader does not know that they are one.
        """
        worth = worth_reading(hits)
        named = named_in(question, self.index.words.vocabulary)
        if not named:
            return self.reader.read(question, worth)
        hits_by_wording = defaultdict[str, list[Hit]](list)
        for hit in worth:
            hits_by_wording[as_written_in(hit.passage.text, question, named)].append(hit)
        read = starmap(self.reader.read, hits_by_wording.items())
        return best_first([*chain.from_iterable(read)])

    def answer(
        self,
        question: str,
        *,
        asked: str,
        hits: Sequence[Hit],
        evidence: Sequence[Evidence],
        stance: str | None = None,
    ) -> Answer:
        """Quote the evidence if it is good enough; abstain, and say why, if not.

        Raises:
            SettingsError: if there is no such stance.
        """
        return compose(
            question,
            asked,
            hits=hits,
            evidence=evidence,
            unknown=unknown_subjects(asked, self.index.words, within=self.passages),
            settings=self.settings.with_stance(stance),
        )

    def check_window(self, question: str) -> None:
        """Check that the encoder reads the whole of a question.

        Raises:
            QuestionError: if it has more tokens than that.
        """
        tokens = self.encoder.count([question])[0]
        if tokens > self.encoder.window:
            raise QuestionError(
                "The question has {length} tokens; {limit} can be read.",
                hint="Ask it in fewer words.",
                length=tokens,
                limit=self.encoder.window,
            )
