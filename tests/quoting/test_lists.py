"""Lists in full: who asks for a list or for steps gets every item, set as a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answers import Answer
from qa.language.sentences import sentences
from qa.quoting.compose import compose
from qa.quoting.lists import MAX_ITEMS, items_below, list_at
from qa.quoting.quotes import Quote
from qa.readers import Evidence
from qa.settings import Settings
from qa.types import Article, Hit, Passage, Section, Span
from qa.ui.rendering.answer import render_answer
from qa.ui.rendering.export import export

INGREDIENTS = ("• 2 eggs", "• flour", "• 80 g of butter", "• milk", "• salt", "• yeast")
STEPS = tuple(
    f"{n}. {said}" for n, said in enumerate(("Stop it.", "Lift it. Hold it.", "Go."), 1)
)
WHOLE = ("The bun is old.", *INGREDIENTS, "It is baked at noon.")


def article_of(*parts: str, heading: str = "") -> Article:
    text = "\n\n".join(parts)
    path = (heading,) if heading else ()
    return Article.of("Harbour buns", text, sections=(Section(path, Span(0, len(text))),))


def asked_of(question: str, article: Article, *likely: str) -> Answer:
    """Answer as if a reader found these sentences likely, the first most of all."""
    passage = Passage(0, article, article.sections[0].span)
    spans = sentences(article.text, passage.span)
    evidence = [
        Evidence(passage, span, 0.8 / (1 + likely.index(words) / 2))
        for span in spans
        if (words := span.of(article.text)) in likely
    ]
    assert len(evidence) == len(likely)
    return compose(
        question,
        question,
        hits=[Hit(passage, 1.0)],
        evidence=evidence,
        unknown=(),
        settings=Settings(),
    )


def said(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


@pytest.mark.parametrize(
    "question",
    [
        "What are the ingredients of harbour buns?",
        "List the ingredients.",
        "Which ingredients do I need?",
        "Can you give me all ingredients?",
    ],
)
def test_all_items_are_given_and_set_as_a_list(question: str) -> None:
    article = article_of(*WHOLE, heading="Ingredients")
    answer = asked_of(question, article, "• flour")
    assert said(answer) == [*INGREDIENTS]
    assert all(statement.is_item for statement in answer.statements)
    lines = answer.text.splitlines()
    assert lines[: len(INGREDIENTS)] == [f"{w} [{n}]" for n, w in enumerate(INGREDIENTS, 1)]
    assert [s["is_item"] for s in answer.as_dict()["statements"]] == [True] * len(INGREDIENTS)
    page = render_answer(answer)
    assert "- •\u20022 eggs\u00a0" in page
    assert page.count("\n- ") == len(INGREDIENTS) - 1
    assert "\n\n• 2 eggs [1]\n\n• flour [2]\n\n" in export([answer], "copy")["text"]


def test_steps_are_given_whole_and_in_order() -> None:
    article = article_of("To change the blade:", *STEPS)
    answer = asked_of("How do I change the blade?", article, "To change the blade:")
    assert said(answer) == ["To change the blade:", *STEPS]
    assert [s.is_item for s in answer.statements] == [False, True, True, True]


def test_an_item_that_the_question_names_is_given_alone() -> None:
    days = ("• Monday: 8 to 4", "• Tuesday: 8 to 6", "• Friday: closed")
    article = article_of(*days, heading="Opening hours")
    answer = asked_of("What are the opening hours on Tuesday?", article, days[1])
    assert said(answer) == [days[1]]
    assert said(asked_of("What are the opening hours?", article, days[1])) == [*days]


@pytest.mark.parametrize(
    "question", ["When is it baked?", "Why is the bun old?", "How is the weather?"]
)
def test_other_questions_get_sentences(question: str) -> None:
    article = article_of(*WHOLE, heading="Ingredients")
    assert said(asked_of(question, article, "• flour")) == ["• flour"]


def test_a_list_beside_the_likeliest_sentence_is_given_whole() -> None:
    items = ("• Buy a mill", "• Close on Sunday", "• Hire a baker")
    article = article_of(*items, "Both owners want all three.", heading="Decisions of May")
    likely = ("Both owners want all three.", items[0], items[2])
    assert said(asked_of("Which decisions were taken?", article, *likely)) == [*items]


def test_a_list_about_something_else_is_not_given() -> None:
    article = article_of(*WHOLE, heading="Shopping")
    assert said(asked_of("What are the rules?", article, "• flour")) == ["• flour"]


@given(st.integers(2, 100))
def test_a_very_long_list_says_how_much_more_there_is(size: int) -> None:
    items = [f"• thing {n}" for n in range(size)]
    answer = asked_of("What are the things?", article_of("The things:", *items), "The things:")
    shown = min(size, MAX_ITEMS)
    assert said(answer) == ["The things:", *items[:shown]]
    assert answer.note == (f"… {size - shown} more" if size > shown else "")


@given(st.lists(st.sampled_from(["• one", "• two. Three.", "2. four", "It runs.", "It has:"])))
def test_a_list_is_a_run_of_items_around_any_of_them(parts: list[str]) -> None:
    if not parts:
        return
    article = article_of(*parts)
    for span in sentences(article.text):
        found = list_at(article, span)
        if found:
            assert len(found.items) > 1
            assert all(item.of(article.text)[0] in "•2" for item in found.items)
            inside = any(span in item for item in found.items)
            assert inside or found.announced == span


def test_a_colon_announces_the_items_of_its_list_and_no_more() -> None:
    text = "The depot holds:\n\n- forty cars\n- one crane\n\nIt burnt down in 1951."
    head = Quote(Article.of("T", text), Span(0, 16))
    assert [item.text for item in items_below(head)] == ["- forty cars", "- one crane"]
    alone = Quote(Article.of("T", "The depot holds forty cars."), Span(0, 27))
    assert items_below(alone) == []
