"""What goes wrong around a server is told clearly, loses nothing, and passes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from qa.articles import article_files
from qa.assistant import Assistant
from qa.encoders.minilm import MiniLMEncoder
from qa.errors import ArticleError, IndexBusy, IndexUnreadable, ModelBroken, ModelMissing
from qa.index import build, load
from qa.index.workspace import workspace
from qa.models import model_folder
from qa.settings import Settings
from qa.ui.session.provider import AssistantProvider, open_assistant
from tests.pages import SEEDS, WORD, assistant, bag, serve
from tests.tools.server import serving

QUESTION = "How far is Homs from Hama?"


# Models


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder("minilm"), tmp_path / "minilm"))


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json", "card.json"])
@pytest.mark.parametrize("fault", ["missing", "cut short", "changed"])
def test_a_model_that_is_damaged_is_named_before_it_is_used(
    model: Path, file: str, fault: str
) -> None:
    damaged = model / file
    if fault == "missing":
        damaged.unlink()
    else:
        raw = damaged.read_bytes()
        damaged.write_bytes(raw[: len(raw) // 2] if fault == "cut short" else b"!" + raw[1:])
    with pytest.raises(ModelBroken, match=file) as error:
        MiniLMEncoder(model).passages(["The tram is green."])
    assert "pip install" in error.value.hint


def test_a_model_that_is_not_installed_is_named_with_its_package() -> None:
    with pytest.raises(ModelMissing, match="The model tea is not installed") as error:
        model_folder("tea")
    assert error.value.hint == "Run: pip install chapter-verse-models chapter-verse-deep"


def test_a_page_whose_model_is_broken_says_so_and_works_once_it_is_mended(
    tmp_path: Path,
) -> None:
    mended: list[bool] = []

    def open_it() -> Assistant:
        if not mended:
            raise ModelBroken("model.onnx is cut short.")
        return assistant(bag(tmp_path))

    for url in serve(AssistantProvider(open_it)):
        said = ask(url, WORD)
        assert "model.onnx is cut short." in said
        assert "pip install" in said
        mended.append(True)
        assert "The bell" in ask(url, WORD)


# The index


def test_a_busy_index_is_told_apart_from_a_full_disk(tmp_path: Path) -> None:
    settings = bag(tmp_path)
    build(settings.articles, into=settings.index, settings=settings)
    with workspace(Path(settings.index)), pytest.raises(IndexBusy):
        build(settings.articles, into=settings.index, settings=settings, force=True)


def test_whoever_asks_while_the_index_is_swapped_gets_an_answer_of_one_version(
    tmp_path: Path,
) -> None:
    settings = bag(tmp_path)
    article = Path(settings.articles) / "bells.txt"
    texts = [f"Bells\n\nTower\n\nThe bell weighs {n} tons." for n in range(6)]
    article.write_text(texts[0], "utf-8")
    provider = AssistantProvider(lambda: assistant(settings))
    provider.assistant()

    def asked(_: int) -> str:
        return provider.assistant().ask(WORD).citations[0].quote

    with ThreadPoolExecutor(4) as pool:
        asking = pool.map(asked, range(200))
        for text in texts[1:]:
            article.write_text(text, "utf-8")
            build(settings.articles, into=settings.index, settings=settings)
        quotes = {*asking}
    assert quotes <= {text.rpartition("\n")[2] for text in texts}
    assert asked(0) == texts[-1].rpartition("\n")[2]


@pytest.mark.parametrize("shift", [-(10**6), 10**6])
def test_a_clock_that_jumps_hides_no_new_version(tmp_path: Path, shift: int) -> None:
    settings = bag(tmp_path)
    provider = AssistantProvider(lambda: assistant(settings))
    provider.assistant()
    (Path(settings.articles) / "more.txt").write_text("More\n\nA bell was stolen.", "utf-8")
    build(settings.articles, into=settings.index, settings=settings)
    manifest = Path(settings.index) / "manifest.json"
    then = time.time() + shift
    os.utime(manifest, (then, then))
    assert len(provider.assistant().index.articles) == 2


@pytest.mark.parametrize("refused", ["manifest", "file"])
def test_an_index_that_may_not_be_read_is_named_with_what_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    settings = bag(tmp_path)
    build(settings.articles, into=settings.index, settings=settings)

    def refuse(file: Path, *_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", str(file))

    if refused == "manifest":
        monkeypatch.setattr(Path, "read_text", refuse)
    else:
        monkeypatch.setattr("qa.index.manifest.sha256_of", refuse)
    with pytest.raises(IndexUnreadable, match="cannot be read: Permission denied") as error:
        load(settings.index)
    assert "QA_INDEX" in error.value.hint


def test_articles_that_may_not_be_read_are_told_from_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.articles.folder.os.access", lambda *_: False)
    with pytest.raises(ArticleError, match="cannot be read") as error:
        article_files(tmp_path)
    assert error.value.hint == "Let whoever runs this read it."


# The server


def ask(url: str, *data: Any) -> str:
    """Ask over HTTP, and return the event that answers."""
    body = json.dumps({"data": data}).encode()
    return post(f"{url}gradio_api/call/ask_text", body)[1]


def post(call: str, body: bytes) -> tuple[int, str]:
    """Send a body, and return the status and what comes of it."""
    request = Request(call, body, {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=30) as reply:
            event = json.load(reply).get("event_id")
            status = reply.status
        with urlopen(f"{call}/{event}", timeout=30) as reply:
            return status, reply.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


@pytest.fixture(scope="module")
def served(bells: Assistant) -> Iterator[str]:
    yield from serve(AssistantProvider.of(bells))


MALFORMED: list[Any] = [
    {"data": None},
    {"data": []},
    {"data": [None]},
    {"data": [1]},
    {"data": [True]},
    {"data": [[]]},
    {"data": [{}]},
    {"data": ["x" * 100_000]},
    {"data": ["\u0000"]},
    {"data": [WORD, "no list"]},
    {"data": [WORD, [None, 3, {}]]},
    {"data": [WORD, [WORD] * 1000]},
    {"data": [WORD, [], "bold"]},
    {"data": [WORD, [], "NaN"]},
    {"data": [WORD, [], []]},
    {"data": [WORD, [], "strict", "one more", 5]},
    {"data": {"question": WORD}},
    {"data": "a"},
    {"data": [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}]},
    {"fn_index": 10**9, "data": []},
    {"session_hash": {"a": 1}, "data": [WORD]},
    {"trigger_id": "x", "data": [WORD]},
    [],
    "a",
    None,
]


@pytest.mark.parametrize("number", range(len(MALFORMED)))
def test_a_malformed_call_gets_an_answer_or_a_refusal_and_harms_nobody(
    served: str, number: int
) -> None:
    sent = json.dumps(MALFORMED[number]).encode()
    status, said = post(f"{served}gradio_api/call/ask_text", sent)
    assert status in {200, 400, 413, 422}, said
    assert "Traceback" not in said
    assert ".py" not in said
    assert "The bell" in ask(served, WORD)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"data": [' + b"1," * 9]
)
def test_a_body_that_is_no_json_is_refused(served: str, body: bytes) -> None:
    status, said = post(f"{served}gradio_api/call/ask_text", body)
    assert 400 <= status < 500, said
    assert "The bell" in ask(served, WORD)


@pytest.mark.model
def test_told_to_end_it_answers_what_is_under_way(tmp_path: Path) -> None:
    env = {"QA_ARTICLES": str(SEEDS), "HOME": str(tmp_path), "PYTHONPATH": str(SEEDS.parent)}
    command = [sys.executable, "-c", "from qa.ui import serve; serve()"]
    with serving(command, cwd=tmp_path, log=tmp_path / "log", env=env) as server:
        server.ask(QUESTION)
        with ThreadPoolExecutor(1) as pool:
            under_way = pool.submit(server.ask, QUESTION)
            while not under_way.running():
                time.sleep(0.001)
            time.sleep(0.02)
            server.process.send_signal(signal.SIGTERM)
            assert "40 kilometers" in under_way.result()["answer"]
        assert server.process.wait(20) == 0
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def test_settings_that_make_no_sense_leave_a_page_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qa.toml").write_text('stance = "bold"', "utf-8")
    provider = AssistantProvider(lambda: open_assistant(Settings.load()))
    for url in serve(provider):
        assert "No such stance: bold." in ask(url, WORD)
        (tmp_path / "qa.toml").write_text('encoder = "bag"\nreader = "similarity"', "utf-8")
        assert "No such stance" not in ask(url, WORD)
