"""The measures against slow definitions, laws, and values worked out by hand."""

from __future__ import annotations

import gzip
import itertools
import json
import math
import re
import string
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Assistant, DataError, Settings, Span
from qa.answers import Answer, Citation, Statement
from qa.cli import main
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import MissingExtra
from qa.evaluation import (
    Question,
    ResultTable,
    answer_metrics,
    draw,
    evaluate,
    read_benchmark,
    reading_metrics,
)
from qa.evaluation.answer_metrics import QuestionResult
from qa.evaluation.benchmark import Benchmark, QuestionKind
from qa.evaluation.benchmark_run import BenchmarkRun
from qa.evaluation.correctness import is_right
from qa.evaluation.ranking_metrics import Rankings, rerank
from qa.evaluation.reading_metrics import GivenPassageResult
from qa.evaluation.risk import RiskCurve, abstained_share, auroc
from qa.evaluation.rouge import rouge_l
from qa.evaluation.squad import best_score, exact_match, f1, normalized_words
from qa.evaluation.timing import StageTimes, median_ms
from qa.readers import Evidence
from qa.readers.similarity import SimilarityReader
from qa.settings import STANCES
from qa.types import Article, Hit, Passage

TRAM = "The harbour tram opened in 1912. It runs for nine kilometres along the quay."
LAMP = "The lamp can be seen from 31 kilometres away. Visitors climb 204 steps on Sundays."
FIRST, SECOND = Span(0, 32), Span(33, len(TRAM))

texts = st.lists(
    st.sampled_from(
        ["a", "An", "the", "tram", "Tram's", "nine-kilometre", "1912", "1912.", "–"]
    )
).map(" ".join)
chances = st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.9, 1.0])
judged_answers = st.lists(st.tuples(chances, st.booleans()), min_size=1, max_size=6)
scored = st.lists(
    st.tuples(st.floats(0, 1), chances, st.booleans()), min_size=1, max_size=8
).map(lambda rows: [(score * known, sure, known) for score, sure, known in rows])


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
    known = {"answers": [], "gold_passages": [], "answerable": True}
    questions = [
        {
            **known,
            "id": "q1",
            "question": "When did the harbour tram open?",
            "answers": ["1912"],
            "gold_passages": ["p1"],
            "answer_spans": [{"passage": "p1", "start": 27, "end": 31}],
        },
        {
            **known,
            "id": "q2",
            "question": "How many steps do visitors climb?",
            "answers": ["204 steps"],
            "gold_passages": ["p2"],
        },
        {
            **known,
            "id": "q3",
            "question": "Who painted the tram of the harbour?",
            "answerable": False,
            "plausible_passage": "p1",
        },
        {**known, "id": "q4", "question": "Do you mean the tram?", "answerable": None},
        {**known, "id": "q5", "question": "And then?", "history": [{"role": "user"}]},
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
    tram, lighthouse = ({article.id} for article in harbour.articles)
    assert [question.given_articles for question in harbour.questions] == [
        tram,
        lighthouse,
        tram,
    ]


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
    assert [question.given_articles for question in squad.questions] == [
        {squad.articles[0].id}
    ] * 2


@pytest.mark.parametrize(
    ("answerable", "long", "kind"),
    [
        (True, True, QuestionKind.ANSWERABLE),
        (True, False, QuestionKind.ANSWERABLE),
        (False, True, QuestionKind.RIGHT_ARTICLE),
        (False, False, QuestionKind.ADVERSARIAL),
    ],
)
def test_long_answers_come_with_real_questions_and_short_ones_with_traps(
    answerable: bool, long: bool, kind: QuestionKind
) -> None:
    question = Question("q", "Who?", (), {}, answerable=answerable)
    assert Benchmark("harbour", (), (question,), long=long).kind(question) is kind


def test_gold_sentences_are_long_answers(folder: Path) -> None:
    assert not read_benchmark(folder).long
    row = {"answers": [TRAM], "gold_passages": ["p1"], "gold_sentences": [TRAM]}
    write_lines(
        folder / "questions.jsonl.gz",
        [{**row, "id": "q", "question": "What runs?", "answerable": True}],
    )
    assert read_benchmark(folder).long


def test_what_is_no_benchmark_is_said_to_be_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}", "utf-8")
    for path in (tmp_path, broken, tmp_path / "nowhere"):
        with pytest.raises(DataError, match="is not a benchmark"):
            read_benchmark(path)


