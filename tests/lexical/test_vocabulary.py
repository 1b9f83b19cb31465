"""What a lexical index knows besides passages: words as written, aliases, languages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.lexical.base import LexicalPassage
from qa.lexical.question_words import question_words
from qa.lexical.tantivy import TantivyIndex
from qa.lexical.vocabulary import Vocabulary

PASSAGES = [
    LexicalPassage(0, "Trams", "The tram of the Kelm Harbour Authority (KHA) is an e-bike."),
    LexicalPassage(1, "Trams", "The KHA (Kelm Harbour Authority) sold the tram in 1951."),
    LexicalPassage(2, "Brücken", "Die Brücke ist alt.", "de"),
    LexicalPassage(3, "电车", "港口的电车"),
]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return TantivyIndex.write(tmp_path_factory.mktemp("vocabulary"), PASSAGES).vocabulary


def test_words_are_listed_as_they_are_written_with_how_many_passages_hold_them(
    vocabulary: Vocabulary,
) -> None:
    assert dict(vocabulary.words("tram")) == {"tram": 2, "trams": 2}
    assert dict(vocabulary.words("br")) == {"brücke": 1, "brücken": 1}
    assert not vocabulary.words("电")
    assert vocabulary.has("Tram")
    assert not vocabulary.has("tra")


def test_languages_are_listed_the_most_frequent_first(vocabulary: Vocabulary) -> None:
    assert vocabulary.languages == ("en", "de")


@pytest.mark.parametrize("name", ["KHA", "kha"])
def test_aliases_are_found_by_either_name_however_it_is_written(
    vocabulary: Vocabulary, name: str
) -> None:
    assert vocabulary.aliases(name) == [("Kelm Harbour Authority", 2)]
    assert vocabulary.aliases("kelm harbour-authority") == [("KHA", 2)]
    assert vocabulary.aliases("Kelm") == []


def test_an_index_without_passages_has_an_english_vocabulary(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    empty = TantivyIndex.write(tmp_path_factory.mktemp("none"), []).vocabulary
    assert empty.languages == ("en",)
    assert not empty.words("")


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["tram", "quay", "bell"]), min_size=1, max_size=6))
def test_the_words_of_the_vocabulary_are_those_of_the_passages(
    tmp_path_factory: pytest.TempPathFactory, said: Sequence[str]
) -> None:
    passages = [LexicalPassage(n, "", word) for n, word in enumerate(said)]
    written = TantivyIndex.write(tmp_path_factory.mktemp("law"), passages).vocabulary
    assert dict(written.words("")) == {word: said.count(word) for word in said}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who wrote to Kelm's harbour?", ["wrote", "Kelm's", "harbour"]),
        ("Is an e-mail worth 1,000?", ["e-mail", "worth", "1,000"]),
        ("Wann wurde die Brücke gebaut?", ["Brücke", "gebaut"]),
        ("电车什么时候开通？", ["电车", "开通"]),
        ("", []),
    ],
)
def test_the_words_of_a_question_are_its_own_and_none_that_only_ask(
    question: str, words: list[str]
) -> None:
    assert [word.written for word in question_words(question, ["en", "de"])] == words


def test_one_way_of_indexing_a_word_is_enough() -> None:
    (word,) = question_words("e-mail", ["en"])
    assert set(word.ways) == {("e", "mail"), ("email",)}
