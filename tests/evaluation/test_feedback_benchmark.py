"""Feedback becomes questions for `qa eval`, as far as it stands against the library."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Assistant, FeedbackError, Index, Settings, Span, build
from qa.answers import Answer, Outcome
from qa.cli import main
from qa.evaluation import (
    FeedbackSummary,
    evaluate,
    feedback_questions,
    read_benchmark,
    write_benchmark,
)
from qa.evaluation.feedback_benchmark import LIBRARY_CHANGED, OPINIONS_DIFFER
from qa.feedback import Feedback, Ledger, QuotedSpan, Verdict
from tests.pages import WordReader, assistant

LAMP = "The Keeper\n\nNights\n\nThe keeper lights the lamp at dusk. She counts the ships.\n"
TRAM = "The Tram\n\nLine\n\nThe tram opened in 1912. It runs along the quay.\n"


@pytest.fixture
def keeper(tmp_path: Path) -> Assistant:
    """An assistant that finds an answer wherever someone lights something."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "keeper.txt").write_text(LAMP, "utf-8")
    (seeds / "tram.txt").write_text(TRAM, "utf-8")
    places = {"articles": str(seeds), "index": str(tmp_path / "vectors")}
    settings = Settings(encoder="bag", reader="similarity").with_(places)
    return assistant(settings, WordReader("lights"))


def thought(
    one: Assistant, answer: Answer, *verdicts: Verdict, key: str = "a"
) -> list[Feedback]:
    """Return what so many people think of an answer."""
    about = {"key": key * 16, "stance": "balanced", "index": one.index.manifest.folder}
    return [Feedback.on(answer, verdict=verdict, **about) for verdict in verdicts]


def abstention(one: Assistant, question: str) -> Answer:
    reader = WordReader("zebra")
    return Assistant(one.index, settings=one.settings, reader=reader).ask(question)


def states(given: Sequence[Feedback], one: Assistant) -> list[tuple[bool | None, str]]:
    return [(each.answerable, each.why) for each in feedback_questions(given, one.index)]


UP, DOWN, WRONG, SILENT, KNOWN = (
    *(Verdict.UP, Verdict.DOWN, Verdict.ANSWER),
    *(Verdict.SHOULD_ABSTAIN, Verdict.KNOWN),
)


@pytest.mark.parametrize(
    ("question", "verdicts", "answerable", "why"),
    [
        ("Who lights the lamp?", [UP], True, ""),
        ("Who lights the lamp?", [UP, UP, WRONG], True, ""),
        ("Who lights the lamp?", [UP, WRONG], None, OPINIONS_DIFFER),
        ("Who lights the lamp?", [SILENT], False, ""),
        ("Who lights the lamp?", [WRONG], None, "answer wrong"),
        ("Who lights the lamp?", [DOWN], None, "down"),
        ("Who painted the tram?", [UP], False, ""),
        ("Who painted the tram?", [KNOWN], None, "should have known"),
        ("Who painted the tram?", [KNOWN, KNOWN, UP], None, "should have known"),
    ],
)
def test_what_most_people_think_is_what_is_known(
    keeper: Assistant,
    question: str,
    verdicts: list[Verdict],
    answerable: bool | None,
    why: str,
) -> None:
    reader = WordReader("lights" if "lamp" in question else "zebra")
    one = Assistant(keeper.index, settings=keeper.settings, reader=reader)
    answer = one.ask(question)
    assert (answer.outcome is Outcome.ANSWERED) == ("lamp" in question)
    assert states(thought(one, answer, *verdicts), one) == [(answerable, why)]


def test_several_answers_to_a_question_are_judged_together(keeper: Assistant) -> None:
    question = "Who lights the lamp?"
    up, silent = thought(keeper, keeper.ask(question), UP), abstention(keeper, question)
    assert states([*up, *thought(keeper, silent, KNOWN, key="b")], keeper) == [(True, "")]
    assert states([*up, *thought(keeper, silent, UP, key="b")], keeper) == [
        (None, OPINIONS_DIFFER)
    ]


def test_what_is_quoted_counts_while_its_article_is_unchanged_and_abstention_while_all_are(
    keeper: Assistant, tmp_path: Path
) -> None:
    up = thought(keeper, keeper.ask("Who lights the lamp?"), UP)
    silent = thought(keeper, abstention(keeper, "Who painted it?"), UP, key="b")
    assert [known for known, _ in states([*up, *silent], keeper)] == [True, False]
    (tmp_path / "seeds" / "tram.txt").write_text(TRAM + "It is red.\n", "utf-8")
    assert states([*up, *silent], renewed(keeper)) == [(True, ""), (None, LIBRARY_CHANGED)]
    (tmp_path / "seeds" / "keeper.txt").write_text(LAMP.replace("dusk", "noon"), "utf-8")
    name = up[0].cited[0].article
    assert states(up, renewed(keeper)) == [(None, f"changed since: {name}")]


