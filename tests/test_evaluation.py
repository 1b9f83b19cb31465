"""The measures against values worked out by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from qa import DataError, Settings, Span
from qa.evaluation import Question, Table, evaluate, read_benchmark
from qa.evaluation.scores import f1, is_right, normal
from qa.evaluation.tally import Tally
from qa.types import Article

TRAM = "The harbour tram opened in 1912. It runs for nine kilometres along the quay."
LAMP = "The lamp can be seen from 31 kilometres away. Visitors climb 204 steps on Sundays."


def write_lines(file: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(file, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "harbour"
    home.mkdir()
    passages = [
        {"id": "p1", "title": "Tram", "section": "Line", "text": TRAM},
        {"id": "p2", "title": "Lighthouse", "text": LAMP},
    ]
    asked = {"answers": [], "gold_passages": [], "answerable": True}
    questions = [
        {
            **asked,
            "id": "q1",
            "question": "When did the harbour tram open?",
            "answers": ["1912"],
            "gold_passages": ["p1"],
            "answer_spans": [{"passage": "p1", "start": 27, "end": 31}],
        },
        {
            **asked,
            "id": "q2",
            "question": "How many steps do visitors climb?",
            "answers": ["204 steps"],
            "gold_passages": ["p2"],
        },
        {**asked, "id": "q3", "question": "Who painted the ceiling?", "answerable": False},
        {**asked, "id": "q4", "question": "Do you mean the tram?", "answerable": None},
        {**asked, "id": "q5", "question": "And then?", "history": [{"role": "user"}]},
    ]
    write_lines(home / "passages.jsonl.gz", passages)
    write_lines(home / "questions.jsonl.gz", questions)
    return home


def test_a_folder_is_read_as_articles_and_questions_that_stand_alone(folder: Path) -> None:
    harbour = read_benchmark(folder)
    assert [article.text for article in harbour.articles] == [TRAM, LAMP]
    assert harbour.articles[0].sections[0].path == ("Line",)
    assert [question.id for question in harbour.questions] == ["q1", "q2", "q3"]
    assert harbour.questions[0].gold == {harbour.articles[0].id: (Span(27, 31),)}


def test_squads_official_json_is_read_too(tmp_path: Path) -> None:
    answer = {"text": "1912", "answer_start": 27}
    known = {
        "id": "a",
        "question": "When?",
        "answers": [answer, answer],
        "is_impossible": False,
    }
    unknown = {"id": "b", "question": "Who?", "answers": [], "is_impossible": True}
    page = {"title": "Old_Tram", "paragraphs": [{"context": TRAM, "qas": [known, unknown]}]}
    file = tmp_path / "dev.json"
    file.write_text(json.dumps({"version": "v2.0", "data": [page]}), "utf-8")
    squad = read_benchmark(file)
    assert squad.articles[0].title == "Old Tram"
    assert [question.answerable for question in squad.questions] == [True, False]
    assert squad.questions[0].answers == ("1912",)


def test_what_is_no_benchmark_is_said_to_be_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}", "utf-8")
    for path in (tmp_path, broken, tmp_path / "nowhere"):
        with pytest.raises(DataError, match="is not a benchmark"):
            read_benchmark(path)


def test_words_are_compared_as_squad_compares_them() -> None:
    assert normal("The “Harbour”-tram, a line!") == ["harbour", "tram", "line"]


@pytest.mark.parametrize(
    ("given", "answers", "score"),
    [
        ("nine kilometres", ["Nine kilometres."], 1.0),
        ("runs for nine kilometres", ["nine kilometres"], 2 * 2 / 6),
        ("the quay", ["1912", "quay"], 1.0),
        ("nothing alike", ["1912"], 0.0),
        ("", ["1912"], 0.0),
        ("anything", [], 0.0),
    ],
)
def test_f1_is_the_harmonic_mean_of_shared_words(
    given: str, answers: list[str], score: float
) -> None:
    assert f1(given, answers) == pytest.approx(score)


def test_a_quotation_is_right_if_it_holds_an_answer_or_is_most_of_a_gold_span() -> None:
    tram = Article.of("Tram", TRAM)
    first, second = Span(0, 32), Span(33, len(TRAM))
    by_words = Question("q", "When?", ("1912",), {}, answerable=True)
    by_place = Question("q", "Where?", ("elsewhere",), {tram.id: (second,)}, answerable=True)
    assert [is_right(tram, span, by_words) for span in (first, second)] == [True, False]
    assert [is_right(tram, span, by_place) for span in (first, second)] == [False, True]


def test_part_of_a_number_is_no_answer() -> None:
    tram = Article.of("Tram", TRAM)
    question = Question("q", "When?", ("191",), {}, answerable=True)
    assert not is_right(tram, Span(0, 32), question)


def test_retrieval_is_scored_as_worked_out_by_hand() -> None:
    tally = Tally()
    first = Question("a", "?", (), {"x": ()}, answerable=True)
    second = Question("b", "?", (), {"y": ()}, answerable=True)
    tally.found("words", first, {"x": 2.0, "y": 1.0})
    tally.found("words", second, {"x": 2.0, "y": 1.0})
    rows = tally.summary()
    assert rows["words R@1"] == pytest.approx(0.5)
    assert rows["words R@5"] == pytest.approx(1.0)
    assert rows["words nDCG@10"] == pytest.approx((1 + 1 / 1.5849625) / 2)


def test_auroc_is_the_chance_of_being_surer() -> None:
    tally = Tally()
    for value in (0.9, 0.4):
        tally.confidence("answerable", value)
    for value in (0.5, 0.1):
        tally.confidence("unanswerable", value)
    assert tally.summary()["unanswerable AUROC"] == pytest.approx(0.75)


def test_a_whole_evaluation_scores_every_stage(folder: Path, tmp_path: Path) -> None:
    settings = Settings(encoder="bag", reader="similarity", threshold=0.3)
    table = evaluate([read_benchmark(folder)], settings, work=tmp_path / "work")
    rows = table.columns["harbour"]
    assert rows["words R@1"] == rows["fused R@1"] == 1.0
    assert rows["right sentence first"] == 1.0
    assert rows["answerable refused"] + rows["unanswerable refused"] >= 0
    assert rows["whole ask p50 ms"] > 0
    again = evaluate([read_benchmark(folder)], settings, work=tmp_path / "work")
    for row, value in again.columns["harbour"].items():
        assert row.endswith("ms") or value == rows[row]


def test_the_table_lines_up_and_leaves_out_what_was_not_measured() -> None:
    table = Table()
    table.add("harbour", {"words R@1": 0.5, "ask p50 ms": 12.3})
    table.add("hill", {"words R@1": 1.0})
    assert str(table) == (
        "|            | harbour |  hill |\n"
        "| ---        |    ---: |  ---: |\n"
        "| words R@1  |    50.0 | 100.0 |\n"
        "| ask p50 ms |      12 |     – |"
    )
    assert json.loads(table.as_json())["hill"] == {"words R@1": 1.0}
