"""A Space is what it needs and no more: written, uploaded, started as the platform does."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from playwright.sync_api import expect

from qa.cli import main
from qa.deployment.contents import Card, requirements, write_space
from qa.deployment.upload import deploy
from qa.errors import DeploymentError
from qa.index import load
from qa.settings import Settings
from tests.pages import SEEDS, Open, ask, bag
from tests.tools import space as tool
from tests.tools.server import Server

COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return bag(tmp_path / "work", stance="strict")


@pytest.fixture
def space(settings: Settings, tmp_path: Path) -> Path:
    articles = Path(settings.articles)
    (articles / ".env").write_text("SECRET=1", "utf-8")
    (articles / "key.pem").write_text("SECRET", "utf-8")
    write_space(settings, Card("Bells: “all” of them"), tmp_path / "space")
    return tmp_path / "space"


def test_the_folder_has_the_program_the_articles_and_their_index(space: Path) -> None:
    names = {"README.md", "app.py", "qa", "qa.toml", "requirements.txt", "seeds", "vectors"}
    assert {each.name for each in space.iterdir()} == names
    assert [each.name for each in (space / "seeds").iterdir()] == ["bells.txt"]
    assert len(load(space / "vectors").articles) == 1
    weights = {each.parent.name for each in (space / "qa" / "models").glob("*/model.onnx")}
    assert weights == {"minilm", "fast", "deep"}
    assert not [*space.rglob("__pycache__")]


def test_its_settings_are_those_chosen_without_a_word_of_this_machine(space: Path) -> None:
    read = Settings.load(space / "qa.toml", {})
    assert read == Settings(encoder="bag", reader="similarity", stance="strict")


def test_its_card_is_what_the_platform_reads(space: Path) -> None:
    _, front_matter, text = (space / "README.md").read_text("utf-8").split("---\n", 2)
    said = yaml.safe_load(front_matter)
    assert said["title"] == "Bells: “all” of them"
    assert re.fullmatch(r"\d+\.\d+\.\d+", said["sdk_version"])
    assert said["sdk"] == "gradio"
    assert (space / said["app_file"]).is_file()
    assert {said["colorFrom"], said["colorTo"]} <= COLOURS
    assert len(said["short_description"]) <= 60
    assert said["python_version"] == "3.12"
    assert text.strip().startswith("# Bells")


def test_the_platform_installs_what_the_program_needs_less_what_is_there(root: Path) -> None:
    declared = (root / "requirements.txt").read_text("utf-8").split()
    names = [re.split(r"[<>=]", each)[0] for each in declared]
    found = [re.split(r"[<>=]", each)[0] for each in requirements().split()]
    assert sorted(found) == sorted({*names} - {"gradio"})


def test_the_app_of_a_space_is_that_of_the_checkout(root: Path) -> None:
    assert (root / "app.py").read_bytes() == (
        root / "qa" / "deployment" / "app.py"
    ).read_bytes()


def test_a_folder_with_something_in_it_is_left_alone(
    settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(DeploymentError, match="is not empty"):
        write_space(settings, Card("Bells"), tmp_path)


@pytest.mark.parametrize("title", ["", " ", "a" * 101])
def test_a_title_that_the_hub_refuses_is_refused_before(title: str) -> None:
    with pytest.raises(DeploymentError, match="cannot be the title"):
        Card(title)


class Hub:
    """Takes what is uploaded, as the Hub does."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.made: dict[str, Any] = {}

    def create_repo(self, name: str, **options: Any) -> str:
        self.made = {"name": name, **options}
        return f"https://huggingface.co/spaces/{name}"

    def upload_folder(self, *, folder_path: str, **options: Any) -> None:
        folder = Path(folder_path)
        self.files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
        assert options["repo_id"] == self.made["name"]


def test_what_is_uploaded_is_what_a_dry_run_writes(settings: Settings, tmp_path: Path) -> None:
    hub: Any = Hub()
    address = deploy(settings, Card("Bells"), "me/bells", private=True, api=hub)
    write_space(settings, Card("Bells"), tmp_path / "space")
    written = {str(p.relative_to(tmp_path / "space")) for p in (tmp_path / "space").rglob("*")}
    assert hub.files <= written
    assert not [w for w in written - hub.files if (tmp_path / "space" / w).is_file()]
    assert address.endswith("/me/bells")
    assert hub.made["private"] is True
    assert hub.made["exist_ok"] is True


def refusing(error: Exception) -> Any:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    return SimpleNamespace(create_repo=refuse, upload_folder=refuse)


@pytest.mark.parametrize(("status", "hint"), [(401, "hf auth login"), (402, "paid plan")])
def test_what_the_hub_refuses_is_an_error_with_a_hint(
    settings: Settings, status: int, hint: str
) -> None:
    import httpx
    from huggingface_hub.errors import HfHubHTTPError

    request = httpx.Request("POST", "http://127.0.0.1/")
    response: Any = httpx.Response(status, request=request)
    error = HfHubHTTPError("No.", response=response)
    with pytest.raises(DeploymentError, match="The Hub refuses") as raised:
        deploy(settings, Card("Bells"), "me/bells", api=refusing(error))
    assert hint in raised.value.hint


def test_who_is_offline_is_told_so(settings: Settings) -> None:
    with pytest.raises(DeploymentError, match="cannot be reached"):
        deploy(settings, Card("Bells"), "me/bells", api=refusing(ConnectionError("No.")))


def test_the_command_line_writes_a_space(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("QA_ENCODER", "bag")
    words = ["deploy", "me/old-bells", "--articles", settings.articles, "--to"]
    monkeypatch.setattr(sys, "argv", ["qa", *words, str(tmp_path / "space")])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    assert capsys.readouterr().out.endswith("holds what would be uploaded to me/old-bells.\n")
    assert 'title: "Old bells"' in (tmp_path / "space" / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Server, Path]]:
    """A Space of the seeds, as the platform starts it, and where it notes whom it calls."""
    pytest.importorskip("spaces")
    with TemporaryDirectory() as work:  # pytest's own folders are closed to other users
        folder = Path(work) / "space"
        write_space(Settings(articles=str(SEEDS)), Card("Articles"), folder)
        with tool.started(folder, Path(work), python=Path(sys.executable)) as server:
            yield server, Path(work)


@pytest.mark.model
def test_the_folder_of_a_space_answers_as_the_platform_starts_it(
    running: tuple[Server, Path],
) -> None:
    tool.check(*running)


@pytest.mark.model
@pytest.mark.browser
def test_a_mark_clicked_in_a_space_opens_the_sentence(
    running: tuple[Server, Path], visit: Open
) -> None:
    server, work = running
    page = visit(server.url)
    ask(page, tool.QUESTION).locator("a[href^='#cite-']").first.click()
    expect(page.locator("#panel mark.on")).to_contain_text(tool.QUOTE)
    assert (work / "calls").read_text("utf-8") == ""
