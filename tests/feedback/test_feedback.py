"""Feedback is kept whole, whoever adds to it, and says nothing but what it is about."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from huggingface_hub import HfApi
from hypothesis import example, given
from hypothesis import strategies as st

from qa import FeedbackError, Settings, Span
from qa.answers import Outcome
from qa.feedback import (
    REASONS,
    Feedback,
    Ledger,
    PushedLedger,
    QuotedSpan,
    Verdict,
    count_verdicts,
    open_ledger,
)
from qa.feedback import ledger as ledgers
from qa.feedback.record import MAX_LINE_BYTES
from tests.pages import free_port

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
KEY = "0123456789abcdef"
FIELDS = {
    *("key", "time", "question", "stance", "outcome", "cited", "index"),
    *("verdict", "reason", "replaces"),
}

keys = st.text("0123456789abcdef", min_size=16, max_size=16)
questions = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip())
)
spans = st.tuples(st.integers(0, 99), st.integers(1, 99)).map(
    lambda two: Span(two[0], sum(two))
)
places = st.builds(QuotedSpan, st.text("0123456789abcdef", min_size=12, max_size=12), spans)


@st.composite
def feedback(draw: st.DrawFn) -> Feedback:
    outcome = draw(st.sampled_from(Outcome))
    fitting = [Verdict.UP, Verdict.DOWN, Verdict.WITHDRAWN, *REASONS[outcome]]
    verdict, replaces = draw(
        st.lists(st.sampled_from(fitting), min_size=2, max_size=2, unique=True)
    )
    answered = outcome is Outcome.ANSWERED
    return Feedback(
        key=draw(keys),
        time=NOON + timedelta(seconds=draw(st.integers(0, 999))),
        question=draw(questions),
        stance=draw(st.sampled_from(["strict", "balanced", "eager", "0.5"])),
        outcome=outcome,
        cited=tuple(draw(st.lists(places, min_size=1, max_size=3))) if answered else (),
        index="0123456789ab",
        verdict=verdict,
        replaces=replaces,
    )


def abstention(
    verdict: Verdict, replaces: Verdict = Verdict.WITHDRAWN, **more: Any
) -> Feedback:
    given = {"key": KEY, "time": NOON, "question": "Why?", "stance": "eager", "index": "a"}
    return Feedback(
        outcome=Outcome.ABSTAINED,
        cited=(),
        verdict=verdict,
        replaces=replaces,
        **{**given, **more},
    )


# The line


@given(feedback())
def test_a_line_is_read_as_what_it_was_written_of(one: Feedback) -> None:
    assert Feedback.read(one.line) == one
    assert one.line.count(b"\n") == 1


@given(feedback())
def test_a_line_holds_what_it_must_and_nothing_else(one: Feedback) -> None:
    said = json.loads(one.line)
    assert set(said) == FIELDS
    assert set(said["replaces"] or ["verdict", "reason"]) == {"verdict", "reason"}
    assert all(set(place) == {"article", "start", "end"} for place in said["cited"])


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*FIELDS]), inner),
))  # fmt: skip
def test_a_line_of_anything_else_is_refused(said: object) -> None:
    with pytest.raises(ValueError):
        Feedback.read(json.dumps(said).encode())


@example(abstention(Verdict.UP), "cited", {})
@given(feedback(), st.sampled_from([*FIELDS]), st.sampled_from([None, 1, [], {}, "x", [{}]]))
def test_a_line_with_a_wrong_part_is_refused(one: Feedback, part: str, wrong: object) -> None:
    free: dict[str, type] = {"question": str, "index": str, "stance": str}
    free["replaces"] = type(None)
    said = json.loads(one.line)
    if isinstance(wrong, free.get(part, ())) or said[part] == wrong:
        return
    with pytest.raises(ValueError):
        Feedback.read(json.dumps({**said, part: wrong}).encode())


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": Verdict.SOURCE},
        {"verdict": Verdict.UP, "replaces": Verdict.UP},
        {"verdict": Verdict.UP, "replaces": Verdict.SHOULD_ABSTAIN},
        {"verdict": Verdict.UP, "key": "../../etc/passwd"},
        {"verdict": Verdict.UP, "question": " "},
        {"verdict": Verdict.UP, "question": "\ud800"},
        {"verdict": Verdict.UP, "question": "why" * MAX_LINE_BYTES},
        {"verdict": Verdict.UP, "time": datetime(2026, 5, 1)},  # noqa: DTZ001
    ],
)
def test_what_makes_no_sense_is_no_feedback(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        abstention(**wrong)


# What stands


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([*Verdict]))))
def test_the_last_word_of_each_person_stands(said: list[tuple[int, Verdict]]) -> None:
    minds: dict[int, Verdict] = {}
    lines = []
    for person, verdict in said:
        before = minds.get(person, Verdict.WITHDRAWN)
        if verdict is not before and verdict not in REASONS[Outcome.ANSWERED]:
            lines.append(abstention(verdict, before))
            minds[person] = verdict
    expected = Counter(mind for mind in minds.values() if mind is not Verdict.WITHDRAWN)
    assert count_verdicts(lines) == ({KEY: expected} if expected else {})


def test_verdicts_on_other_answers_are_others() -> None:
    other = "f" * 16
    given = [abstention(Verdict.UP), abstention(Verdict.DOWN, Verdict.UP, key=other)]
    assert count_verdicts(given) == {KEY: {Verdict.UP: 1}, other: {Verdict.DOWN: 1}}


# The file


ADDING = """
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from qa.feedback import Feedback, Ledger
lines = Path(sys.argv[1]).read_bytes().splitlines()
with ThreadPoolExecutor(8) as pool:
    list(pool.map(lambda line: Ledger(Path(sys.argv[2])).add(Feedback.read(line)), lines))