def official_words(text: str) -> str:
    """SQuAD's normalisation in its four steps: lower, marks, articles, white space."""
    text = "".join(sign for sign in text.lower() if sign not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def test_words_are_compared_as_squad_compares_them() -> None:
    assert normalized_words("The “Harbour”-tram, a line!") == ["“harbour”tram", "line"]


@given(texts)
def test_words_are_those_of_squads_four_steps(text: str) -> None:
    assert normalized_words(text) == official_words(text).split()


@pytest.mark.parametrize(
    ("given_", "answers", "score"),
    [
        ("nine kilometres", ["Nine kilometres."], 1.0),
        ("runs for nine kilometres", ["nine kilometres"], 2 * 2 / 6),
        ("the quay", ["1912", "quay"], 1.0),
        ("nothing alike", ["1912"], 0.0),
        ("nine nine", ["nine"], 2 * 1 / 3),
        ("", ["1912"], 0.0),
        ("the", ["a"], 1.0),
        ("anything", [], 0.0),
    ],
)
def test_f1_is_the_harmonic_mean_of_shared_words(
    given_: str, answers: list[str], score: float
) -> None:
    assert f1(given_, answers) == pytest.approx(score)
    assert exact_match(given_, answers) == (score == 1.0)


@given(texts, st.lists(texts, max_size=3))
def test_an_exact_match_is_all_of_f1_and_no_score_leaves_its_range(
    text: str, answers: list[str]
) -> None:
    assert 0 <= exact_match(text, answers) <= f1(text, answers) <= 1
    assert f1(text, [*answers, text]) == exact_match(text, [*answers, text]) == 1


@given(scored)
def test_the_best_score_is_that_of_the_best_threshold(
    rows: list[tuple[float, float, bool]],
) -> None:
    def mean(threshold: float) -> float:
        gained = [
            score if sure >= threshold else float(not known) for score, sure, known in rows
        ]
        return sum(gained) / len(gained)

    scores, sure, known = zip(*rows, strict=True)
    assert best_score(scores, sure, known) == pytest.approx(max(map(mean, [*sure, 2.0])))


def longest_common(one: list[str], other: list[str]) -> int:
    """The longest common subsequence, by trying every one."""
    return max(
        len(chosen)
        for size in range(len(one) + 1)
        for chosen in itertools.combinations(one, size)
        if is_subsequence(list(chosen), other)
    )


def is_subsequence(words: list[str], of: list[str]) -> bool:
    rest = iter(of)
    return all(word in rest for word in words)


few = st.lists(st.sampled_from("abc"), max_size=7)


@given(few, few)
def test_rouge_l_is_the_f1_of_the_longest_common_subsequence(
    one: list[str], other: list[str]
) -> None:
    score = rouge_l(" ".join(one), [" ".join(other)])
    if not one or not other:
        assert score == 0
    else:
        recall = longest_common(one, other) / len(other)
        precision = longest_common(one, other) / len(one)
        both = precision + recall
        assert score == pytest.approx(2 * precision * recall / both if both else 0)


@given(few.filter(bool), st.lists(few, max_size=3))
def test_rouge_l_takes_the_best_answer(words: list[str], answers: list[list[str]]) -> None:
    given_, known = " ".join(words), list(map(" ".join, answers))
    assert rouge_l(given_, [*known, given_]) == 1
    assert rouge_l(given_, known) == max((rouge_l(given_, [k]) for k in known), default=0)


def test_rouge_l_sees_words_not_marks_or_case() -> None:
    assert rouge_l("It RUNS – for nine!", ["it runs for nine"]) == 1


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
    rankings = Rankings()
    first = Question("a", "?", (), {"x": ()}, answerable=True)
    second = Question("b", "?", (), {"y": ()}, answerable=True)
    rankings.add("words", first, {"x": 2.0, "y": 1.0})
    rankings.add("words", second, {"x": 2.0, "y": 1.0})
    rows = rankings.rows()
    assert rows["words R@1"] == pytest.approx(0.5)
    assert rows["words R@5"] == pytest.approx(1.0)
    assert rows["words nDCG@10"] == pytest.approx((1 + 1 / math.log2(3)) / 2)


def test_what_was_read_comes_first_by_its_best_sentence_then_the_rest_as_it_was() -> None:
    fused = {1: 0.9, 2: 0.8, 3: 0.7, 4: 1.0}
    ranking = rerank(fused, {3: 0.9, 1: 0.4})
    assert sorted(ranking, key=lambda number: -ranking[number]) == [3, 1, 4, 2]


@given(judged_answers)
def test_risk_is_the_mean_over_every_order_of_equally_sure_answers(
    rows: list[tuple[float, bool]],
) -> None:
    orders = [
        order
        for order in itertools.permutations(rows)
        if all(one[0] >= other[0] for one, other in itertools.pairwise(order))
    ]
    risks = [
        [sum(wrong for _, wrong in order[:k]) / k for k in range(1, len(order) + 1)]
        for order in orders
    ]
    curve = RiskCurve.of(*zip(*rows, strict=True))
    assert curve.risk == pytest.approx(np.mean(risks, axis=0))
    assert curve.area == pytest.approx(np.mean(risks))


@given(judged_answers)
def test_coverage_rises_to_all_and_risk_ends_at_the_share_of_errors(
    rows: list[tuple[float, bool]],
) -> None:
    curve = RiskCurve.of(*zip(*rows, strict=True))
    assert (np.diff(curve.coverage) > 0).all()
    assert curve.coverage[-1] == 1
    assert curve.risk[-1] == pytest.approx(np.mean([wrong for _, wrong in rows]))


@given(st.lists(st.booleans(), min_size=1))
def test_no_order_has_less_area_than_that_which_puts_errors_last(wrong: list[bool]) -> None:
    falling = np.linspace(1, 0, len(wrong)).tolist()
    perfect = RiskCurve.of(falling, sorted(wrong))
    assert perfect.area <= RiskCurve.of(falling, wrong).area + 1e-9
    assert (perfect.risk[: wrong.count(False)] == 0).all()


@given(judged_answers, chances)
def test_a_threshold_is_a_point_of_the_curve(
    rows: list[tuple[float, bool]], threshold: float
) -> None:
    answered = [wrong for sure, wrong in rows if sure >= threshold]
    coverage, risk = RiskCurve.of(*zip(*rows, strict=True)).at(threshold)
    assert coverage == pytest.approx(len(answered) / len(rows))
    assert risk == pytest.approx(np.mean(answered) if answered else 0)


sure = st.lists(chances, min_size=1)


@given(sure, sure)
def test_auroc_is_the_chance_of_being_surer(
    answerable: list[float], other: list[float]
) -> None:
    pairs = list(itertools.product(answerable, other))
    surer = sum((one > two) + (one == two) / 2 for one, two in pairs)
    assert auroc(answerable, other) == pytest.approx(surer / len(pairs))


@given(sure, sure, st.sampled_from([0.0, 0.1, 0.15, 0.5]))
def test_what_is_found_is_the_most_that_any_allowed_threshold_finds(
    answerable: list[float], other: list[float], abstained: float
) -> None:
    def below(values: list[float], threshold: float) -> float:
        return sum(value < threshold for value in values) / len(values)

    allowed = [
        threshold
        for threshold in {*answerable, *other, 0.0, 2.0}
        if below(answerable, threshold) <= abstained
    ]
    best = max(below(other, threshold) for threshold in allowed)
    assert abstained_share(answerable, other, abstained=abstained) == pytest.approx(best)


def test_questions_asked_are_counted_by_kind_and_stance() -> None:
    known = [
        QuestionResult(QuestionKind.ANSWERABLE, 0.9, right=True, cites_right=True),
        QuestionResult(
            QuestionKind.ANSWERABLE, STANCES["balanced"], right=False, cites_right=True
        ),
        QuestionResult(QuestionKind.ANSWERABLE, STANCES["eager"], right=True),
        QuestionResult(QuestionKind.ANSWERABLE, 0.01, right=False),
    ]
    foreign = [
        QuestionResult(QuestionKind.OFF_TOPIC, 0.5),
        QuestionResult(QuestionKind.OFF_TOPIC, 0.0),
    ]
    rows = answer_metrics.rows([*known, *foreign])
    assert rows["right sentence first"] == 0.5
    assert rows["right when answered"] == 1.0
    abstained = [
        rows[f"answerable abstained, {name}"] for name in ("strict", "balanced", "eager")
    ]
    assert abstained == [0.75, 0.5, 0.25]
    assert rows["off-topic abstained, balanced"] == 0.5
    assert rows["off-topic AUROC"] == pytest.approx(5 / 8)
    risks = [0, 1 / 2, 2 / 3, 2 / 4, 3 / 5, 4 / 6]
    assert rows["off-topic AURC"] == pytest.approx(np.mean(risks))
    assert "adversarial AUROC" not in rows


def test_abstention_without_answerable_questions_has_no_curve() -> None:
    assert answer_metrics.curves([QuestionResult(QuestionKind.OFF_TOPIC, 0.5)]) == {}
    assert (
        answer_metrics.rows([QuestionResult(QuestionKind.OFF_TOPIC, 0.0)])[
            "off-topic abstained, eager"
        ]
        == 1
    )


@pytest.mark.parametrize(
    ("short", "exact", "shared"), [(Span(27, 31), 1.0, 1.0), (None, 0.0, 2 / 6)]
)
def test_a_short_answer_is_that_of_the_best_sentence_or_the_sentence(
    short: Span | None, exact: float, shared: float
) -> None:
    tram = Article.of("Tram", TRAM)
    question = Question("q", "When?", ("1912",), {tram.id: ()}, answerable=True)
    evidence = [Evidence(Passage(0, tram, Span(0, len(TRAM))), FIRST, 0.8, short)]
    said = Answer(
        "When?",
        "When?",
        (Statement(FIRST.of(TRAM), (1,)),),
        (Citation(tram, FIRST, number=1),),
        confidence=0.8,
    )
    one = GivenPassageResult.of(question, said, evidence)
    assert one.exact == exact
    assert one.f1 == pytest.approx(shared)
    assert one.rouge == pytest.approx(2 / 7)
    assert one.answered
    assert one.confidence == 0.8


READ_ALONE = [
    GivenPassageResult(
        answerable=True, answered=True, confidence=0.9, exact=1, f1=1, rouge=0.6
    ),
    GivenPassageResult(
        answerable=True, answered=True, confidence=0.5, exact=0, f1=0.5, rouge=0.4
    ),
    GivenPassageResult(answerable=True, answered=False, confidence=0.1, exact=0, f1=0.8),
    GivenPassageResult(answerable=False, answered=True, confidence=0.6),
    GivenPassageResult(answerable=False, answered=False, confidence=0.0),
]


def test_short_answers_are_scored_as_squad_2_scores_them() -> None:
    rows = reading_metrics.rows(READ_ALONE, long=False)
    expected = {
        "EM": 2 / 5,
        "F1": 2.5 / 5,
        "HasAns EM": 1 / 3,
        "HasAns F1": 1.5 / 3,
        "HasAns F1, always answering": 2.3 / 3,
        "NoAns accuracy": 1 / 2,
        "best F1": 3.3 / 5,
        "answerable abstained": 1 / 3,
        "unanswerable abstained, 15% of answerable": 1 / 2,
    }
    assert rows == pytest.approx({f"passage given: {row}": v for row, v in expected.items()})


def test_an_abstention_from_a_long_answer_has_nothing_of_the_gold_one() -> None:
    rows = reading_metrics.rows(READ_ALONE, long=True)
    assert rows["passage given: RougeL"] == pytest.approx(1.0 / 3)
    assert rows["passage given: RougeL when answered"] == pytest.approx(0.5)
    assert rows["passage given: unanswerable abstained"] == pytest.approx(0.5)
    assert "passage given: F1" not in rows


def test_without_unanswerable_questions_nothing_is_said_of_them() -> None:
    rows = reading_metrics.rows(READ_ALONE[:3], long=False)
    assert not [row for row in rows if "NoAns" in row or "unanswerable" in row]
    assert rows["passage given: EM"] == rows["passage given: HasAns EM"]
    assert reading_metrics.rows([], long=False) == {}


def test_the_whole_takes_as_long_as_its_stages() -> None:
    times = StageTimes()
    for searching in (0.1, 0.3, 0.2):
        times.add({"search": searching, "read": 1.0})
    rows = times.rows()
    assert list(rows) == [
        f"{stage} p{share} ms"
        for stage in ("search", "read", "whole ask")
        for share in (50, 95)
    ]
    assert rows["search p50 ms"] == pytest.approx(200)
    assert rows["whole ask p50 ms"] == pytest.approx(1200)


def test_a_median_is_taken_of_all_but_a_first_go() -> None:
    seen: list[int] = []
    assert median_ms(seen.append, [1, 2, 3]) > 0
    assert seen == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("package", "measure"),
    [
        ("rapidfuzz.distance", lambda: rouge_l("a", ["a"])),
        ("sklearn.metrics", lambda: auroc([1.0], [0.0])),
        ("ir_measures", lambda: one_ranking().rows()),
        ("matplotlib", lambda: draw({QuestionKind.OFF_TOPIC: {}}, Path("risk.svg"))),
    ],
)
def test_a_missing_package_is_named(
    monkeypatch: pytest.MonkeyPatch, package: str, measure: Callable[[], object]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match="is not installed"):
        measure()


