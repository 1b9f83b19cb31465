"""Written articles as a benchmark, and how questions of each kind come out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.evaluation.answer_metrics import QuestionResult
from qa.evaluation.benchmark import QuestionKind, read_benchmark
from qa.evaluation.form_metrics import by_form, by_trap
from qa.evaluation.written import is_written, locate, read_written

ARTICLE = """# Ropewalk museum

## Opening hours

The museum opens at *ten* on Sundays.
It is closed in **January**.

| Ticket | Price | For whom |
|---|---|---|
| Day | 7 | adults |
| Year | 30 | families |
"""
QUESTIONS = [
    {
        "kind": "fact",
        "q": "From what time can I get in at the weekend?",
        "short": ["ten"],
        "evidence": ["The museum opens at ten on Sundays."],
    },
    {
        "kind": "fact",
        "q": "What does a family pay?",
        "short": ["30"],
        "evidence": ["Year | 30 | families"],
    },
    {
        "kind": "yesno",
        "q": "Is it open all year?",
        "short": [],
        "verdict": "no",
        "evidence": ["It is closed in January."],
    },
    {
        "kind": "none",
        "trap": "time",
        "q": "When does it open on Mondays?",
        "near": "The museum opens at ten on Sundays.",
    },
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "01-ropewalk.md").write_text(ARTICLE, "utf-8")
    lines = "\n".join(map(json.dumps, QUESTIONS))
    (tmp_path / "01-ropewalk.jsonl").write_text(lines, "utf-8")
    return tmp_path


def test_the_questions_beside_an_article_are_read(folder: Path) -> None:
    (written,) = read_written(folder)
    assert is_written(folder)
    assert written.name == "01-ropewalk.md"
    assert [q.form for q in written.questions] == ["fact", "fact", "yesno", "none"]


def test_a_folder_without_articles_beside_questions_is_another_kind(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("{}", "utf-8")
    assert not is_written(tmp_path)


def test_evidence_is_found_in_the_article_as_it_is_read(folder: Path) -> None:
    benchmark = read_benchmark(folder)
    (article,) = benchmark.articles
    said = [
        [span.of(article.text) for span in question.gold.get(article.id, ())]
        for question in benchmark.questions
    ]
    assert said[0] == ["The museum opens at ten on Sundays."]
    (row,) = said[1]
    assert all(cell in row for cell in ("Year", "30", "families"))
    assert "adults" not in row
    assert [q.answerable for q in benchmark.questions] == [True, True, True, False]
    assert benchmark.questions[3].plausible == article.id
    assert [q.yes_no for q in benchmark.questions] == ["", "", "no", ""]


def test_a_question_whose_evidence_is_not_there_is_left_out(folder: Path) -> None:
    lost = {"kind": "fact", "q": "Who?", "short": ["x"], "evidence": ["Not a word of this."]}
    (folder / "01-ropewalk.jsonl").write_text(json.dumps(lost), "utf-8")
    assert read_benchmark(folder).questions == ()


def test_white_space_marks_and_links_do_not_matter() -> None:
    text = "See the map: it\n is on page two."
    fragment = "**See**  [the map](map.html): it is"
    span = locate(fragment, text)
    assert span is not None
    assert span.of(text) == "See the map: it\n is"
    assert locate("page three", text) is None


def result(
    form: str, *, confidence: float, right: bool = False, trap: str = ""
) -> QuestionResult:
    kind = QuestionKind.ADVERSARIAL if trap else QuestionKind.ANSWERABLE
    answered = confidence >= 0.5
    return QuestionResult(
        kind, confidence, right, cites_right=right if answered else None, form=form, trap=trap
    )


def test_each_form_is_right_abstained_or_wrong() -> None:
    results = [
        result("fact", confidence=0.9, right=True),
        result("fact", confidence=0.8),
        result("fact", confidence=0.2, right=True),
        result("fact", confidence=0.1),
        result("why", confidence=0.7, right=True),
    ]
    columns = by_form(results).columns
    assert columns["fact"] == {
        "questions": 4,
        "right sentence first": 0.5,
        "right": 0.25,
        "abstained": 0.5,
        "wrong": 0.25,
    }
    assert columns["why"]["right"] == 1


def test_traps_are_told_apart_and_together() -> None:
    results = [
        *(result("fact", confidence=c / 10, right=True) for c in range(1, 11)),
        result("none", confidence=0.05, trap="time"),
        result("none", confidence=0.9, trap="entity"),
    ]
    columns = by_trap(results).columns
    assert list(columns) == ["all", "entity", "time"]
    assert columns["time"]["abstained"] == 1
    assert columns["entity"]["abstained"] == 0
    assert columns["all"]["abstained if 10% of the answerable are"] == 0.5
