"""Whole answers of the seed article, as a person would read them.

tests/answers/seed.txt was read through by eye. To renew it after a change that means to change
answers: python -m tests.test_answers, then read the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import Assistant, Outcome, Settings, ask, build
from qa.answers import Turn
from qa.index import load

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "data" / "answers" / "seed.txt"


def golden() -> Iterator[tuple[str, str]]:
    for pair in GOLDEN.read_text("utf-8").strip().split("\n\n"):
        question, _, said = pair.partition("\n")
        yield question, said


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(load(ROOT / "vectors"))


def said(assistant: Assistant, question: str) -> str:
    """Return the short answer, the sentences and their sections, or else the reason."""
    answer = assistant.ask(question)
    if answer.outcome is Outcome.ABSTAINED:
        return answer.reason
    places = [f"[{c.number}] {' › '.join(c.path) or 'the opening'}" for c in answer.citations]
    return "\n".join([str(answer).partition("\n\n")[0], *places])


@pytest.mark.parametrize(("question", "expected"), list(golden()))
def test_the_seed_article_answers(assistant: Assistant, question: str, expected: str) -> None:
    assert said(assistant, question) == expected


def test_every_citation_is_where_it_says(assistant: Assistant) -> None:
    for question, _ in golden():
        for citation in assistant.ask(question).citations:
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
    pairs = [f"{question}\n{said(library, question)}" for question, _ in golden()]
    GOLDEN.write_text("\n\n".join(pairs) + "\n", "utf-8")
