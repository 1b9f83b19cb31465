"""Which articles a turn names, and what it wants of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa.answers import Intent
from qa.assistant import Assistant
from qa.conversation.naming import naming
from qa.encoders import open_encoder
from qa.index import ArticleEntry, build
from qa.language.terms import terms

WORDS = ("harbour", "orchard", "quarry", "lantern", "meadow", "saddle", "kettle", "violin")
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(" ".join)
LIBRARIES = st.lists(TITLES, min_size=1, max_size=6, unique=True)
FILES = {
    "volunteers.md": "# Handbook for Volunteers\n\nA shift lasts six hours. Lunch is free.\n",
    "faq.md": "# Frequent questions\n\nDogs may come along to the lawn. Cars stay outside.\n",
    "report-2022.md": "# Yearly report 2022\n\nThe school had ninety members in that year.\n",
    "report-2023.md": "# Yearly report 2023\n\nThe school had eighty members in that year.\n",
    "boats.csv": "Boat,Length,Berth\nGannet,6 m,C2\nFulmar,8 m,B1\n",
}


def entries(titles: list[str]) -> dict[str, ArticleEntry]:
    """Return the entries of articles with these titles, each in a file of its own."""
    return {
        str(n): ArticleEntry(str(n), title, f"{n}-file.pdf", "", (), words=1, passages=1)
        for n, title in enumerate(titles)
    }


@given(LIBRARIES, st.data())
def test_who_says_a_title_names_its_article(titles: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(titles) - 1))
    named = naming(f"What is “{titles[at]}” about?", entries(titles))
    assert named.is_whole
    assert str(at) in named.articles
    assert {*terms(titles[at])} <= named.words


@given(LIBRARIES, st.lists(st.sampled_from((*WORDS, "0-file.pdf")), max_size=5))
def test_the_words_that_name_an_article_were_said(titles: list[str], words: list[str]) -> None:
    turn = f"Summarise {' '.join(words)}"
    assert naming(turn, entries(titles)).words <= {*terms(turn)}


@given(LIBRARIES, st.data())
def test_who_writes_the_name_of_a_file_names_its_article(
    titles: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(titles) - 1))
    assert naming(f"Summarise {at}-file.PDF!", entries(titles)).articles == (str(at),)


@given(LIBRARIES, st.sampled_from(WORDS))
def test_a_word_names_every_article_that_has_it_in_its_title_and_no_other(
    titles: list[str], word: str
) -> None:
    named = naming(f"Summarise the {word}", entries(titles))
    assume(not named.is_whole)
    having = [str(n) for n, title in enumerate(titles) if word in title.split()]
    assert list(named.articles) == having
    assert (
        named.without("Summarise the " + word) == f"Summarise the{'' if having else ' ' + word}"
    )


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A library of files that have other names than their titles."""
    home = tmp_path_factory.mktemp("school")
    articles = home / "articles"
    articles.mkdir()
    for name, text in FILES.items():
        Path(articles / name).write_text(text, "utf-8")
    encoder = open_encoder("minilm")
    return Assistant(build(articles, into=home / "index", encoder=encoder), encoder=encoder)


@pytest.mark.parametrize(
    ("turn", "intent", "source"),
    [
        ("Summarise the handbook", Intent.SUMMARY, "volunteers.md"),
        ("summarise volunteers.md", Intent.SUMMARY, "volunteers.md"),
        ("What is the FAQ about?", Intent.TOPIC, "faq.md"),
        ("What is the CSV about?", Intent.TOPIC, "boats.csv"),
        ("Give me the key points of the handbook", Intent.KEY_POINTS, "volunteers.md"),
        ("tl;dr the report 2022", Intent.SUMMARY, "report-2022.md"),
    ],
)
def test_an_article_is_told_by_a_part_of_its_name(
    school: Assistant, turn: str, intent: Intent, source: str
) -> None:
    answer = school.ask(turn)
    assert answer.intent is intent
    assert {citation.article.source for citation in answer.citations} == {source}


def test_where_several_articles_are_named_so_they_are_offered(school: Assistant) -> None:
    answer = school.ask("Summarise the report")
    assert answer.statements == ()
    assert answer.choices == (
        "Summarise the report: “Yearly report 2022”?",
        "Summarise the report: “Yearly report 2023”?",
    )
    chosen = school.ask(answer.choices[1])
    assert {citation.article.source for citation in chosen.citations} == {"report-2023.md"}


@pytest.mark.parametrize(
    "turn",
    [
        "Who is in the handbook photo?",
        "How long is a boat?",
        "How much is the report?",
        "Where are the boats?",
        "What does a volunteer eat?",
    ],
)
def test_a_fact_is_asked_for_though_a_title_has_the_word(school: Assistant, turn: str) -> None:
    assert school.understand(turn).wanted.intent is Intent.QUESTION


def test_the_heads_of_a_table_sum_up_nothing(school: Assistant) -> None:
    said = [citation.quote for citation in school.ask("Summarise boats.csv").citations]
    assert len(said) == len({*said}) == 2
    assert not any("Boat |" in words for words in said)
