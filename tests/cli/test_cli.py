"""The command line, run in the process: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.cli import main
from tests import documents

Run = Callable[..., int]

KEEPER = """The Keeper

Nights

The keeper lights the lamp at dusk. She counts the ships until midnight.

Days

By day she mends the nets of the harbour. The museum opens at ten.
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `qa` in a folder of its own, with the encoder that anyone can follow."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QA_ENCODER", "bag")
    monkeypatch.setenv("QA_READER", "similarity")
    monkeypatch.setenv("QA_INDEX", "vectors")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "keeper.txt").write_text(KEEPER, "utf-8")

    def qa(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["qa", *words])
        with pytest.raises(SystemExit) as end:
            main()
        return int(end.value.code or 0)

    return qa


def test_the_version_is_printed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert re.fullmatch(
        r"chapter-verse (\d+\.\d+\.\d+|of a checkout)\n", capsys.readouterr().out
    )


def test_building_twice_does_nothing_the_second_time(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build") == 0
    assert capsys.readouterr().out == "1 article, 2 passages in vectors.\n"
    assert run("build") == 0
    assert capsys.readouterr().out == "vectors is up to date.\n"


def test_an_article_is_added_removed_and_synced(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "goats.txt").write_text("Goats\n\nA goat ate the pears.", "utf-8")
    run("build")
    assert run("add", "goats.txt") == 0
    assert run("build") == 0
    assert run("remove", "The Keeper") == 0
    assert run("sync", "seeds") == 0
    assert run("remove", "goats.txt") == 0
    assert run("remove", "goats.txt") == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "1 article, 2 passages in vectors.",
        "2 articles, 3 passages in vectors.",
        "vectors is up to date.",
        "1 article, 1 passage in vectors.",
        "2 articles, 3 passages in vectors.",
        "1 article, 2 passages in vectors.",
    ]
    assert said.err == "qa: There is no article goats.txt.\nqa info lists them.\n"


