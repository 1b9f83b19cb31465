"""The doctor finds what is wrong, names it, and says what to do."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from qa import diagnosis
from qa.cli import main
from qa.diagnosis import examine
from qa.errors import ModelMissing
from qa.index import build
from qa.index.manifest import Manifest
from qa.models import model_folder
from qa.settings import Settings
from tests.pages import bag


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = bag(tmp_path)
    build(settings.articles, into=settings.index, settings=settings)
    monkeypatch.chdir(tmp_path)
    for name in ("articles", "index", "encoder", "reader"):
        monkeypatch.setenv(f"QA_{name.upper()}", getattr(settings, name))
    return settings


def problems() -> dict[str, str]:
    return {each.name: str(each) for each in examine() if each.problem}


@pytest.mark.model
def test_a_healthy_installation_has_no_problem(library: Settings) -> None:
    assert problems() == {}
    names = {"Python", "packages", "articles", "index", "disk", "processor", "model minilm"}
    assert names <= {each.name for each in examine()}


def test_each_thing_that_is_wrong_is_named_with_its_hint(
    library: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "minilm"
    shutil.copytree(model_folder("minilm"), model)
    with (model / "model.onnx").open("r+b") as weights:
        weights.seek(1000)
        weights.write(b"!")
    monkeypatch.setattr(diagnosis, "model_folder", lambda name: model)
    monkeypatch.setattr(diagnosis, "MIN_DISK", 10**9)
    monkeypatch.setattr(diagnosis, "requires", lambda _: ["numpy>=99", "no-such-package>=1"])
    home = Path(library.index)
    next((home / Manifest.read(home).folder / "texts").glob("*.txt")).write_text("Changed.")
    found = problems()
    assert set(found) == {
        *("packages", "model minilm", "model fast", "model deep", "index", "disk")
    }
    assert "numpy is" in found["packages"]
    assert "no-such-package is missing, and must be >=1" in found["packages"]
    assert "not the file that its card names" in found["model minilm"]
    assert "qa build --force" in found["index"]
    assert all("\n  " in said for said in found.values())


def test_settings_that_the_index_was_not_built_with_are_named(
    library: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_PASSAGE_TOKENS", "64")
    said = problems()["index"]
    assert "was built with passage_tokens 128, and is to be 64." in said
    assert "qa build" in said


def test_a_reader_and_a_login_that_cannot_be_are_named(
    library: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str, _: object) -> None:
        raise ModelMissing(name)

    monkeypatch.setattr(diagnosis, "open_reader", missing)
    monkeypatch.setenv("QA_AUTH", "ann:short")
    found = problems()
    assert "pip install" in found["reader"]
    assert "8 characters" in found["login"]


def test_an_index_that_may_not_be_read_is_told_from_a_broken_one(
    library: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path) -> str:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr("qa.index.manifest.sha256_of", refuse)
    said = problems()["index"]
    assert "cannot be read: Permission denied" in said
    assert "Let whoever runs this read it" in said
    assert "build" not in said


def test_another_folder_can_be_examined(
    library: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QA_ARTICLES")
    monkeypatch.delenv("QA_INDEX")
    chosen = {"articles": library.articles, "index": library.index}
    names = {"articles", "index"}
    found = {each.name: each.problem for each in examine(chosen) if each.name in names}
    assert found == {"articles": False, "index": False}
    (nowhere,) = [each for each in examine({"articles": "nowhere"}) if each.name == "articles"]
    assert "There is no folder nowhere" in nowhere.said


def test_the_command_fails_when_something_must_be_mended(
    library: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_STANCE", "bold")
    monkeypatch.setattr(sys, "argv", ["qa", "doctor", "--json"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    found = json.loads(capsys.readouterr().out)
    (settings,) = [each for each in found if each["name"] == "settings"]
    assert settings["problem"]
    assert "bold" in settings["said"]
