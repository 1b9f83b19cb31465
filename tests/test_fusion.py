"""Fusion: laws of two rankings made one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.fusion import convex, reciprocal_rank, sorted_ids

ids = st.integers(0, 12)
cosines = st.dictionaries(ids, st.integers(0, 100).map(lambda n: n / 100), max_size=8)
scores = st.dictionaries(ids, st.integers(1, 500).map(lambda n: n / 10), max_size=8)
weights = st.integers(0, 10).map(lambda n: n / 10)


@given(scores)
def test_the_best_come_first_and_equal_scores_in_id_order(ranking: dict[int, float]) -> None:
    order = sorted_ids(ranking)
    assert sorted(order) == sorted(ranking)
    for one, other in pairwise(order):
        assert (ranking[one], -one) > (ranking[other], -other)


@given(scores, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_arrival(
    ranking: dict[int, float], random: object
) -> None:
    backwards = dict(reversed(ranking.items()))
    assert sorted_ids(backwards) == sorted_ids(ranking)


@given(cosines, scores, weights)
def test_what_either_search_found_is_in_the_fusion(
    vectors: dict[int, float], words: dict[int, float], weight: float
) -> None:
    assert convex(vectors, words, weight=weight).keys() == vectors.keys() | words.keys()


@given(cosines, scores, weights)
def test_a_fused_score_lies_between_0_and_1(
    vectors: dict[int, float], words: dict[int, float], weight: float
) -> None:
    for score in convex(vectors, words, weight=weight).values():
        assert -1e-9 <= score <= 1 + 1e-9


@given(cosines, scores, weights)
def test_fusion_does_not_depend_on_the_order_of_arrival(
    vectors: dict[int, float], words: dict[int, float], weight: float
) -> None:
    forth = convex(vectors, words, weight=weight)
    back = convex(dict(reversed(vectors.items())), dict(reversed(words.items())), weight=weight)
    assert forth == back
    assert sorted_ids(forth) == sorted_ids(back)


@given(cosines, scores)
def test_all_weight_on_one_side_gives_the_order_of_that_side(
    vectors: dict[int, float], words: dict[int, float]
) -> None:
    by_vectors = sorted_ids(convex(vectors, words, weight=1.0))
    by_words = sorted_ids(convex(vectors, words, weight=0.0))
    assert [n for n in by_vectors if n in vectors] == sorted_ids(vectors)
    assert by_words[: len(words)] == sorted_ids(words)


@given(cosines, scores, weights)
def test_what_is_better_in_both_is_better_in_the_fusion(
    vectors: dict[int, float], words: dict[int, float], weight: float
) -> None:
    fused = convex(vectors, words, weight=weight)
    for one in vectors.keys() & words.keys():
        for other in vectors.keys() & words.keys():
            if vectors[one] >= vectors[other] and words[one] >= words[other]:
                assert fused[one] >= fused[other] - 1e-9


def test_fusion_by_hand() -> None:
    fused = convex({1: 0.9, 2: 0.5}, {2: 8.0, 3: 4.0}, weight=0.5)
    assert fused == pytest.approx({1: 0.45, 2: 0.75, 3: 0.5})


def test_nothing_and_nothing_is_nothing() -> None:
    assert convex({}, {}, weight=0.5) == reciprocal_rank({}, {}) == {}


@given(st.lists(scores, max_size=3))
def test_the_rank_decides_and_the_score_does_not(rankings: list[dict[int, float]]) -> None:
    scaled = [{n: 7 * score + 1 for n, score in ranking.items()} for ranking in rankings]
    assert reciprocal_rank(*scaled) == reciprocal_rank(*rankings)


def test_reciprocal_ranks_by_hand() -> None:
    fused = reciprocal_rank({4: 9.0, 5: 1.0}, {5: 2.0})
    assert fused == pytest.approx({4: 1 / 61, 5: 1 / 62 + 1 / 61})
