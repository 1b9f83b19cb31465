"""A single ask, step by step: search, read, answer; what a talk is about is not its affair."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from qa.answers import Answer
from qa.encoders import Encoder
from qa.errors import QuestionError
from qa.index import Index
from qa.quoting.compose import compose
from qa.readers import Evidence, Reader
from qa.search import search, worth_reading
from qa.settings import Settings
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

    def ask(
        self,
        question: str,
        *,
        asked: str | None = None,
        favoured: Collection[str] = (),
        stance: str | None = None,
    ) -> Answer:
        """Answer a question that stands alone, or as it was `asked` after a rewrite.

        Raises:
            QuestionError: if the question has more tokens than the encoder reads.
            SettingsError: if there is no such stance.
        """
        asked = question if asked is None else asked
        hits = self.search(asked, favoured=favoured)
        evidence = self.read(asked, hits)
        return self.answer(question, asked=asked, hits=hits, evidence=evidence, stance=stance)

    def search(self, question: str, *, favoured: Collection[str] = ()) -> tuple[Hit, ...]:
        """Find the passages most likely to answer; those of `favoured` articles come easier.

        Raises:
            QuestionError: if the question has more tokens than the encoder reads.
        """
        self._check_window(question)
        return search(
            question,
            self.index,
            encoder=self.encoder,
            settings=self.settings,
            within=self.passages,
            favoured=frozenset(self.index.passages_of(favoured)) if favoured else frozenset(),
        )

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """Weigh the sentences of the passages worth reading, best first."""
        return self.reader.read(question, worth_reading(hits))

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
        given = {} if stance is None else {"stance": stance}
        return compose(
            question,
            asked,
            hits=hits,
            evidence=evidence,
            unknown=self.index.words.unknown_words(asked, within=self.passages),
            settings=self.settings.with_(given),
        )

    def _check_window(self, question: str) -> None:
        tokens = self.encoder.count([question])[0]
        if tokens > self.encoder.window:
            raise QuestionError(
                "The question has {length} tokens; {limit} can be read.",
                hint="Ask it in fewer words.",
                length=tokens,
                limit=self.encoder.window,
            )
