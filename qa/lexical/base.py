"""The interface of a lexical index."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from qa.fusion import Ranking
from qa.language.languages import ENGLISH
from qa.lexical.vocabulary import Vocabulary

FIELDS = {"text": 1.0, "heading": 0.5}
"""The fields that are searched, and the weight of each; title and headings are one field."""


class LexicalPassage(NamedTuple):
    """A passage as a lexical index takes it."""

    id: int
    heading: str
    text: str
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class FormerIndex:
    """The lexical index of the version before, and what has changed since."""

    folder: Path
    removed: Collection[int] = ()
    added: Iterable[LexicalPassage] = ()


class LexicalIndex(Protocol):
    """Passages under integer ids, searched by the stems of their words.

    Scores are BM25's, by the terms of `qa.language.terms` and with the weights of `FIELDS`; a
    passage that shares no word has none. Which of equal scores survive a cut at `k` is the
    index's affair. Unknown ids to search within are no matter. Like a vector store it is kept
    in a version's folder, or elsewhere; once written it never changes.
    """

    @property
    def kind(self) -> str:
        """What ranks the passages."""
        ...

    def __len__(self) -> int: ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The words and names that the passages hold, and their languages."""
        ...

    @classmethod
    def write(
        cls,
        folder: Path,
        passages: Iterable[LexicalPassage],
        *,
        address: str = "",
        former: FormerIndex | None = None,
    ) -> LexicalIndex:
        """Index passages for the version that has an empty folder.

        The same comes of it where the index of the version before is changed instead; that may
        be of another kind. `address` is what follows the store's name and a colon in the
        settings.
        """
        ...

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open an index that was written.

        Raises:
            OSError, ValueError: if it cannot be read.
        """
        ...

    @classmethod
    def forget(cls, folder: Path, standing: Path | None) -> None:
        """Delete what a version keeps elsewhere, but for what the standing one has too."""
        ...

    def search(
        self, question: str, k: int, *, within: Collection[int] | None = None
    ) -> Ranking:
        """Return the scores of the best `k` passages.

        `within` are the ids that may be found; a word weighs as in the whole index even then.
        """
        ...

    def unknown_words(
        self, question: str, *, within: Collection[int] | None = None
    ) -> tuple[str, ...]:
        """Return the words of a question that no passage holds, as they were written.

        Words that are common in the question's language are none of them.
        """
        ...
