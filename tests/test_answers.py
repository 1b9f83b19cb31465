"""Whole answers of the seed article, as a person would read them.

tests/answers/seed.txt was read through by eye. To renew it after a change that means to change
answers: python -m tests.test_answers, then read the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import Assistant, Outcome, Settings, ask, build
from qa.answers import Answer, Turn
from qa.index import load
from tests.conversation.golden import ROUNDING

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "data" / "answers" / "seed.txt"


def golden() -> Iterator[tuple[str, str]]:
    for pair in GOLDEN.read_text("utf-8").strip().split("\n\n"):
        question, _, said = pair.partition("\n")
        yield question, said


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(load(ROOT / "vectors"))


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, Answer]:
    return {question: assistant.ask(question) for question, _ in golden()}


def said(answer: Answer) -> str:
    """Return the short answer, the sentences and their sections, or else the reason."""
    if answer.outcome is Outcome.ABSTAINED:
        return answer.reason
    places = [f"[{c.number}] {' › '.join(c.path) or 'the opening'}" for c in answer.citations]
    return "\n".join([str(answer).partition("\n\n")[0], *places])


def test_the_seed_article_answers(answers: dict[str, Answer]) -> None:
    pairs = [(question, said(answers[question]), expected) for question, expected in golden()]
    changed = [pair for pair in pairs if pair[1] != pair[2]]
    assert len(changed) <= ROUNDING * len(pairs), changed


def test_every_citation_is_where_it_says(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        for citation in answer.citations:
            start, end = citation.span.start, citation.span.end
            assert citation.article.text[start:end] == citation.quote
            assert citation.quote in (ROOT / "seeds" / citation.article.source).read_text(
                "utf-8"
            )


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    question = "How far is Homs from Hama?"
    again = Assistant(load(ROOT / "vectors")).ask(question)
    assert assistant.ask(question).as_dict() == again.as_dict()


def test_a_follow_up_is_read_with_what_came_before(assistant: Assistant) -> None:
    first = assistant.ask("Why is Hama infamous?")
    question = "How many people died in it?"
    answer = assistant.ask(question, history=[Turn("Why is Hama infamous?", first)])
    assert answer.question == question
    assert answer.asked == "How many people died in Hama?"
    assert "thousands of deaths" in answer.citations[0].quote
    assert assistant.ask(question).outcome is Outcome.ABSTAINED


def test_python_asks_the_index_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "tram.txt").write_text("Tram\n\nThe tram opened in 1912.\n", "utf-8")
    index = build(settings=Settings())
    assert str(ask("When did the tram open?")).startswith("1912\nThe tram opened in 1912. [1]")
    assert ask("When did the tram open?", index=index) == ask("When did the tram open?")


if __name__ == "__main__":
    library = Assistant(load(ROOT / "vectors"))
    pairs = [f"{question}\n{said(library.ask(question))}" for question, _ in golden()]
    GOLDEN.write_text("\n\n".join(pairs) + "\n", "utf-8")