def one_ranking() -> Rankings:
    rankings = Rankings()
    rankings.add("words", Question("a", "?", (), {"x": ()}, answerable=True), {"x": 1.0})
    return rankings


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_the_same_curves_draw_the_same_picture(tmp_path: Path, suffix: str) -> None:
    sure = np.linspace(1, 0, 40).tolist()
    curve = RiskCurve.of(sure, [n % 3 == 0 for n in range(40)])
    worse = RiskCurve.of(sure, [n % 3 < 2 for n in range(40)])
    curves = {
        QuestionKind.OFF_TOPIC: {"harbour": curve, "_$hill$": curve},
        QuestionKind.ADVERSARIAL: {"hill": worse},
    }
    files = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for file in files:
        draw(curves, file)
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert len(one) > 5_000


@pytest.mark.parametrize(
    ("curves", "file", "problem"),
    [
        ({}, "risk.svg", "There is no risk to draw"),
        ({QuestionKind.OFF_TOPIC: {}}, "risk.txt", "risk.txt is not a picture"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    curves: dict[QuestionKind, dict[str, RiskCurve]], file: str, problem: str
) -> None:
    with pytest.raises(DataError, match=problem):
        draw(curves, Path(file))


def test_a_whole_evaluation_scores_every_stage(folder: Path, tmp_path: Path) -> None:
    settings = Settings(encoder="bag", reader="similarity")
    done = evaluate([read_benchmark(folder)], settings, work=tmp_path / "work")
    rows = done.table.columns["harbour"]
    assert rows["words R@1"] == rows["fused R@1"] == rows["reranked R@1"] == 1.0
    assert rows["right sentence first"] == 1.0
    assert rows["passage given: HasAns F1, always answering"] > 0
    assert rows["adversarial abstained, strict"] >= rows["adversarial abstained, eager"]
    assert rows["whole ask p50 ms"] > 0
    assert done.curves.keys() == {QuestionKind.ADVERSARIAL}
    again = evaluate([read_benchmark(folder)], settings, work=tmp_path / "work").table
    for row, value in again.columns["harbour"].items():
        assert row.endswith("ms") or value == rows[row]


class Remembering(SimilarityReader):
    """A reader that remembers what it was given, and at which score."""

    def __init__(self) -> None:
        super().__init__(BagOfWordsEncoder())
        self.given_articles: list[dict[str, float]] = []

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        self.given_articles.append({hit.passage.article.title: hit.score for hit in hits})
        return super().read(question, hits)


def test_reading_alone_is_given_the_gold_article_as_the_search_scored_it(
    folder: Path, tmp_path: Path
) -> None:
    settings = Settings(encoder="bag", reader="similarity", candidates=1, hits=1)
    harbour = read_benchmark(folder)
    run = BenchmarkRun.of(harbour, settings, tmp_path / "work")
    index, reader = run.assistant.index, Remembering()
    run.assistant = Assistant(
        index, settings=settings, encoder=BagOfWordsEncoder(), reader=reader
    )
    opened, climbed, _ = harbour.questions
    for question in harbour.questions:
        run.ask(question, harbour.kind(question))
    elsewhere = replace(opened, gold=climbed.gold)
    run.ask(elsewhere, QuestionKind.ANSWERABLE)
    run.ask(opened, QuestionKind.OFF_TOPIC)
    tram, lamp, painter, not_found, foreign = (
        reader.given_articles[first : first + 2] for first in range(0, 10, 2)
    )
    assert tram[0] == tram[1] == {"Tram": pytest.approx(tram[0]["Tram"])}
    assert lamp[0] == lamp[1]
    assert painter[1].keys() == {"Tram"}
    assert not_found == [tram[0], {"Lighthouse": 0.0}]
    assert foreign == [tram[0]]
    assert [one.answerable for one in run.given_passage_results] == [True, True, False, True]


def test_the_command_line_asks_each_benchmark_the_others_questions(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    passage = {"id": "p", "title": "Mill", "text": "The mill grinds oats. Its wheel is oak."}
    question = {"id": "q", "question": "What is the wheel?", "answers": ["oak"]}
    hill = tmp_path / "hill"
    hill.mkdir()
    write_lines(hill / "passages.jsonl.gz", [passage])
    write_lines(
        hill / "questions.jsonl.gz", [{**question, "gold_passages": ["p"], "answerable": True}]
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_ENCODER", "bag")
    monkeypatch.setenv("QA_READER", "similarity")
    words = ["harbour", "hill", "--against", "bag", "--picture", "risk.svg", "--json"]
    monkeypatch.setattr(sys, "argv", ["qa", "eval", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0
    shown = json.loads(capsys.readouterr().out)
    for name in ("harbour", "hill"):
        assert 0 <= shown[name]["off-topic AUROC"] <= 1
        assert shown[name]["whole ask in encodings"] > 0
    assert "<svg" in (tmp_path / "risk.svg").read_text("utf-8")


def test_the_table_lines_up_and_leaves_out_what_was_not_measured() -> None:
    table = ResultTable()
    table.add("harbour", {"words R@1": 0.5, "ask p50 ms": 12.3, "ask in encodings": 4.56})
    table.add("hill", {"words R@1": 1.0})
    assert str(table) == (
        "|                  | harbour |  hill |\n"
        "| ---              |    ---: |  ---: |\n"
        "| words R@1        |    50.0 | 100.0 |\n"
        "| ask p50 ms       |      12 |     – |\n"
        "| ask in encodings |     4.6 |     – |"
    )
    assert json.loads(table.as_json())["hill"] == {"words R@1": 1.0}


def test_rows_of_later_benchmarks_stand_where_they_belong() -> None:
    table = ResultTable()
    table.add("harbour", {"R@1": 0.5, "ask p50 ms": 12.3})
    table.add("hill", {"R@1": 1.0, "EM": 0.5, "F1": 0.5, "ask p50 ms": 10.0})
    measures = [line.split("|")[1].strip() for line in str(table).splitlines()[2:]]
    assert measures == ["R@1", "EM", "F1", "ask p50 ms"]