def renewed(old: Assistant) -> Assistant:
    index = build(old.settings.articles, into=old.settings.index, settings=old.settings)
    return Assistant(index, settings=old.settings, reader=WordReader("lights"))


@given(st.data())
def test_only_whole_words_of_a_section_are_a_quotation(
    our_index: Index, data: st.DataObject
) -> None:
    article = data.draw(st.sampled_from([*our_index.articles.values()]))
    words = [match.span() for match in re.finditer(r"\w{3,}", article.text)]
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(words) - 1)] * 2)))
    start, end = data.draw(st.sampled_from([0, 1])), data.draw(st.sampled_from([0, 1]))
    span = Span(words[first][0] + start, words[last][1] - end)
    answer = Answer("Why?", "Why?", reason="None.")
    about = Feedback.on(answer, key="a" * 16, stance="1", index="x", verdict=UP)
    cited = replace(about, outcome=Outcome.ANSWERED, cited=(QuotedSpan(article.id, span),))
    (one,) = feedback_questions([cited], our_index)
    inside = any(span in section.span for section in article.sections)
    assert bool(one.answerable) == (inside and not start and not end)


def test_qa_eval_asks_the_questions(keeper: Assistant, tmp_path: Path) -> None:
    given = [
        *thought(keeper, keeper.ask("Who lights the lamp?"), UP),
        *thought(keeper, abstention(keeper, "Who painted the tram?"), UP, key="b"),
        *thought(keeper, abstention(keeper, "When was it?"), KNOWN, key="c"),
    ]
    write_benchmark(feedback_questions(given, keeper.index), keeper.index, tmp_path / "asked")
    benchmark = read_benchmark(tmp_path / "asked")
    assert benchmark.long
    assert [one.text for one in benchmark.questions] == [one.question for one in given[:2]]
    assert [one.answerable for one in benchmark.questions] == [True, False]
    (gold,) = [(name, spans) for name, spans in benchmark.questions[0].gold.items()]
    (passage,) = [article for article in benchmark.articles if article.id == gold[0]]
    assert [span.of(passage.text) for span in gold[1]] == [
        "The keeper lights the lamp at dusk."
    ]
    assert {a.text for a in benchmark.articles} == {
        section.span.of(article.text)
        for article in keeper.index.articles.values()
        for section in article.sections
    }
    done = evaluate([benchmark], keeper.settings.with_({"stance": "0"}), work=tmp_path / "work")
    assert done.table.columns["asked"]["right when answered"] == 1.0


def test_what_a_person_fills_in_is_asked_too(keeper: Assistant, tmp_path: Path) -> None:
    known = thought(keeper, abstention(keeper, "When was it?"), KNOWN)
    write_benchmark(feedback_questions(known, keeper.index), keeper.index, tmp_path / "asked")
    assert read_benchmark(tmp_path / "asked").questions == ()
    file = tmp_path / "asked" / "questions.jsonl"
    row = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**row, "answerable": True, "answers": ["in 1912"]}), "utf-8")
    (question,) = read_benchmark(tmp_path / "asked").questions
    assert (question.text, question.answers) == ("When was it?", ("in 1912",))
    with pytest.raises(FeedbackError, match="cannot be written"):
        write_benchmark((), keeper.index, tmp_path / "asked")


def test_the_command_line_sums_up(
    keeper: Assistant,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ledger = Ledger(tmp_path / "data")
    up = thought(keeper, keeper.ask("Who lights the lamp?"), UP, UP)
    open_ = thought(keeper, abstention(keeper, "When was it?"), KNOWN, key="b")
    for one in (*up, *open_):
        ledger.add(one)
    with (ledger.folder / ledger.name).open("a", encoding="utf-8") as stream:
        stream.write("torn\n")
    monkeypatch.setattr(sys, "argv", ["qa", "feedback", "--into", "asked"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0
    assert capsys.readouterr().out.splitlines() == [
        "Verdicts that stand: 3, on answers: 2",
        "  up: 2",
        "  should have known: 1",
        "Lines that could not be read: 1",
        "Answerable: 1",
        "Unanswerable: 0",
        "Open: 1",
        "  When was it? (should have known)",
    ]
    assert (tmp_path / "asked" / "questions.jsonl").exists()
    summary = FeedbackSummary.of([*up, *open_], keeper.index).as_dict()
    assert summary["verdicts"] == {"up": 2, "should have known": 1}
    assert [one["answerable"] for one in summary["questions"]] == [True, None]
