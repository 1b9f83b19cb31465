"""What is worth reading of what was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Article, Hit, Passage, Span
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.index import Index, build
from qa.search import MAX_SCORE_GAP, Background, search, worth_reading
from qa.settings import Settings

ARTICLE = Article.of("Harbour", "The tram opened in 1912.")
PASSAGE = Passage(0, ARTICLE, Span(0, len(ARTICLE.text)))


def hits_of(*scores: float) -> list[Hit]:
    return [Hit(PASSAGE, score) for score in sorted(scores, reverse=True)]


found = st.lists(st.floats(0, 1), max_size=20).map(lambda scores: hits_of(*scores))


@given(found)
def test_only_the_last_hits_are_left_out_and_all_of_them_are_far_behind(
    hits: list[Hit],
) -> None:
    read = worth_reading(hits)
    assert read == hits[: len(read)]
    assert all(hit.score < hits[0].score - MAX_SCORE_GAP for hit in hits[len(read) :])


@given(found.filter(bool))
def test_what_is_as_good_as_the_best_is_read(hits: list[Hit]) -> None:
    best = [hit for hit in hits if hit.score == hits[0].score]
    assert worth_reading(hits)[: len(best)] == best


@given(found)
def test_what_is_worth_reading_does_not_change_when_the_rest_is_gone(hits: list[Hit]) -> None:
    assert worth_reading(worth_reading(hits)) == worth_reading(hits)


def test_a_hit_close_behind_is_read_and_one_far_behind_is_not() -> None:
    scores = [hit.score for hit in worth_reading(hits_of(0.9, 0.65, 0.59, 0.2))]
    assert scores == [0.9, 0.65]


BAG = BagOfWordsEncoder()
SETTINGS = Settings(encoder="bag-of-words", reader="similarity")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Index:
    articles = [
        Article.of("Harbour Tram", "The ferry tram needs a permit. Its fee is nine crowns."),
        Article.of("Town Library", "The library card needs a form. Its fee is two crowns."),
    ]
    home = tmp_path_factory.mktemp("harbour")
    return build(articles, into=home, settings=SETTINGS, encoder=BAG)


@pytest.mark.parametrize(
    ("before", "title"),
    [("How does the library card work?", "Town Library"), ("Is the tram old?", "Harbour Tram")],
)
def test_a_question_that_goes_on_is_searched_for_with_the_one_before(
    harbour: Index, before: str, title: str
) -> None:
    background = Background(questions=(before,))
    found = search(
        "What is the fee?", harbour, encoder=BAG, settings=SETTINGS, background=background
    )
    assert found.hits[0].passage.article.title == title


def test_the_question_itself_counts_for_more_than_those_before(harbour: Index) -> None:
    background = Background(questions=("Does the tram need a permit?", "Is the tram old?"))
    asked = "How much is a library card?"
    found = search(asked, harbour, encoder=BAG, settings=SETTINGS, background=background)
    assert found.hits[0].passage.article.title == "Town Library"
