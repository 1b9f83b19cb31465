"""A tab of a browser, as far as a server can tell: it uploads an article, and asks of it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.request import Request, urlopen

WAIT = 120  # seconds for an answer, at most
ARTICLE = "The {colour} lamp\n\nThe lamp of the old lighthouse shines {colour} over the bay.\n"
LAMP = "What does the lamp of the old lighthouse shine over the bay?"


@dataclass(frozen=True)
class Tab:
    """One session of the page, at the address of its server."""

    url: str
    session: str = field(default_factory=lambda: secrets.token_hex(8))

    def upload(self, name: str, text: str) -> None:
        """Upload an article of one's own, and wait until it can be asked.

        Raises:
            RuntimeError: if it is refused.
        """
        mark = secrets.token_hex(8)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"'
        body = f"{head}\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        (path,) = json.loads(self._send("upload", body, kind))
        file = {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
        event = self._event("upload", "upload")
        upload = self._ids["upload"]
        data = [[file] if each == upload else None for each in event["inputs"]]
        report = str(self._queued(event, data))
        if "Added" not in report:
            raise RuntimeError(f"{name} was not added: {report[:500]}")

    def ask(self, question: str) -> str:
        """Ask in a conversation that is empty, and return the reply, its markup with it."""
        submit = self._event("box", "submit")
        shown = self._at_once(submit, [question, []])[1]
        (reply,) = (
            each
            for each in self._config["dependencies"]
            if each.get("trigger_after") == submit["id"]
        )
        chat = self._ids["chat"]
        data = [shown if each == chat else None for each in reply["inputs"]]
        messages = self._queued(reply, data)[0]
        return json.dumps(messages[1:], ensure_ascii=False)

    @cached_property
    def _config(self) -> dict[str, Any]:
        with urlopen(f"{self.url}config", timeout=WAIT) as reply:
            return dict(json.load(reply))

    @property
    def _ids(self) -> dict[str, int]:
        return {c["props"].get("elem_id"): c["id"] for c in self._config["components"]}

    def _event(self, component: str, name: str) -> dict[str, Any]:
        target = [self._ids[component], name]
        return next(e for e in self._config["dependencies"] if target in e["targets"])

    def _send(self, path: str, body: bytes, kind: str = "application/json") -> str:
        request = Request(f"{self.url}gradio_api/{path}", body, {"Content-Type": kind})
        with urlopen(request, timeout=WAIT) as reply:
            return str(reply.read().decode())

    def _call(self, event: dict[str, Any], data: list[Any]) -> bytes:
        called = {"data": data, "fn_index": event["id"], "session_hash": self.session}
        return json.dumps(called).encode()

    def _at_once(self, event: dict[str, Any], data: list[Any]) -> list[Any]:
        return list(json.loads(self._send("run/predict", self._call(event, data)))["data"])

    def _queued(self, event: dict[str, Any], data: list[Any]) -> list[Any]:
        self._send("queue/join", self._call(event, data))
        stream = f"{self.url}gradio_api/queue/data?session_hash={self.session}"
        with urlopen(stream, timeout=WAIT) as lines:
            for line in lines:
                said = json.loads(line[6:]) if line.startswith(b"data: ") else {}
                if said.get("msg") == "process_completed":
                    if not said["success"]:
                        raise RuntimeError(str(said["output"]))
                    return list(said["output"]["data"])
        raise RuntimeError("The server hung up.")
