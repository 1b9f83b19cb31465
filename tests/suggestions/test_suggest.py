"""What is suggested: each question is answered, where and as it was made to be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from qa import Assistant, Settings, build
from qa.answers import Answer, Turn
from qa.index import load
from qa.settings import STANCES
from qa.suggestions.suggest import Suggestion, question_key
from qa.types import Article

ROOT = Path(__file__).parent.parent.parent
TO_BEGIN_WITH = [
    "Who has seized control of Hama?",
    "What is Hama infamous for?",
    "What could open a direct path to Damascus?",
    "What is the strategic importance of Hama?",
]
"""Read through by eye."""
AFTERWARDS: dict[str, list[str]] = {
    "How far is Homs from Hama?": [
        "What is Hama infamous for?",
        "Who spearheaded the offensive in Hama?",
        "What could open a direct path to Damascus?",
    ],
    "Why is Hama infamous?": [
        "What is the strategic importance of Hama?",
        "Who spearheaded the offensive in Hama?",
        "What could determine the future of Assad’s hold on power?",
    ],
    "What is the recipe for pizza?": [
        "What is Hama infamous for?",
        "Who spearheaded the offensive in Hama?",
        "What could open a direct path to Damascus?",
    ],
}


@pytest.fixture(scope="module")
def seed() -> Assistant:
    return Assistant(load(ROOT / "vectors"))


@pytest.fixture(scope="module")
def ours(our_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Return an assistant of the tests' own articles, by the real models."""
    index = build(our_articles, into=tmp_path_factory.mktemp("ours"))
    return Assistant(index, settings=Settings())


def after(assistant: Assistant, *questions: str) -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for question in questions:
        turns = (*turns, Turn(question, assistant.ask(question, history=turns)))
    return turns


def is_met(made: Suggestion, answer: Answer) -> bool:
    """Tell whether an answer quotes the section that a question was made of, and is sure."""
    sure = answer.confidence >= STANCES["strict"]
    at_home = [
        c.span
        for c in answer.citations
        if c.article == made.article and c.span in made.section.span
    ]
    return sure and bool(at_home) and made.sentence in {None, *at_home}


def questions(suggested: Sequence[Suggestion]) -> list[str]:
    return [made.question for made in suggested]


def test_the_seed_article_suggests(seed: Assistant) -> None:
    assert questions(seed.suggest()) == TO_BEGIN_WITH


@pytest.mark.parametrize(("question", "expected"), AFTERWARDS.items())
def test_after_an_answer_it_suggests(
    seed: Assistant, question: str, expected: list[str]
) -> None:
    assert questions(seed.suggest(history=after(seed, question))) == expected


def test_whatever_is_suggested_is_answered_where_it_was_made(
    seed: Assistant, ours: Assistant
) -> None:
    for assistant in (seed, ours):
        suggested = assistant.suggest(limit=12)
        assert len(suggested) >= 4
        for made in suggested:
            assert is_met(made, assistant.ask(made.question))


def test_a_talk_that_follows_suggestions_gets_answers_and_never_repeats_itself(
    ours: Assistant,
) -> None:
    turns = after(ours, ours.suggest()[0].question)
    while suggested := ours.suggest(history=turns):
        for made in suggested:
            assert is_met(made, ours.ask(made.question, history=turns))
        asked = {question_key(turn.question) for turn in turns}
        assert asked.isdisjoint(map(question_key, questions(suggested)))
        question = suggested[0].question
        turns = (*turns, Turn(question, ours.ask(question, history=turns)))
    assert len(turns) >= 4


def test_suggestions_are_always_the_same(seed: Assistant, our_articles: Path) -> None:
    again = Assistant(load(ROOT / "vectors"))
    turns = after(seed, TO_BEGIN_WITH[0])
    assert again.suggest() == seed.suggest()
    assert again.suggest(history=turns) == seed.suggest(history=turns)


def test_a_refusal_leads_to_the_sections_that_it_came_near(ours: Assistant) -> None:
    turns = after(ours, "Who is the mayor of Kelm Point?")
    assert turns[0].answer.reason
    suggested = ours.suggest(history=turns)
    assert suggested
    near = {hit.passage.article.id for hit in turns[0].answer.hits}
    assert {made.article.id for made in suggested} <= near


def test_only_chosen_articles_suggest(ours: Assistant) -> None:
    for chosen in ours.index.articles:
        for suggested in (
            ours.within([chosen]).suggest(),
            ours.suggest(among=[chosen]),
        ):
            assert {made.article.id for made in suggested} <= {chosen}
    assert ours.suggest(among=[]) == ()
    assert ours.suggest(among=["unknown"]) == ()


def test_what_is_suggested_is_spread_over_articles(ours: Assistant) -> None:
    articles = [made.article.id for made in ours.suggest()]
    assert len(set(articles)) == 3


def test_the_number_of_questions_asked_is_bounded(tmp_path: Path) -> None:
    """However large a library is, and however little of it is answered."""
    asked: list[str] = []

    class Silent(Assistant):
        def ask(self, question: str, **options: object) -> Answer:
            asked.append(question)
            return Answer(question, question, reason="No.")

    many = [
        Article.of(
            f"The Bell of Pell {n}", f"Pell {n} has {n + 2} bells. Pell {n} opened in 1911."
        )
        for n in range(60)
    ]
    settings = Settings(encoder="bag", reader="similarity")
    silent = Silent(build(many, into=tmp_path, settings=settings), settings=settings)
    assert all("“The Bell of Pell" in made.question for made in silent.suggest())
    assert 0 < len(asked) <= 24
