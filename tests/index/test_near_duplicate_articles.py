"""Articles that are nearly the same, against the definition worked out in full."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from qa import Article
from qa.index.near_duplicate_articles import (
    MIN_SIMILARITY,
    SHINGLE_WORDS,
    SKETCH_SIZE,
    find_near_duplicates,
    similarity,
    sketch,
)

WORDS = "tram quay goat pear oil salt bell shed ice car fish town".split()
few = st.lists(st.sampled_from(WORDS), max_size=60)


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1)}


def prose(words: int, seed: int) -> list[str]:
    random = Random(seed)
    return [f"w{random.randrange(3000)}" for _ in range(words)]


def edited(words: list[str], one_in: int, seed: int) -> list[str]:
    random = Random(seed)
    return [f"x{random.random()}" if random.random() < 1 / one_in else word for word in words]


def groups(*texts: list[str]) -> list[tuple[int, ...]]:
    return find_near_duplicates(
        Article.of(str(n), " ".join(words)) for n, words in enumerate(texts)
    )


@given(few, few)
def test_short_texts_are_as_alike_as_their_runs_of_words(
    one: list[str], other: list[str]
) -> None:
    left, right = runs(one), runs(other)
    exact = len(left & right) / max(len(left | right), 1)
    assert len(left | right) <= SKETCH_SIZE
    assert similarity(sketch(" ".join(one)), sketch(" ".join(other))) == exact


def test_long_texts_are_about_as_alike_as_their_runs_of_words() -> None:
    off = []
    for seed in range(30):
        one = prose(2000, seed)
        other = edited(one, 4 + seed, seed)
        left, right = runs(one), runs(other)
        exact = len(left & right) / len(left | right)
        off.append(similarity(sketch(" ".join(one)), sketch(" ".join(other))) - exact)
    assert max(map(abs, off)) < 0.15
    assert abs(sum(off) / len(off)) < 0.03


def test_a_page_saved_twice_with_small_edits_is_nearly_the_same() -> None:
    pages = [prose(500, seed) for seed in range(8)]
    copies = [edited(page, 20, 1) for page in pages]
    assert groups(*pages, *copies) == [(n, n + 8) for n in range(8)]


def test_articles_that_share_a_paragraph_are_not_nearly_the_same() -> None:
    shared = prose(100, 0)
    assert groups(*(shared + prose(300, seed) for seed in range(1, 9))) == []


@given(st.permutations(range(6)))
def test_the_groups_do_not_depend_on_the_order_of_the_articles(order: list[int]) -> None:
    report, page = prose(300, 1), prose(300, 2)
    texts = [report, edited(report, 40, 1), edited(report, 40, 2), page, page, prose(300, 3)]
    found = groups(*(texts[n] for n in order))
    assert {tuple(sorted(order[n] for n in group)) for group in found} == {(0, 1, 2), (3, 4)}


def test_the_words_count_and_not_their_case_or_what_is_between_them() -> None:
    text = prose(50, 1)
    assert similarity(sketch(" ".join(text)), sketch(",\n".join(text).upper())) == 1
    assert 0 < MIN_SIMILARITY < 1


def test_articles_without_words_are_like_no_other() -> None:
    assert groups([], [], ["tram"], ["tram"]) == []
