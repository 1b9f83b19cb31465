"""A chat in a process of its own, and how to ask it: what the tools for servers share."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.pages import free_port

SERVE = (sys.executable, "-c", "from qa.ui import serve; serve()")
"""The command that serves the articles of the settings."""
START_SECONDS = 300  # at most, for a machine that has much to do
PAUSE = 0.1
CLEAN = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
"""What a server keeps of the environment; nothing else of ours is to help it."""


@dataclass(frozen=True)
class Server:
    """A server that runs: where it listens, its process, and the file of what it says."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def ask(self, question: str, *more: object) -> dict[str, Any]:
        """Ask over plain HTTP, and return the answer."""
        call = f"{self.url}gradio_api/call/ask"
        sent = Request(call, json.dumps({"data": [question, *more]}).encode())
        sent.add_header("Content-Type", "application/json")
        with urlopen(sent, timeout=60) as reply:
            event = json.load(reply)["event_id"]
        with urlopen(f"{call}/{event}", timeout=60) as reply:
            # A slow answer has heartbeats before it.
            *_, name, data = re.findall(rb"^(?:event|data): (.*)$", reply.read(), re.M)
        if name != b"complete":
            raise RuntimeError(data.decode())
        (answer,) = json.loads(data)
        return dict(answer)

    def get(self, path: str) -> str:
        """Return what is at an address of the server."""
        with urlopen(f"{self.url}{path}", timeout=60) as reply:
            return str(reply.read().decode())

    def metric(self, name: str) -> float:
        """Return one of the server's numbers that has no labels."""
        lines = self.get("metrics").splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))


@contextmanager
def serving(
    command: Sequence[str | Path], *, cwd: Path, log: Path, env: Mapping[str, str]
) -> Iterator[Server]:
    """Run a command that serves the chat until it is no longer needed.

    Of the environment it has only what it cannot do without, and what `env` says.

    Raises:
        RuntimeError: if no page comes up.
    """
    port = free_port()
    kept = {name: os.environ[name] for name in CLEAN if name in os.environ}
    address = {"GRADIO_SERVER_PORT": str(port), "GRADIO_SERVER_NAME": "127.0.0.1"}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*map(str, command)],
            cwd=cwd,
            env={**kept, "NO_PROXY": "*", **address, **env},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}/", process, log)
    try:
        _wait_for_page(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for_page(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while server.process.poll() is None and time.monotonic() < end:
        try:
            server.get("")
        except (URLError, OSError):
            time.sleep(PAUSE)
        else:
            return
    raise RuntimeError(f"No page came up: {server.log.read_text('utf-8', 'replace')}")