"""


def test_no_line_of_several_threads_and_processes_is_lost_or_torn(
    root: Path, tmp_path: Path
) -> None:
    lines = [abstention(Verdict.UP, question=f"{n} {'why ' * 900}?") for n in range(200)]
    given = tmp_path / "given"
    given.write_bytes(b"".join(one.line for one in lines))
    command = [sys.executable, "-c", ADDING, str(given), str(tmp_path / "data")]
    running = [subprocess.Popen(command, cwd=root) for _ in range(3)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    kept, spoilt = Ledger(tmp_path / "data").read()
    assert spoilt == 0
    assert Counter(one.question for one in kept) == {one.question: 3 for one in lines}


def test_what_is_no_feedback_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    ledger, one = Ledger(tmp_path), abstention(Verdict.UP)
    ledger.add(one)
    with (tmp_path / ledger.name).open("ab") as stream:
        stream.write(b'{"key": "cut sh\n\xff\xfe\n\n')
    ledger.add(one)
    assert ledger.read() == ([one, one], 2)


def test_several_files_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    first, second = abstention(Verdict.UP), abstention(Verdict.WITHDRAWN, Verdict.UP)
    later = abstention(Verdict.UP, time=NOON + timedelta(hours=1))
    Ledger(tmp_path, "feedback-b.jsonl").add(later)
    Ledger(tmp_path).add(first)
    Ledger(tmp_path).add(second)
    assert Ledger(tmp_path).read() == ([first, second, later], 0)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FeedbackError, match="cannot be written") as caught:
        Ledger(tmp_path / "file" / "data").add(abstention(Verdict.UP))
    assert "QA_DATA" in caught.value.hint


def test_a_full_file_says_so_and_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = abstention(Verdict.UP)
    monkeypatch.setattr(ledgers, "MAX_FILE_BYTES", 2 * len(one.line))
    for _ in range(2):
        Ledger(tmp_path).add(one)
    with pytest.raises(FeedbackError, match="is full"):
        Ledger(tmp_path).add(one)
    assert Ledger(tmp_path).read() == ([one, one], 0)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a device that is always full")
def test_a_disk_that_is_full_says_so(tmp_path: Path) -> None:
    (tmp_path / "feedback.jsonl").symlink_to("/dev/full")
    with pytest.raises(FeedbackError, match="No space left"):
        Ledger(tmp_path).add(abstention(Verdict.UP))


def test_without_feedback_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="There is no feedback in"):
        Ledger(tmp_path / "absent").read()


# The Hub


class Hub(BaseHTTPRequestHandler):
    """As much of the Hub as a push needs; it remembers what it is told."""

    told: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        self.told.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        files = (
            json.loads(self.told[-1][1]).get("files", ()) if "preupload" in self.path else ()
        )
        modes = [{"path": f["path"], "uploadMode": "regular"} for f in files]
        place = f"http://{self.headers['Host']}/datasets/me/feedback"
        answer = {
            "url": place,
            "files": [{**mode, "shouldIgnore": False} for mode in modes],
            "success": True,
            "commitUrl": f"{place}/commit/{'0' * 40}",
            "commitOid": "0" * 40,
        }
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[tuple[HfApi, list[tuple[str, bytes]]]]:
    told: list[tuple[str, bytes]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Hub,), {"told": told}))
    Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    yield HfApi(endpoint=endpoint, token="hf_none"), told
    server.shutdown()
    server.server_close()


def test_without_a_repository_nothing_is_pushed(tmp_path: Path) -> None:
    assert open_ledger(tmp_path) == Ledger(tmp_path)
    assert Settings().feedback_repo == ""


def test_with_a_repository_each_process_pushes_a_file_of_its_own(tmp_path: Path) -> None:
    one, other = open_ledger(tmp_path, "me/feedback"), open_ledger(tmp_path, "me/feedback")
    assert isinstance(one, PushedLedger)
    assert isinstance(other, PushedLedger)
    assert one.ledger.name != other.ledger.name
    assert one.scheduler is None  # nothing is sent before there is anything to send


def test_what_is_kept_is_pushed_and_nothing_else_that_lies_there(
    hub: tuple[HfApi, list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    api, told = hub
    (tmp_path / "private.txt").write_text("Stays here.", "utf-8")
    pushed, one = PushedLedger(tmp_path, "me/feedback", api=api), abstention(Verdict.UP)
    pushed.add(one)
    wait_until(lambda: any("/commit/" in path for path, _ in told))
    sent = dict(told)
    assert pushed.scheduler
    pushed.scheduler.stop()
    assert pushed.scheduler.folder_path == tmp_path
    assert pushed.scheduler.allow_patterns == ["feedback*.jsonl"]
    created = json.loads(sent["/api/repos/create"])
    assert (created["name"], created["type"]) == ("feedback", "dataset")
    assert created.get("private") is True or created["visibility"] == "private"
    (commit,) = (body for path, body in sent.items() if "/commit/" in path)
    files = [
        row["value"] for row in map(json.loads, commit.splitlines()) if row["key"] == "file"
    ]
    assert [file["path"] for file in files] == [pushed.ledger.name]
    assert base64.b64decode(files[0]["content"]) == one.line


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_feedback_that_cannot_be_pushed_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    nobody = HfApi(endpoint=f"http://127.0.0.1:{free_port()}", token="hf_none")
    pushed = PushedLedger(tmp_path, "me/feedback", api=nobody)
    pushed.add(abstention(Verdict.UP))
    wait_until(lambda: "not pushed to me/feedback" in caplog.text)
    assert pushed.scheduler is None
    assert len(pushed.ledger.read()[0]) == 1
