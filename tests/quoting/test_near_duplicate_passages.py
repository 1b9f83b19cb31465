"""Passages that say nothing new: what they are, what they are not, and how they are cited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Article, Assistant, Hit, Passage, Settings, Span
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.index import build
from qa.language.sentences import sentences
from qa.quoting.near_duplicate_passages import (
    MAX_CITATIONS,
    add_near_duplicates,
    group_near_duplicates,
)
from qa.quoting.quotes import Quote

SENTENCES = (
    "The flood of the river Alder killed thirty people in the old town that winter.",
    "On the northern bank the water rose by two metres within a single night.",
    "Soldiers carried the patients of the hospital through the windows of its upper floor.",
    "The mayor promised new dams, which the council had refused in the spring.",
    "For three weeks the trains from the coast ended at the station of Lindow.",
    "A bakery gave away its bread, for it had no light to count money by.",
)
FLOOD = " ".join(SENTENCES[:3])


def passage(text: str, title: str = "The flood", *, number: int = 0) -> Passage:
    return Passage(number, Article.of(title, text), Span(0, len(text)))


def kept(*texts: str, most: int = 8) -> list[str]:
    """Return which texts say something new, each being an article of its own."""
    ranked = [passage(text, f"Article {n}", number=n) for n, text in enumerate(texts)]
    return [one.text for one, _ in group_near_duplicates(ranked, limit=most)]


def cut(title: str, numbers: Sequence[int], sizes: Sequence[int]) -> list[Passage]:
    """Return the passages of an article of these sentences, of so many sentences each."""
    article = Article.of(title, " ".join(SENTENCES[n] for n in numbers))
    spans = list(sentences(article.text))
    passages: list[Passage] = []
    for size in sizes:
        first, *_ = some = spans[:size]
        del spans[:size]
        passages.append(Passage(len(passages), article, Span(first.start, some[-1].end)))
    return passages


# What a twin is


@pytest.mark.parametrize(
    "again",
    [
        FLOOD,
        FLOOD.upper(),
        FLOOD.replace(" ", "\n"),
        FLOOD.replace("single night", "single dark night"),
        FLOOD.replace(" that winter", ""),
        " ".join([SENTENCES[2], SENTENCES[0], SENTENCES[1]]),
        " ".join(SENTENCES[:2]),
    ],
)
def test_a_passage_that_says_nothing_new_takes_no_place(again: str) -> None:
    assert kept(FLOOD, again) == [FLOOD]


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("thirty", "forty"),
        ("killed", "never killed"),
        ("killed", "nearly killed"),
        ("Alder", "Marsh"),
        ("northern", "southern"),
        ("two metres", "2 metres"),
        ("that winter", "before that winter"),
        ("Soldiers", "Nuns"),
    ],
)
def test_a_passage_that_disagrees_in_anything_is_shown(there: str, instead: str) -> None:
    other = FLOOD.replace(there, instead)
    assert kept(FLOOD, other) == [FLOOD, other]
    assert kept(other, FLOOD) == [other, FLOOD]


def test_a_passage_with_one_more_sentence_is_shown() -> None:
    more = f"{FLOOD} {SENTENCES[3]}"
    assert kept(FLOOD, more) == [FLOOD, more]


def test_sentences_of_two_articles_do_not_make_a_passage_a_repetition() -> None:
    halves = [" ".join(SENTENCES[:2]), " ".join(SENTENCES[2:4])]
    whole = " ".join(halves)
    assert kept(*halves, whole) == [*halves, whole]
    one = cut("The flood", range(4), [2, 2])
    ((_, first), (_, second)) = group_near_duplicates([*one, passage(whole, "Again")], limit=8)
    assert [twin.text for twin in (*first, *second)] == [whole, whole]


def test_few_words_may_be_said_of_many_things() -> None:
    short = "It opened in spring. The way in costs nothing."
    assert kept(short, short) == [short, short]


def test_what_it_is_depends_on_the_title() -> None:
    told = f"It was the worst of the century. {FLOOD}"
    assert kept(told, told) == [told, told]
    one, other = (passage(f"{told}{end}", "The flood") for end in ("", " "))
    assert len(group_near_duplicates([one, other], limit=8)) == 1


# Laws

orders = st.permutations(range(len(SENTENCES))).flatmap(
    lambda order: st.tuples(st.just(order), st.sampled_from([(2, 2, 2), (3, 3), (2, 4), (6,)]))
)


@given(orders, st.data())
def test_copies_of_an_article_change_nothing_of_what_is_shown(
    article: tuple[Sequence[int], Sequence[int]], data: st.DataObject
) -> None:
    one = cut("The flood", *article)
    copies = [p for n in range(3) for p in cut(f"Copy {n}", *article)]
    ranked = data.draw(st.permutations(one))
    mixed = [*ranked]
    for copy in copies:
        mixed.insert(data.draw(st.integers(0, len(mixed))), copy)
    shown = [first.text for first, _ in group_near_duplicates(mixed, limit=8)]
    assert sorted(shown) == sorted(p.text for p in one)
    assert shown == list(dict.fromkeys(p.text for p in mixed))


@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4), max_size=8))
def test_whatever_is_found_is_said_by_something_shown(found: list[list[str]]) -> None:
    ranked = [passage(" ".join(f), f"{n}", number=n) for n, f in enumerate(found)]
    pairs = group_near_duplicates(ranked, limit=len(ranked))
    shown = [first for first, _ in pairs]
    assert [p for p in ranked if p in shown] == shown
    said = {sentence for p in shown for sentence in found[p.id]}
    assert said == {sentence for some in found for sentence in some}
    near_duplicates = {twin.id for _, behind in pairs for twin in behind}
    assert near_duplicates.isdisjoint(p.id for p in shown)
    assert len(near_duplicates) + len(shown) == len(ranked)


@given(st.integers(1, 4))
def test_no_more_are_shown_than_wanted_and_none_is_read_behind_them(most: int) -> None:
    texts = [f"{n} {FLOOD}" for n in range(5)]
    ranked = iter([passage(text, number=n) for n, text in enumerate(texts)])
    assert len(group_near_duplicates(ranked, limit=most)) == most
    assert len(list(ranked)) == 5 - most - 1


# How they are cited


def test_what_the_twins_say_is_cited_with_it_from_their_own_text() -> None:
    one, other = passage(FLOOD), passage(f"At last.\n\n{FLOOD.upper()}", "Again")
    quote = Quote(one.article, sentences(FLOOD)[0], Span(34, 40))
    twin = Passage(1, other.article, Span(10, len(other.text)))
    ((first, again),) = add_near_duplicates(
        [(quote,)], [Hit(one, 0.9, near_duplicates=(twin,))]
    )
    assert first == quote
    assert again.article == other.article
    assert again.text == SENTENCES[0].upper()


def test_a_sentence_has_only_so_many_citations() -> None:
    near_duplicates = tuple(passage(FLOOD, f"Copy {n}", number=n) for n in range(1, 10))
    hits = [Hit(passage(FLOOD), 0.9, near_duplicates=near_duplicates)]
    quotes = [Quote(hits[0].passage.article, span) for span in sentences(FLOOD)]
    for group in add_near_duplicates([(quote,) for quote in quotes], hits):
        assert [quote.article.title for quote in group] == [
            "The flood",
            *(f"Copy {n}" for n in range(1, MAX_CITATIONS)),
        ]
        assert len({quote.text for quote in group}) == 1


def test_an_answer_with_copies_is_the_answer_without_them(tmp_path: Path) -> None:
    chosen = Settings(reader="similarity", stance="0", hits=3, statements=1)
    said = {}
    for copies in (0, 6):
        papers = [
            Article.of(title, text)
            for title, text in (
                ("The flood", FLOOD),
                *((f"The Lindow Gazette {n}", FLOOD) for n in range(copies)),
                ("Trains", SENTENCES[4]),
                ("Bread", SENTENCES[5]),
            )
        ]
        index = build(
            papers, into=tmp_path / str(copies), settings=chosen, encoder=BagOfWordsEncoder()
        )
        asks = Assistant(index, settings=chosen, encoder=BagOfWordsEncoder())
        said[copies] = asks.ask("How many people did the flood of the river Alder kill?")
        abstention = asks.ask("Who baked the bread of Lindow?", stance="1")
        assert (
            len({passage.text for passage in abstention.nearest})
            == len(abstention.nearest)
            == 3
        )
    for answer in said.values():
        assert {s.text for s in answer.statements} == {SENTENCES[0]}
        assert {hit.passage.text for hit in answer.hits} == {FLOOD, *SENTENCES[4:]}
        assert {citation.quote for citation in answer.citations} == {SENTENCES[0]}
    assert [len(answer.citations) for answer in said.values()] == [1, MAX_CITATIONS]
    assert len({citation.article.id for citation in said[6].citations}) == MAX_CITATIONS