def test_what_a_sync_would_change_is_printed_and_nothing_is_changed(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds" / "goats.txt").write_text("Goats\n\nA goat ate the pears.", "utf-8")
    (tmp_path / "seeds" / "old.txt").write_text("Old\n\nThe bell is old.", "utf-8")
    run("build")
    (tmp_path / "seeds" / "old.txt").unlink()
    (tmp_path / "seeds" / "goats.txt").rename(tmp_path / "seeds" / "kids.txt")
    (tmp_path / "seeds" / "new.txt").write_text("New\n\nThe tram is new.", "utf-8")
    (tmp_path / "seeds" / "photo.txt").write_bytes(b"\0")
    capsys.readouterr()
    for _ in range(2):
        assert run("sync", "seeds", "--dry-run") == 1
        said = capsys.readouterr()
        assert said.out.splitlines() == [
            "add   new.txt",
            "move  goats.txt → kids.txt",
            "drop  old.txt",
            "keep  1 article",
        ]
        assert said.err.startswith("qa: photo.txt is a binary file")
    run("sync", "seeds", "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "keep": 1,
        "add": ["new.txt"],
        "move": [{"from": "goats.txt", "to": "kids.txt"}],
        "drop": ["old.txt"],
    }


def test_what_cannot_be_added_is_named_and_the_status_tells(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build")
    capsys.readouterr()
    (tmp_path / "photo.txt").write_bytes(b"\0")
    (tmp_path / "goats.txt").write_text("Goats\n\nA goat ate the pears.", "utf-8")
    assert run("add", "photo.txt", "goats.txt") == 1
    said = capsys.readouterr()
    assert said.out == "2 articles, 3 passages in vectors.\n"
    assert said.err == "qa: photo.txt is a binary file, not text. Save it as UTF-8 text.\n"


def test_a_bad_file_is_named_and_the_rest_is_indexed(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds" / "empty.txt").write_text("", "utf-8")
    (tmp_path / "seeds" / "photo.txt").write_bytes(b"\0")
    assert run("build") == 1
    said = capsys.readouterr()
    assert said.out == "1 article, 2 passages in vectors.\n"
    assert said.err.splitlines() == [
        "qa: empty.txt has no text under its title. Write some, or move it.",
        "qa: photo.txt is a binary file, not text. Save it as UTF-8 text.",
    ]
    assert run("ask", "Who lights the lamp at dusk?") == 0


def test_a_folder_of_bad_files_alone_is_no_index(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seeds" / "keeper.txt").write_text("", "utf-8")
    assert run("build") == 1
    assert capsys.readouterr().err.splitlines() == [
        "qa: keeper.txt has no text under its title. Write some, or move it.",
        "qa: No article of seeds could be read.",
        "Repair or move them, then try again.",
    ]
    assert not (tmp_path / "vectors" / "manifest.json").exists()


def test_a_changed_article_makes_the_index_stale(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build")
    (tmp_path / "seeds" / "keeper.txt").write_text(KEEPER + "\nShe sleeps at six.\n", "utf-8")
    run("build")
    assert "up to date" not in capsys.readouterr().out


def test_asking_prints_the_answer_and_its_citations(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build")
    capsys.readouterr()
    assert run("ask", "Who lights the lamp at dusk?") == 0
    said = capsys.readouterr().out
    assert said.startswith("The keeper lights the lamp at dusk. [1]\n")
    assert "[1] The Keeper › Nights (20–55): “The keeper lights the lamp at dusk.”" in said


def test_asking_for_json_gives_what_python_gives(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build")
    capsys.readouterr()
    run("ask", "Who lights the lamp at dusk?", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcome"] == "answered"
    assert answer["citations"][0]["path"] == ["Nights"]
    start, end = answer["citations"][0]["start"], answer["citations"][0]["end"]
    assert KEEPER[start:end] == answer["citations"][0]["quote"]


def test_a_trace_tells_how_the_answer_was_found(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build")
    capsys.readouterr()
    run("ask", "Who lights the lamp at dusk?")
    plain = capsys.readouterr().out
    run("ask", "Who lights the lamp at dusk?", "--trace")
    answer, _, trace = capsys.readouterr().out.partition("\n\nSearched for: ")
    assert f"{answer}\n" == plain
    asked, *lines = trace.splitlines()
    assert asked == "Who lights the lamp at dusk?"
    assert any(line.endswith("  The Keeper › Nights") for line in lines)
    assert any(line.endswith("  The keeper lights the lamp at dusk.") for line in lines)
    run("ask", "Who lights the lamp at dusk?", "--trace", "--json")
    found = json.loads(capsys.readouterr().out)
    assert found["outcome"] == "answered"
    assert found["trace"]["evidence"][0]["sentence"] == found["citations"][0]["quote"]
    assert found["trace"]["hits"][0]["path"] == ["Nights"]


def test_who_is_strict_is_told_less(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("build")
    capsys.readouterr()
    assert run("ask", "Who lights the lamp at dusk?", "--stance", "1") == 0
    assert capsys.readouterr().out.startswith("The articles don't say")
    assert run("ask", "Who lights the lamp at dusk?", "--stance", "eager") == 0
    assert "[1]" in capsys.readouterr().out
    assert run("ask", "Who lights the lamp at dusk?", "--stance", "bold") == 1
    assert capsys.readouterr().err == (
        "qa: No such stance: bold.\n"
        "Known: strict, balanced, eager, or a probability from 0 to 1.\n"
    )


def test_info_lists_what_the_index_holds(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("build")
    capsys.readouterr()
    assert run("info") == 0
    said = capsys.readouterr().out
    assert "passages: 2\n" in said
    assert "keeper.txt: The Keeper" in said


def test_info_names_what_has_pages_of_pictures(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawn = documents.Drawn().lines("The keeper of the lamp sleeps by day.").page()
    drawn.canvas.drawImage(ImageReader(Image.new("RGB", (9, 9))), 0, 0, 500, 700)
    (tmp_path / "seeds" / "lamp.pdf").write_bytes(drawn.bytes())
    run("build")
    assert "lamp.pdf has 2 pages, of which 1 cannot be read" in capsys.readouterr().err
    run("info")
    assert "pages that are pictures:\n  lamp.pdf: 1 of 2\n" in capsys.readouterr().out
    run("info", "--json")
    assert json.loads(capsys.readouterr().out)["pages that are pictures"] == {
        "lamp.pdf": "1 of 2"
    }


def test_info_names_the_articles_that_are_nearly_the_same(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = KEEPER.replace("The museum", "Her museum").replace("The Keeper", "Keepers")
    (tmp_path / "seeds" / "again.txt").write_text(again, "utf-8")
    (tmp_path / "seeds" / "goats.txt").write_text("Goats\n\nA goat ate the pears.", "utf-8")
    run("build")
    capsys.readouterr()
    assert run("info", "--alike") == 0
    assert capsys.readouterr().out.endswith("\nnearly the same:\n  again.txt, keeper.txt\n")
    assert run("info", "--alike", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["nearly the same"] == [["again.txt", "keeper.txt"]]


@pytest.mark.parametrize(
    ("words", "problem", "hint"),
    [
        (("ask", "Who?"), "There is no index in ", "Run: qa build"),
        (("info",), "There is no index in vectors.", "Run: qa build"),
        (
            ("build", "--articles", "nowhere"),
            "There is no folder nowhere.",
            "Name a folder of articles.",
        ),
        (("eval", "nowhere"), "nowhere is not a benchmark", "Name a SQuAD file"),
    ],
)
def test_a_problem_is_one_line_and_a_hint(
    run: Run,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    problem: str,
    hint: str,
) -> None:
    assert run(*words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0].startswith(f"qa: {problem}")
    assert lines[1].startswith(hint)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("  ", "The question is empty."),
        ("?!", "The question is empty."),
        ("why " * 251, "The question has 1,003 characters; the limit is 1,000."),
    ],
)
def test_a_question_that_cannot_be_asked_says_so(
    run: Run, capsys: pytest.CaptureFixture[str], question: str, problem: str
) -> None:
    run("build")
    assert run("ask", question) == 1
    assert problem in capsys.readouterr().err


def test_an_index_of_another_model_is_refused(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build")
    monkeypatch.setenv("QA_ENCODER", "minilm")
    assert run("ask", "Who lights the lamp?") == 1
    said = capsys.readouterr().err
    assert "built by the encoder bag" in said
    assert "Run: qa build" in said


def test_a_folder_that_is_named_can_be_built_and_asked_from_anywhere(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("QA_INDEX")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("ask", "Who lights the lamp at dusk?", "../seeds") == 0
    assert "[1] The Keeper › Nights" in capsys.readouterr().out
    assert run("build", str(tmp_path / "seeds")) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{tmp_path / 'data' / 'chapter-verse' / 'seeds-'}")
    assert said.endswith(" is up to date.\n")
    assert run("info", "../seeds") == 0
    assert run("suggest", "../seeds") == 0
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_help_says_what_each_command_does(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    said = capsys.readouterr().out
    for command in (
        "build",
        "add",
        "remove",
        "sync",
        "ask",
        "chat",
        "info",
        "feedback",
        "eval",
    ):
        assert command in said


def test_no_command_obeys_what_an_article_or_a_name_says(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\x9b31m"
    text = f"Bells{evil}\n\nPart{evil}\n\nThe bell{evil} rings at noon, in the tower{evil}.\n"
    (tmp_path / "seeds" / f"bells{evil}.txt").write_text(text, "utf-8")
    (tmp_path / "seeds" / f"broken{evil}.txt").write_bytes(b"a\0b")
    run("build")
    for command in (
        ["info"],
        ["info", "--json"],
        ["ask", "When does the bell ring?", "--stance", "0"],
        ["ask", "When does the bell ring?", "--stance", "0", "--json"],
        ["ask", f"Who is {evil}?", "--stance", "1"],
        ["suggest"],
        ["remove", f"nothing{evil}"],
    ):
        run(*command)
    printed = "".join(capsys.readouterr())
    assert "bell" in printed
    assert "owned" in printed
    assert not {"\x1b", "\x07", "\x9b", "\r"} & {*printed}


def test_half_a_character_is_refused_in_words(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("build")
    assert run("ask", "Who lights \ud83d?") == 1
    assert "The question has half a character in it. Type it again." in (
        capsys.readouterr().err.replace("\n", " ")
    )
