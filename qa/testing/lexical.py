"""The promise of a lexical index, as tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qa.lexical.base import FormerIndex, LexicalIndex, LexicalPassage

WORDS = (
    LexicalPassage(3, "Harbour tram", "The tram runs along the quay to the customs house."),
    LexicalPassage(5, "Cars", "Salt is white, Pepper is grey; both trams have bells."),
    LexicalPassage(8, "Lighthouse", "It burned whale oil, then paraffin."),
)


class LexicalSuite:
    """What every lexical index promises: see `qa.lexical.base.LexicalIndex`."""

    index: type[LexicalIndex]
    """The index to be tested."""

    address: str = ""
    """What the settings say after the store's name and a colon."""

    def test_it_finds_words_by_their_stems(self) -> None:
        """In the text and above it; a passage that shares no word has no score."""
        with self._new_index(WORDS) as (index, _):
            assert len(index) == len(WORDS)
            assert index.kind
            assert set(index.search("trams", 9)) == {3, 5}
            assert set(index.search("lighthouses", 9)) == {8}
            assert all(score > 0 for score in index.search("tram quay", 9).values())
            assert len(index.search("tram", 1)) == 1
            assert index.search("the of", 9) == {}

    def test_it_searches_within_some_ids(self) -> None:
        """With the scores of the whole index; unknown ids do no harm."""
        with self._new_index(WORDS) as (index, _):
            whole = index.search("tram", 9)
            assert index.search("tram", 9, within=[5, 99]) == {5: whole[5]}
            assert index.search("tram", 9, within=[]) == {}

    def test_it_knows_which_words_no_passage_has(self) -> None:
        """As they were written, and without the common words of the language."""
        with self._new_index(WORDS) as (index, _):
            assert index.unknown_words("Which zebra rides the Tram?") == ("zebra", "rides")
            assert index.unknown_words("the tram", within=[8]) == ("tram",)

    def test_what_was_written_is_what_is_loaded(self) -> None:
        """The words of the passages among it."""
        with self._new_index(WORDS) as (index, folder):
            again = self.index.load(folder)
            assert again.search("tram whale", 9) == index.search("tram whale", 9)
            assert again.vocabulary.has("tram")
            assert not again.vocabulary.has("zebra")

    def test_the_next_version_is_as_if_written_from_nothing(self) -> None:
        """And the one before stays as it was, until it is forgotten."""
        every = [*WORDS[1:], LexicalPassage(11, "Goats", "A goat waits for the tram.")]
        with self._new_index(WORDS) as (old, folder), self._new_index(every) as (whole, _):
            before = old.search("tram goat", 9)
            former = FormerIndex(folder, removed=[WORDS[0].id], added=every[-1:])
            with self._new_index(every, former=former) as (_, fresh):
                assert self.index.load(folder).search("tram goat", 9) == before
                self.index.forget(folder, fresh)
                new = self.index.load(fresh)
                assert len(new) == len(every)
                assert new.search("tram goat", 9) == whole.search("tram goat", 9)

    @contextmanager
    def _new_index(
        self, passages: Sequence[LexicalPassage], *, former: FormerIndex | None = None
    ) -> Iterator[tuple[LexicalIndex, Path]]:
        """Provide an index of passages and its folder, and forget it at the end."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written = self.index.write(folder, passages, address=self.address, former=former)
            yield written, folder
            self.index.forget(folder, None)
