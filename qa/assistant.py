"""The assistant: the whole way from a question to its cited answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Self

from qa.answers import Answer, Turn
from qa.callbacks import Progress, do_nothing
from qa.conversation.dialogue import Dialogue
from qa.conversation.starting_points import article_questions
from qa.conversation.understanding import Understanding
from qa.encoders import Encoder, open_encoder
from qa.encoders.cached import CachedEncoder
from qa.errors import IndexMismatch, QuestionError
from qa.index import Index, extend, load
from qa.index.manifest import Manifest
from qa.index_folder import index_folder
from qa.language.characters import is_well_formed
from qa.pipeline import Pipeline
from qa.query import Query, correct_slips
from qa.readers import Reader, open_reader
from qa.settings import Settings
from qa.suggestions.suggest import Suggestion, follow_ups, starters
from qa.timing import timed
from qa.trace import Steps, Trace, add_seconds, finish
from qa.types import Article

MAX_QUESTION_CHARACTERS = 1000  # characters of a question
FEW_STARTERS = 3  # questions for single facts: where there are fewer, others are added
STARTERS, FOLLOW_UPS = 4, 3  # questions suggested to begin with, and after an answer


class Assistant:
    """Answers from one index; it keeps no history, so any number may ask at once."""

    def __init__(
        self,
        index: Index,
        *,
        settings: Settings | None = None,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
        within: Collection[str] | None = None,
    ) -> None:
        """Bring an index together with the models that read it.

        Without `settings` they are those in force. `within` are the ids of the articles that
        may be quoted; without it all may.

        Raises:
            IndexMismatch: if another encoder built the index.
            SettingsError: if the settings make no sense.
        """
        self.index = index
        self.settings = settings or Settings.load()
        self._encoder = encoder or open_encoder(self.settings.encoder)
        self._reader = reader or open_reader(self.settings.reader, self._encoder)
        self.pipeline = Pipeline(
            index, self.settings, CachedEncoder(self._encoder), self._reader, within
        )
        self._dialogue = Dialogue(self.pipeline)
        recipe = index.manifest.recipe
        if recipe.encoder_sha256 != self._encoder.sha256:
            raise IndexMismatch(
                f"The index was built by the encoder {recipe.encoder}, "
                f"and questions would be encoded by {self._encoder.name}, another model."
            )

    def within(self, articles: Collection[str]) -> Self:
        """Return an assistant that quotes these articles only, which go by their ids."""
        return self._with(self.index, within=articles)

    def extend_library(
        self,
        articles: Iterable[Article],
        *,
        into: Path,
        reuse: Index | None = None,
        progress: Progress = do_nothing,
    ) -> Self:
        """Return an assistant of this library and some more articles.

        The library is not encoded again, nor are articles of the index to `reuse`.

        Raises:
            QAError: if the index cannot be written.
        """
        index = extend(
            self.index,
            articles,
            into=into,
            encoder=self._encoder,
            reuse=reuse,
            progress=progress,
        )
        return self._with(index)

    def reload(self) -> Self:
        """Return an assistant of the current version of the index, where this one was opened.

        Raises:
            IndexMissing, IndexBroken, IndexMismatch: if it cannot be used.
        """
        return self._with(load(self.index.home))

    def _with(self, index: Index, *, within: Collection[str] | None = None) -> Self:
        return type(self)(
            index,
            settings=self.settings,
            encoder=self._encoder,
            reader=self._reader,
            within=within,
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        stance: str | None = None,
        exact: bool = False,
    ) -> Answer:
        """Answer with quotations, or abstain and say why.

        The `stance` says how sure the answer must be; without it the settings do. Slips are
        corrected, and the answer says so, unless the words are to be taken as `exact`.

        Raises:
            QuestionError: if the question is empty or too long.
            SettingsError: if there is no such stance.
        """
        return self.trace(question, history=history, stance=stance, exact=exact).answer

    def trace(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        stance: str | None = None,
        exact: bool = False,
    ) -> Trace:
        """Answer as `ask` does, and tell what each stage found and how long it took.

        Raises:
            QuestionError: if the question is empty or too long.
            SettingsError: if there is no such stance.
        """
        return finish(self.steps(question, history=history, stance=stance, exact=exact))

    def steps(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        stance: str | None = None,
        exact: bool = False,
    ) -> Steps:
        """Answer as `ask` does, step by step: yield hits when they are found, then the trace.

        Raises:
            QuestionError: if the question is empty or too long.
            SettingsError: if there is no such stance.
        """
        self.settings.with_stance(stance)  # also where a reply needs no reader
        seconds: dict[str, float] = {}
        with timed(seconds, "understand"):
            understood = self.understand(question, history=history, exact=exact)
        trace = yield from self._dialogue.steps(understood, history=history, stance=stance)
        answer = understood.corrected(trace.answer)
        return replace(trace, answer=answer, seconds=add_seconds(seconds, trace.seconds))

    def understand(
        self, question: str, *, history: Sequence[Turn] = (), exact: bool = False
    ) -> Understanding:
        """Return what a turn wants, and how it would be asked alone, its slips corrected.

        Raises:
            QuestionError: if the question is empty or too long.
        """
        typed = check_question(question)
        query = Query(typed)
        if not exact:
            query = correct_slips(typed, self.index.words, within=self.pipeline.passages)
        self.pipeline.check_window(query.text)
        understood = self._dialogue.understand(query.text, history)
        return replace(understood, typed=typed, corrections=query.corrections)

    def suggest(
        self,
        *,
        history: Sequence[Turn] = (),
        among: Collection[str] | None = None,
        limit: int | None = None,
    ) -> tuple[Suggestion, ...]:
        """Return questions that the articles surely answer: each has been asked.

        Without a `history` they are four to begin with, about some of the articles or, if few
        facts can be asked, about those as a whole; `among` are the ids to choose these from.
        With a `history` they are three that go on from its last answer.
        """
        if history:
            return follow_ups(
                history, partial(self.ask, history=history), limit=limit or FOLLOW_UPS
            )
        among = self.pipeline.within if among is None else among
        limit = limit or STARTERS
        found = starters(self.index, self.ask, among=among, limit=limit)
        if len(found) >= min(limit, FEW_STARTERS):
            return found
        more = islice(article_questions(self.pipeline, among=among), limit - len(found))
        return (*found, *more)


def check_question(question: str) -> str:
    """Return the question with its white space folded.

    Raises:
        QuestionError: if nothing is left, or too much, or half a character: a lone surrogate.
    """
    folded = " ".join(question.split())
    if not is_well_formed(folded):
        raise QuestionError("The question has half a character in it.", hint="Type it again.")
    if not any(map(str.isalnum, folded)):
        raise QuestionError("The question is empty.", hint="Type a question.")
    if len(folded) > MAX_QUESTION_CHARACTERS:
        raise QuestionError(
            "The question has {length} characters; the limit is {limit}.",
            hint="Ask it in fewer words.",
            length=len(folded),
            limit=MAX_QUESTION_CHARACTERS,
        )
    return folded


def ask(
    question: str,
    *,
    index: Index | str | Path | None = None,
    history: Sequence[Turn] = (),
    stance: str | None = None,
    exact: bool = False,
) -> Answer:
    """Answer one question from an index, or from the folder of one.

    Slips are corrected, unless its words are to be taken as `exact`.

    Raises:
        QuestionError: if the question is empty or too long.
        SettingsError: if there is no such stance, or the settings make no sense.
        IndexMissing, IndexBroken, IndexMismatch: if the index cannot be used.
    """
    settings = Settings.load()
    if isinstance(index, Index):
        assistant = Assistant(index, settings=settings)
    else:
        folder = Path(index or index_folder(settings)).resolve()
        assistant = _open_once(folder, Manifest.read(folder).folder, settings)
    return assistant.ask(question, history=history, stance=stance, exact=exact)


@lru_cache(maxsize=4)
def _open_once(folder: Path, version: str, settings: Settings) -> Assistant:  # noqa: ARG001
    """Open an index once; a new version of it is another one."""
    return Assistant(load(folder), settings=settings)
