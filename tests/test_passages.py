"""Passages: whole sentences of one section that fit the window; nothing is ever cut off."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.encoders.minilm import MiniLMEncoder
from qa.language.sentences import sentences
from qa.passages import CountTokens, embedding_text, heading, split_article
from qa.types import Article, Passage, Section, Span
from tests.reading import articles_of

BAG, MINILM = BagOfWordsEncoder().count, MiniLMEncoder().count
WINDOW = 24
"""Small, so that little text is needed to fill it."""

words = st.text("abcdefghijklmnop", min_size=1, max_size=9) | st.sampled_from(
    [
        "quay",
        "lantern",
        "1947",
        "é",
        "…",
        "—",
        "🐟",
        "中",
        "각각",
        "the",
        "supercalifragilistic",
    ]
)
phrases = st.lists(words, min_size=1, max_size=12).map(" ".join)
told = st.lists(words, min_size=1, max_size=40).map(lambda said: " ".join(said) + ". ")
contents = st.lists(told, min_size=1, max_size=4).map(lambda all_: "".join(all_).strip())
paths = st.lists(phrases, max_size=3).map(tuple)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of a few sections, under headings short and long."""
    text, sections = "", []
    for path, content in draw(st.lists(st.tuples(paths, contents), min_size=1, max_size=4)):
        start = len(text)
        text += content
        sections.append(Section(path, Span(start, len(text))))
        text += "\n\n"
    return Article.of(draw(phrases), text, sections=tuple(sections))


def cut_small(
    article: Article, count_tokens: CountTokens, tokens: int = 12
) -> tuple[Passage, ...]:
    return split_article(article, tokens=tokens, window=WINDOW, count_tokens=count_tokens)


both = pytest.mark.parametrize("count_tokens", [BAG, MINILM], ids=["bag", "minilm"])


# Laws


@both
@given(article=articles())
def test_what_is_encoded_of_a_passage_fits_the_window(
    count_tokens: CountTokens, article: Article
) -> None:
    for passage in cut_small(article, count_tokens):
        whole = embedding_text(passage, window=WINDOW, count_tokens=count_tokens)
        assert count_tokens([whole])[0] <= WINDOW
        assert whole.endswith(passage.text)


@both
@given(article=articles())
def test_the_passages_of_a_section_are_the_section_in_order(
    count_tokens: CountTokens, article: Article
) -> None:
    passages = list(cut_small(article, count_tokens))
    for section in article.sections:
        end = section.span.start
        while passages and passages[0].span in section.span:
            passage = passages.pop(0)
            assert not article.text[end : passage.span.start].strip()
            assert passage.path == section.path
            end = passage.span.end
        assert not article.text[end : section.span.end].strip()
    assert passages == []


@given(articles())
def test_a_passage_ends_where_a_sentence_does_if_its_sentences_fit(article: Article) -> None:
    passages = split_article(article, tokens=400, window=1000, count_tokens=BAG)
    ends = {s.end for part in article.sections for s in sentences(article.text, part.span)}
    assert {passage.span.end for passage in passages} <= ends


@given(articles())
def test_no_two_neighbours_would_have_fitted_in_one(article: Article) -> None:
    for section in article.sections:
        alone = Article.of("T", section.span.of(article.text))
        passages = split_article(alone, tokens=12, window=1000, count_tokens=BAG)
        for one, other in pairwise(passages):
            first = sentences(alone.text, other.span)[0]
            assert BAG([one.text])[0] + BAG([first.of(alone.text)])[0] > 12


@given(articles(), st.integers(0, 100))
def test_passages_are_numbered_from_the_first(article: Article, first: int) -> None:
    passages = split_article(article, tokens=12, window=WINDOW, count_tokens=BAG, first=first)
    assert [p.id for p in passages] == list(range(first, first + len(passages)))


@given(articles())
def test_an_article_is_cut_the_same_way_twice(article: Article) -> None:
    assert cut_small(article, BAG) == cut_small(article, BAG)


# Examples


def cut_text(text: str, *, tokens: int = 12, count_tokens: CountTokens = BAG) -> list[str]:
    return [p.text for p in cut_small(Article.of("Tram", text), count_tokens, tokens)]


def test_sentences_are_joined_while_they_fit() -> None:
    text = "It runs. It is free. It was built in the year 1911. Nobody laughed at it."
    assert cut_text(text, tokens=12) == [
        "It runs. It is free. It was built in the year 1911.",
        "Nobody laughed at it.",
    ]


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    sentence = " ".join(f"word{number}" for number in range(70)) + "."
    pieces = cut_text(sentence)
    assert len(pieces) > 1
    assert " ".join(pieces) == sentence


def test_a_word_that_is_too_long_is_cut_between_characters() -> None:
    word = "🐟" * 300
    pieces = cut_text(word, count_tokens=lambda texts: [len(text) for text in texts])
    assert len(pieces) > 1
    assert "".join(pieces) == word


def test_a_heading_that_is_too_long_gives_way_from_the_front() -> None:
    title, near = " ".join(["title"] * 40), "The two cars"
    text = "Salt is white."
    article = Article.of(title, text, sections=(Section((near,), Span(0, len(text))),))
    (passage,) = cut_small(article, BAG)
    assert (
        embedding_text(passage, window=WINDOW, count_tokens=BAG)
        == "The two cars. Salt is white."
    )
    assert heading(title, (near,)) == f"{title}. The two cars"


def test_a_heading_that_never_fits_is_left_out() -> None:
    article = Article.of(" ".join(["title"] * 40), "Salt is white.")
    (passage,) = cut_small(article, BAG)
    assert embedding_text(passage, window=WINDOW, count_tokens=BAG) == "Salt is white."


def test_what_is_encoded_says_where_the_passage_stands() -> None:
    text = "Salt is white."
    article = Article.of("Tram", text, sections=(Section(("Cars", "Salt"), Span(0, 14)),))
    (passage,) = cut_small(article, BAG)
    whole = embedding_text(passage, window=WINDOW, count_tokens=BAG)
    assert whole == "Tram. Cars. Salt. Salt is white."


def test_an_article_without_sections_has_no_passages() -> None:
    assert cut_small(Article.of("Tram", ""), BAG) == ()


def test_our_articles_are_cut_into_whole_sections_at_the_shipped_size(
    our_articles: Path,
) -> None:
    for article in articles_of(our_articles):
        passages = split_article(article, tokens=128, window=256, count_tokens=MINILM)
        assert [p.span for p in passages] == [s.span for s in article.sections]


def hangul(syllables: int) -> str:
    """A text that MiniLM's tokenizer takes apart into three tokens a character."""
    return " ".join("각" * 30 for _ in range(syllables // 30)) + "."


def test_a_text_of_more_tokens_than_characters_is_cut_too() -> None:
    encoder: Callable[..., object] = MiniLMEncoder().passages
    passages = split_article(
        Article.of("Tram", hangul(120)), tokens=128, window=256, count_tokens=MINILM
    )
    encoder([embedding_text(p, window=256, count_tokens=MINILM) for p in passages])
